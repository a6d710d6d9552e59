import { beforeAll, expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { createClient, type Client, type ClientOptions, type OpsgraphError } from '../../client/client.ts';
import { adminKey, jwtOf, startGuarded } from '../access/_access.ts';
import { createTestDatabase } from '../_util/database.ts';
import { buildProgram, emptyFolder, freePort, start } from '../_util/process.ts';
import { tcpProxy } from '../_util/tcp-proxy.ts';
import { fast } from '../client/_fast.ts';

// Servers that are killed or replaced, and credentials that end.

const document = 'subscription { auditEvents(filter: { eventTypes: ["tested"] }) { action } }';
const patience = { timeout: 30_000, interval: 20 };

function read(options: ClientOptions): { client: Client; received: string[]; errors: OpsgraphError[] } {
  const client = createClient({ webSocketImpl: WebSocket, timing: fast, ...options });
  onTestFinished(() => client.dispose());
  const received: string[] = [];
  const errors: OpsgraphError[] = [];
  client.subscribe<{ auditEvents: { action: string } }>(
    { document },
    {
      next: ({ auditEvents }) => void received.push(auditEvents.action),
      error: (error) => void errors.push(error),
    },
  );
  return { client, received, errors };
}

let published = 0;

async function publish(url: string, count: number, token?: string): Promise<string[]> {
  const actions = Array.from({ length: count }, () => `event ${++published}`);
  const events = actions.map((action) => ({
    auditEvent: { eventType: 'tested', actorId: 'ann', action, status: 'success' },
  }));
  const response = await fetch(`${url}/publish`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ events }),
  });
  expect(response.status).toBe(200);
  return actions;
}

beforeAll(buildProgram);

it('receives every event once when its server is killed, and when another instance takes over', async () => {
  await using database = await createTestDatabase();
  const env = { DATABASE_URL: database.connection, PORT: String(await freePort()) };
  const folder = await emptyFolder();
  const [killed, other] = await Promise.all([
    start(folder, env),
    start(await emptyFolder(), { DATABASE_URL: database.connection }),
  ]);
  let address = `${killed.wsUrl}/graphql`;
  class MovingSocket extends WebSocket {
    constructor(_url: string, protocols?: string | string[]) {
      super(address, protocols);
    }
  }
  const { client, received } = read({ url: `${killed.url}/graphql`, webSocketImpl: MovingSocket });
  await expect.poll(() => client.state, patience).toBe('live');
  const expected = await publish(other.url, 2);
  await expect.poll(() => received, patience).toEqual(expected);

  killed.child.kill('SIGKILL');
  await killed.exit();
  expected.push(...(await publish(other.url, 3)));
  await expect.poll(() => client.state, patience).toBe('stale');
  const restarted = await start(folder, env);
  expected.push(...(await publish(restarted.url, 2)));
  await expect.poll(() => received, patience).toEqual(expected);

  address = `${other.wsUrl}/graphql`;
  restarted.child.kill('SIGTERM');
  expected.push(...(await publish(other.url, 2)));
  await expect.poll(() => received, patience).toEqual(expected);
  await expect.poll(() => client.state, patience).toBe('live');
});

it('renews its token on the same connection before it expires, and ends if it has no other', async () => {
  const app = await startGuarded();
  const proxy = await tcpProxy(Number(new URL(app.url).port));
  const url = `http://127.0.0.1:${proxy.port}/graphql`;
  let tokens = 0;
  const token = (): Promise<string> => {
    tokens++;
    return jwtOf('user', { expiresInMs: 2_000 });
  };
  const { client, received, errors } = read({ url, token });
  await expect.poll(() => client.state, patience).toBe('live');
  const expected: string[] = [];
  for (const count of [3, 4]) {
    await expect.poll(() => tokens, patience).toBeGreaterThanOrEqual(count);
    expected.push(...(await publish(app.url, 2, adminKey)));
  }
  await expect.poll(() => received, patience).toEqual(expected);
  expect(errors).toEqual([]);
  expect(proxy.taken).toBe(1);

  const expired = read({ url, token: await jwtOf('user', { expiresInMs: 1_000 }) });
  await expect
    .poll(() => expired.errors.map(({ code }) => code), patience)
    .toEqual(['AUTHENTICATION_FAILED']);
  await expect.poll(() => expired.client.state, patience).toBe('offline');
});
