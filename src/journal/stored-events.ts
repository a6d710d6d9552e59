import { sql, type Kysely, type RawBuilder } from 'kysely';
import { asClientError } from '../db/database-fault.ts';
import type { Database } from '../db/database.ts';
import type { StoredRow } from './event-rows.ts';

/** The queries of readers on the table `events`. If the database is not available, they throw DATABASE_UNAVAILABLE. */

interface Range {
  /** Null: all topics. */
  readonly topics: readonly string[] | null;
  /** Only rows after this position. */
  readonly seq: number;
  readonly upTo?: number | undefined;
  readonly limit: number;
}

/**
 * Reads rows, oldest first. Several topics are read by one scan each of the index of topics: for a list of topics
 * PostgreSQL may read and skip the events of all others, when it misjudges how frequent they are.
 */
export async function rowsAfter(db: Kysely<Database>, range: Range): Promise<readonly StoredRow[]> {
  if (range.topics?.length === 0) return [];
  const { rows } = await sql<StoredRow>`${scans(range)}`.execute(db).catch(rethrow);
  return rows;
}

export interface Search extends Range {
  /** Skips events of all other topics. */
  readonly shown: readonly string[];
  /** Returns only events with these keys. Null: all. */
  readonly keys: readonly string[] | null;
  /** Maximum number of events to examine. */
  readonly examinedMax: number;
}

/** What a search has found, and the last event that it has examined; null: there is none after `seq`. */
export interface Searched {
  readonly rows: readonly StoredRow[];
  readonly examined: number;
  readonly last: number | null;
}

/** Reads rows of the next `examinedMax` events that match, oldest first. Other rows do not leave the database. */
export async function searchAfter(db: Kysely<Database>, search: Search): Promise<Searched> {
  const { limit, keys, shown, examinedMax } = search;
  if (search.topics?.length === 0) return { rows: [], examined: 0, last: null };
  const ofKey = keys === null ? sql`true` : sql`key = any(${keys}::text[])`;
  const result = await sql<StoredRow & { readonly last: number | null; readonly examined: number }>`
    with examined as materialized (${scans({ ...search, limit: examinedMax })})
    select * from (select max(seq) as last, count(*)::int as examined from examined) as bounds
    left join lateral (
      select * from examined where topic = any(${shown}::text[]) and ${ofKey} order by seq limit ${limit}
    ) as found on true
    order by seq`
    .execute(db)
    .catch(rethrow);
  const { last = null, examined = 0 } = result.rows[0] ?? {};
  return { rows: result.rows.filter(({ seq }) => seq !== null), examined, last };
}

/** Several topics are read by one scan each of the index of topics; see `rowsAfter`. */
function scans(range: Range): RawBuilder<unknown> {
  const topics = range.topics ?? [null];
  if (topics.length === 1) return scan(topics[0] ?? null, range);
  const each = topics.map((topic) => sql`(${scan(topic, range)})`);
  return sql`${sql.join(each, sql` union all `)} order by seq limit ${range.limit}`;
}

/** @param topic null: all. */
function scan(topic: string | null, { seq, upTo, limit }: Range): RawBuilder<unknown> {
  const ofTopic = topic === null ? sql`` : sql`and topic = ${topic}`;
  const until = upTo === undefined ? sql`` : sql`and seq <= ${upTo}`;
  return sql`select * from events where seq > ${seq} ${ofTopic} ${until} order by seq limit ${limit}`;
}

/** The rows at these positions. */
export function rowsAt(db: Kysely<Database>, seqs: readonly number[]): Promise<StoredRow[]> {
  return db
    .selectFrom('events')
    .selectAll()
    .where(sql<boolean>`seq = any(${seqs}::bigint[])`)
    .execute()
    .catch(rethrow);
}

/** The position after which retention has removed nothing of these topics. */
export async function storedFloor(db: Kysely<Database>, topics: readonly string[] | null): Promise<number> {
  if (topics?.length === 0) return 0;
  let query = db.selectFrom('event_floors').select((eb) => eb.fn.max<number | null>('seq').as('seq'));
  if (topics !== null) query = query.where('topic', 'in', [...topics]);
  const row = await query.executeTakeFirst().catch(rethrow);
  return row?.seq ?? 0;
}

interface Tail {
  readonly topics: readonly string[] | null;
  readonly types: readonly string[] | null;
  readonly seq: number;
  readonly keep: number;
}

/** The position after which there are at most `keep` entries, but not less than `seq`. */
export async function storedTail(db: Kysely<Database>, { topics, types, seq, keep }: Tail): Promise<number> {
  if (topics?.length === 0 || types?.length === 0) return seq;
  let query = db.selectFrom('events').select('seq').where('seq', '>', seq);
  if (topics !== null) query = query.where('topic', 'in', [...topics]);
  if (types !== null) query = query.where('type', 'in', [...types]);
  const beyond = await query.orderBy('seq', 'desc').offset(keep).limit(1).executeTakeFirst().catch(rethrow);
  return beyond?.seq ?? seq;
}

/** @throws the error, or DATABASE_UNAVAILABLE if it means that the database is not available. */
export function rethrow(error: unknown): never {
  throw asClientError(error);
}
