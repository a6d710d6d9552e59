import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { refusedHandshake } from '../../_util/clients.ts';
import { startTestApp, type TestApp } from '../../_util/app.ts';
import { entries, entry, FeedClient, open, publish, spanClock, until } from '../_old-client.ts';

const clock = spanClock();
const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };
let app: TestApp;
/** A server that replays at most three messages. */
let small: TestApp;

beforeAll(async () => {
  [app, small] = await Promise.all([
    startTestApp(quiet, { keep: true }),
    startTestApp({ ...quiet, WEBSOCKET_MESSAGE_BUFFER_SIZE: '3' }, { keep: true }),
  ]);
});

afterAll(() => Promise.all([app.stop(), small.stop()]));

let clients = 0;
const newId = (): string => `client-${(clients += 1)}`;

async function governance(on: TestApp, id: string | null): Promise<FeedClient> {
  const client = await open(on, `/ws/governance${id === null ? '' : `?client_id=${id}`}`);
  expect(await client.next()).toMatchObject({ type: 'role_hierarchy' });
  return client;
}

/** Connects and disconnects again. */
async function visit(on: TestApp, id: string): Promise<void> {
  await (await governance(on, id)).ended();
}

/** A statement about what all instances know about a client, which is `$1`. */
async function query<Row extends object>(statement: string, id: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: app.database });
  await client.connect();
  const { rows } = await client.query<Row>(`${statement} where client like '% ' || $1`, [id]);
  await client.end();
  return rows;
}

const progressOf = async (id: string): Promise<string> =>
  JSON.stringify(await query('select progress from feed_clients', id));

/** Lets a time pass since a client was last seen. */
async function age(id: string, ms: number): Promise<void> {
  await vi.waitUntil(async () => (await progressOf(id)) !== '[]');
  await query(`update feed_clients set seen_at = seen_at - interval '${ms} ms'`, id);
}

async function changed(read: () => Promise<string>, before: string): Promise<string> {
  let now = before;
  await vi.waitUntil(async () => (now = await read()) !== before, { timeout: 10_000 });
  return now;
}

/** The actions of all entries before an entry that this function publishes as the end mark. */
async function actionsUntilNow(on: TestApp, client: FeedClient): Promise<string[]> {
  const last = `end ${(clients += 1)}`;
  await publish(on, [entry(0, { action: last })]);
  const actions: string[] = [];
  for (;;) {
    const { data } = (await client.ofType('audit_event')) as { data: { action: string } };
    if (data.action === last) return actions;
    actions.push(data.action);
  }
}

const did = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `did ${from + index}`);

