import { sql, type Kysely } from 'kysely';
import type { Database } from '../db/database.ts';

/** The log's end, as whoever holds its lock sees it. */
export interface LogEnd {
  /** The last position that was drawn. */
  readonly seq: number;
  /** The database's time, Unix milliseconds. */
  readonly at: number;
}

/**
 * To be asked by whoever holds the log's lock. The sequence alone does not say it: logical replication and some ways
 * to restore leave it behind the rows.
 * @param shown the last position that this process has shown its readers: where the database has fallen back to an
 * older state, as after the failover to a standby that was behind, what comes now must not take its place.
 */
export async function logEnd(db: Kysely<Database>, shown: number): Promise<LogEnd> {
  const { rows } = await sql<{ seq: number; at: number }>`
    select
      greatest(case when is_called then last_value else last_value - 1 end, ${storedEnd}) as seq,
      floor(extract(epoch from clock_timestamp()) * 1000)::float8 as at
    from events_seq`.execute(db);
  const [end] = rows;
  if (end === undefined) throw new Error('the log has no end');
  return { ...end, seq: Math.max(end.seq, shown) };
}

/** The highest position that is stored, or was until retention removed it. */
const storedEnd = sql<number>`greatest(
  (select coalesce(max(seq), 0) from events),
  (select coalesce(max(seq), 0) from event_floors)
)`;

/** Where readers begin who see what is stored now. */
export async function storedHead(db: Kysely<Database>): Promise<number> {
  const head = await sql<{ seq: number }>`select ${storedEnd} as seq`.execute(db);
  return head.rows[0]?.seq ?? 0;
}
