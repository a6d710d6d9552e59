import type { Kysely } from 'kysely';
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

/** Reads rows, oldest first. */
export function rowsAfter(db: Kysely<Database>, { topics, seq, upTo, limit }: Range): Promise<StoredRow[]> {
  let query = db.selectFrom('events').selectAll().where('seq', '>', seq);
  if (upTo !== undefined) query = query.where('seq', '<=', upTo);
  if (topics !== null) query = query.where('topic', 'in', [...topics]);
  return query.orderBy('events.seq').limit(limit).execute().catch(rethrow);
}

/** The position after which retention has removed nothing of these topics. */
export async function storedFloor(db: Kysely<Database>, topics: readonly string[] | null): Promise<number> {
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
