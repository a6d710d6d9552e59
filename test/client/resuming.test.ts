import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import {
  createClient,
  type Client,
  type ClientOptions,
  type ConnectionState,
  type Gap,
  type OpsgraphError,
} from '../../client/client.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { tcpProxy } from '../_util/tcp-proxy.ts';
import { fast } from './_fast.ts';
import { blockingProxy } from './_blocking-proxy.ts';

// The client against the whole server, over networks that fail.

const document = 'subscription { auditEvents(filter: { eventTypes: ["tested"] }) { action } }';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({}, { keep: true });
});
afterAll(() => app.stop());

interface Reader {
  readonly client: Client;
  readonly states: ConnectionState[];
}

function clientOf(port: number | string, options: ClientOptions = {}): Reader {
  const client = createClient({
    url: `http://127.0.0.1:${port}/graphql`,
    webSocketImpl: WebSocket,
    timing: fast,
    ...options,
  });
  onTestFinished(() => client.dispose());
  const states: ConnectionState[] = [];
  client.onState((state) => states.push(state));
  return { client, states };
}

let published = 0;

async function publish(type: string, count: number): Promise<string[]> {
  const actions = Array.from({ length: count }, () => `event ${++published}`);
  await report(
    actions.map((action) => ({ auditEvent: { eventType: type, actorId: 'ann', action, status: 'success' } })),
  );
  return actions;
}

async function publishKpi(totalRevenue: number): Promise<void> {
  await report([{ kpi: { totalRevenue } }]);
}

async function report(events: readonly object[]): Promise<void> {
  const response = await fetch(`${app.url}/publish`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ events }),
  });
  expect(response.status).toBe(200);
}

/** A busy machine may need a second for the first byte, which must not look like a network that blocks it. */
const patient = { ...fast, openMsMax: 3_000, streamSilentMsMax: 45_000 };

const patience = { timeout: 15_000, interval: 20 };

it('receives every event once over lost, refused and dead connections, before and after the first event', async () => {
  const proxy = await tcpProxy(Number(new URL(app.url).port));
  const { client, states } = clientOf(proxy.port);
  const received: string[] = [];
  client.subscribe<{ auditEvents: { action: string } }>(
    { document },
    { next: ({ auditEvents }) => void received.push(auditEvents.action) },
  );
  const expected: string[] = [];
  await expect.poll(() => client.state, patience).toBe('live');
  expect(client.transport).toBe('websocket');
  for (const fault of ['cut', 'blackHole', 'cut'] as const) {
    const before = proxy.taken;
    proxy[fault]();
    expected.push(...(await publish('tested', 3)));
    await expect.poll(() => proxy.taken, patience).toBeGreaterThan(before + 1);
    proxy.heal();
    expected.push(...(await publish('tested', 3)));
    await expect.poll(() => received, patience).toEqual(expected);
    await expect.poll(() => client.state, patience).toBe('live');
  }
  expect(states).toContain('stale');
  expect(states).toContain('catching-up');
});

describe('where WebSockets are blocked', () => {
  it.each(['refused', 'ignored'] as const)(
    'the client uses server-sent events if the upgrade is %s, and returns to a WebSocket later',
    async (upgrades) => {
      const proxy = await blockingProxy(Number(new URL(app.url).port));
      proxy.upgrades = upgrades;
      const { client, states } = clientOf(proxy.port, { timing: patient });
      const received: string[] = [];
      client.subscribe<{ auditEvents: { action: string } }>(
        { document },
        { next: ({ auditEvents }) => void received.push(auditEvents.action) },
      );
      await expect.poll(() => client.state, patience).toBe('live');
      expect(client.transport).toBe('sse');
      const expected = await publish('tested', 3);
      await expect.poll(() => received, patience).toEqual(expected);
      proxy.upgrades = 'passed';
      await expect.poll(() => client.transport, patience).toBe('websocket');
      expected.push(...(await publish('tested', 3)));
      await expect.poll(() => received, patience).toEqual(expected);
      expect(states).not.toContain('stale');
    },
  );
});

it('notices a dead event stream, and receives every event once', async () => {
  class RefusedSocket extends WebSocket {
    constructor(_url: string, protocols?: string | string[]) {
      super('ws://127.0.0.1:9', protocols);
    }
  }
  const proxy = await tcpProxy(Number(new URL(app.url).port));
  const { client, states } = clientOf(proxy.port, {
    webSocketImpl: RefusedSocket,
    timing: { ...patient, streamSilentMsMax: 2_000 },
  });
  const received: string[] = [];
  client.subscribe<{ auditEvents: { action: string } }>(
    { document },
    { next: ({ auditEvents }) => void received.push(auditEvents.action) },
  );
  await expect.poll(() => client.state, patience).toBe('live');
  const expected = await publish('tested', 2);
  await expect.poll(() => received, patience).toEqual(expected);
  proxy.blackHole();
  expected.push(...(await publish('tested', 2)));
  await expect.poll(() => states, patience).toContain('stale');
  proxy.heal();
  await expect.poll(() => received, patience).toEqual(expected);
  expect(client.transport).toBe('sse');
});

