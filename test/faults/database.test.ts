import pg from 'pg';
import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { createTestDatabase, proxied, servers } from '../_util/database.ts';
import { maintain } from '../_util/server.ts';

const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };
const unavailable = { code: 'DATABASE_UNAVAILABLE', retryable: true };
const publish = `mutation { publish(input: { events: [{ activity: { title: "a", actionType: "b", status: "completed" } }] }) { __typename } }`;
const event = { activity: { title: 'a', actionType: 'b', status: 'completed' } };

const codes = ['25006', '40001', '40P01', '53100', '53200', '53300', '55P03', '57014', '57P01', '58030'];

async function post(app: TestApp, path: string, body: unknown): Promise<{ status: number; code: unknown }> {
  const response = await fetch(`${app.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { error } = (await response.json()) as { error?: { code?: string } };
  return { status: response.status, code: error?.code };
}

/** Log lines of unexpected errors. */
function unforeseen({ logged }: TestApp): unknown[] {
  return logged.filter(({ errorId }) => errorId !== undefined);
}

describe('a database that fails every write', () => {
  it('is DATABASE_UNAVAILABLE to clients of every transport, and the server is not ready until it works again', async () => {
    const app = await startTestApp(quiet);
    await app.graphql(
      'mutation { publish(input: { events: [{ alert: { title: "t", message: "m", severity: WARNING, alertType: "x" } }] }) { __typename } }',
    );
    const client = new pg.Client({ connectionString: app.database });
    await client.connect();
    onTestFinished(() => client.end());
    await client.query(`create table fault (code text not null); insert into fault values ('');
      create function fail() returns trigger language plpgsql as $$ declare wanted text; begin
        select code into wanted from fault;
        if wanted <> '' then raise exception 'simulated' using errcode = wanted; end if;
        return new; end $$;
      create trigger fails before insert on events for each row execute function fail();
      create trigger fails before update on journal_identity for each row execute function fail()`);
    const socket = graphqlClient(app.wsUrl);
    for (const code of codes) {
      await client.query('update fault set code = $1', [code]);
      const [http, webSocket, ...rest] = await Promise.all([
        app.graphql(publish),
        socket.iterate({ query: publish }).next(),
        post(app, '/publish', [event]),
        post(app, '/api/alerts/1/acknowledge', {}),
        post(app, '/api/dashboard/agents/pricing_agent/intervention', { action: 'pause', reason: 'test' }),
      ]);
      expect(http.errors?.[0]?.extensions, code).toEqual(unavailable);
      expect(webSocket.value?.errors?.[0]?.extensions, code).toEqual(unavailable);
      const refused = { status: 503, code: 'DATABASE_UNAVAILABLE' };
      expect(rest, code).toEqual([refused, refused, refused]);
    }
    await vi.waitFor(async () => expect((await app.get('/readyz')).status).toBe(503), 5_000);
    expect(unforeseen(app)).toEqual([]);
    await client.query(`update fault set code = ''`);
    expect((await app.graphql(publish)).errors).toBeUndefined();
    await vi.waitFor(async () => expect((await app.get('/readyz')).status).toBe(200), 5_000);
  });

  it('can be written again by the same process after a failover from a read-only server', async () => {
    const app = await startTestApp(quiet);
    const name = new URL(app.database).pathname.slice(1);
    const [server] = servers;
    const change = (sql: string): Promise<unknown> =>
      maintain(server?.url ?? '', async (client) => {
        await client.query(sql);
        await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`, [
          name,
        ]);
      });
    await change(`alter database ${name} set default_transaction_read_only = on`);
    await vi.waitFor(async () => {
      const { errors } = await app.graphql(publish);
      expect(errors?.[0]).toMatchObject({ message: expect.stringContaining('read-only') as string });
      expect(errors?.[0]?.extensions).toEqual(unavailable);
      expect((await app.get('/readyz')).status).toBe(503);
      const { body } = await app.get('/health');
      expect(body).toMatchObject({ components: { database: { status: 'unhealthy', writable: false } } });
    }, 10_000);
    // Open sessions stay read-only: only the server ends them.
    await maintain(server?.url ?? '', (client) =>
      client.query(`alter database ${name} reset default_transaction_read_only`),
    );
    await vi.waitFor(async () => expect((await app.graphql(publish)).errors).toBeUndefined(), 10_000);
    await vi.waitFor(async () => expect((await app.get('/readyz')).status).toBe(200), 10_000);
    const failing = app.logged.filter(
      ({ msg, reason }) => msg === 'the database fails' && reason === 'READ_ONLY',
    );
    expect(failing).toHaveLength(1);
  });
});

describe('a database that cannot be reached', () => {
  it('causes 503 or no effect on every endpoint, closes no socket, and everything continues when it is back', async () => {
    const own = await createTestDatabase();
    onTestFinished(() => own.drop());
    const { proxy, connection } = await proxied(own.connection);
    const app = await startTestApp({}, { database: connection });
    const { paths } = JSON.parse(
      readFileSync(new URL('../../schema/openapi.json', import.meta.url), 'utf8'),
    ) as { paths: Record<string, Record<string, unknown>> };
    const gets = Object.keys(paths)
      .filter((path) => 'get' in (paths[path] ?? {}) && path !== '/graphql')
      .map((path) => path.replace('{log_type}', 'connection').replace(/\{\w+\}/, 'x'));
    const feeds = ['/ws/models', '/ws/system', '/ws/governance', '/ws/database', '/ws/live', '/ws'];
    const before = await Promise.all(feeds.map((path) => opened(app, path)));
    proxy.cut();
    await vi.waitFor(async () => expect((await app.get('/readyz')).status).toBe(503), 10_000);
    for (const path of gets) {
      const response = await fetch(`${app.url}${path}`, { redirect: 'manual' });
      await response.body?.cancel();
      expect(response.status, path).not.toBe(500);
    }
    const { errors = [] } = await app.graphql(
      '{ alerts { totalCount } auditLogs { totalCount } activity { totalCount } jobs { id: jobId } health { ready } decisions { totalCount } }',
    );
    expect(errors.length).toBeGreaterThan(0);
    for (const { extensions } of errors) expect(extensions).toEqual(unavailable);
    const during = await Promise.all(feeds.map((path) => opened(app, path)));
    proxy.heal();
    await vi.waitFor(async () => expect((await app.get('/readyz')).status).toBe(200), 10_000);
    expect((await app.graphql(publish)).errors).toBeUndefined();
    expect(unforeseen(app)).toEqual([]);
    for (const socket of [...before, ...during])
      expect([socket.path, socket.closed()]).toEqual([socket.path, null]);
    const warned = app.logged.filter(
      ({ msg, reason }) => msg === 'the database fails' && reason === 'UNREACHABLE',
    );
    expect(warned).toHaveLength(1);
  });
});

async function opened(
  app: TestApp,
  path: string,
): Promise<{ path: string; closed(): number | string | null }> {
  const socket = new WebSocket(`${app.wsUrl}${path}`);
  let closed: number | string | null = null;
  socket.on('close', (code) => (closed ??= code));
  socket.on('error', ({ message }) => (closed ??= message));
  onTestFinished(() => socket.terminate());
  await new Promise<void>((resolve) => {
    socket.once('open', () => resolve());
    socket.once('close', () => resolve());
  });
  return { path, closed: () => closed };
}
