import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTestDatabase } from '../../test/_util/database.ts';
import { follow } from '../../test/_util/follow.ts';
import { openDatabase, type DatabaseHandle } from '../db/database.ts';
import { Demand } from '../journal/demand.ts';
import { Gauges } from '../journal/gauges.ts';
import type { DurableLog } from '../journal/journal.ts';
import { openPostgresLog } from '../journal/postgres-log.ts';
import { every, latest } from '../journal/topic.ts';
import { openLog, type Log } from '../log/log.ts';
import type { NewsSink } from './carrier.ts';
import { openCluster, type Cluster } from './cluster.ts';
import type { News } from './open-news.ts';

/** A carrier, and what breaks it. */
export interface CarrierUnderTest {
  /** What one more instance opens. */
  readonly connect: (instance: { readonly database: DatabaseHandle; readonly log: Log }) => Promise<News>;
  /** What it logs at INFO and above, if another process than the instances logs that. */
  readonly lines?: readonly { readonly level: string }[];
  /** Ends it and starts it again; what it held in memory is lost. Null: it has no process. */
  readonly restart: (() => Promise<void>) | null;
  /** Makes it deliver nothing and report no error, until `resume`. Null: it never delivers. */
  readonly silence: { readonly start: () => void; readonly end: () => void } | null;
}

export interface TestInstance extends AsyncDisposable {
  readonly log: DurableLog;
  readonly gauges: Gauges;
  readonly cluster: Cluster;
  readonly database: DatabaseHandle;
  /** What it logged at INFO and above. */
  readonly lines: readonly { readonly level: string; readonly msg: string }[];
  append(n: number): Promise<unknown>;
  /** The numbers of the first events in the order of the log, as soon as this instance has read them. */
  read(count: number): Promise<readonly number[]>;
}

const topic = every<{ n: number }>('alpha');
const gauge = latest<{ n: number }>('gauge');

/** Also on a machine that has much else to do. */
export const patience = { timeout: 20_000, interval: 10 };

/** Passes on what a carrier brings, or not. */
type Fault = (deliver: () => void) => void;

