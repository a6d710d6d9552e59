import { sql, type Kysely } from 'kysely';
import type { Database } from '../db/database.ts';

/** The end of the log, read with the lock held. */
export interface LogEnd {
  /** The last assigned position. */
  readonly seq: number;
  /** The database's time, Unix milliseconds. */
  readonly at: number;
}

/**
 * Reads the end of the log. The caller must hold the lock. The sequence alone is not sufficient: after logical
 * replication and some kinds of restore it is behind the rows.
 * @param visibleHead the last position that readers of this process have seen. After a failover to a standby that was
 * behind, the database has an older state, and new events must not get positions that readers have seen.
 */
export async function logEnd(db: Kysely<Database>, visibleHead: number): Promise<LogEnd> {
  const { rows } = await sql<{ seq: number; at: number }>`
    select
      greatest(case when is_called then last_value else last_value - 1 end, ${storedEnd}) as seq,
      floor(extract(epoch from clock_timestamp()) * 1000)::float8 as at
    from events_seq`.execute(db);
  const [end] = rows;
  if (end === undefined) throw new Error('the sequence events_seq has no row');
  return { ...end, seq: Math.max(end.seq, visibleHead) };
}

/** The highest position that is stored, or that was stored before retention removed it. */
const storedEnd = sql<number>`greatest(
  (select coalesce(max(seq), 0) from events),
  (select coalesce(max(seq), 0) from event_floors)
)`;

/** The position of the newest stored event. */
export async function storedHead(db: Kysely<Database>): Promise<number> {
  const head = await sql<{ seq: number }>`select ${storedEnd} as seq`.execute(db);
  return head.rows[0]?.seq ?? 0;
}
