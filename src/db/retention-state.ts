import { sql, type Kysely } from 'kysely';
import type { Database } from './database.ts';

declare module './database.ts' {
  interface Database {
    retention_state: RetentionStateTable;
  }
}

/** One row. */
interface RetentionStateTable {
  ran_at: Date;
  kept_since: Date | null;
  audit_kept_since: Date | null;
}

/** The last run, by the database's clock. */
export interface RetentionState {
  readonly ranAt: Date;
  /** Everything older is removed; null until a run has removed all of it. */
  readonly keptSince: Readonly<Record<'days' | 'auditDays', Date | null>>;
}

export async function readRetentionState(db: Kysely<Database>): Promise<RetentionState | null> {
  const row = await db.selectFrom('retention_state').selectAll().executeTakeFirst();
  if (row === undefined) return null;
  return { ranAt: row.ran_at, keptSince: { days: row.kept_since, auditDays: row.audit_kept_since } };
}

export async function storeRetentionState(
  db: Kysely<Database>,
  { ranAt, keptSince }: RetentionState,
): Promise<void> {
  await sql`insert into retention_state (ran_at, kept_since, audit_kept_since)
    values (${ranAt}, ${keptSince.days}, ${keptSince.auditDays})
    on conflict ("only") do update set ran_at = excluded.ran_at, kept_since = excluded.kept_since,
      audit_kept_since = excluded.audit_kept_since`.execute(db);
}
