import { sql } from 'kysely';
import { isUnavailable } from '../db/database-fault.ts';
import type { DatabaseHandle } from '../db/database.ts';
import type { Retained } from '../db/retained.ts';
import type { Gauges } from '../journal/gauges.ts';
import { notificationBytesMax, type NewsSender } from '../journal/news.ts';
import type { Entry, Gauge, Topic } from '../journal/topic.ts';
import { CoalescedRefresh } from '../lib/coalesced-refresh.ts';
import type { Log } from '../log/log.ts';
import type { Instances } from './instances.ts';

declare module '../db/database.ts' {
  interface Database {
    shared_gauges: SharedGaugesTable;
  }
}

interface SharedGaugesTable {
  topic: string;
  key: string;
  /** The instance that put the value. */
  instance_id: string;
  occurred_at: Date;
  /** By the clock of the database. */
  changed_at: Date;
  value: unknown;
}

/** The channel on which instances send each other the newest values of their gauges. */
export const gaugesChannel = 'opsgraph_gauges';

/** Values of this time are sent together. */
const collectMs = 20;
/** Older values are of hosts that are gone for good. */
const keptDays = 7;
/** How often the table is read while no news arrive, and as a safety net while they do. */
const pollMs = 250;
const pollNotifiedMs = 10_000;
/** A transaction that began earlier may commit later, by at most this time in practice. */
const overlapMs = 2_000;

/**
 * A value that is older than the known one by less is late, and is dropped. One that is older by more comes from another
 * clock, and is the newest of its instance.
 */
const lateMs = 5_000;

/** `at` in Unix milliseconds. Without a value: it is too long for a notification, and the table has it. */
type SharedValue = readonly [topic: string, key: string, at: number, urgent: 0 | 1, value?: unknown];

interface StoredValue {
  readonly topic: string;
  readonly key: string;
  readonly at: number;
  readonly urgent: boolean;
  readonly value: unknown;
}

export const retainedSharedGauges: Retained = {
  table: 'shared_gauges',
  by: 'changed_at',
  key: { topic: 'text', key: 'text' },
};

export interface SharedGaugesOptions {
  readonly database: DatabaseHandle;
  readonly gauges: Gauges;
  readonly instances: Pick<Instances, 'ownId' | 'others' | 'onJoin'>;
  readonly topics: readonly Topic<unknown, 'LATEST'>[];
  /** Values of this key are this instance's own, and not taken from the table at the start. */
  readonly hostId: string;
  readonly log: Log;
  /** Whether news arrive. */
  readonly notified: () => boolean;
  readonly sender?: NewsSender | null;
}

export interface SharedGauges extends AsyncDisposable {
  /** Takes values that another instance has sent. @param news the text of its notification */
  receive(news: string): void;
}

/**
 * Sends the values that this instance puts to the other instances, and puts theirs. Each value is stored in an unlogged
 * table and sent with a notification; what is lost on the way is replaced by the next value, or read from the table
 * while no notifications arrive. Without other instances nothing is stored or sent; an instance that joins gets all.
 */
