import { sql, type ColumnType, type Generated, type Kysely, type Selectable } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Retained } from '../../db/retained.ts';
import type { Entry } from '../../journal/topic.ts';
import { audited, type AuditPayload, type RoleRecord } from './events.ts';

declare module '../../db/database.ts' {
  interface Database {
    roles: RolesTable;
    role_members: RoleMembersTable;
    audit_log: AuditLogTable;
    audit_counts: AuditCountsTable;
  }
}

export interface RolesTable {
  role_id: string;
  role_name: string;
  description: string | null;
  parent_role: string | null;
  capabilities: string[];
  trust_level: number;
  updated_at: Generated<Date>;
}

export interface RoleMembersTable {
  role_id: string;
  actor_id: string;
  assigned_at: Generated<Date>;
  assigned_by: string;
}

/** Append-only, also in its types. */
export interface AuditLogTable {
  seq: ColumnType<number, number, never>;
  id: string;
  event_type: string;
  actor_id: string;
  target_id: string | null;
  action: string;
  role: string | null;
  status: string;
  details: string | null;
  occurred_at: Date;
  recorded_at: Date;
  reported_by: string | null;
}

/** How many entries of each type the audit log holds; changed in the transactions that change the log. */
export interface AuditCountsTable {
  event_type: string;
  entries: number;
}

type Db = Kysely<Database>;

/** All roles with their member counts, parents before children, then by id. */
export async function readRoles(db: Db): Promise<readonly RoleRecord[]> {
  const rows = await db
    .selectFrom('roles')
    .select((eb) => [
      'role_id',
      'role_name',
      'description',
      'parent_role',
      'capabilities',
      'trust_level',
      eb
        .selectFrom('role_members')
        .whereRef('role_members.role_id', '=', 'roles.role_id')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('member_count'),
    ])
    .orderBy('role_id')
    .execute();
  return parentsFirst(
    rows.map((row) => ({
      roleId: row.role_id,
      roleName: row.role_name,
      description: row.description,
      parentRole: row.parent_role,
      capabilities: row.capabilities,
      trustLevel: row.trust_level,
      memberCount: row.member_count ?? 0,
    })),
  );
}

/** Orders roles so that a parent stands before its children; within a generation by id. */
export function parentsFirst(roles: readonly RoleRecord[]): readonly RoleRecord[] {
  const byId = new Map(roles.map((role) => [role.roleId, role]));
  const generation = (role: RoleRecord): number => {
    let depth = 0;
    for (let at = role; at.parentRole !== null && depth <= roles.length; depth++) {
      const parent = byId.get(at.parentRole);
      if (parent === undefined) break;
      at = parent;
    }
    return depth;
  };
  return roles
    .map((role) => ({ role, depth: generation(role) }))
    .sort((a, b) => a.depth - b.depth || (a.role.roleId < b.role.roleId ? -1 : 1))
    .map(({ role }) => role);
}

export interface MemberRecord {
  readonly roleId: string;
  readonly actorId: string;
  readonly assignedAt: Date;
  readonly assignedBy: string;
}

/** Members of some roles, or of all, by role and then by actor. */
export async function readMembers(
  db: Db,
  roleIds: readonly string[] | null,
): Promise<readonly MemberRecord[]> {
  let query = db.selectFrom('role_members').selectAll();
  if (roleIds !== null) query = query.where('role_id', 'in', [...roleIds]);
  const rows = await query.orderBy('role_id').orderBy('actor_id').execute();
  return rows.map((row) => ({
    roleId: row.role_id,
    actorId: row.actor_id,
    assignedAt: row.assigned_at,
    assignedBy: row.assigned_by,
  }));
}

/** The roles that an actor is a member of, by id. */
export async function rolesOf(db: Db, actorId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('role_members')
    .select('role_id')
    .where('actor_id', '=', actorId)
    .orderBy('role_id')
    .execute();
  return rows.map((row) => row.role_id);
}

/** Stores a role; what stood there before, or null. */
export async function storeRole(db: Db, role: Omit<RoleRecord, 'memberCount'>): Promise<void> {
  const values = {
    role_name: role.roleName,
    description: role.description,
    parent_role: role.parentRole,
    capabilities: [...role.capabilities],
    trust_level: role.trustLevel,
  };
  await db
    .insertInto('roles')
    .values({ role_id: role.roleId, ...values })
    .onConflict((conflict) => conflict.column('role_id').doUpdateSet({ ...values, updated_at: sql`now()` }))
    .execute();
}

