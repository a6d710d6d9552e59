import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { GraphqlAnswer } from '../_util/app.ts';
import { graphqlClient, RawClient } from '../_util/clients.ts';
import { createTestDatabase } from '../_util/database.ts';
import { buildProgram, emptyFolder, freePort, launch, start } from '../_util/process.ts';
import { publishMutation, rejectionOf } from '../_util/publish.ts';

async function publish(url: string, from: number, to: number): Promise<void> {
  const events = Array.from({ length: to - from + 1 }, (_, index) => ({
    auditEvent: {
      key: `e${from + index}`,
      eventType: 'tested',
      actorId: 'ann',
      action: `did ${from + index}`,
      status: 'success',
    },
  }));
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: publishMutation(),
      variables: { events },
    }),
  });
  const rejection = rejectionOf((await response.json()) as GraphqlAnswer<unknown>);
  if (rejection !== undefined) throw new Error(JSON.stringify(rejection));
}

beforeAll(buildProgram);

describe('the process', () => {
  it('starts without configuration, prints its addresses, and stops with exit code 0 on SIGTERM', async () => {
    const dir = await emptyFolder();
    const running = await start(dir);
    const ready = await fetch(`${running.url}/readyz`);
    expect(ready.status).toBe(200);
    running.child.kill('SIGTERM');
    running.child.kill('SIGTERM');
    expect(await running.exit()).toBe(0);
    expect(running.lines.at(-1)).toMatchObject({ msg: 'stopped' });
    expect(await readFile(join(dir, 'logs/websocket.log'), 'utf8')).toBe('');
  });

  it('closes old feeds with 1001 and GraphQL sockets with 1012 when it stops', async () => {
    await using database = await createTestDatabase();
    const running = await start(await emptyFolder(), { DATABASE_URL: database.connection });
    const feed = await new RawClient(`${running.wsUrl}/ws/system`).opened();
    const graphql = await new RawClient(`${running.wsUrl}/graphql`, {}, ['graphql-transport-ws']).opened();
    running.child.kill('SIGTERM');
    expect((await feed.closed).code).toBe(1001);
    expect((await graphql.closed).code).toBe(1012);
    expect(await running.exit()).toBe(0);
  });

  it('loses no event when it is killed: a graphql-ws client reconnects and resumes after its cursor', async () => {
    const dir = await emptyFolder();
    const port = String(await freePort());
    const before = await start(dir, { PORT: port });
    const variables: { after: string | null } = { after: null };
    const client = graphqlClient(before.wsUrl, {
      retryAttempts: 1_000,
      retryWait: () => new Promise((resolve) => setTimeout(resolve, 50)),
      shouldRetry: () => true,
    });
    const seen: string[] = [];
    let arrived = (): void => {};
    await publish(before.url, 1, 1);
    variables.after = 'earliest';
    client.subscribe<{ auditEvents: { action: string; cursor: string } }>(
      { query: 'subscription ($after: Cursor) { auditEvents(after: $after) { action cursor } }', variables },
      {
        next({ data }) {
          if (!data) return;
          seen.push(data.auditEvents.action);
          variables.after = data.auditEvents.cursor;
          arrived();
        },
        error: (error) => {
          throw new Error(JSON.stringify(error));
        },
        complete: () => {},
      },
    );
    const until = async (count: number): Promise<void> => {
      while (seen.length < count)
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
    };
    await publish(before.url, 2, 20);
    await until(20);
    before.child.kill('SIGKILL');
    await before.exit();
    const after = await start(dir, { PORT: port });
    expect(after.readyMs).toBeLessThan(30_000);
    await publish(after.url, 21, 40);
    await until(40);
    expect(seen).toEqual(Array.from({ length: 40 }, (_, index) => `did ${index + 1}`));
    after.child.kill('SIGTERM');
    expect(await after.exit()).toBe(0);
  });

  it('lists all configuration errors and exits with code 1', async () => {
    const child = launch(await emptyFolder(), { PORT: 'many', HOST: '0.0.0.0', LOG_LEVEL: 'LOUD' });
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(1);
    for (const name of ['PORT', 'HOST', 'LOG_LEVEL']) expect(stderr).toContain(name);
  });

  it('exits with code 1 and names the port that is in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    await using database = await createTestDatabase();
    const env = { PORT: String(port), DATABASE_URL: database.connection };
    const child = launch(await emptyFolder(), env);
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(1);
    expect(stderr).toContain(String(port));
  });
});