export async function shareGauges(options: SharedGaugesOptions): Promise<SharedGauges> {
  const { database, gauges, instances, hostId, log, notified, sender = null } = options;
  const db = database.kysely;
  const topics = new Map(options.topics.map((topic) => [topic.name, topic]));
  /** The newest own value per topic and key. */
  const own = new Map<string, Entry>();
  let waiting = new Map<string, Entry>();
  let timer: NodeJS.Timeout | null = null;
  let sending: Promise<void> = Promise.resolve();
  let readFrom = new Date(0);
  let failing = false;
  let closed = false;

  function put(values: readonly StoredValue[]): void {
    const newer: Gauge[] = [];
    for (const { topic: name, key, at, urgent, value } of values) {
      const topic = topics.get(name);
      if (topic === undefined || value === null) continue;
      const knownAt = gauges.newest(topic, key)?.occurredAt ?? Number.NEGATIVE_INFINITY;
      if (at === knownAt || (at < knownAt && at > knownAt - lateMs)) continue;
      newer.push({ topic, key, payload: value, occurredAt: at, urgent });
    }
    gauges.put(newer, 'OTHER');
  }

  function add(entries: Iterable<readonly [string, Entry]>): void {
    for (const [id, entry] of entries) waiting.set(id, entry);
    if (waiting.size > 0 && !closed) timer ??= setTimeout(flush, collectMs);
  }

  function flush(): void {
    const entries = [...waiting.values()];
    waiting = new Map();
    sending = send(entries).finally(() => {
      timer = waiting.size > 0 && !closed ? setTimeout(flush, collectMs) : null;
    });
  }

  /** Never rejects. A value that cannot be sent is not sent again: a newer one follows. */
  async function send(entries: readonly Entry[]): Promise<void> {
    const values = entries.map(({ topic, key, occurredAt: at, urgent, payload: value }) => {
      return { topic, key, at, urgent, value };
    });
    const news = formatNews(instances.ownId, values, sender?.bytesMax);
    try {
      await sql`
        with stored as (
          insert into shared_gauges as s (topic, key, instance_id, occurred_at, changed_at, value)
          select topic, key, ${instances.ownId}, to_timestamp(at / 1000), clock_timestamp(), value
          from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
            as given (topic text, key text, at float8, value jsonb)
          order by topic, key
          on conflict (topic, key) do update set
            instance_id = excluded.instance_id, occurred_at = excluded.occurred_at,
            changed_at = excluded.changed_at, value = excluded.value
          where s.instance_id <> excluded.instance_id or s.occurred_at <= excluded.occurred_at
        )
        select pg_notify(${gaugesChannel}, news) from unnest(${sender === null ? news : []}::text[]) as news
      `.execute(db);
      for (const text of news) sender?.send(gaugesChannel, text);
      failing = false;
    } catch (error) {
      if (!failing && !isUnavailable(error))
        log.warn({ err: error }, 'gauges could not be sent to the other instances');
      failing = true;
    }
  }

  /** Reads what has changed since the last time. */
  async function readChanged(): Promise<void> {
    const { rows } = await sql<StoredValue & { readonly changedAt: Date }>`
      select topic, key, extract(epoch from occurred_at)::float8 * 1000 as at, false as urgent, value,
        changed_at as "changedAt"
      from shared_gauges where instance_id <> ${instances.ownId} and changed_at > ${readFrom}
      order by changed_at`.execute(db);
    put(rows.map((row) => ({ ...row, at: Math.round(row.at) })));
    const last = rows.at(-1)?.changedAt.getTime() ?? 0;
    if (last > 0) readFrom = new Date(Math.max(readFrom.getTime(), last - overlapMs));
  }
  const reading = new CoalescedRefresh(readChanged, (error) => {
    if (!isUnavailable(error))
      log.warn({ err: error }, 'failed to read the gauges of other instances; retrying');
  });

  const undo = [
    gauges.onPut((entries, origin) => {
      if (origin !== 'OWN') return;
      const shared = entries
        .filter(({ topic }) => topics.has(topic))
        .map((entry) => [`${entry.topic}\n${entry.key}`, entry] as const);
      for (const [id, entry] of shared) own.set(id, entry);
      if (instances.others().length > 0) add(shared);
    }),
    instances.onJoin(() => {
      for (const [id, { topic, key }] of own) if (!gauges.has(topic, key)) own.delete(id);
      add(own);
    }),
  ];
  for (const topic of topics.values())
    for (const entry of gauges.all(topic)) own.set(`${entry.topic}\n${entry.key}`, entry);
  const { rows } = await sql<StoredValue>`
    select topic, key, round(extract(epoch from occurred_at) * 1000)::float8 as at, false as urgent, value
    from shared_gauges where key <> ${hostId} and changed_at > now() - make_interval(days => ${keptDays})`.execute(
    db,
  );
  put(rows);
  let isComplete = false;
  let readAt = 0;
  const polling = setInterval(() => {
    if (instances.others().length === 0) return;
    if (!isComplete || performance.now() - readAt > pollNotifiedMs) {
      readAt = performance.now();
      void reading.request();
    }
    isComplete = notified(); // so it is read once more after news have begun to arrive
  }, pollMs);

  return {
    receive(news) {
      const received = parseNews(news);
      if (received === null || received.from === instances.ownId) return;
      put(
        received.values.flatMap(([topic, key, at, urgent, value]) =>
          value === undefined ? [] : [{ topic, key, at, urgent: urgent === 1, value }],
        ),
      );
      if (received.values.some(([, , , , value]) => value === undefined)) void reading.request();
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      for (const one of undo) one[Symbol.dispose]();
      clearInterval(polling);
      if (timer !== null) clearTimeout(timer);
      await sending;
      await reading.stop();
    },
  };
}

/** The news of these values, each short enough to be sent. */
export function formatNews(
  from: string,
  values: readonly StoredValue[],
  bytesMax = notificationBytesMax,
): readonly string[] {
  const texts = values.map(({ topic, key, at, urgent, value }) => {
    const head = [topic, key, at, urgent ? 1 : 0];
    const text = JSON.stringify([...head, value]);
    return Buffer.byteLength(text) + from.length + 8 > bytesMax ? JSON.stringify(head) : text;
  });
  const news: string[] = [];
  let current: string[] = [];
  let bytes = 0;
  const end = (): void => {
    if (current.length > 0) news.push(`${from} [${current.join()}]`);
    [current, bytes] = [[], 0];
  };
  for (const text of texts) {
    const size = Buffer.byteLength(text) + 1;
    if (bytes + size + from.length + 3 > bytesMax) end();
    current.push(text);
    bytes += size;
  }
  end();
  return news;
}

/** Null if the text is not news of this version. */
export function parseNews(
  news: string,
): { readonly from: string; readonly values: readonly SharedValue[] } | null {
  const [from = ''] = news.split(' ', 1);
  try {
    const values: unknown = JSON.parse(news.slice(from.length + 1));
    if (!Array.isArray(values) || !values.every(isSharedValue)) return null;
    return { from, values };
  } catch {
    return null;
  }
}

function isSharedValue(value: unknown): value is SharedValue {
  if (!Array.isArray(value) || value.length < 4) return false;
  const [topic, key, at] = value as unknown[];
  return typeof topic === 'string' && typeof key === 'string' && typeof at === 'number';
}
