import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Database, DatabaseHandle } from '../db/database.ts';
import { retryConflicts } from '../db/retry-conflicts.ts';
import { AppError } from '../errors.ts';
import { settledInOrder } from '../lib/settled-in-order.ts';
import { storedIds, type DraftWithId } from './event-rows.ts';
import { logEnd } from './log-end.ts';
import { lockBoundsDefault, logTransactions, type LogTransaction } from './log-transaction.ts';
import { formatPositions, type NewsSender } from './news.ts';
import { TopicHandlers, type TopicHandler } from './topic-handlers.ts';
import { every, type Entry } from './topic.ts';

/** An event that a log has stored before, complete as its topic handlers have enriched it. */
export interface StoredEvent {
  readonly seq: number;
  readonly topic: string;
  readonly key: string;
  readonly type: string;
  readonly id: string;
  /** Unix milliseconds. */
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly reportedBy: string | null;
  readonly digest: string | null;
  readonly payload: unknown;
}

export interface JournalRestore extends AsyncDisposable {
  /**
   * Stores events in one transaction with what the topic handlers project from them, and notifies the instances that
   * use the database. Events that are stored at their position already are skipped. @returns how many were stored.
   * @throws AppError BAD_USER_INPUT if the log has other events at these positions or later ones.
   */
  store(events: readonly StoredEvent[]): Promise<number>;
}

interface RestoreOptions {
  readonly handlers: readonly TopicHandler[];
  readonly serverVersion: number;
  readonly sender?: NewsSender | null;
}

/**
 * Writes events of another log at the positions that they had there, because payloads and tables refer to positions. So
 * they can only follow everything that the log contains. The handlers do not enrich them again.
 */
export function openRestore(
  database: DatabaseHandle,
  { handlers, serverVersion, sender }: RestoreOptions,
): JournalRestore {
  const { silenceMs } = lockBoundsDefault;
  const own = database.beside({ max: 1, pipeline: true, silenceMaxMs: silenceMs });
  const transaction = logTransactions(own, { serverVersion, bounds: lockBoundsDefault, sender });
  const topicHandlers = new TopicHandlers(handlers);
  return {
    store: (events) => retryConflicts(() => transaction((open) => storeBatch(open, events, topicHandlers))),
    [Symbol.asyncDispose]: () => own[Symbol.asyncDispose](),
  };
}

async function storeBatch(
  { db, commit }: LogTransaction,
  events: readonly StoredEvent[],
  handlers: TopicHandlers,
): Promise<number> {
  const drafts: DraftWithId[] = events.map(({ topic, reportedBy, digest: _digest, ...event }) => ({
    ...event,
    topic: every(topic),
    ...(reportedBy !== null && { reportedBy }),
  }));
  const [end, known, newest, states] = await settledInOrder([
    logEnd(db, 0),
    storedIds(db, drafts),
    lastRecordedAt(db),
    handlers.read(db, drafts),
  ] as const);
  for (const { id, seq } of events) {
    const stored = known.get(id)?.seq;
    if (stored !== undefined && stored !== seq)
      throw conflict(`The event ${id} is at the position ${stored} of this log and at ${seq} of the other.`);
  }
  const fresh = events.filter(({ id }) => !known.has(id));
  const [first] = fresh;
  if (first !== undefined && first.seq <= end.seq)
    throw conflict(
      `This log has other events: it ends at position ${end.seq}, and the event ${first.id} has position ${first.seq}.`,
    );
  if (first !== undefined && first.recordedAt < newest)
    throw conflict(`The event ${first.id} was recorded before the newest event of this log.`);
  const entries = fresh.map(toEntry);
  const last = fresh.at(-1);
  if (last === undefined) await commit([]);
  else
    await commit(
      [insertAt(fresh), ...handlers.statements(entries, states)],
      formatPositions(last.seq, end.seq),
    );
  return fresh.length;
}

function toEntry({ digest: _digest, ...event }: StoredEvent): Entry {
  return Object.freeze({ ...event, urgent: false });
}

/** Unix milliseconds; 0 if the log is empty. */
async function lastRecordedAt(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ at: Date }>`
    select recorded_at as at from events order by seq desc limit 1`.execute(db);
  return rows[0]?.at.getTime() ?? 0;
}

function insertAt(events: readonly StoredEvent[]): RawBuilder<unknown> {
  const column = <Name extends keyof StoredEvent>(name: Name) => events.map((event) => event[name]);
  return sql`
    insert into events (seq, topic, key, type, id, occurred_at, recorded_at, reported_by, report_digest, payload)
    select
      seq, topic, key, type, id, to_timestamp(occurred_at / 1000.0), to_timestamp(recorded_at / 1000.0), reported_by,
      report_digest, payload::jsonb
    from unnest(
      ${column('seq')}::bigint[], ${column('topic')}::text[], ${column('key')}::text[], ${column('type')}::text[],
      ${column('id')}::text[], ${column('occurredAt')}::float8[], ${column('recordedAt')}::float8[],
      ${column('reportedBy')}::text[], ${column('digest')}::text[],
      ${events.map(({ payload }) => JSON.stringify(payload))}::text[]
    ) as event (
      seq, topic, key, type, id, occurred_at, recorded_at, reported_by, report_digest, payload
    )
    where (select setval('events_seq', ${events.at(-1)?.seq ?? 0}::bigint)) is not null`;
}

function conflict(reason: string): AppError {
  return new AppError(
    'BAD_USER_INPUT',
    `${reason} Events keep their positions, because others refer to them: import into an empty database.`,
  );
}