export async function removeRole(db: Db, roleId: string): Promise<void> {
  await db.deleteFrom('roles').where('role_id', '=', roleId).execute();
}

/** @returns whether the actor was no member before. */
export async function addMember(db: Db, roleId: string, actorId: string, by: string): Promise<boolean> {
  const added = await db
    .insertInto('role_members')
    .values({ role_id: roleId, actor_id: actorId, assigned_by: by })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** @returns whether the actor was a member. */
export async function removeMember(db: Db, roleId: string, actorId: string): Promise<boolean> {
  const removed = await db
    .deleteFrom('role_members')
    .where('role_id', '=', roleId)
    .where('actor_id', '=', actorId)
    .executeTakeFirst();
  return removed.numDeletedRows > 0n;
}

/** The audit log's own table, in the transaction that stores the events. */
export async function projectAudit(db: Db, entries: readonly Entry[]): Promise<void> {
  const rows = (entries as readonly Entry<AuditPayload>[]).map((entry) => ({
    seq: entry.seq,
    id: entry.id,
    event_type: entry.payload.eventType,
    actor_id: entry.payload.actorId,
    target_id: entry.payload.targetId,
    action: entry.payload.action,
    role: entry.payload.role,
    status: entry.payload.status,
    details: entry.payload.details,
    occurred_at: new Date(entry.occurredAt),
    recorded_at: new Date(entry.recordedAt),
    reported_by: entry.reportedBy ?? null,
  }));
  await sql`
    with stored as (
      insert into audit_log
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
        seq bigint, id text, event_type text, actor_id text, target_id text, action text, role text, status text,
        details text, occurred_at timestamptz, recorded_at timestamptz, reported_by text
      )
      returning event_type
    )
    insert into audit_counts as counts (event_type, entries)
    select event_type, count(*) from stored group by event_type order by event_type
    on conflict (event_type) do update set entries = counts.entries + excluded.entries`.execute(db);
}

export interface AuditFilter {
  readonly eventTypes?: readonly string[] | null | undefined;
  readonly actorId?: string | null | undefined;
  readonly targetId?: string | null | undefined;
  readonly status?: string | null | undefined;
  readonly since?: Date | null | undefined;
  readonly until?: Date | null | undefined;
}

/** Where a page begins: behind this entry in the direction of reading. */
export interface AuditKey {
  readonly occurredAt: Date;
  readonly seq: number;
}

export interface AuditPage {
  readonly filter: AuditFilter;
  readonly limit: number;
  /** Newest first, or oldest first when reading backwards. */
  readonly newestFirst: boolean;
  /** Entries older than this one. */
  readonly olderThan: AuditKey | null;
  /** Entries newer than this one. */
  readonly newerThan: AuditKey | null;
  /** Entries to leave out first. Costs as much as reading them; keys do not. */
  readonly offset: number;
}

/**
 * One page of the audit log by keyset, so that a page deep inside costs what the first one costs. An offset is counted
 * from the nearer end of the log.
 */
export async function readAudit(db: Db, page: AuditPage): Promise<readonly Entry<AuditPayload>[]> {
  const { filter, limit, offset, newestFirst } = page;
  const fromStart = page.olderThan === null && page.newerThan === null;
  if (!fromStart || offset <= limit) return readInOrder(db, page);
  const behind = (await countAudit(db, filter)) - offset;
  if (behind > offset) return readInOrder(db, page);
  const turned = {
    ...page,
    newestFirst: !newestFirst,
    limit: Math.min(limit, behind),
    offset: Math.max(0, behind - limit),
  };
  return behind <= 0 ? [] : (await readInOrder(db, turned)).toReversed();
}

async function readInOrder(db: Db, page: AuditPage): Promise<readonly Entry<AuditPayload>[]> {
  const direction = page.newestFirst ? 'desc' : 'asc';
  let keys = filtered(db, page.filter).select('seq');
  const { olderThan, newerThan } = page;
  if (olderThan !== null)
    keys = keys.where(sql<boolean>`(occurred_at, seq) < (${olderThan.occurredAt}, ${olderThan.seq})`);
  if (newerThan !== null)
    keys = keys.where(sql<boolean>`(occurred_at, seq) > (${newerThan.occurredAt}, ${newerThan.seq})`);
  keys = keys.orderBy('occurred_at', direction).orderBy('seq', direction).limit(page.limit);
  if (page.offset > 0) keys = keys.offset(page.offset);
  const rows = await db
    .selectFrom('audit_log')
    .selectAll()
    .where('seq', 'in', keys) // keys first: what an offset leaves out is not read beyond its index
    .orderBy('occurred_at', direction)
    .orderBy('seq', direction)
    .execute();
  return rows.map(toEntry);
}

/** How many entries satisfy a filter. By type, or all of them: without counting. */
export async function countAudit(db: Db, filter: AuditFilter): Promise<number> {
  const { eventTypes, actorId, targetId, status, since, until } = filter;
  const byTypeOnly = !actorId && !targetId && !status && !since && !until;
  const row = byTypeOnly
    ? await db
        .selectFrom('audit_counts')
        .$if(Boolean(eventTypes), (query) => query.where('event_type', 'in', [...(eventTypes ?? [])]))
        .select(sql<number>`coalesce(sum(entries), 0)::bigint`.as('count'))
        .executeTakeFirst()
    : await filtered(db, filter)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirst();
  return row?.count ?? 0;
}

function filtered(db: Db, filter: AuditFilter) {
  let query = db.selectFrom('audit_log');
  if (filter.eventTypes) query = query.where('event_type', 'in', [...filter.eventTypes]);
  if (filter.actorId) query = query.where('actor_id', '=', filter.actorId);
  if (filter.targetId) query = query.where('target_id', '=', filter.targetId);
  if (filter.status) query = query.where('status', '=', filter.status);
  if (filter.since) query = query.where('occurred_at', '>=', filter.since);
  if (filter.until) query = query.where('occurred_at', '<', filter.until);
  return query;
}

function toEntry(row: Selectable<AuditLogTable>): Entry<AuditPayload> {
  return {
    topic: audited.name,
    key: row.actor_id,
    type: row.event_type,
    id: row.id,
    seq: row.seq,
    occurredAt: row.occurred_at.getTime(),
    recordedAt: row.recorded_at.getTime(),
    urgent: false,
    reportedBy: row.reported_by,
    payload: {
      eventType: row.event_type,
      actorId: row.actor_id,
      targetId: row.target_id,
      action: row.action,
      role: row.role,
      status: row.status,
      details: row.details,
    },
  };
}

/** The audit log, whose trigger lets only retention remove entries, and the counts of its types. */
export const retainedAudit: Retained = {
  table: 'audit_log',
  by: 'recorded_at',
  keptFor: 'auditDays',
  inOrderOfTime: true,
  async remove(db, old) {
    await sql`select set_config('opsgraph.retention', 'on', true)`.execute(db);
    const removed = await sql<{ entries: number }>`
      with removed as (
        delete from audit_log where ${old} returning event_type
      ), counted as (
        select event_type, count(*) as entries from removed group by event_type order by event_type
      ), uncounted as (
        update audit_counts set entries = audit_counts.entries - counted.entries
        from counted where counted.event_type = audit_counts.event_type
      )
      select coalesce(sum(entries), 0)::bigint as entries from counted`.execute(db);
    return removed.rows[0]?.entries ?? 0;
  },
};

/** Reads that see the same state, whatever is written meanwhile. */
export function inOneSnapshot<Value>(db: Db, read: (db: Db) => Promise<Value>): Promise<Value> {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read);
}

