import { sql, type Kysely } from 'kysely';

/**
 * Roles are the server's own access control. The audit log is append-only for every database role, including the
 * application's own: only retention may remove entries, after setting a variable in its transaction.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table roles (
    role_id text primary key check (role_id <> ''),
    role_name text not null,
    description text,
    parent_role text references roles (role_id),
    capabilities text[] not null,
    trust_level double precision not null check (trust_level between 0 and 1),
    updated_at timestamptz not null default now()
  )`.execute(db);
  await sql`create table role_members (
    role_id text not null references roles (role_id) on delete cascade,
    actor_id text not null check (actor_id <> ''),
    assigned_at timestamptz not null default now(),
    assigned_by text not null,
    primary key (role_id, actor_id)
  )`.execute(db);
  await sql`comment on table roles is 'Governance roles: the access control of this server.'`.execute(db);
  await sql`comment on table role_members is 'Who holds which role.'`.execute(db);
  await sql`create index role_members_actor on role_members (actor_id)`.execute(db);
  await sql`insert into roles (role_id, role_name, description, parent_role, capabilities, trust_level) values
    ('admin', 'Administrator', 'Full system access', null, '{execute,read,write,delete,manage}', 1.0),
    ('user', 'User', null, null, '{read}', 0.5),
    ('developer', 'Developer', 'Code execution and debugging', 'user', '{execute,read,write,debug}', 0.8)
  `.execute(db);

  await sql`create table audit_log (
    seq bigint primary key,
    id text not null,
    event_type text not null,
    actor_id text not null,
    target_id text,
    action text not null,
    role text,
    status text not null,
    details text,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null
  )`.execute(db);
  await sql`create index audit_log_time on audit_log (occurred_at, seq)`.execute(db);
  await sql`create index audit_log_type on audit_log (event_type, occurred_at, seq)`.execute(db);
  await sql`create index audit_log_actor on audit_log (actor_id, occurred_at, seq)`.execute(db);
  await sql`create index audit_log_target on audit_log (target_id, occurred_at, seq)`.execute(db);
  await sql`create index audit_log_recorded on audit_log using brin (recorded_at)`.execute(db);
  await sql`comment on table audit_log is 'Who did what. Append-only; seq is the position in events.'`.execute(
    db,
  );

  await sql`create table audit_counts (
    event_type text primary key,
    entries bigint not null
  )`.execute(db);
  await sql`comment on table audit_counts is 'How many entries of each type audit_log holds, so that nobody counts them.'`.execute(
    db,
  );

  await sql`create function audit_log_is_append_only() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' and current_setting('opsgraph.retention', true) = 'on' then
        return old;
      end if;
      raise exception 'the audit log is append-only' using errcode = 'insufficient_privilege';
    end $$`.execute(db);
  await sql`create trigger audit_log_rows before update or delete on audit_log
    for each row execute function audit_log_is_append_only()`.execute(db);
  await sql`create trigger audit_log_table before truncate on audit_log
    for each statement execute function audit_log_is_append_only()`.execute(db);
}
