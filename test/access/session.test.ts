import { beforeAll, afterAll, describe, expect, it } from 'vitest';
import { RawClient, graphqlClient, refusedHandshake } from '../_util/clients.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { createTestDatabase } from '../_util/database.ts';
import { WebSocket } from 'ws';
import { asAdmin, audited, bearing, change, createToken, hear, jwtOf, startGuarded } from './_access.ts';

describe('a session', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startGuarded({}, true);
  });

  afterAll(() => app.stop());

  async function begin(
    token: string,
    headers: Record<string, string> = {},
  ): Promise<{ cookie: string; setCookie: string }> {
    const response = await fetch(`${app.url}/auth/session`, {
      method: 'POST',
      headers: { ...bearing(token), ...headers },
    });
    expect(response.status).toBe(201);
    const setCookie = response.headers.get('set-cookie') ?? '';
    return { cookie: setCookie.split(';')[0] ?? '', setCookie };
  }

  const metrics = (cookie: string): Promise<Response> =>
    fetch(`${app.url}/api/system/metrics`, { headers: { cookie } });

  it('R31: begins with a credential and authenticates on every transport', async () => {
    const { cookie, setCookie } = await begin('a-key-of-a-user');
    expect(setCookie).toMatch(
      /^opsgraph_session=ops_[\w-]{43}; Max-Age=28(800|799); Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect((await metrics(cookie)).status).toBe(200);
    const asked = await app.graphql<{ viewer: { subject: string; roleId: string } }>(
      '{ viewer { subject roleId } }',
      {},
      { cookie },
    );
    expect(asked.data.viewer).toEqual({ subject: 'uma', roleId: 'user' });
    await (await new RawClient(`${app.wsUrl}/ws/system`, { headers: { cookie } }).opened()).next();
    class WithCookie extends WebSocket {
      constructor(url: string, protocols: string) {
        super(url, protocols, { headers: { cookie } });
      }
    }
    const heard = hear(graphqlClient(app.wsUrl, { webSocketImpl: WithCookie }), '{ viewer { subject } }');
    expect(await heard.result(1)).toEqual({ viewer: { subject: 'uma' } });
  });

  it('is linked from the viewer, and links to the token with which it was started', async () => {
    const { id, secret } = await createToken(app, { subject: 'eve', roleId: 'admin' });
    const { cookie } = await begin(secret);
    const viewer = async (headers: Record<string, string>) => {
      const { data, errors } = await app.graphql(
        '{ viewer { token { kind subject parentId parent { tokenId kind parentId parent { tokenId } } } } }',
        {},
        headers,
      );
      expect(errors).toBeUndefined();
      return data;
    };
    const parent = { tokenId: id, kind: 'API', parentId: null, parent: null };
    expect(await viewer({ cookie })).toEqual({
      viewer: { token: { kind: 'SESSION', subject: 'eve', parentId: id, parent } },
    });
    expect(await viewer(asAdmin)).toEqual({ viewer: { token: null } });
  });

  it('over TLS is only in a __Host- cookie, which no other host of the domain can set', async () => {
    const behindProxy = await startGuarded({ TRUST_PROXY: 'true' });
    const overTls = { 'x-forwarded-proto': 'https' };
    const begun = await fetch(`${behindProxy.url}/auth/session`, {
      method: 'POST',
      headers: { ...bearing('a-key-of-a-user'), ...overTls },
    });
    const setCookie = begun.headers.get('set-cookie') ?? '';
    expect(setCookie).toMatch(
      /^__Host-opsgraph_session=ops_[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    const cookie = setCookie.split(';')[0] ?? '';
    const plain = cookie.replace('__Host-', '');
    const status = async (headers: Record<string, string>): Promise<number> =>
      (await fetch(`${behindProxy.url}/api/system/metrics`, { headers })).status;
    expect(await status({ cookie, ...overTls })).toBe(200);
    expect(await status({ cookie: plain, ...overTls })).toBe(401);
    expect(await status({ cookie, 'x-forwarded-proto': 'https, http' })).toBe(401);
    for (const proto of ['https', 'wss']) {
      const headers = { cookie, 'x-forwarded-proto': proto };
      await (await new RawClient(`${behindProxy.wsUrl}/ws/system`, { headers }).opened()).next();
    }
    const headers = { cookie: plain, ...overTls };
    expect(await refusedHandshake(`${behindProxy.wsUrl}/ws/system`, { headers })).toMatchObject({
      status: 401,
    });
    const ended = await fetch(`${behindProxy.url}/auth/session`, {
      method: 'DELETE',
      headers: { cookie, ...overTls },
    });
    expect(ended.headers.get('set-cookie')).toBe(
      '__Host-opsgraph_session=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax',
    );
    expect(await status({ cookie, ...overTls })).toBe(401);
  });

  it('returns its viewer', async () => {
    const { cookie } = await begin('a-key-of-a-user');
    const response = await fetch(`${app.url}/auth/session`, { headers: { cookie } });
    expect(await response.json()).toMatchObject({
      subject: 'uma',
      authenticated: true,
      role: 'user',
      capabilities: ['read'],
    });
    expect((await fetch(`${app.url}/auth/session`)).status).toBe(401);
  });

  it('ends in the server, not only in the browser', async () => {
    const { cookie } = await begin('a-key-of-a-user');
    const feed = await new RawClient(`${app.wsUrl}/ws/system`, { headers: { cookie } }).opened();
    await feed.next();
    const ended = await fetch(`${app.url}/auth/session`, { method: 'DELETE', headers: { cookie } });
    expect(ended.status).toBe(204);
    expect(ended.headers.get('set-cookie')).toMatch(/^opsgraph_session=; Max-Age=0;/);
    expect(await feed.closed).toMatchObject({ code: 1008 });
    const refused = await metrics(cookie);
    expect(refused.status).toBe(401);
    expect(refused.headers.get('set-cookie')).toMatch(/^opsgraph_session=; Max-Age=0;/);
    expect((await fetch(`${app.url}/auth/session`, { method: 'DELETE', headers: { cookie } })).status).toBe(
      204,
    );
  });

  it('ends with the credential that began it', async () => {
    const { id, secret } = await createToken(app, { subject: 'tom' });
    const { cookie } = await begin(secret);
    expect((await metrics(cookie)).status).toBe(200);
    await change(app, `revokeToken(input: { tokenId: "${id}" })`);
    await expect.poll(async () => (await metrics(cookie)).status).toBe(401);
  });

  it('ends when the configured key that began it gets another subject', async () => {
    await using database = await createTestDatabase();
    const start = (role: string) =>
      startTestApp(
        { AUTH_REQUIRED: 'true', AUTH_TOKENS: `the-key-of-ada-himself:ada:${role}` },
        { database: database.connection, keep: true },
      );
    const before = await start('admin');
    const begun = await fetch(`${before.url}/auth/session`, {
      method: 'POST',
      headers: bearing('the-key-of-ada-himself'),
    });
    const cookie = (begun.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const status = async (app: TestApp) =>
      (await fetch(`${app.url}/auth/session`, { headers: { cookie } })).status;
    expect(await status(before)).toBe(200);
    await before.stop();
    const after = await start('user');
    expect(await status(after)).toBe(401);
    await after.stop();
  });

  it('lasts no longer than the credential that began it', async () => {
    const { setCookie } = await begin(await jwtOf('uma', { expiresInMs: 60_000 }));
    const [, maxAge] = /Max-Age=(\d+)/.exec(setCookie) ?? [];
    expect(Number(maxAge)).toBeLessThanOrEqual(61);
  });

  it('begins only with a credential in a header', async () => {
    const post = (headers: Record<string, string>) =>
      fetch(`${app.url}/auth/session`, { method: 'POST', headers });
    expect((await post({})).status).toBe(401);
    expect((await post(bearing('wrong'))).status).toBe(401);
    const { cookie } = await begin('a-key-of-a-user');
    expect((await post({ cookie })).status).toBe(401);
    expect((await post(bearing(cookie.split('=')[1] ?? ''))).status).toBe(400);
    expect((await audited(app, 'authentication_failed')).length).toBeGreaterThan(0);
  });

  it('neither begins nor ends by pages of other origins', async () => {
    const foreign = { origin: 'https://evil.example' };
    const { cookie } = await begin('a-key-of-a-user');
    for (const method of ['POST', 'DELETE']) {
      const response = await fetch(`${app.url}/auth/session`, {
        method,
        headers: { ...foreign, ...asAdmin, cookie },
      });
      expect(response.status).toBe(403);
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    }
    expect((await metrics(cookie)).status).toBe(200);
  });

  it('does not authenticate a page of another origin where all origins may open sockets', async () => {
    const { cookie } = await begin('a-key-of-a-user');
    const socket = (origin: string) => ({ headers: { cookie, origin } });
    await new RawClient(`${app.wsUrl}/ws`, socket(app.url)).opened();
    expect(await refusedHandshake(`${app.wsUrl}/ws`, socket('https://evil.example'))).toMatchObject({
      status: 401,
    });
  });

  it('authenticates pages of listed origins, not all pages on this computer', async () => {
    const named = await startGuarded({ GRAPHQL_CORS_ORIGINS: 'http://localhost:3000' });
    const response = await fetch(`${named.url}/auth/session`, {
      method: 'POST',
      headers: { ...bearing('a-key-of-a-user'), origin: 'http://localhost:3000' },
    });
    expect(response.status).toBe(201);
    expect(response.headers.get('access-control-allow-credentials')).toBe('true');
    const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const asks = async (app: TestApp, shown: string, origin: string) => {
      const asked = await fetch(`${app.url}/graphql?query={viewer{subject}}`, {
        headers: { cookie: shown, origin },
      });
      return [asked.status, asked.headers.get('access-control-allow-credentials')];
    };
    expect(await asks(named, cookie, 'http://localhost:3000')).toEqual([200, 'true']);
    expect(await asks(named, cookie, 'http://localhost:4000')).toEqual([401, null]);
    const { cookie: ofDefault } = await begin('a-key-of-a-user');
    expect(await asks(app, ofDefault, app.url)).toEqual([200, null]);
    expect(await asks(app, ofDefault, 'http://localhost:4000')).toEqual([401, null]);
    expect(
      await refusedHandshake(`${app.wsUrl}/ws/system`, {
        headers: { cookie: ofDefault, origin: 'http://localhost:4000' },
      }),
    ).toMatchObject({ status: 401 });
  });

  it('is limited in number per minute and subject', async () => {
    const statuses = new Set<number>();
    for (let count = 0; count < 40; count++) {
      const response = await fetch(`${app.url}/auth/session`, {
        method: 'POST',
        headers: bearing('a-key-of-a-user'),
      });
      statuses.add(response.status);
    }
    expect(statuses).toEqual(new Set([201, 429]));
  });
});
