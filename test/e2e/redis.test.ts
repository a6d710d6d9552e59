import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { certify, hasOpenssl } from '../_util/certificate.ts';
import { createTestDatabase } from '../_util/database.ts';
import { buildProgram, emptyFolder, start, type Running } from '../_util/process.ts';
import { publishMutation } from '../_util/publish.ts';
import { hasRedis, startRedis } from '../_util/redis.ts';

beforeAll(buildProgram);

const waiting = { timeout: 20_000, interval: 50 };

async function ask<Data>({ url }: Running, query: string, variables: object = {}): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify({ query, variables }),
  });
  return ((await response.json()) as { data: Data }).data;
}

/** The carriers of all instances that are ready, and whether their news arrive. */
async function carriersOf(running: Running): Promise<string[]> {
  const { instances } = await ask<{ instances: { state: string; carrier: string; news: string }[] }>(
    running,
    '{ instances { state carrier news } }',
  );
  return instances
    .filter(({ state }) => state === 'READY')
    .map(({ carrier, news }) => `${carrier} ${news}`)
    .sort();
}

async function countOf(running: Running): Promise<number> {
  const { customEvents } = await ask<{ customEvents: { edges: readonly unknown[] } }>(
    running,
    '{ customEvents(first: 100, filter: { types: ["counted"] }) { edges { cursor } } }',
  );
  return customEvents.edges.length;
}

describe.skipIf(!hasRedis || !hasOpenssl)('servers with REDIS_URL', () => {
  it('tell each other through TLS what they store, and go on while Redis is gone', async () => {
    await using database = await createTestDatabase();
    const dir = await mkdtemp(join(tmpdir(), 'opsgraph-redis-tls-'));
    onTestFinished(() => rm(dir, { recursive: true }));
    const { cert, key } = await certify('localhost');
    const [certFile, keyFile] = [join(dir, 'cert.pem'), join(dir, 'key.pem')];
    await Promise.all([writeFile(certFile, cert), writeFile(keyFile, key)]);
    const options = ['--tls-cert-file', certFile, '--tls-key-file', keyFile, '--tls-auth-clients', 'no'];
    const credentials = ':sesame@';
    const redis = await startRedis([...options, '--requirepass', 'sesame'], {
      scheme: 'rediss',
      credentials,
    });
    const env = {
      DATABASE_URL: database.connection,
      REDIS_URL: redis.url.replace('127.0.0.1', 'localhost'),
      NODE_EXTRA_CA_CERTS: certFile,
      LOG_LEVEL: 'DEBUG',
    };
    const first = await start(await emptyFolder(), env);
    const second = await start(await emptyFolder(), env);
    await expect
      .poll(() => carriersOf(first), waiting)
      .toEqual(['REDIS NOTIFICATIONS', 'REDIS NOTIFICATIONS']);
    const { health } = await ask<{ health: object }>(
      first,
      '{ health { status carrier database { notifications } } }',
    );
    expect(health).toEqual({ status: 'HEALTHY', carrier: 'REDIS', database: { notifications: 'LISTENING' } });

    await redis.kill();
    await expect.poll(() => carriersOf(second), waiting).toEqual(['REDIS POLLING', 'REDIS POLLING']);
    const query = 'subscription { customEvents(filter: { types: ["counted"] }) { cursor } }';
    const stream = await fetch(`${second.url}/graphql?query=${encodeURIComponent(query)}`, {
      headers: { accept: 'text/event-stream' },
    });
    await ask(first, publishMutation(), { events: [{ event: { type: 'counted', message: 'one' } }] });
    const chunks = stream.body?.pipeThrough(new TextDecoderStream()) ?? [];
    let text = '';
    for await (const chunk of chunks) if ((text += chunk).includes('"cursor"')) break;
    expect(text).toContain('"cursor"');
    await redis.start();
    await expect
      .poll(() => carriersOf(first), waiting)
      .toEqual(['REDIS NOTIFICATIONS', 'REDIS NOTIFICATIONS']);
    for (const { lines } of [first, second]) expect(JSON.stringify(lines)).not.toContain('sesame');
  });

  it('and WORKERS have one connection to Redis that reads, in the primary process', async () => {
    const redis = await startRedis();
    const running = await start(await emptyFolder(), { REDIS_URL: redis.url, WORKERS: '2' });
    await expect.poll(() => carriersOf(running), waiting).toEqual(['IPC NOTIFICATIONS', 'IPC NOTIFICATIONS']);
    const clients = String(await redis.command('CLIENT', 'LIST'));
    const commands = [...clients.matchAll(/name=opsgraph .*cmd=(\w+)/g)].map(([, command = '']) => command);
    expect(commands.toSorted((a, b) => a.localeCompare(b))).toEqual(['xadd', 'xadd', 'xadd', 'xread']);
    for (let n = 0; n < 10; n++)
      await ask(running, publishMutation(), { events: [{ event: { type: 'counted', message: String(n) } }] });
    await vi.waitUntil(async () => (await countOf(running)) === 10, waiting);
    redis.freeze();
    await expect.poll(() => carriersOf(running), waiting).toEqual(['IPC POLLING', 'IPC POLLING']);
    redis.thaw();
    await expect.poll(() => carriersOf(running), waiting).toEqual(['IPC NOTIFICATIONS', 'IPC NOTIFICATIONS']);
    running.child.kill('SIGTERM');
    expect(await running.exit()).toBe(0);
  });
});