/** Which of these credentials were revoked by their ids. */
export async function revokedAmong(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select substr(target, 4) as id from revocations
    where target = any(${ids.map((id) => `id ${id}`)}::text[])`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** Whether any stored token that holds is of one of these subjects or names one of these roles. Sessions do not count. */
export async function hasStoredToken(
  db: Db,
  { roles, subjects }: { readonly roles: readonly string[]; readonly subjects: readonly string[] },
): Promise<boolean> {
  const { rows } = await sql<{ holds: boolean }>`
    select exists (
      select from tokens
      where kind = 'API' and (expires_at is null or expires_at > now())
        and (role = any(${roles}::text[]) or subject = any(${subjects}::text[]))
        and not exists (
          select from revocations
          where target = 'id ' || token_id or (target = 'subject ' || subject and created_at <= revoked_at)
        )
    ) as holds`.execute(db);
  return rows[0]?.holds ?? false;
}

/** Whether a credential is a JWT, or a session that was begun with one. @param id null: a JWT without `jti`. */
export async function isOfJwt(db: Db, id: string | null): Promise<boolean> {
  if (id === null || id.startsWith('jwt:')) return true;
  const { rows } = await sql<{ parentId: string | null }>`
    select parent_id as "parentId" from tokens where token_id = ${id} and kind = 'SESSION'`.execute(db);
  const [session] = rows;
  return session !== undefined && (session.parentId?.startsWith('jwt:') ?? true);
}
