import type { Kysely } from 'kysely';
import { asClientError } from '../db/database-fault.ts';
import type { Database } from '../db/database.ts';
import type { StoredRow } from './event-rows.ts';

/** What readers ask the table of events. A fault of the database is thrown as DATABASE_UNAVAILABLE. */

interface Range {
  /** null: all. */
  readonly topics: readonly string[] | null;
  /** Rows after this position. */
  readonly seq: number;
  readonly upTo?: number | undefined;
  readonly limit: number;
}

/** Oldest first. */
export function rowsAfter(db: Kysely<Database>, { topics, seq, upTo, limit }: Range): Promise<StoredRow[]> {
  let query = db.selectFrom('events').selectAll().where('seq', '>', seq);
  if (upTo !== undefined) query = query.where('seq', '<=', upTo);
  if (topics !== null) query = query.where('topic', 'in', [...topics]);
  return query.orderBy('events.seq').limit(limit).execute().catch(mapped);
}

/** The oldest position from which nothing of these topics is missing. */
export async function storedFloor(db: Kysely<Database>, topics: readonly string[] | null): Promise<number> {
  let query = db.selectFrom('event_floors').select((eb) => eb.fn.max<number | null>('seq').as('seq'));
  if (topics !== null) query = query.where('topic', 'in', [...topics]);
  const row = await query.executeTakeFirst().catch(mapped);
  return row?.seq ?? 0;
}

interface Tail {
  readonly topics: readonly string[] | null;
  readonly types: readonly string[] | null;
  readonly seq: number;
  readonly keep: number;
}

/** The position after which at most `keep` entries lie, never below `seq`. */
export async function storedTail(db: Kysely<Database>, { topics, types, seq, keep }: Tail): Promise<number> {
  let query = db.selectFrom('events').select('seq').where('seq', '>', seq);
  if (topics !== null) query = query.where('topic', 'in', [...topics]);
  if (types !== null) query = query.where('type', 'in', [...types]);
  const beyond = await query.orderBy('seq', 'desc').offset(keep).limit(1).executeTakeFirst().catch(mapped);
  return beyond?.seq ?? seq;
}

/** @throws what was caught, a fault of the database as what clients receive for it. */
export function mapped(error: unknown): never {
  throw asClientError(error);
}
