import { describe, expect, it } from 'vitest';
import { SignJWT } from 'jose';
import { startTestApp } from '../_util/app.ts';
import { freePort } from '../_util/process.ts';
import { refusedHandshake } from '../_util/clients.ts';
import { env, join, MeshClient, meshUrl, notification, report, tokens } from './_archmesh.ts';

const secret = new TextEncoder().encode(env.JWT_SECRET);

function jwt(claims: Record<string, unknown>): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(secret);
}

describe('a token', () => {
  it('M1, M2, M5: lets its user in, who hears nothing before something happens, and leaves with 1000', async () => {
    const app = await startTestApp(env);
    const token = await jwt({ sub: 'eve', exp: Math.floor(Date.now() / 1_000) + 3_600 });
    for (const good of [tokens.ann, token]) {
      const client = await join(app, good);
      await report(app, [notification({ title: 'Hello' })]);
      expect((await client.told('notification')).data).toMatchObject({ title: 'Hello' });
      client.close();
      expect((await client.closed).code).toBe(1000);
    }
  });

  it('M3, M22, M32: that is wrong, empty or expired is answered with an error, and the socket is closed with 4401', async () => {
    const app = await startTestApp(env);
    const expired = await jwt({ sub: 'eve', exp: Math.floor(Date.now() / 1_000) - 60 });
    for (const bad of ['wrong', '', expired]) {
      const client = new MeshClient(meshUrl(app, bad));
      const details = await client.refused('AUTHENTICATION_FAILED');
      expect(details).toMatchObject({ retry_after: null, message_id: null, reason: 'invalid_token' });
      expect((await client.closed).code).toBe(4401);
    }
    const { data } = await app.graphql<{ connections: { failedAttempts: number } }>(
      '{ connections { failedAttempts } }',
    );
    expect(data.connections.failedAttempts).toBe(3);
  });

  it('M2: is asked for also where everything else needs one, and a header is not taken for it', async () => {
    const app = await startTestApp({ ...env, AUTH_REQUIRED: 'true' });
    await join(app);
    const client = new MeshClient(meshUrl(app, ''), {
      headers: { authorization: `Bearer ${tokens.ann}` },
    });
    await client.refused('AUTHENTICATION_FAILED');
    expect((await client.closed).code).toBe(4401);
  });

  it('M2: of somebody who may not even read is refused at the handshake', async () => {
    const app = await startTestApp(env);
    const token = await jwt({ sub: 'eve', role: 'no_such_role' });
    expect(await refusedHandshake(meshUrl(app, token))).toMatchObject({
      status: 403,
      body: { error: { code: 'FORBIDDEN' } },
    });
  });

  it('M4: that expires while the socket is open ends it, and the client is told to come back', async () => {
    const app = await startTestApp(env);
    const token = await jwt({ sub: 'eve', exp: Math.floor(Date.now() / 1_000) + 2 });
    const client = await new MeshClient(meshUrl(app, token)).opened();
    expect(await client.refused('AUTHENTICATION_FAILED')).toMatchObject({
      reason: 'token_expired',
      reconnect: true,
      retry_after: 0,
    });
    expect((await client.closed).code).toBe(4401);
  });

  it('M35: stands in no log', async () => {
    const app = await startTestApp(env);
    const client = await join(app);
    client.close();
    await client.closed;
    expect(JSON.stringify(app.logged)).not.toContain(tokens.ann);
  });
});

describe('a client', () => {
  it('M7, M23, M33: finds no room among as many as there may be, is told when to come back, and closed with 1013', async () => {
    const app = await startTestApp({ ...env, ARCHMESH_MAX_CONNECTIONS: '2' });
    const [first] = await Promise.all([join(app), join(app, tokens.bob)]);
    const third = new MeshClient(meshUrl(app, tokens.ann));
    expect(await third.refused('RATE_LIMIT_EXCEEDED')).toMatchObject({ retry_after: 30 });
    expect((await third.closed).code).toBe(1013);
    first.close();
    await first.closed;
    await join(app);
  });

  it('M7: is one of a thousand, unless it is said otherwise', async () => {
    const { readConfig } = await import('../../src/config.ts');
    expect(readConfig({}, { cwd: '/nonexistent' }).config.mesh).toEqual({
      connectionsMax: 1_000,
      idleTimeoutMs: 300_000,
      messagesPerMinuteMax: 1_000,
    });
  });

  it('M8, M21, M45: that says nothing for too long is told so and closed with 4408', async () => {
    const app = await startTestApp({ ...env, ARCHMESH_IDLE_TIMEOUT_S: '1' });
    const client = await join(app);
    expect(await client.refused('CONNECTION_TIMEOUT')).toMatchObject({ retry_after: 30, reason: 'idle' });
    expect((await client.closed).code).toBe(4408);
  });

  it('M9, M45: gets pings, and is ended when it answers none', async () => {
    const app = await startTestApp({ ...env, WS_PING_INTERVAL_MS: '100', WS_PONG_TIMEOUT_MS: '100' });
    const client = new MeshClient(meshUrl(app, tokens.ann), { autoPong: false });
    expect((await client.closed).code).toBe(1006);
  });

  it('M6: is seen in the graph while it is connected', async () => {
    const app = await startTestApp(env);
    await join(app, tokens.bob);
    const { data } = await app.graphql<{ connections: { sockets: object[] } }>(
      '{ connections { sockets { dialect path subject } } }',
    );
    expect(data.connections.sockets).toEqual([{ dialect: 'archmesh', path: '/ws', subject: 'bob' }]);
  });

  it('M30: comes back after the server was away, as if it were new', async () => {
    const port = String(await freePort());
    const app = await startTestApp({ ...env, PORT: port });
    const client = await join(app);
    await app.stop();
    expect((await client.closed).code).toBe(1001);
    await join(await startTestApp({ ...env, PORT: port }));
  });
});
