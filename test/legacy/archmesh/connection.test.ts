import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SignJWT } from 'jose';
import { startTestApp, type TestApp } from '../../_util/app.ts';
import { freePort } from '../../_util/process.ts';
import { refusedHandshake } from '../../_util/clients.ts';
import { env, join, MeshClient, meshUrl, notification, report, tokens } from './_archmesh.ts';

let app: TestApp;
/** A server with at most two connections that requires a credential everywhere. */
let strict: TestApp;

beforeAll(async () => {
  [app, strict] = await Promise.all([
    startTestApp(env, { keep: true }),
    startTestApp({ ...env, AUTH_REQUIRED: 'true', ARCHMESH_MAX_CONNECTIONS: '2' }, { keep: true }),
  ]);
});

afterAll(() => Promise.all([app.stop(), strict.stop()]));

const secret = new TextEncoder().encode(env.JWT_SECRET);

async function leave(client: MeshClient): Promise<void> {
  client.close();
  await client.closed;
}

async function failedAttemptCount(): Promise<number> {
  const { data } = await app.graphql<{ connections: { failedAttemptCount: number } }>(
    '{ connections { failedAttemptCount } }',
  );
  return data.connections.failedAttemptCount;
}

function jwt(claims: Record<string, unknown>): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(secret);
}

describe('a token', () => {
  it('M1, M2, M5: authenticates its user, who gets no message before an event, and closes with 1000', async () => {
    const token = await jwt({ sub: 'eve', exp: Math.floor(Date.now() / 1_000) + 3_600 });
    for (const good of [tokens.ann, token]) {
      const client = await join(app, good);
      await report(app, [notification({ title: 'Hello' })]);
      expect((await client.nextOfType('notification')).data).toMatchObject({ title: 'Hello' });
      client.close();
      expect((await client.closed).code).toBe(1000);
    }
  });

  it('M3, M22, M32: that is invalid, empty or expired gets an error, and the socket is closed with 4401', async () => {
    const expired = await jwt({ sub: 'eve', exp: Math.floor(Date.now() / 1_000) - 60 });
    const before = await failedAttemptCount();
    for (const bad of ['wrong', '', expired]) {
      const client = new MeshClient(meshUrl(app, bad));
      const details = await client.nextError('AUTHENTICATION_FAILED');
      expect(details).toMatchObject({ retry_after: null, message_id: null, reason: 'invalid_token' });
      expect((await client.closed).code).toBe(4401);
    }
    expect(await failedAttemptCount()).toBe(before + 3);
  });

  it('M2: is required even where AUTH_REQUIRED is set, and a header does not replace it', async () => {
    await leave(await join(strict));
    const client = new MeshClient(meshUrl(strict, ''), {
      headers: { authorization: `Bearer ${tokens.ann}` },
    });
    await client.nextError('AUTHENTICATION_FAILED');
    expect((await client.closed).code).toBe(4401);
  });

  it('M2: without the capability to read is rejected at the handshake', async () => {
    const token = await jwt({ sub: 'eve', role: 'no_such_role' });
    expect(await refusedHandshake(meshUrl(app, token))).toMatchObject({
      status: 403,
      body: { error: { code: 'FORBIDDEN' } },
    });
  });

  it('M4: that expires while the socket is open closes it, and the client is asked to reconnect', async () => {
    const token = await jwt({ sub: 'eve', exp: Math.floor(Date.now() / 1_000) + 2 });
    const client = await new MeshClient(meshUrl(app, token)).opened();
    expect(await client.nextError('AUTHENTICATION_FAILED')).toMatchObject({
      reason: 'token_expired',
      reconnect: true,
      retry_after: 0,
    });
    expect((await client.closed).code).toBe(4401);
  });

  it('M35: is not written to any log', async () => {
    await leave(await join(app));
    expect(JSON.stringify(app.logged)).not.toContain(tokens.ann);
  });
});

describe('a client', () => {
  it('M7, M23, M33: above the limit of connections gets a retry time, and is closed with 1013', async () => {
    const [first, second] = await Promise.all([join(strict), join(strict, tokens.bob)]);
    const third = new MeshClient(meshUrl(strict, tokens.ann));
    expect(await third.nextError('RATE_LIMIT_EXCEEDED')).toMatchObject({ retry_after: 30 });
    expect((await third.closed).code).toBe(1013);
    await leave(first);
    await leave(await join(strict));
    await leave(second);
  });

  it('M7: is one of at most a thousand by default', async () => {
    const { readConfig } = await import('../../../src/settings.ts');
    expect(readConfig({}, { cwd: '/nonexistent' }).config.archmesh).toEqual({
      origins: 'any',
      connectionsMax: 1_000,
      idleTimeoutMs: 300_000,
      messagesPerMinuteMax: 1_000,
    });
  });

  it('M8, M21, M45: that is idle for too long gets an error and is closed with 4408', async () => {
    const own = await startTestApp({ ...env, ARCHMESH_IDLE_TIMEOUT_S: '1' });
    const client = await join(own);
    expect(await client.nextError('CONNECTION_TIMEOUT')).toMatchObject({ retry_after: 30, reason: 'idle' });
    expect((await client.closed).code).toBe(4408);
  });

  it('M9, M45: gets pings, and is disconnected when it answers none', async () => {
    const own = await startTestApp({ ...env, WS_PING_INTERVAL_MS: '100', WS_PONG_TIMEOUT_MS: '100' });
    const client = new MeshClient(meshUrl(own, tokens.ann), { autoPong: false });
    expect((await client.closed).code).toBe(1006);
  });

  it('M6: is listed in the graph while it is connected', async () => {
    await join(app, await jwt({ sub: 'watched' }));
    const { data } = await app.graphql<{ connections: { sockets: { subject: string }[] } }>(
      '{ connections { sockets { dialect path subject } } }',
    );
    expect(data.connections.sockets.filter(({ subject }) => subject === 'watched')).toEqual([
      { dialect: 'archmesh', path: '/ws', subject: 'watched' },
    ]);
  });

  it('M30: reconnects after a restart as a new client', async () => {
    const port = String(await freePort());
    const before = await startTestApp({ ...env, PORT: port });
    const client = await join(before);
    await before.stop();
    expect((await client.closed).code).toBe(1001);
    await join(await startTestApp({ ...env, PORT: port }));
  });
});
