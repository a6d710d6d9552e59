import { describe, expect, test } from 'vitest';
import { refusedHandshake } from '../../test/_util/clients.ts';
import { AppError } from '../errors.ts';
import type { GraphService } from '../delivery/graph-service.ts';
import type { EventLog } from '../journal/journal.ts';
import { openMemoryLog } from '../../test/_util/memory-log.ts';
import { greeted, level, limits, mapped, rung, serve } from './feed-server.contract.ts';

describe('a client that connects', () => {
  test('gets the current values in the order of the feed, then events', async () => {
    const { connect, gauges, ring } = await serve();
    await ring(1);
    gauges.put([
      { topic: level, key: 'a', payload: { name: 'a', value: 1 } },
      { topic: level, key: 'b', payload: { name: 'b', value: 2 } },
    ]);
    const client = connect();
    expect(await client.next()).toEqual({ type: 'level', name: 'a', value: 1 });
    expect(await client.next()).toEqual({ type: 'level', name: 'b', value: 2 });
    expect(await client.next()).toEqual({ type: 'welcome', welcome: 'you' });
    expect(await client.next()).toEqual({ type: 'welcomed' });
    await ring(2);
    expect(await client.next()).toEqual({ type: 'rung', n: 2 });
    gauges.put([{ topic: level, key: 'a', payload: { name: 'a', value: 3 } }]);
    expect(await client.next()).toEqual({ type: 'level', name: 'a', value: 3 });
  });

  test('misses no event that happens meanwhile, and gets it after the current values', async () => {
    const welcome = async (log: EventLog): Promise<string> => {
      await log.append([{ topic: rung, key: 'k', type: 'rung', payload: { n: 7 } }]);
      return 'late';
    };
    const { connect } = await serve({ welcome });
    const client = connect();
    expect(await client.next()).toEqual({ type: 'welcome', welcome: 'late' });
    expect(await client.next()).toEqual({ type: 'welcomed' });
    expect(await client.next()).toEqual({ type: 'rung', n: 7 });
  });

  test('does not get values that are excluded at connect until they are updated', async () => {
    const { connect, gauges } = await serve();
    gauges.put([{ topic: level, key: 'a', payload: { name: 'a', value: 1, quiet: true } }]);
    const client = connect();
    expect(await client.next()).toEqual({ type: 'welcome', welcome: 'you' });
    await greeted(client);
    gauges.put([{ topic: level, key: 'a', payload: { name: 'a', value: 2, quiet: true } }]);
    expect(await client.next()).toEqual({ type: 'level', name: 'a', value: 2 });
  });

  test('is rejected with 503 and the first feature that is off', async () => {
    const { url } = await serve({ options: { features: { FEATURE_B: false } } });
    expect(await refusedHandshake(url)).toMatchObject({
      status: 503,
      body: { error: { code: 'FEATURE_DISABLED', feature: 'FEATURE_B' } },
    });
  });

  test.each(['', 'a b', 'ä', 'x'.repeat(129), 'a/b'])(
    'is rejected with 400 for the client_id %j',
    async (name) => {
      const { url } = await serve();
      expect(await refusedHandshake(`${url}?client_id=${encodeURIComponent(name)}`)).toMatchObject({
        status: 400,
        body: { error: { code: 'INVALID_PARAMETER', param: 'client_id' } },
      });
    },
  );
});

test('R22: all clients of a feed get the identical message, which is built once', async () => {
  const { connect, ring } = await serve();
  const clients = await Promise.all(Array.from({ length: 20 }, () => greeted(connect())));
  mapped.mockClear();
  await ring(5);
  const messages = await Promise.all(clients.map((client) => client.next()));
  expect(new Set(messages.map((message) => JSON.stringify(message)))).toEqual(
    new Set(['{"type":"rung","n":5}']),
  );
  expect(mapped).toHaveBeenCalledTimes(1);
});

