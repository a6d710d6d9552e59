import { execFileSync } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { graphqlClient, RawClient } from '../_util/clients.ts';
import { createTestDatabase } from '../_util/database.ts';
import { buildProgram, emptyFolder, launch, start, type Running } from '../_util/process.ts';
import { publishMutation } from '../_util/publish.ts';

beforeAll(buildProgram);

const publish = publishMutation('accepted { duplicate }');

async function ask<Data>({ url }: Running, query: string, variables: object = {}): Promise<Data> {
  // not kept alive: each request may reach another worker
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

function pidsOfWorkers({ child }: Running): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, , ...args]) => Number(parent) === child.pid && args.includes('start'))
    .map(([pid]) => Number(pid));
}

async function connectionCounts(running: Running): Promise<number[]> {
  const { instances } = await ask<{ instances: { state: string; connectionCount: number }[] }>(
    running,
    '{ instances { state connectionCount } }',
  );
  return instances.filter(({ state }) => state === 'READY').map(({ connectionCount }) => connectionCount);
}

/** The numbers that a reader receives, over all its connections: it resumes after the last one. */
function reader({ wsUrl }: Running) {
  const numbers: number[] = [];
  let cursor: string | null = null;
  let connections = 0;
  // graphql-ws would resume without the cursor
  const client = graphqlClient(wsUrl, { retryAttempts: 0, on: { connected: () => void connections++ } });
  const stopped = new AbortController();
  const query = `subscription ($after: Cursor) { customEvents(filter: { types: ["counted"] }, after: $after) {
    cursor data } }`;
  async function read(after: string | null): Promise<void> {
    interface Counted {
      readonly customEvents: { readonly cursor: string; readonly data: { readonly n: number } };
    }
    for await (const { data } of client.iterate<Counted>({ query, variables: { after } })) {
      if (!data) continue;
      cursor = data.customEvents.cursor;
      numbers.push(data.customEvents.data.n);
    }
  }
  void (async () => {
    while (!stopped.signal.aborted) await read(cursor).catch(() => nextTurn());
  })();
  function stop(): void {
    stopped.abort();
    void client.dispose();
  }
  return { numbers, connections: () => connections, stop };
}

/** Readers that have begun to read. */
async function readers(running: Running, wanted: number): Promise<ReturnType<typeof reader>[]> {
  const all = Array.from({ length: wanted }, () => reader(running));
  await vi.waitUntil(
    async () => {
      const { subscriptions } = await ask<{ subscriptions: { groups: { subscriberCount: number }[] } }>(
        running,
        '{ subscriptions { groups { subscriberCount } } }',
      );
      return subscriptions.groups[0]?.subscriberCount === wanted;
    },
    { timeout: 10_000, interval: 50 },
  );
  await count(running, 0);
  for (const { numbers } of all) await vi.waitUntil(() => numbers.length === 1, { timeout: 10_000 });
  return all;
}

/** Publishes a number. A request whose worker was killed is sent again: its key makes that one event. */
async function count(running: Running, n: number): Promise<void> {
  const event = { event: { type: 'counted', key: `n${n}`, message: `number ${n}`, data: { n } } };
  const send = () => ask(running, publish, { events: [event] });
  await send().catch(send);
}

