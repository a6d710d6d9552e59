import { sql } from 'kysely';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTestDatabase, servers } from '../../test/_util/database.ts';
import { openDatabase } from '../db/database.ts';
import { Demand } from '../journal/demand.ts';
import { Gauges } from '../journal/gauges.ts';
import { openPostgresLog } from '../journal/postgres-log.ts';
import { latest, type Entry } from '../journal/topic.ts';
import { silentLog } from '../log/log.ts';
import { postgresCarrier } from './postgres-carrier.ts';
import { openCluster } from './cluster.ts';
import { formatNews, parseNews } from './shared-gauges.ts';

interface Value {
  readonly n: number;
  readonly text?: string;
}

const shared = latest<Value>('shared');
const other = latest<Value>('other');

interface Process {
  readonly gauges: Gauges;
  put(n: number, options?: { key?: string; text?: string; at?: number }): void;
  /** The value of the key that this process has. */
  n(key?: string): number | undefined;
  readonly stop: () => Promise<void>;
}

/** Also on a machine that has much else to do. */
const eventually = (condition: () => unknown) => vi.waitUntil(condition, { timeout: 20_000, interval: 10 });

describe('gauges of several instances', () => {
  async function database(): Promise<string> {
    const own = await createTestDatabase(servers[0]);
    onTestFinished(() => own.drop());
    return own.connection;
  }

  async function join(connection: string, listenUrl: string | null = null): Promise<Process> {
    const handle = openDatabase({ connection, max: 3, log: silentLog });
    const eventLog = await openPostgresLog({ database: handle, log: silentLog });
    const gauges = new Gauges();
    const cluster = await openCluster({
      database: handle,
      eventLog,
      gauges,
      demand: new Demand(),
      log: silentLog,
      hostId: 'own',
      version: '1',
      openCarrier: (...to) => postgresCarrier({ database: handle, log: silentLog, listenUrl }, ...to),
      shared: [shared],
      stats: () => ({ connectionCount: 0, subscriptionCount: 0 }),
    });
    let stopped: Promise<void> | null = null;
    const stop = (): Promise<void> =>
      (stopped ??= (async () => {
        await cluster[Symbol.asyncDispose]();
        await eventLog[Symbol.asyncDispose]();
        await handle[Symbol.asyncDispose]();
      })());
    onTestFinished(stop);
    await cluster.instances.start([]);
    return {
      gauges,
      put(n, { key = 'a', text, at } = {}) {
        const payload = { n, ...(text !== undefined && { text }) };
        const occurredAt = at ?? Date.now();
        gauges.put([{ topic: shared, key, payload, occurredAt }]);
      },
      n: (key = 'a') => gauges.newest(shared, key)?.payload.n,
      stop,
    };
  }

  async function arrives(process: Process, n: number, key?: string): Promise<void> {
    await eventually(() => process.n(key) === n);
  }

  it('are the same on all of them, also those that were put before one joined', async () => {
    const connection = await database();
    const first = await join(connection);
    first.put(1);
    first.gauges.put([{ topic: other, key: 'a', payload: { n: 1 } }]);
    const second = await join(connection);
    await arrives(second, 1);
    second.put(2, { at: Date.now() + 1 });
    await arrives(first, 2);
    expect(second.gauges.all(other)).toEqual([]); // not shared
  });

  it('arrive whole if they are longer than a notification', async () => {
    const connection = await database();
    const [first, second] = [await join(connection), await join(connection)];
    const text = '€'.repeat(10_000);
    first.put(1, { text });
    await arrives(second, 1);
    expect(second.gauges.newest(shared, 'a')?.payload.text).toBe(text);
    for (let n = 2; n <= 500; n++) first.put(n, { key: `key ${n}`, text: 'x'.repeat(100) });
    await arrives(second, 500, 'key 500');
    expect(second.gauges.all(shared)).toHaveLength(500);
  });

  it('are not sent back', async () => {
    const connection = await database();
    const [first, second] = [await join(connection), await join(connection)];
    const received: (readonly [Entry, string])[] = [];
    for (const { gauges } of [first, second])
      gauges.onPut((entries, origin) => received.push(...entries.map((entry) => [entry, origin] as const)));
    first.put(1);
    await arrives(second, 1);
    first.put(2, { key: 'b' });
    await arrives(second, 2, 'b');
    expect(received.map(([{ payload }, origin]) => [payload, origin])).toEqual([
      [{ n: 1 }, 'OWN'],
      [{ n: 1 }, 'OTHER'],
      [{ n: 2 }, 'OWN'],
      [{ n: 2 }, 'OTHER'],
    ]);
  });

  it('are not replaced by a late value, but by one of an instance whose clock is behind', async () => {
    const connection = await database();
    const [first, second] = [await join(connection), await join(connection)];
    const at = Date.now();
    first.put(1, { at });
    await arrives(second, 1);
    second.gauges.put([{ topic: shared, key: 'a', payload: { n: 2 }, occurredAt: at - 1_000 }]);
    second.put(3, { key: 'after' });
    await arrives(first, 3, 'after');
    expect(first.n()).toBe(1);
    second.put(4, { at: at - 3_600_000 });
    await arrives(first, 4);
  });

  it('arrive from the table while no notifications do', async () => {
    const connection = await database();
    const elsewhere = await database(); // where no instance notifies
    const first = await join(connection);
    const second = await join(connection, elsewhere);
    first.put(1, { at: Date.now() + 1 });
    await arrives(second, 1);
    first.put(2, { at: Date.now() + 2 });
    await expect.poll(() => second.n(), { timeout: 20_000 }).toBe(2);
  });

  it('of an instance that is gone are known to one that starts later, and not stored by one that is alone', async () => {
    const connection = await database();
    const [first, second] = [await join(connection), await join(connection)];
    first.put(1);
    await arrives(second, 1);
    await first.stop();
    await second.stop();
    const third = await join(connection);
    expect(third.n()).toBe(1);
    third.put(2, { key: 'alone' });
    await third.stop();
    const reading = openDatabase({ connection, log: silentLog });
    const { rows } = await sql<{ key: string }>`select key from shared_gauges`.execute(reading.kysely);
    await reading[Symbol.asyncDispose]();
    expect(rows).toEqual([{ key: 'a' }]);
  });

  it('are taken from notifications with whether they are urgent, and not from those in another form', () => {
    for (const news of ['', 'x', 'id', 'id {', 'id {}', 'id [1]', 'id [[1,2,3,4]]', 'id [["t","k",1]]'])
      expect(parseNews(news)).toBeNull();
    const value = { topic: 't', key: 'k', at: 1, urgent: true, value: [null] };
    const [text = ''] = formatNews('id', [value]);
    expect(parseNews(text)).toEqual({ from: 'id', values: [['t', 'k', 1, 1, [null]]] });
  });
});