describe('a client that reconnects under its client_id', () => {
  test('A52: gets the current values, then every missed event in order, then new events', async () => {
    const { connect, ring, left } = await serve();
    const first = await greeted(connect('?client_id=ann'));
    await ring(1);
    await first.ofType('rung');
    first.close();
    await left();
    await ring(2, 3);
    const again = connect('?client_id=ann');
    expect(await again.next()).toEqual({ type: 'welcome', welcome: 'you' });
    expect(await again.next()).toEqual({ type: 'welcomed' });
    expect(await again.next()).toEqual({ type: 'rung', n: 2 });
    expect(await again.next()).toEqual({ type: 'rung', n: 3 });
    await ring(4);
    expect(await again.next()).toEqual({ type: 'rung', n: 4 });
  });

  test('A52: gets at most the configured number of missed events, the newest', async () => {
    const { connect, ring, left } = await serve();
    const first = await greeted(connect('?client_id=ann'));
    first.close();
    await left();
    await ring(1, 2, 3, 4, 5);
    const again = await greeted(connect('?client_id=ann'));
    expect([await again.next(), await again.next(), await again.next()]).toEqual([
      { type: 'rung', n: 3 },
      { type: 'rung', n: 4 },
      { type: 'rung', n: 5 },
    ]);
  });

  test('A52: gets no missed event when none may be replayed', async () => {
    const { connect, ring, left } = await serve({ options: { limits: { ...limits, replayMax: 0 } } });
    (await greeted(connect('?client_id=ann'))).close();
    await left();
    await ring(1);
    const again = await greeted(connect('?client_id=ann'));
    await ring(2);
    expect(await again.next()).toEqual({ type: 'rung', n: 2 });
  });

  test('is not confused with other clients, or with clients without a client_id', async () => {
    const { connect, ring, left } = await serve();
    (await greeted(connect('?client_id=ann'))).close();
    (await greeted(connect())).close();
    await left();
    await ring(1);
    const [bo, unnamed] = [await greeted(connect('?client_id=bo')), await greeted(connect())];
    await ring(2);
    expect([await bo.next(), await unnamed.next()]).toEqual([
      { type: 'rung', n: 2 },
      { type: 'rung', n: 2 },
    ]);
  });

  test('gets the oldest retained events when the log has pruned those that it missed', async () => {
    const log = openMemoryLog({ bounds: { entriesMax: 2, bytesMax: 1_000_000 } });
    const { connect, ring, left } = await serve({ log });
    (await greeted(connect('?client_id=ann'))).close();
    await left();
    await ring(1, 2, 3, 4);
    const again = await greeted(connect('?client_id=ann'));
    expect(await again.next()).toEqual({ type: 'rung', n: 3 });
  });
});

describe('a feed whose database is unavailable', () => {
  /** A log whose first reads fail. */
  function failing(times: number): EventLog {
    const log = openMemoryLog();
    let failures = 0;
    return {
      ...log,
      tail: async (...args) => {
        if (failures++ < times)
          throw new AppError('DATABASE_UNAVAILABLE', 'The store does not answer.', { retryable: true });
        return log.tail(...args);
      },
    };
  }

  test('stays open, and resumes after its last event when the database is available again', async () => {
    const { connect, ring, left, gauges } = await serve({ log: failing(2) });
    (await greeted(connect('?client_id=ann'))).close();
    await left();
    await ring(1, 2);
    const again = await greeted(connect('?client_id=ann'));
    gauges.put([{ topic: level, key: 'a', payload: { name: 'a', value: 1 } }]);
    expect(await again.next()).toEqual({ type: 'level', name: 'a', value: 1 });
    expect([await again.next(), await again.next()]).toEqual([
      { type: 'rung', n: 1 },
      { type: 'rung', n: 2 },
    ]);
  });
});

test('a viewer without the capability to read gets an error and is closed with 1008', async () => {
  const engine = {
    prepare() {
      throw new AppError('FORBIDDEN', 'This needs the capability read.');
    },
  };
  const delivery = { head: () => 'x_0', close() {} };
  const graph = { engine, delivery } as unknown as GraphService;
  const { connect } = await serve({ options: { graph } });
  const client = connect();
  expect(await client.next()).toMatchObject({ type: 'error', code: 'FORBIDDEN' });
  expect((await client.closed).code).toBe(1008);
});
