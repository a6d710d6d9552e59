import { sql } from 'kysely';
import type { Retained } from '../db/retained.ts';

/**
 * A topic's entries. With each slice it is noted up to where they were removed, so that a cursor below it expires
 * instead of leaving a hole.
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
