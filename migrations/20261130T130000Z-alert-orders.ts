import { sql, type Kysely } from 'kysely';

/** The columns by which the list of alerts can also be ordered: the last change and the severity. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table alerts
      add column updated_at timestamptz,
      add column severity_rank integer not null generated always as (
        case level when 'INFO' then 1 when 'WARNING' then 2 when 'ERROR' then 3 when 'CRITICAL' then 4 else 0 end
      ) stored;
    update alerts set updated_at = greatest(raised_at, acknowledged_at, resolved_at);
    alter table alerts alter column updated_at set not null;
  `.execute(db);
}
