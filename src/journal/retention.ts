import { sql } from 'kysely';
import type { Retained } from '../db/retained.ts';

/**
 * Declares the retention of a topic's events. Each removal also records the last removed position in the same
 * statement, so that older cursors expire instead of skipping events.
 */
export function retainedEntries(topic: string, keptFor: Retained['keptFor'] = 'days'): Retained {
  return {
    table: 'events',
    by: 'recorded_at',
    keptFor,
    scope: sql`topic = ${topic}`,
    inOrderOfTime: true,
    async remove(db, old) {
      const { rows } = await sql<{ removed: number }>`
        with removed as (
          delete from events where ${old} returning seq
        ), floor as (
          insert into event_floors (topic, seq) select ${topic}, max(seq) from removed having count(*) > 0
          on conflict (topic) do update set seq = greatest(event_floors.seq, excluded.seq)
        )
        select count(*)::int as removed from removed`.execute(db);
      return rows[0]?.removed ?? 0;
    },
  };
}
