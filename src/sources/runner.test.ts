import type { Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Database } from '../db/database.ts';
import { Demand } from '../journal/demand.ts';
import { Gauges } from '../journal/gauges.ts';
import { LeaseLost } from '../cluster/leases.ts';
import type { Journal, TransactionFn } from '../journal/journal.ts';
import { openMemoryLog } from '../../test/_util/memory-log.ts';
import { every, latest, type Draft } from '../journal/topic.ts';
import { silentLog } from '../log/log.ts';
import { run, type Runner, type SharedWork } from './runner.ts';
import type { Sample, Source } from './source.ts';

const measured = latest<{ n: number }>('measured');
const happened = every<{ n: number }>('happened');

describe('a source runner', () => {
  let journal: Journal;
  let runners: Runner[];
  let turns: { end: (sample?: Sample) => void; fail: (error: Error) => void; signal: AbortSignal }[];
  let came: () => void;

  beforeEach(() => {
    journal = { log: openMemoryLog(), gauges: new Gauges(), demand: new Demand() };
    runners = [];
    turns = [];
    came = () => {};
  });

  afterEach(async () => {
    const stopping = Promise.all(runners.map((runner) => runner[Symbol.asyncDispose]()));
    for (const turn of turns) turn.end();
    await stopping;
  });

  /** A source whose samples end when the test ends them. */
  function start(more: Partial<Source> = {}, shared: SharedWork | null = null): Runner {
    const source: Source = {
      name: 'test',
      feeds: ['measured'],
      fastestMs: 10,
      backgroundMs: null,
      timeoutMs: 60_000,
      sample: (signal) =>
        new Promise((resolve, reject) => {
          turns.push({ end: (sample = { gauges: [] }) => resolve(sample), fail: reject, signal });
          came();
        }),
      ...more,
    };
    const runner = run(source, journal, silentLog, shared);
    runners.push(runner);
    return runner;
  }

  async function turn(count: number): Promise<(typeof turns)[number]> {
    while (turns.length < count)
      await new Promise<void>((resolve) => {
        came = resolve;
      });
    const last = turns[count - 1];
    if (last === undefined) throw new Error('no such sample');
    return last;
  }

  /** A lease that the test gives and takes. */
  function lease(): SharedWork & { give(held: boolean): void; readonly stored: Draft[]; isLost: boolean } {
    const listeners = new Set<() => void>();
    let held = false;
    const work = {
      isLost: false,
      stored: [] as Draft[],
      give(now: boolean) {
        held = now;
        for (const listener of listeners) listener();
      },
      leases: {
        holds: () => held,
        async confirm(name: string) {
          if (work.isLost) throw new LeaseLost(name);
        },
        onChange(listener: () => void) {
          listeners.add(listener);
          return { [Symbol.dispose]: () => void listeners.delete(listener) };
        },
      },
      async transact<Value>(transaction: TransactionFn<Value>) {
        const { value, drafts } = await transaction({} as Kysely<Database>); // which only `confirm` would use
        work.stored.push(...drafts);
        return { value, receipts: [] };
      },
    };
    return work;
  }

  it('with a lease runs on the holder only, and puts nothing that it measured before it lost the lease', async () => {
    const shared = lease();
    const runner = start({ lease: 'work' }, shared);
    using _watching = journal.demand.watch('measured', 10);
    expect(runner.stats().paceMs).toBeNull();
    expect(turns).toHaveLength(0);
    shared.give(true);
    const first = await turn(1);
    shared.give(false);
    first.end({ gauges: [{ topic: measured, key: 'a', payload: { n: 1 } }] });
    await vi.waitUntil(() => runner.stats().samples === 1);
    shared.give(true);
    const second = await turn(2);
    expect(journal.gauges.newest(measured, 'a')).toBeUndefined();
    second.end({ gauges: [{ topic: measured, key: 'a', payload: { n: 2 } }] });
    await turn(3);
    expect(journal.gauges.newest(measured, 'a')?.payload).toEqual({ n: 2 });
  });

  it('with a lease stores events only if the lease is confirmed', async () => {
    const shared = lease();
    shared.give(true);
    start({ lease: 'work' }, shared);
    using _watching = journal.demand.watch('measured', 10);
    const event = { topic: happened, key: 'a', type: 'x', payload: { n: 1 } };
    const first = await turn(1);
    shared.isLost = true;
    first.end({ gauges: [], events: [event] });
    const second = await turn(2);
    expect(shared.stored).toEqual([]);
    shared.isLost = false;
    second.end({ gauges: [], events: [event] });
    await turn(3);
    expect(shared.stored).toEqual([event]);
  });

  it('with a lease of another instance answers a query with the next value of that instance', async () => {
    start({ lease: 'work' }, lease());
    const refreshed = journal.demand.refresh('measured', 1_000, 60_000);
    expect(journal.demand.ownPace('measured')).toBe(1_000); // which the other instance learns
    journal.gauges.put([{ topic: measured, key: 'a', payload: { n: 1 } }], 'OTHER');
    await refreshed;
    expect(journal.demand.ownPace('measured')).toBeNull();
    await journal.demand.refresh('measured', 1_000, 60_000); // new enough
  });

  it('takes no samples without readers and without a background interval', () => {
    const runner = start();
    expect(runner.stats().paceMs).toBeNull();
  });

  it('runs at the interval of its fastest reader, within its own minimum', () => {
    const runner = start({ fastestMs: 100, backgroundMs: 5_000 });
    expect(runner.stats().paceMs).toBe(5_000);
    using slow = journal.demand.watch('measured', 1_000);
    expect(runner.stats().paceMs).toBe(1_000);
    const fast = journal.demand.watch('measured', 10);
    expect(runner.stats().paceMs).toBe(100);
    fast[Symbol.dispose]();
    expect(runner.stats().paceMs).toBe(1_000);
    void slow;
  });

  it('never overlaps samples, however late one is', async () => {
    start();
    using _watching = journal.demand.watch('measured', 10);
    const first = await turn(1);
    await new Promise((resolve) => setTimeout(resolve, 60)); // six intervals in which no sample may start
    expect(turns).toHaveLength(1);
    first.end({ gauges: [{ topic: measured, key: 'a', payload: { n: 1 } }] });
    await turn(2);
    expect(journal.gauges.newest(measured, 'a')?.payload).toEqual({ n: 1 });
  });

  it('aborts a sample that exceeds its time limit, and retries', async () => {
    const runner = start({ timeoutMs: 20 });
    using _watching = journal.demand.watch('measured', 10);
    const first = await turn(1);
    await new Promise<void>((resolve) => first.signal.addEventListener('abort', () => resolve()));
    first.fail(new Error('aborted'));
    await turn(2);
    expect(runner.stats().failures).toBeGreaterThanOrEqual(1);
  });

  it('does not overlap a source that ignores its signal', async () => {
    const runner = start({ timeoutMs: 10 });
    using _watching = journal.demand.watch('measured', 10);
    await turn(1);
    while (runner.stats().failures < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(turns).toHaveLength(1);
  });

  it('continues after a failed sample', async () => {
    const runner = start();
    using _watching = journal.demand.watch('measured', 10);
    (await turn(1)).fail(new Error('no'));
    (await turn(2)).end();
    await turn(3);
    expect(runner.stats()).toMatchObject({ failures: 1, samples: 1 });
  });

  it('takes a sample for a new reader, and shares it with all concurrent requests', async () => {
    start();
    const asked = [
      journal.demand.refresh('measured', 1_000, 60_000),
      journal.demand.refresh('measured', 1_000, 60_000),
    ];
    (await turn(1)).end({ gauges: [{ topic: measured, key: 'a', payload: { n: 1 } }] });
    await Promise.all(asked);
    expect(journal.gauges.newest(measured, 'a')?.payload).toEqual({ n: 1 });
    await journal.demand.refresh('measured', 60_000, 60_000);
    expect(turns).toHaveLength(1);
  });

  it('takes another sample for a reader that arrives during one', async () => {
    start();
    const first = journal.demand.refresh('measured', 0, 60_000);
    const began = await turn(1);
    const later = journal.demand.refresh('measured', 0, 60_000);
    began.end({ gauges: [{ topic: measured, key: 'a', payload: { n: 1 } }] });
    await first;
    (await turn(2)).end({ gauges: [{ topic: measured, key: 'a', payload: { n: 2 } }] });
    await later;
    expect(journal.gauges.newest(measured, 'a')?.payload).toEqual({ n: 2 });
  });

  it('limits the time that a reader waits for a source that hangs', async () => {
    start();
    await journal.demand.refresh('measured', 0, 20);
    expect(turns).toHaveLength(1);
  });

  it('stores the events of a sample before its values are visible, and calls back when they are stored', async () => {
    start();
    const order: string[] = [];
    using _events = journal.log.onAppend(() => void order.push('event'));
    using _gauges = journal.gauges.onPut(() => order.push('gauge'));
    const asked = journal.demand.refresh('measured', 0, 60_000);
    (await turn(1)).end({
      gauges: [{ topic: measured, key: 'a', payload: { n: 1 } }],
      events: [{ topic: happened, key: 'a', type: 'happened', payload: { n: 1 } }],
      recorded: () => order.push('recorded'),
    });
    await asked;
    expect(order).toEqual(['event', 'recorded', 'gauge']);
  });

  it('publishes values while the database is down, without reporting that events are stored', async () => {
    const failing = { ...journal.log, append: () => Promise.reject(new Error('down')) };
    journal = { ...journal, log: failing };
    start();
    let recorded = false;
    const asked = journal.demand.refresh('measured', 0, 60_000);
    (await turn(1)).end({
      gauges: [{ topic: measured, key: 'a', payload: { n: 1 } }],
      events: [{ topic: happened, key: 'a', type: 'happened', payload: { n: 1 } }],
      recorded: () => (recorded = true),
    });
    await asked;
    expect(journal.gauges.newest(measured, 'a')?.payload).toEqual({ n: 1 });
    expect(recorded).toBe(false);
  });
});
