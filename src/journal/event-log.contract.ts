import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { follow } from '../../test/_util/follow.ts';
import { AppError } from '../errors.ts';
import { formatCursor } from './cursor.ts';
import type { EventLog } from './journal.ts';
import { openReader } from './reader.ts';
import { every, type Draft, type Entry } from './topic.ts';

export interface LogUnderTest {
  readonly log: EventLog;
  /** Opens the same stored log again, as a new process would. Absent: the log is not durable. */
  readonly reopen?: () => Promise<EventLog>;
  /** Removes the entries up to and including a position, as retention does, from the store and from memory. */
  readonly expireUpTo: (topic: string, seq: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

const alpha = every<{ n: number }>('alpha');
const beta = every<{ n: number }>('beta');

function draft(n: number, topic = alpha): Draft<{ n: number }> {
  return { topic, key: `k${n}`, type: 'counted', payload: { n } };
}

async function take(count: number, entries: AsyncGenerator<Entry>): Promise<number[]> {
  const taken: number[] = [];
  for (let index = 0; index < count; index++) {
    const next = await entries.next();
    if (next.done === true) break;
    taken.push((next.value.payload as { n: number }).n);
  }
  return taken;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** The tests that every implementation of the log passes. */
export function describeEventLog(
  name: string,
  { durable }: { readonly durable: boolean },
  open: (ringEntriesMax: number) => Promise<LogUnderTest>,
): void {
  describe(`the log ${name}`, () => {
    let under: LogUnderTest;
    let stop: AbortController;

    async function start(ringEntriesMax = 1_000): Promise<EventLog> {
      await under?.close();
      under = await open(ringEntriesMax);
      return under.log;
    }

    function read(
      log: EventLog,
      options: { topics?: string[] | null; after?: string } = {},
    ): AsyncGenerator<Entry> {
      const { topics = ['alpha'], after } = options;
      return follow(log, { topics, signal: stop.signal, ...(after === undefined ? {} : { after }) });
    }

    beforeEach(async () => {
      stop = new AbortController();
      await start();
    });

    afterEach(async () => {
      stop.abort();
      await under.close();
    });

    it('assigns positions in the order of the drafts and of the calls', async () => {
      const [first, second] = await Promise.all([
        under.log.append([draft(1), draft(2)]),
        under.log.append([draft(3)]),
      ]);
      const seqs = [...first, ...second].map(({ seq }) => seq);
      expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
      expect(new Set(seqs).size).toBe(3);
      expect(under.log.head()).toBe(seqs.at(-1));
    });

    it('delivers to a live reader each later entry once and in order', async () => {
      await under.log.append([draft(0)]);
      const entries = read(under.log);
      const taken = take(5, entries);
      for (const n of range(1, 5)) await under.log.append([draft(n)]);
      expect(await taken).toEqual([1, 2, 3, 4, 5]);
    });

    it('resumes after a cursor', async () => {
      const [one] = await under.log.append([draft(1), draft(2), draft(3)]);
      expect(await take(2, read(under.log, { after: one?.cursor ?? '' }))).toEqual([2, 3]);
    });

    it('starts at the oldest entry with the cursor `earliest`', async () => {
      await under.log.append(range(1, 3).map((n) => draft(n)));
      expect(await take(3, read(under.log, { after: 'earliest' }))).toEqual([1, 2, 3]);
    });

    it('delivers only the topics of a reader, and to a reader of all topics one total order', async () => {
      await under.log.append([draft(1), draft(2, beta), draft(3), draft(4, beta)]);
      expect(await take(2, read(under.log, { topics: ['beta'], after: 'earliest' }))).toEqual([2, 4]);
      expect(await take(4, read(under.log, { topics: null, after: 'earliest' }))).toEqual([1, 2, 3, 4]);
    });

    it('delivers to a reader all entries after another reader has left', async () => {
      const staying = read(under.log);
      const leaving = read(under.log);
      const both = Promise.all([take(1, staying), take(1, leaving)]);
      await under.log.append([draft(1)]);
      expect(await both).toEqual([[1], [1]]);
      await leaving.return(undefined);
      const rest = take(2, staying);
      await under.log.append([draft(2), draft(3)]);
      expect(await rest).toEqual([2, 3]);
    });

    it('delivers to a reader all entries while another one has stopped reading', async () => {
      const stopped = await openReader(under.log, { topics: ['alpha'] });
      const reading = take(500, read(under.log));
      for (const n of range(1, 50)) await under.log.append(range(n * 10 - 9, n * 10).map((m) => draft(m)));
      expect(await reading).toEqual(range(1, 500));
      expect(stopped.peek()).toMatchObject({ entry: { payload: { n: 1 } } });
    });

    it.runIf(durable)(
      'delivers entries once and in order that are appended while a reader catches up',
      async () => {
        const log = await start(20); // smaller than the backlog
        await log.append(range(1, 500).map((n) => draft(n)));
        const taken = take(1_000, read(log, { after: 'earliest' }));
        for (const n of range(51, 100)) await log.append(range(n * 10 - 9, n * 10).map((m) => draft(m)));
        expect(await taken).toEqual(range(1, 1_000));
      },
    );

    it('stores an id once, and reports the second one as a duplicate', async () => {
      const first = await under.log.append([{ ...draft(1), id: 'same' }]);
      const again = await under.log.append([{ ...draft(9), id: 'same' }, draft(2)]);
      expect(first[0]).toMatchObject({ id: 'same', duplicate: false });
      expect(again[0]).toMatchObject({ id: 'same', duplicate: true, seq: first[0]?.seq });
      expect(await take(2, read(under.log, { after: 'earliest' }))).toEqual([1, 2]);
    });

    it('stores an id once that is in a batch twice', async () => {
      const receipts = await under.log.append([
        { ...draft(1), id: 'twice' },
        { ...draft(2), id: 'twice' },
        draft(3),
      ]);
      expect(receipts.map(({ duplicate }) => duplicate)).toEqual([false, true, false]);
      expect(await take(2, read(under.log, { after: 'earliest' }))).toEqual([1, 3]);
    });

    it('rejects a cursor before removed entries with CURSOR_EXPIRED and the oldest available cursor', async () => {
      const receipts = await under.log.append(range(1, 5).map((n) => draft(n)));
      await under.expireUpTo('alpha', receipts[2]?.seq ?? 0);
      const reading = take(1, read(under.log, { after: receipts[0]?.cursor ?? '' }));
      const error: unknown = await reading.catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(AppError);
      expect(error).toMatchObject({ code: 'CURSOR_EXPIRED', details: { oldestCursor: receipts[2]?.cursor } });
      expect(await take(2, read(under.log, { after: receipts[2]?.cursor ?? '' }))).toEqual([4, 5]);
    });

    it.each(['', 'nonsense', 'other_1', '../etc', `x${'y'.repeat(500)}`])(
      'rejects the cursor %j',
      async (after) => {
        await expect(openReader(under.log, { topics: ['alpha'], after })).rejects.toMatchObject({
          code: 'CURSOR_INVALID',
        });
      },
    );

    it('rejects a cursor beyond its end', async () => {
      const after = formatCursor(under.log.epoch, under.log.head() + 1);
      await expect(openReader(under.log, { topics: null, after })).rejects.toMatchObject({
        code: 'CURSOR_INVALID',
      });
    });

    it('returns the start of a replay of at most n entries', async () => {
      const receipts = await under.log.append([draft(1), draft(2, beta), draft(3), draft(4), draft(5)]);
      const start = receipts[0]?.seq ?? 0;
      expect(await under.log.tail(['alpha'], null, start, 2)).toBe(receipts[2]?.seq);
      expect(await under.log.tail(['alpha'], null, start, 10)).toBe(start);
      expect(await under.log.tail(['alpha'], ['other'], start, 0)).toBe(start);
    });

    it('has no entries of an empty list of topics or types', async () => {
      await under.log.append([draft(1), draft(2, beta)]);
      const head = under.log.head();
      const reader = await openReader(under.log, { topics: [], after: 'earliest' });
      expect(reader.cursor).toBeLessThan(head);
      expect((await under.log.page([], 0, 10)).entries).toEqual([]);
      expect(await under.log.tail([], null, 0, 0)).toBe(0);
      expect(await under.log.tail(null, [], 0, 0)).toBe(0);
    });

    it.runIf(durable)('keeps cursors and entries after a restart', async () => {
      if (under.reopen === undefined) throw new Error('a durable log needs reopen');
      const receipts = await under.log.append(range(1, 3).map((n) => draft(n)));
      const reopened = await under.reopen();
      const taken = take(3, read(reopened, { after: receipts[0]?.cursor ?? '' }));
      await reopened.append([draft(4)]);
      expect(await taken).toEqual([2, 3, 4]);
      expect(reopened.epoch).toBe(under.log.epoch);
    });
  });
}