describe('a client that reconnects', () => {
  it('A52: gets each missed event once, in order, after the messages at connect', async () => {
    const id = newId();
    await visit(app, id);
    await publish(app, entries(1, 5));
    const client = await governance(app, id);
    expect(await actionsUntilNow(app, client)).toEqual(did(1, 5));
    expect(client.messages[0]).toMatchObject({ type: 'role_hierarchy' });
  });

  it('A52: gets the same frames as clients that stayed connected', async () => {
    const id = newId();
    const stayed = await governance(app, newId());
    await visit(app, id);
    await publish(
      app,
      entries(1, 4, { details: 'with "quotes" and ümläuts', occurredAt: '2026-03-04T05:06:07.089Z' }),
    );
    for (let n = 0; n < 4; n++) await stayed.next();
    const back = await governance(app, id);
    for (let n = 0; n < 4; n++) await back.next();
    expect(back.texts.slice(1, 5)).toEqual(stayed.texts.slice(1, 5));
  });

  it('A52: does not get events again that it received before', async () => {
    const id = newId();
    const client = await governance(app, id);
    await publish(app, entries(1, 3));
    for (let n = 0; n < 3; n++) await client.next();
    await client.ended();
    await publish(app, entries(4, 6));
    const back = await governance(app, id);
    expect(await actionsUntilNow(app, back)).toEqual(did(4, 6));
    await back.ended();
    await publish(app, entries(7, 7));
    expect(await actionsUntilNow(app, await governance(app, id))).toEqual(did(7, 7));
  });

  it('A52: misses no event and gets none twice when events happen while it connects', async () => {
    const id = newId();
    await visit(app, id);
    let published = 0;
    let going = true;
    const producer = (async () => {
      while (going) {
        published += 1;
        await publish(app, [entry(published)]);
      }
    })();
    const seen: string[] = [];
    for (let visitNo = 0; visitNo < 6; visitNo++) {
      const client = await open(app, `/ws/governance?client_id=${id}`);
      for (let n = 0; n < 5; n++) await client.next();
      await client.ended();
      // All messages that were written before the end of the socket are not sent again.
      seen.push(
        ...client.messages.flatMap(({ type, data }) =>
          type === 'audit_event' ? [(data as { action: string }).action] : [],
        ),
      );
    }
    going = false;
    await producer;
    const last = await governance(app, id);
    seen.push(...(await actionsUntilNow(app, last)));
    expect(seen).toEqual(did(1, published));
  });

  it('A52: gets what it missed at any instance, each event once', async () => {
    const id = newId();
    const other = await startTestApp(quiet, { database: app.database });
    const client = await governance(app, id);
    await publish(app, entries(1, 3));
    for (let n = 0; n < 3; n++) await client.next();
    let last = client;
    let stored = await progressOf(id);
    for (const [n, on] of [other, app, other, other, app].entries()) {
      await last.ended();
      stored = await changed(() => progressOf(id), stored);
      await publish(app, entries(4 + 2 * n, 5 + 2 * n));
      last = await governance(on, id);
      expect(await actionsUntilNow(app, last)).toEqual(did(4 + 2 * n, 5 + 2 * n));
    }
  });

  it('A52: gets what it missed from a server that was started again', async () => {
    const id = newId();
    const first = await startTestApp(quiet);
    const client = await governance(first, id);
    await publish(first, entries(1, 3));
    for (let n = 0; n < 3; n++) await client.next();
    await publish(first, entries(4, 4));
    await client.next();
    await first.app.stop();
    const second = await startTestApp(quiet, { database: first.database });
    await publish(second, entries(5, 6));
    expect(await actionsUntilNow(second, await governance(second, id))).toEqual(did(5, 6));
    await second.stop();
  });

  it('A52: gets at most WEBSOCKET_MESSAGE_BUFFER_SIZE events; the oldest are dropped', async () => {
    const id = newId();
    await visit(small, id);
    await publish(small, entries(1, 8));
    const client = await governance(small, id);
    for (const action of did(6, 8)) expect(await client.next()).toMatchObject({ data: { action } });
    expect(await actionsUntilNow(small, client)).toEqual([]);
  });

  it('A52: gets the last 1000 by default', async () => {
    const own = await startTestApp(quiet);
    const id = newId();
    await visit(own, id);
    await publish(own, entries(1, 600));
    await publish(own, entries(601, 1100));
    const client = await governance(own, id);
    expect(await actionsUntilNow(own, client)).toEqual(did(101, 1100));
  });

  it('A52: gets nothing when the size is 0', async () => {
    const own = await startTestApp({ ...quiet, WEBSOCKET_MESSAGE_BUFFER_SIZE: '0' });
    const id = newId();
    await visit(own, id);
    await publish(own, entries(1, 3));
    expect(await actionsUntilNow(own, await governance(own, id))).toEqual([]);
  });

  it('A52: gets nothing without a client_id, with an unknown one, or with one of another path', async () => {
    const id = newId();
    const models = await open(app, `/ws/models?client_id=${id}`);
    await models.ended();
    await (await governance(app, null)).ended();
    await publish(app, entries(1, 3));
    expect(await actionsUntilNow(app, await governance(app, null))).toEqual([]);
    expect(await actionsUntilNow(app, await governance(app, newId()))).toEqual([]);
    expect(await actionsUntilNow(app, await governance(app, id))).toEqual([]);
  });

  it('A52: is remembered for 300 s after it disconnects, and not longer', async () => {
    const [early, late] = [newId(), newId()];
    await visit(app, early);
    await visit(app, late);
    await publish(app, entries(1, 2));
    clock.skip(295_000);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await actionsUntilNow(app, await governance(app, early))).toEqual(did(1, 2));
    clock.skip(10_000);
    await age(late, 305_000);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await actionsUntilNow(app, await governance(app, late))).toEqual([]);
  });

  it('A52: is remembered however long it stays connected', async () => {
    const id = newId();
    const client = await governance(app, id);
    clock.skip(400_000);
    await client.ended();
    await publish(app, entries(1, 2));
    expect(await actionsUntilNow(app, await governance(app, id))).toEqual(did(1, 2));
  });

  it('A52 A3: gets missed model_loaded and model_unloaded, and no missed gauge', async () => {
    const id = newId();
    const path = `/ws/models?client_id=${id}`;
    const before = await open(app, path);
    before.send({ type: 'ping' });
    await before.ofType('pong');
    await before.ended();
    const report = (status: string): object => ({ modelReport: { modelId: 'lab:away', status } });
    await publish(app, [report('LOADED')]);
    await publish(app, [report('UNLOADED')]);
    await until(async () => {
      const { data } = await app.graphql<{ model: { status: string } | null }>(
        '{ model(modelId: "lab:away") { status } }',
      );
      return data.model?.status === 'UNLOADED';
    });
    const back = await open(app, path);
    expect(await back.ofType('model_loaded')).toMatchObject({ model_id: 'lab:away' });
    expect(await back.ofType('model_unloaded')).toMatchObject({ model_id: 'lab:away' });
    const shown = back.messages.filter(({ type }) => type === 'model_status');
    expect(shown.filter(({ data }) => (data as { status: string }).status === 'loaded')).toEqual([]);
  });
});