describe('a server with two workers', () => {
  it('is one server: clients of both see the same events, and its counts are those of both', async () => {
    const running = await start(await emptyFolder(), { WORKERS: '2' });
    expect(pidsOfWorkers(running)).toHaveLength(2);
    // the kernel may give one worker all of those that arrive in one moment
    const clients: RawClient[] = [];
    let counts: number[] = [];
    await vi.waitUntil(
      async () => {
        const more = Array.from({ length: 10 }, () =>
          new RawClient(`${running.wsUrl}/graphql`, {}, ['graphql-transport-ws']).opened(),
        );
        clients.push(...(await Promise.all(more)));
        counts = await connectionCounts(running);
        return counts.length === 2 && Math.min(...counts) > 0;
      },
      { timeout: 20_000, interval: 100 },
    );
    for (let n = 0; n < 4; n++) {
      const { connections } = await ask<{ connections: { sockets: unknown[] } }>(
        running,
        '{ connections { sockets { path } } }',
      );
      expect(connections.sockets).toHaveLength(clients.length);
      const metrics = await (
        await fetch(`${running.url}/metrics`, { headers: { connection: 'close' } })
      ).text();
      expect(metrics).toContain(
        `opsgraph_sockets_open{dialect="graphql",path="/graphql"} ${clients.length}\n`,
      );
      expect(metrics).toMatch(/^opsgraph_ready 1$/m);
    }
    const all = await readers(running, 6);
    for (let n = 1; n < 20; n++) await count(running, n);
    for (const { numbers } of all) {
      await vi.waitUntil(() => numbers.length >= 20);
      expect(numbers).toEqual(Array.from({ length: 20 }, (_, n) => n));
    }
    for (const { stop } of all) stop();
    for (const client of clients) client.close();
    running.child.kill('SIGTERM');
    expect(await running.exit()).toBe(0);
  });

  it('limits the connections of an address over both', async () => {
    const running = await start(await emptyFolder(), {
      WORKERS: '2',
      GRAPHQL_MAX_CONNECTIONS_PER_IP: '10',
    });
    const connect = () => new RawClient(`${running.wsUrl}/graphql`, {}, ['graphql-transport-ws']).opened();
    const isRejected = async (): Promise<boolean> => {
      const client = await connect().catch(() => null);
      client?.close();
      await client?.closed;
      return client === null;
    };
    const open = [];
    for (let n = 0; n < 10; n++) open.push(await connect());
    await vi.waitUntil(isRejected, { timeout: 10_000 }); // each worker has heard of the other's connections
    for (let n = 0; n < 10; n++) expect(await isRejected()).toBe(true);
    for (const client of open) client.close();
    await vi.waitUntil(async () => !(await isRejected()), { timeout: 10_000 });
    running.child.kill('SIGTERM');
    expect(await running.exit()).toBe(0);
  });

  it('starts a worker that was killed again, and its clients resume at another one without a loss', async () => {
    const running = await start(await emptyFolder(), { WORKERS: '2' });
    const all = await readers(running, 8);
    const before = pidsOfWorkers(running);
    process.kill(before[0] ?? 0, 'SIGKILL');
    for (let n = 1; n <= 40; n++) await count(running, n);
    for (const { numbers } of all) {
      await vi.waitUntil(() => numbers.includes(40), { timeout: 10_000 });
      expect(numbers).toEqual(Array.from({ length: 41 }, (_, n) => n));
    }
    await vi.waitUntil(() => pidsOfWorkers(running).length === 2, { timeout: 10_000 });
    expect(pidsOfWorkers(running)).not.toEqual(before);
    for (const { stop } of all) stop();
    running.child.kill('SIGTERM');
    expect(await running.exit()).toBe(0);
  });

  it('replaces its workers on SIGHUP, one by one, while it serves, and no client misses an event', async () => {
    await using database = await createTestDatabase();
    const env = { WORKERS: '2', DATABASE_URL: database.connection, DRAIN_MS: '500' };
    const running = await start(await emptyFolder(), env);
    const all = await readers(running, 8);
    const before = pidsOfWorkers(running);
    running.child.kill('SIGHUP');
    let n = 1;
    const isReplaced = () => running.lines.some(({ msg }) => msg === 'all workers are replaced');
    while (!isReplaced()) await count(running, n++);
    await count(running, n);
    expect(n).toBeGreaterThan(10);
    for (const { numbers, connections } of all) {
      await vi.waitUntil(() => numbers.includes(n), { timeout: 10_000 });
      expect(numbers).toEqual(Array.from({ length: n + 1 }, (_, index) => index));
      expect(connections()).toBeGreaterThan(1);
    }
    const after = pidsOfWorkers(running);
    expect(after).toHaveLength(2);
    expect(after.filter((pid) => before.includes(pid))).toEqual([]);
    for (const { stop } of all) stop();
    running.child.kill('SIGTERM');
    expect(await running.exit()).toBe(0);
  });

  it('ends with its workers when the process that started them is killed', async () => {
    await using database = await createTestDatabase();
    const running = await start(await emptyFolder(), { WORKERS: '2', DATABASE_URL: database.connection });
    const workers = pidsOfWorkers(running);
    expect(workers).toHaveLength(2);
    running.child.kill('SIGKILL');
    await running.exit();
    await vi.waitUntil(() => workers.every((pid) => !isRunning(pid)), { timeout: 10_000 });
  });

  it('says once why it cannot start', async () => {
    await using database = await createTestDatabase();
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const env = { WORKERS: '2', DATABASE_URL: database.connection, PORT: String(port) };
    const child = launch(await emptyFolder(), env);
    let errors = '';
    child.stderr?.setEncoding('utf8').on('data', (data: string) => (errors += data));
    const [code] = (await once(child, 'exit')) as [number];
    taken.close();
    expect(code).toBe(1);
    expect(errors.match(/could not start/g)).toHaveLength(1);
    expect(errors).toContain(String(port));
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