it('polls where responses are collected, returns to better transports, and receives every event once and each value of a gauge', async () => {
  const proxy = await blockingProxy(Number(new URL(app.url).port));
  proxy.upgrades = 'refused';
  proxy.collects = true;
  const { client } = clientOf(proxy.port, { timing: patient });
  const received: string[] = [];
  const values: unknown[] = [];
  client.subscribe<{ auditEvents: { action: string } }>(
    { document },
    { next: ({ auditEvents }) => void received.push(auditEvents.action) },
  );
  client.subscribe(
    { document: 'subscription { kpis { totalRevenue } }' },
    { next: (data) => void values.push(data) },
  );
  await expect.poll(() => client.transport, patience).toBe('polling');
  await expect.poll(() => client.state, patience).toBe('live');
  const expected = await publish('tested', 3);
  await expect.poll(() => received, patience).toEqual(expected);
  await publish('other', 3);
  expected.push(...(await publish('tested', 300)));
  await expect.poll(() => received, patience).toEqual(expected);
  await publishKpi(1);
  await expect.poll(() => values.at(-1), patience).toEqual({ kpis: { totalRevenue: 1 } });
  await publishKpi(2);
  await expect.poll(() => values.at(-1), patience).toEqual({ kpis: { totalRevenue: 2 } });
  expect(values.length).toBeLessThanOrEqual(3);
  proxy.collects = false; // what is collected already stays
  await expect.poll(() => client.transport, patience).toBe('sse');
  expected.push(...(await publish('tested', 3)));
  await expect.poll(() => received, patience).toEqual(expected);
  proxy.upgrades = 'passed';
  await expect.poll(() => client.transport, patience).toBe('websocket');
  expected.push(...(await publish('tested', 3)));
  await expect.poll(() => received, patience).toEqual(expected);
});

it('resumes after a restart of the page if it has a store, and reports events that are no longer there as a gap', async () => {
  const positions = new Map<string, string>();
  const store = {
    get: (name: string) => Promise.resolve(positions.get(name)),
    set: (name: string, cursor: string) => void positions.set(name, cursor),
  };
  const { port } = new URL(app.url);
  const read = async (expected: readonly string[]): Promise<void> => {
    const { client } = clientOf(port, { store });
    const received: string[] = [];
    for await (const { auditEvents } of client.iterate<{ auditEvents: { action: string } }>({
      document,
      name: 'audit',
    })) {
      received.push(auditEvents.action);
      if (auditEvents.action === expected.at(-1)) break;
    }
    expect(received).toEqual(expected);
    client.dispose();
  };
  const { client } = clientOf(port, { store });
  client.subscribe({ document, name: 'audit' }, { next() {} })();
  const first = clientOf(port, { store });
  first.client.subscribe({ document, name: 'audit' }, { next() {} });
  await expect.poll(() => positions.has('audit'), patience).toBe(true);
  first.client.dispose();
  await read(await publish('tested', 2));
  // The last event was handled, but the reader has not requested the next one.
  await read([`event ${published}`, ...(await publish('tested', 2))]);

  positions.set('audit', 'anotherlog_1');
  const gaps: Gap[] = [];
  const { client: late } = clientOf(port, { store });
  const received: string[] = [];
  late.subscribe<{ auditEvents: { action: string } }>(
    { document, name: 'audit' },
    {
      next: ({ auditEvents }) => void received.push(auditEvents.action),
      gap: (gap) => void gaps.push(gap),
    },
  );
  await expect.poll(() => gaps.length, patience).toBe(1);
  expect(gaps[0]).toMatchObject({ code: 'CURSOR_INVALID', after: 'anotherlog_1', oldestCursor: null });
  const expected = await publish('tested', 2);
  await expect.poll(() => received, patience).toEqual(expected);
});

it('holds the subscription of a reader that is slow, and resumes it without a gap', async () => {
  const { client } = clientOf(new URL(app.url).port);
  const reader = client.iterate<{ auditEvents: { action: string } }>({ document });
  await expect.poll(() => client.state, patience).toBe('live');
  const expected = [...(await publish('tested', 1_000)), ...(await publish('tested', 600))];
  const last = new Promise<void>((resolve) => {
    client.subscribe<{ auditEvents: { action: string } }>(
      { document: document.replace('(', '(after: "earliest", ') },
      { next: ({ auditEvents }) => auditEvents.action === expected.at(-1) && resolve() },
    );
  });
  await last; // by now, the connection has sent more than the queue of the first reader holds
  const received: string[] = [];
  for await (const { auditEvents } of reader)
    if (received.push(auditEvents.action) === expected.length) break;
  expect(received).toEqual(expected);
  expect(await reader.next()).toEqual({ done: true, value: undefined });
});

it('ends a subscription with an error that cannot be retried, and rejects a query with the errors of the server', async () => {
  const { client } = clientOf(new URL(app.url).port);
  const failed = new Promise<OpsgraphError>((resolve) => {
    client.subscribe({ document: 'subscription { auditEvents { nothing } }' }, { next() {}, error: resolve });
  });
  expect(await failed).toMatchObject({ code: 'BAD_REQUEST', retryable: false });
  await expect(client.query('{ nothing }')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  const silent = clientOf(new URL(app.url).port, {
    timing: { ...fast, responseMsMax: 50 },
    fetch: () => new Promise(() => {}), // as that of Node 20 after some resets
  });
  await expect(silent.client.query('{ __typename }')).rejects.toMatchObject({
    code: 'NETWORK_ERROR',
    retryable: true,
  });
  const data = await client.query<{ viewer: { subject: string | null } }>('{ viewer { subject } }');
  expect(data).toEqual({ viewer: { subject: 'anonymous' } });
});