describe('/api/websocket/connections', () => {
  interface Counts {
    total_connections: number;
    active_connections: number;
    failed_connections: number;
    reconnections: number;
    endpoints: Record<string, number>;
  }

  async function countsOf(on: TestApp): Promise<Counts> {
    return (await on.get('/api/websocket/connections')).body;
  }

  it('A44: counts open sockets by path, and accepted and rejected handshakes since the start', async () => {
    const own = await startTestApp();
    const none = { '/ws/models': 0, '/ws/system': 0, '/ws/governance': 0, '/ws/database': 0 };
    const system = await open(own, '/ws/system');
    const [first, second] = [await open(own, '/ws/governance'), await open(own, '/ws/governance/')];
    const graphql = await new FeedClient(`${own.wsUrl}/graphql`, {}, ['graphql-transport-ws']).opened();
    expect(await countsOf(own)).toEqual({
      total_connections: 3,
      active_connections: 3,
      failed_connections: 0,
      reconnections: 0,
      endpoints: { ...none, '/ws/system': 1, '/ws/governance': 2 },
    });
    for (const path of ['/ws/nothing', '/ws/system/deeper', '/ws/system?client_id=%20'])
      await refusedHandshake(`${own.wsUrl}${path}`);
    await refusedHandshake(`${own.wsUrl}/ws/system`, { origin: 'https://evil.example' });
    await refusedHandshake(`${own.wsUrl}/elsewhere`); // not below /ws/
    for (const client of [first, second, system]) await client.ended();
    graphql.socket.terminate();
    await until(async () => (await countsOf(own)).active_connections === 0);
    expect(await countsOf(own)).toEqual({
      total_connections: 3,
      active_connections: 0,
      failed_connections: 4,
      reconnections: 0,
      endpoints: none,
    });
  });

  it('A44: counts a handshake that was rejected for its Host header as failed', async () => {
    const own = await startTestApp(quiet);
    const { status } = await refusedHandshake(`${own.wsUrl}/ws/governance`, {
      headers: { host: 'rebound.example' },
    });
    expect(status).toBe(403);
    expect((await countsOf(own)).failed_connections).toBe(1);
  });

  it('A63 A44: counts a client that reconnects with a known client_id', async () => {
    const own = await startTestApp(quiet);
    for (let n = 0; n < 3; n++) {
      const client = await governance(own, 'me');
      await client.ended(1000);
    }
    await governance(own, 'another-client');
    expect(await countsOf(own)).toMatchObject({ total_connections: 4, reconnections: 2 });
  });

  it('A63 A44: counts a client that reconnects without a client_id from the same address and agent within 60 s of a loss', async () => {
    const own = await startTestApp(quiet);
    const agent = { headers: { 'user-agent': 'dashboard/1' } };
    const other = { headers: { 'user-agent': 'dashboard/2' } };
    const lost = async (): Promise<void> => {
      const client = await open(own, '/ws/governance', agent);
      client.socket.terminate();
      await until(async () => (await countsOf(own)).active_connections === 0);
    };
    const reconnections = async (): Promise<number> => (await countsOf(own)).reconnections;

    await (await open(own, '/ws/governance', agent)).ended(1000);
    await (await open(own, '/ws/governance', agent)).ended(1001);
    await (await open(own, '/ws/governance', agent)).ended(1000);
    expect(await reconnections()).toBe(0); // these clients closed with 1000

    await lost();
    await (await open(own, '/ws/models', agent)).ended(); // another path
    await (await open(own, '/ws/governance', other)).ended(); // another agent
    expect(await reconnections()).toBe(0);
    await (await open(own, '/ws/governance', agent)).ended();
    expect(await reconnections()).toBe(1);
    await (await open(own, '/ws/governance', agent)).ended(); // each loss counts for one reconnection
    expect(await reconnections()).toBe(1);

    await lost();
    clock.skip(60_500);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await (await open(own, '/ws/governance', agent)).ended();
    expect(await reconnections()).toBe(1);
  });
});
