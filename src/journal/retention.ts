import { sql, type Kysely } from 'kysely';
import type { Database } from '../db/database.ts';

/**
 * Removes a topic's entries recorded before an instant and notes up to where, so that a cursor below it is told that
 * it expired instead of leaving a hole.
 * @returns how many were removed.
 */
export async function pruneLog(db: Kysely<Database>, topic: string, before: Date): Promise<number> {
  const pruned = await sql<{ removed: number }>`
    with removed as (
      delete from events where topic = ${topic} and recorded_at < ${before} returning seq
    ), floor as (
      insert into event_floors (topic, seq) select ${topic}, max(seq) from removed having count(*) > 0
      on conflict (topic) do update set seq = greatest(event_floors.seq, excluded.seq)
    )
    select count(*)::int as removed from removed`.execute(db);
  return pruned.rows[0]?.removed ?? 0;
}
