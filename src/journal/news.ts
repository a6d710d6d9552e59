import type { EventRows } from './event-rows.ts';
import type { Entry } from './topic.ts';

/** The channel on which each commit sends its news. */
export const notifyChannel = 'opsgraph_log';

/** PostgreSQL rejects notifications of 8,000 bytes and more. */
export const notificationBytesMax = 7_900;

/**
 * Sends news after the commit, without the database. Where there is none, news is a notification of the transaction that
 * it is about.
 */
export interface NewsSender {
  /** Where it sends news, in words that are the same on all instances that receive them. */
  readonly route: string;
  /** Maximum size of a text. */
  readonly bytesMax: number;
  /** Sends a text to all instances, or drops it. Never waits and never throws. */
  send(channel: string, text: string): void;
  /** Whether the latest news were sent. */
  sending(): boolean;
}

type StoredEntry = readonly [
  topic: string,
  key: string,
  type: string,
  id: string,
  occurredAt: number,
  reportedBy: string | null,
  payload: unknown,
];

/**
 * News tells other instances on the same log what a commit has stored: its last position, the end of the log before it
 * and, if they fit into `bytesMax`, its entries. News can be lost, late or repeated, which costs only time, because
 * the table `events` has all of it. The position comes first, so that an instance skips its own commits unparsed.
 */
export function formatNews(rows: EventRows, prev: number, bytesMax = notificationBytesMax): string {
  const last = rows.at(-1)?.entry.seq ?? prev;
  const positions = formatPositions(last, prev);
  const bytes = rows.reduce((sum, { payload }) => sum + payload.length, positions.length);
  if (bytes > bytesMax) return positions;
  const entries = rows.map(({ entry, payload }) => `[${columnsOf(entry)},${payload}]`);
  const text = `${positions} ${rows[0]?.entry.recordedAt ?? 0} [${entries.join()}]`;
  return Buffer.byteLength(text) > bytesMax ? positions : text;
}

/** News without entries: other instances read them from the table. */
export function formatPositions(last: number, prev: number): string {
  return `${last} ${prev}`;
}

function columnsOf({ topic, key, type, id, occurredAt, reportedBy }: Entry): string {
  return JSON.stringify([topic, key, type, id, occurredAt, reportedBy ?? null]).slice(1, -1);
}

/** The last position of a commit, NaN if the text has none. */
export function lastOf(news: string): number {
  return Number.parseInt(news, 10);
}

/**
 * Returns the entries of a commit after `head`. Null if the table has to be read: the news has no entries, others
 * precede them that are not known, or another version of the server has sent it.
 */
export function entriesAfter(head: number, news: string): readonly Entry[] | null {
  const [last = '', prev = '', recordedAt = ''] = news.split(' ', 3);
  if (Number(last) <= head) return [];
  if (recordedAt === '' || !(Number(prev) <= head)) return null;
  try {
    const stored = JSON.parse(
      news.slice(last.length + prev.length + recordedAt.length + 3),
    ) as readonly StoredEntry[];
    if (Number(prev) + stored.length !== Number(last)) return null;
    const entries = stored.map((entry, index) =>
      entryOf(entry, Number(prev) + 1 + index, Number(recordedAt)),
    );
    return entries.filter(({ seq }) => seq > head);
  } catch {
    return null;
  }
}

function entryOf(stored: StoredEntry, seq: number, recordedAt: number): Entry {
  const [topic, key, type, id, occurredAt, reportedBy, payload] = stored;
  const times = { occurredAt, recordedAt };
  return Object.freeze({ topic, key, type, id, seq, ...times, urgent: false, reportedBy, payload });
}
