import type { Kysely } from 'kysely';
import type { Database } from '../db/database.ts';
import { append } from '../lib/append.ts';
import { cursorExpired, earliest } from './cursor.ts';
import { toEntry } from './event-rows.ts';
import type { EventLog } from './journal.ts';
import { openReader } from './reader.ts';
import { searchAfter } from './stored-events.ts';
import type { Entry } from './topic.ts';

/** Maximum number of entries that are examined for a page, so that a filter that rarely matches costs little. */
export const examinedMax = 5_000;

export interface LogPageQuery {
  /** The topics to examine. Null: all. */
  readonly topics: readonly string[] | null;
  /** Skips entries of all other topics. */
  readonly shown: readonly string[];
  /** Returns only entries with these keys. Null: all. */
  readonly keys: readonly string[] | null;
  /** A cursor. Null: the page starts with the oldest retained entry. */
  readonly after: string | null;
  /** Maximum number of entries of the page. */
  readonly limit: number;
  /** The database of the request. */
  readonly db: Kysely<Database>;
}

export interface LogPage {
  readonly entries: readonly Entry[];
  /** The page contains all matching entries up to this position. */
  readonly upTo: number;
  /** Whether there may be more: the page is full, or `examinedMax` entries were examined. */
  readonly hasMore: boolean;
}

/** Some matching entries after a position. */
interface Part {
  readonly entries: readonly Entry[];
  readonly examined: number;
  /** The part contains all matching entries up to this position, if it has fewer than were requested. */
  readonly upTo: number;
  /** Whether `upTo` is the end of the log. */
  readonly isEnd: boolean;
}

/**
 * Reads a page of the log, oldest first: from memory where it holds the entries, otherwise from the database.
 * @throws AppError CURSOR_INVALID, CURSOR_EXPIRED, DATABASE_UNAVAILABLE.
 */
export async function readLogPage(log: EventLog, query: LogPageQuery): Promise<LogPage> {
  const { topics, after, limit } = query;
  let upTo = (await openReader(log, { topics, after: after ?? earliest })).cursor;
  const found: Entry[] = [];
  for (let examined = 0; examined < examinedMax;) {
    const range = { seq: upTo, limit: limit + 1 - found.length, examinedMax: examinedMax - examined };
    const part = log.holds(upTo) ? readRing(log, query, range) : await readStored(log, query, range);
    append(found, part.entries);
    if (found.length > limit) {
      found.pop();
      return { entries: found, upTo: found.at(-1)?.seq ?? upTo, hasMore: true };
    }
    upTo = part.upTo;
    if (part.isEnd) return { entries: found, upTo, hasMore: false };
    examined += part.examined;
  }
  return { entries: found, upTo, hasMore: true };
}

interface PartRange {
  readonly seq: number;
  readonly limit: number;
  readonly examinedMax: number;
}

function readRing(log: EventLog, { topics, shown, keys }: LogPageQuery, range: PartRange): Part {
  const examined = log.recent(topics, range.seq, range.examinedMax);
  const isEnd = examined.length < range.examinedMax;
  const matching = examined.filter(
    ({ topic, key }) => shown.includes(topic) && (keys === null || keys.includes(key)),
  );
  return {
    entries: matching.slice(0, range.limit),
    examined: examined.length,
    upTo: isEnd ? log.head() : (examined.at(-1)?.seq ?? range.seq),
    isEnd,
  };
}

async function readStored(log: EventLog, query: LogPageQuery, range: PartRange): Promise<Part> {
  const { topics, keys, shown, db } = query;
  const head = log.head(); // read before the query, whose result contains everything up to it
  const wanted = keys === null ? Math.min(range.limit, range.examinedMax) : range.examinedMax;
  const search = { topics, keys, shown, seq: range.seq, limit: range.limit, examinedMax: wanted };
  const { rows, examined, last } = await searchAfter(db, search);
  const floor = await log.floor(topics);
  if (floor > range.seq) throw cursorExpired(log.epoch, floor);
  const isEnd = examined < wanted;
  const reached = last ?? range.seq;
  return { entries: rows.map(toEntry), examined, upTo: isEnd ? Math.max(reached, head) : reached, isEnd };
}
