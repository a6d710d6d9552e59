import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Finding } from '../../src/cli/check/finding.ts';
import { startTestApp } from '../_util/app.ts';
import { createTestDatabase } from '../_util/database.ts';
import { emptyFolder, freePort, opsgraph } from '../_util/process.ts';
import { hasRedis, startRedis } from '../_util/redis.ts';

let program = '';
beforeAll(async () => {
  program = await opsgraph();
});

async function check(env: Record<string, string>, cwd: string, ...args: readonly string[]) {
  const options = { cwd, env: { PATH: process.env['PATH'] ?? '', OLLAMA_URL: '', ...env } };
  const run = promisify(execFile)(process.execPath, [program, 'check', ...args], options);
  return run.then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: { code: number; stdout: string }) => ({ code: error.code, stdout: error.stdout }),
  );
}

async function findings(
  env: Record<string, string>,
): Promise<{ code: number; of(name: string): Finding | undefined }> {
  const { code, stdout } = await check(env, await emptyFolder(), '--json');
  const { findings: found } = JSON.parse(stdout) as { findings: Finding[] };
  return { code, of: (name) => found.find((one) => one.name === name) };
}

describe('opsgraph check', () => {
  it('reports what a first start would do, and changes nothing', async () => {
    const dir = await emptyFolder();
    const { code, stdout } = await check({ PORT: String(await freePort()) }, dir);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ok {7}database .* start creates an embedded PostgreSQL \d/m);
    expect(stdout).toMatch(/^ok {7}port .* is free$/m);
    expect(stdout).toMatch(/\n\d+ ok, 0 warnings, 0 failed\n$/);
    expect(await readdir(dir)).toEqual([]);
  });

  it.skipIf(!hasRedis)('adds to a stream of Redis and reads it, and leaves nothing there', async () => {
    const redis = await startRedis(['--requirepass', 'sesame'], { credentials: ':sesame@' });
    const { code, of } = await findings({ REDIS_URL: `${redis.url}/3`, PORT: String(await freePort()) });
    expect(of('redis')).toMatchObject({
      status: 'ok',
      found: expect.stringMatching(/^(Redis|Valkey) \d/) as string,
    });
    expect(of('redis')?.found).not.toContain('sesame');
    expect(of('notifications')).toBeUndefined();
    expect(code).toBe(0);
    expect(await redis.command('INFO', 'keyspace')).toBe('# Keyspace\r\n');
  });

  it('warns about a Redis that is not there, without which a server starts', async () => {
    const REDIS_URL = `redis://:sesame@127.0.0.1:${await freePort()}`;
    const { code, of } = await findings({ REDIS_URL, PORT: String(await freePort()) });
    expect(of('redis')).toMatchObject({
      status: 'warning',
      found: expect.stringContaining('ECONNREFUSED') as string,
    });
    expect(of('redis')?.found).not.toContain('sesame');
    expect(code).toBe(0);
  });

  it('lists all mistakes of the configuration', async () => {
    const { code, stdout } = await check({ PORT: 'http', JWT_SECERT: 'x' }, await emptyFolder());
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAILED {3}configuration {2}PORT must be/m);
    expect(stdout).toMatch(/^FAILED {3}configuration {2}JWT_SECERT is not a known variable/m);
  });

  it('recognizes a server that runs, its database and its notifications', async () => {
    const app = await startTestApp();
    const { code, of } = await findings({ DATABASE_URL: app.database, PORT: new URL(app.url).port });
    expect(of('port')).toMatchObject({
      status: 'ok',
      found: expect.stringContaining('served by opsgraph') as string,
    });
    for (const name of ['database', 'schema', 'rights', 'clock', 'notifications'])
      expect(of(name)).toMatchObject({ status: 'ok' });
    expect(code).toBe(0);
  });

  it('fails for a port of another program and for a database that does not exist, and says what to do', async () => {
    const taken = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(taken, 'listening');
    onTestFinished(() => void taken.close());
    await using database = await createTestDatabase();
    const url = new URL(database.connection);
    url.pathname = '/no_such_database';
    const { code, of } = await findings({
      DATABASE_URL: url.href,
      PORT: String((taken.address() as AddressInfo).port),
      HOST: '127.0.0.1',
      MODEL_SERVERS: 'lab=http://127.0.0.1:9',
      ENABLE_GPU_MONITORING: 'true',
    });
    expect(code).toBe(1);
    expect(of('port')).toMatchObject({ status: 'failed', todo: expect.stringContaining('PORT') as string });
    expect(of('database')).toMatchObject({
      status: 'failed',
      todo: expect.stringContaining('create database') as string,
    });
    expect(of('model server lab')).toMatchObject({
      status: 'warning',
      todo: expect.stringContaining('MODEL_SERVERS') as string,
    });
  });

  it('counts pending migrations and does not apply them', async () => {
    await using database = await createTestDatabase(undefined, { empty: true });
    const { of } = await findings({ DATABASE_URL: database.connection });
    expect(of('schema')).toMatchObject({
      status: 'ok',
      found: expect.stringContaining('start creates them') as string,
    });
    expect((await findings({ DATABASE_URL: database.connection })).of('schema')).toEqual(of('schema'));
  });
});
