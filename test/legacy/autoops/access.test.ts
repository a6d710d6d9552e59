import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../_util/app.ts';
import { refusedHandshake } from '../../_util/clients.ts';
import { open, refusal, until } from '../_old-client.ts';
import { errorMessage, intervene, liveUpdates, quiet, realTime, statusFeed } from './_autoops.ts';

const status = '/api/dashboard/agents/status';

/** The newest interventions. */
async function reasonsOf(on: TestApp): Promise<(string | null)[]> {
  const { data } = await on.graphql<{ interventions: { edges: { node: { reason: string | null } }[] } }>(
    '{ interventions { edges { node { reason } } } }',
  );
  return data.interventions.edges.map(({ node }) => node.reason);
}

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp(quiet, { keep: true });
});

afterAll(() => app.stop());

describe('origins', () => {
  it.each([
    ['R26', 'http://localhost:3000'],
    ['R27', 'http://localhost:8501'],
  ])('%s: pages of %s may read, write and listen, with credentials', async (_number, origin) => {
    const read = await app.get(status, { origin });
    expect(read.headers.get('access-control-allow-origin')).toBe(origin);
    expect(read.headers.get('access-control-allow-credentials')).toBe('true');
    expect(read.headers.get('vary')).toContain('Origin');
    const preflight = await fetch(`${app.url}/api/dashboard/agents/pricing_agent/intervention`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
    expect((await intervene(app, { action: 'pause', reason: origin }, { headers: { origin } })).status).toBe(
      200,
    );
    expect(await reasonsOf(app)).toContain(origin);
    expect(await (await open(app, liveUpdates, { origin })).next()).toMatchObject({
      type: 'connection_established',
    });
  });

  it.each([
    'http://localhost:5173',
    'https://localhost:3000',
    'http://127.0.0.1:3000',
    'https://evil.example',
  ])('R26 R27: pages of %s may not', async (origin) => {
    const read = await app.get(status, { origin });
    expect([read.status, read.headers.get('access-control-allow-origin')]).toEqual([200, null]);
    expect((await refusedHandshake(`${app.wsUrl}${liveUpdates}`, { origin })).status).toBe(403);
    for (const type of ['application/json', 'text/plain']) {
      const headers = { origin, 'content-type': type };
      const answer = await intervene(app, { action: 'pause', reason: origin }, { headers });
      expect(answer.status).toBe(403);
      expect(answer.body).toFit(refusal('FORBIDDEN'));
    }
    expect(await reasonsOf(app)).not.toContain(origin);
  });

  it('R26: AUTOOPS_CORS_ORIGINS replaces them', async () => {
    const own = await startTestApp({ ...quiet, AUTOOPS_CORS_ORIGINS: 'https://shop.example' });
    const allowed = async (origin: string): Promise<string | null> =>
      (await own.get(status, { origin })).headers.get('access-control-allow-origin');
    expect(await allowed('https://shop.example')).toBe('https://shop.example');
    expect(await allowed('http://localhost:3000')).toBeNull();
  });
});

describe('access', () => {
  const secret = 'a secret of at least thirty-two bytes';
  const signed = async (role: string, expiry = '1h', by = secret): Promise<Record<string, string>> => {
    const token = await new SignJWT({ role })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('carl')
      .setExpirationTime(expiry)
      .sign(new TextEncoder().encode(by));
    return { authorization: `Bearer ${token}` };
  };

  it('R29: no credential is needed by default', async () => {
    expect((await app.get(status)).status).toBe(200);
    expect((await intervene(app, { action: 'pause' })).status).toBe(200);
    for (const path of [liveUpdates, realTime, statusFeed()])
      expect(await (await open(app, path)).next()).toHaveProperty('type');
  });

  it('R30: a valid JWT is required where AUTH_REQUIRED is set', async () => {
    const own = await startTestApp({ ...quiet, AUTH_REQUIRED: 'true', JWT_SECRET: secret });
    const wrong: Record<string, string>[] = [
      {},
      await signed('admin', '1 hour ago'),
      await signed('admin', '1h', `${secret}!`),
    ];
    for (const headers of wrong) {
      expect((await own.get(status, headers)).status).toBe(401);
      expect((await intervene(own, { action: 'pause' }, { headers })).status).toBe(401);
      for (const path of [liveUpdates, realTime, statusFeed(), statusFeed('unknown')])
        expect((await refusedHandshake(`${own.wsUrl}${path}`, { headers })).status).toBe(401);
    }
    const headers = await signed('user');
    expect((await own.get(status, headers)).status).toBe(200);
    expect(await (await open(own, liveUpdates, { headers })).next()).toHaveProperty('type');
    const key = headers['authorization']?.replace('Bearer ', '');
    expect(await (await open(own, `${realTime}?api_key=${key}`)).next()).toHaveProperty('type');
  });

  it('R32: reading is open, and intervening needs a role with the capability to execute', async () => {
    const own = await startTestApp({ ...quiet, JWT_SECRET: secret });
    const code = async (headers: Record<string, string>): Promise<number> =>
      (await intervene(own, { action: 'pause' }, { headers })).status;
    expect((await own.get(status)).status).toBe(200);
    expect([401, 403]).toContain(await code({}));
    expect(await code(await signed('user'))).toBe(403);
    expect(await code(await signed('developer'))).toBe(200);
    const { data } = await own.graphql('{ interventions { edges { node { actorId } } } }');
    expect(data).toEqual({ interventions: { edges: [{ node: { actorId: 'carl' } }] } });
  });
});

describe('limits', () => {
  it('R28: allow one address 100 sockets on all feeds together, without counting sockets of other systems', async () => {
    const own = await startTestApp(quiet);
    const paths = [liveUpdates, realTime, statusFeed()];
    const clients = await Promise.all(
      Array.from({ length: 100 }, (_, n) => open(own, paths[n % paths.length] ?? liveUpdates)),
    );
    for (const path of paths) {
      const { status: code, body } = await refusedHandshake(`${own.wsUrl}${path}`);
      expect(code).toBe(429);
      expect(body).toFit(refusal('RATE_LIMITED'));
    }
    await open(own, '/ws/governance');
    await clients[0]?.ended();
    await until(() =>
      open(own, liveUpdates).then(
        () => true,
        () => false,
      ),
    );
  });

  it('R34: allow 10 messages a second on a connection, and the dropped ones are reported once', async () => {
    const client = await open(app, liveUpdates);
    await client.ofType('connection_established');
    for (let n = 0; n < 20; n++) client.send({ type: 'ping' });
    for (let n = 0; n < 10; n++) await client.ofType('pong');
    expect(await client.ofType('error')).toFit(errorMessage('RATE_LIMITED'));
    expect(client.messages.filter(({ type }) => type === 'pong')).toHaveLength(10);
  });
});

describe('logs/websocket.log', () => {
  type Line = Record<string, unknown>;

  /** The log lines of this feed, once they include the disconnect. */
  async function linesOfAVisit(on: TestApp): Promise<Line[]> {
    const client = await open(on, liveUpdates);
    await client.ofType('connection_established');
    client.send({ type: 'ping' });
    await client.ofType('pong');
    await client.ended();
    let lines: Line[] = [];
    await until(async () => {
      const file = await readFile(join(on.logDir, 'websocket.log'), 'utf8');
      lines = file
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Line)
        .filter(({ path }) => path === liveUpdates);
      return lines.some(({ code }) => code === 1000);
    });
    return lines;
  }

  it('R33: has a line when a client connects and when it disconnects', async () => {
    expect(await linesOfAVisit(await startTestApp({ ...quiet, LOG_LEVEL: 'INFO' }))).toHaveLength(2);
  });

  it('R35: has every message when LOG_LEVEL is DEBUG', async () => {
    const messages = (await linesOfAVisit(await startTestApp({ ...quiet, LOG_LEVEL: 'DEBUG' }))).filter(
      ({ direction }) => direction !== undefined,
    );
    expect(messages.map(({ direction }) => direction)).toEqual(['out', 'in', 'out']);
    expect(JSON.stringify(messages[0])).toContain('connection_established');
  });
});