/** An instance on a database. */
export async function startInstance(
  connection: string,
  connect: CarrierUnderTest['connect'],
  fault: Fault = (deliver) => deliver(),
): Promise<TestInstance> {
  const lines: { level: string; msg: string }[] = [];
  const write = (line: string): void => void lines.push(JSON.parse(line) as { level: string; msg: string });
  const log = openLog({ level: 'INFO', destination: { write } });
  const database = openDatabase({ connection, max: 4, log });
  const news = await connect({ database, log });
  const { sender } = news;
  const eventLog = await openPostgresLog({ database, log, retryMs: 20, sender });
  const gauges = new Gauges();
  const cluster = await openCluster({
    database,
    eventLog,
    gauges,
    demand: new Demand(),
    log,
    hostId: 'own',
    version: '1',
    sender,
    openCarrier: (sink, channels) => news.openCarrier(faulty(sink, fault), channels),
    shared: [gauge],
    stats: () => ({ connectionCount: 0, subscriptionCount: 0 }),
  });
  const stopped = new AbortController();
  let stopping: Promise<void> | null = null;
  const stop = (): Promise<void> =>
    (stopping ??= (async () => {
      stopped.abort();
      await cluster[Symbol.asyncDispose]();
      await eventLog[Symbol.asyncDispose]();
      await news[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    })());
  onTestFinished(stop);
  await cluster.instances.start([]);
  return {
    log: eventLog,
    gauges,
    cluster,
    database,
    lines,
    append: (n) => eventLog.append([{ topic, key: 'k', type: 'counted', payload: { n } }]),
    async read(count) {
      const seen: number[] = [];
      const { signal } = stopped;
      for await (const { payload } of follow(eventLog, { topics: ['alpha'], after: 'earliest', signal }))
        if (seen.push((payload as { n: number }).n) === count) break;
      return seen;
    },
    [Symbol.asyncDispose]: stop,
  };
}

function faulty(sink: NewsSink, fault: Fault): NewsSink {
  return {
    arrive: (proven) => sink.arrive(proven),
    news: (channel, text) => fault(() => sink.news(channel, text)),
  };
}

export async function ownDatabase(): Promise<string> {
  const own = await createTestDatabase();
  onTestFinished(() => own.drop());
  return own.connection;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/**
 * The tests that every carrier passes, and its absence: PostgreSQL has the truth, so whatever happens to a carrier costs
 * only time.
 */
export function describeCarrier(name: string, open: (connection: string) => Promise<CarrierUnderTest>): void {
  describe(`news of other instances, by ${name}`, () => {
    async function start(count: number, fault?: Fault) {
      const connection = await ownDatabase();
      const under = await open(connection);
      const instances = await Promise.all(
        range(1, count).map(() => startInstance(connection, under.connect, fault)),
      );
      const [first, second] = instances;
      if (first === undefined || second === undefined) throw new Error('two instances are needed');
      return { instances, first, second, ...under };
    }

    /** Appends at all instances at the same time, and returns what each of them reads. */
    async function appendAndRead(instances: readonly TestInstance[], count: number) {
      const reading = Promise.all(instances.map(({ read }) => read(count)));
      const each = instances.map(async ({ append }, index) => {
        const own = range(1, count).filter((n) => n % instances.length === index);
        await Promise.all(own.map((n) => append(n)));
      });
      await Promise.all(each);
      return reading;
    }

    async function deliversTo({ cluster }: TestInstance, expected: boolean): Promise<void> {
      await vi.waitUntil(() => cluster.newsReceiver.receiving() === expected, patience);
    }

    it('reach the readers of every instance, each commit once and in one order', async () => {
      const { instances } = await start(3);
      const [first = [], ...others] = await appendAndRead(instances, 90);
      expect([...first].sort((a, b) => a - b)).toEqual(range(1, 90));
      for (const other of others) expect(other).toEqual(first);
    });

    it('may be late, repeated, in another order or lost, which costs only time', async () => {
      let count = 0;
      const fault: Fault = (deliver) => {
        count += 1;
        if (count % 3 === 0) return; // lost
        if (count % 3 === 1) deliver();
        setTimeout(deliver, (count * 7) % 40);
      };
      const { instances } = await start(3, fault);
      const [first = [], ...others] = await appendAndRead(instances, 60);
      expect([...first].sort((a, b) => a - b)).toEqual(range(1, 60));
      for (const other of others) expect(other).toEqual(first);
    });

    it('are replaced by the reports of the instances where all of them are lost', async () => {
      const { first, second } = await start(2, () => undefined);
      for (const n of range(1, 3)) {
        await first.append(n);
        expect(await second.read(n)).toEqual(range(1, n));
      }
    });

    it('bring the values of gauges, also where they are lost', async () => {
      let isLost = false;
      const { first, second, silence } = await start(2, (deliver) => (isLost ? undefined : deliver()));
      await vi.waitUntil(() => first.cluster.instances.others().length === 1, patience);
      if (silence !== null) await deliversTo(second, true);
      for (const n of [1, 2]) {
        first.gauges.put([{ topic: gauge, key: 'a', payload: { n }, occurredAt: Date.now() + n }]);
        await expect.poll(() => second.gauges.newest(gauge, 'a')?.payload.n, patience).toBe(n);
        isLost = true;
      }
    });

    it('come again after the carrier was restarted while instances stored events', async (context) => {
      const { instances, first, second, restart, silence } = await start(2);
      if (restart === null) return context.skip();
      if (silence !== null) for (const instance of instances) await deliversTo(instance, true);
      const reading = Promise.all(instances.map(({ read }) => read(60)));
      for (const n of range(1, 20)) await first.append(n);
      const restarting = restart();
      for (const n of range(21, 40)) await second.append(n);
      await restarting;
      for (const n of range(41, 60)) await first.append(n);
      for (const seen of await reading) expect(seen).toEqual(range(1, 60));
      if (silence !== null) for (const instance of instances) await deliversTo(instance, true);
    });

    it('are read from the database while the carrier is silent, which delays no commit', async (context) => {
      const { instances, first, second, silence, lines = first.lines } = await start(2);
      if (silence === null) return context.skip();
      for (const instance of instances) await deliversTo(instance, true);
      silence.start();
      const reading = second.read(20);
      const startedAt = performance.now();
      for (const n of range(1, 10)) await first.append(n);
      expect(performance.now() - startedAt).toBeLessThan(5_000);
      for (const instance of instances) await deliversTo(instance, false);
      for (const n of range(11, 20)) await first.append(n);
      expect(await reading).toEqual(range(1, 20));
      silence.end();
      for (const instance of instances) await deliversTo(instance, true);
      const levels = lines.map(({ level }) => level);
      expect(levels).toEqual(['WARNING', 'INFO']);
    });
  });
}
