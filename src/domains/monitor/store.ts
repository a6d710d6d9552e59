import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';

/** Alerts raised since then that nobody has acknowledged, resolved or not. */
export async function countUnacknowledged(db: Kysely<Database>, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from alerts where acknowledged_at is null and raised_at >= ${since}`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}
