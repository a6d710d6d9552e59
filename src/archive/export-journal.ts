import { sql, type Kysely } from 'kysely';
import type { Database } from '../db/database.ts';
import { cursorExpired, cursorPosition, earliest, formatCursor, parseCursor } from '../journal/cursor.ts';
import { storedHead } from '../journal/log-end.ts';
import { storedFloor } from '../journal/stored-events.ts';
import { AppError } from '../errors.ts';
import { nearest } from '../lib/nearest.ts';
import { JournalLines } from './format.ts';

/** With the largest payloads about 13 MiB. */
const pageRows = 200;

export interface ExportOptions {
  /** `opsgraph` and its version. */
  readonly program: string;
  /** The last migration. */
  readonly schema: string;
  /** A cursor, whose event is not included, or a time: events recorded since then. Null: from the oldest. */
  readonly since: string | null;
  /** A cursor, whose event is included, or a time: events recorded before it. Null: to the newest. */
  readonly until: string | null;
  readonly topics: readonly string[] | null;
  /** Called after each page with the number of events so far. */
  readonly progress: (events: number) => void;
}

/**
 * Yields the lines of an export, in chunks. All are of one snapshot of the database, so neither new events nor retention
 * change them, and writers do not wait. Only one page is in memory.
 * @param db inside a transaction that is read-only and `repeatable read`.
 */
export async function* exportJournal(
  db: Kysely<Database>,
  { program, schema, topics, progress, ...range }: ExportOptions,
): AsyncGenerator<string> {
  const { rows: identities } = await sql<{ epoch: string }>`select epoch from journal_identity`.execute(db);
  const epoch = identities[0]?.epoch ?? '';
  if (topics !== null) await requireTopics(db, topics);
  const head = await storedHead(db);
  const since = range.since === null ? 0 : await after(db, range.since, epoch);
  const until = Math.min(head, range.until === null ? head : await upTo(db, range.until, epoch));
  if (range.since !== null && cursorPosition(range.since, epoch) !== null) {
    const floor = await storedFloor(db, topics);
    if (since < floor) throw cursorExpired(epoch, floor);
  }
  const lines = new JournalLines();
  yield lines.header({ program, epoch, schema, exportedAt: new Date().toISOString(), since, until, topics });
  let last = since;
  for (;;) {
    const rows = await page(db, { topics, after: last, until });
    if (rows.length > 0)
      yield rows
        .map(({ occurredAt, recordedAt, ...row }) =>
          lines.event({ ...row, occurredAt: occurredAt.toISOString(), recordedAt: recordedAt.toISOString() }),
        )
        .join('');
    last = rows.at(-1)?.seq ?? last;
    progress(lines.events);
    if (rows.length < pageRows) break;
  }
  yield lines.footer(lines.events === 0 ? null : formatCursor(epoch, last));
}

interface Row {
  readonly seq: number;
  readonly topic: string;
  readonly key: string;
  readonly type: string;
  readonly id: string;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly reportedBy: string | null;
  readonly digest: string | null;
  /** JSON text. */
  readonly payload: string;
}

async function page(
  db: Kysely<Database>,
  { topics, after: seq, until }: { topics: readonly string[] | null; after: number; until: number },
): Promise<readonly Row[]> {
  const ofTopics = topics === null ? sql`true` : sql`topic = any(${topics}::text[])`;
  const { rows } = await sql<Row>`
    select seq, topic, key, type, id, occurred_at as "occurredAt", recorded_at as "recordedAt",
      reported_by as "reportedBy", report_digest as digest, payload::text as payload
    from events where seq > ${seq} and seq <= ${until} and ${ofTopics} order by seq limit ${pageRows}`.execute(
    db,
  );
  return rows;
}

/** The position after which an export begins. */
async function after(db: Kysely<Database>, text: string, epoch: string): Promise<number> {
  if (text === earliest) return 0;
  const at = timeOf(text);
  if (at === null) return parseCursor(text, epoch, '--since');
  return firstSince(db, at);
}

/** The last position of an export. */
async function upTo(db: Kysely<Database>, text: string, epoch: string): Promise<number> {
  const at = timeOf(text);
  return at === null ? parseCursor(text, epoch, '--until') : firstSince(db, at);
}

/** The position before the first event that was recorded at this time or later. */
async function firstSince(db: Kysely<Database>, at: Date): Promise<number> {
  const { rows } = await sql<{ seq: number | null }>`
    select min(seq) as seq from events where recorded_at >= ${at}`.execute(db);
  const first = rows[0]?.seq ?? null;
  return first === null ? storedHead(db) : first - 1;
}

/** Null: it is not a time. */
function timeOf(text: string): Date | null {
  return /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text)) ? new Date(text) : null;
}

async function requireTopics(db: Kysely<Database>, topics: readonly string[]): Promise<void> {
  const { rows } = await sql<{ topic: string }>`select distinct topic from events`.execute(db);
  const stored = rows.map(({ topic }) => topic);
  const unknown = topics.find((topic) => !stored.includes(topic));
  if (unknown === undefined) return;
  const meant = nearest(unknown, stored);
  throw new AppError(
    'BAD_USER_INPUT',
    `The log has no events of the topic ${unknown}${meant === null ? '' : `; did you mean ${meant}?`}. ` +
      `It has: ${stored.sort().join(', ') || 'none'}.`,
  );
}
