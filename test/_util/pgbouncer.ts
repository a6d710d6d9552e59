import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import pg from 'pg';
import { vi } from 'vitest';
import { freePort } from './process.ts';

/** The real program; undefined where it is not installed, and then the tests with it are skipped and say so. */
const program = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin']
  .map((dir) => join(dir, 'pgbouncer'))
  .find((path) => existsSync(path));
export const hasPgBouncer = program !== undefined;
if (!hasPgBouncer) console.warn('\nSKIPPED: pgbouncer is not installed; nothing is tested behind it.\n');

export interface PgBouncer extends AsyncDisposable {
  /** The same database behind PgBouncer. */
  readonly connection: string;
}

/** PgBouncer with its defaults, but for the mode and where it listens. */
export async function startPgBouncer(
  connection: string,
  poolMode: 'session' | 'transaction',
  settings: Readonly<Record<string, string | number>> = {},
): Promise<PgBouncer> {
  if (program === undefined) throw new Error('pgbouncer is not installed');
  const url = new URL(connection);
  const host = url.searchParams.get('host') ?? url.hostname;
  const user = url.searchParams.get('user') ?? url.username;
  const server = [`host=${host}`, `port=${url.port || 5_432}`, `user=${user}`];
  if (url.password !== '') server.push(`password=${url.password}`);
  const port = await freePort();
  const dir = await mkdtemp(join(tmpdir(), 'opsgraph-pgbouncer-'));
  const config = {
    listen_addr: '127.0.0.1',
    listen_port: port,
    unix_socket_dir: '',
    auth_type: 'any', // the server's account is given above
    pool_mode: poolMode,
    ...settings,
  };
  const lines = Object.entries(config).map(([name, value]) => `${name} = ${value}`);
  const file = join(dir, 'pgbouncer.ini');
  await writeFile(file, `[databases]\n* = ${server.join(' ')}\n\n[pgbouncer]\n${lines.join('\n')}\n`);
  await chmod(file, 0o644);
  // It does not run as root, and a socket may be for its server's account alone.
  const { uid, gid } = host.startsWith('/') ? await stat(host) : { uid: 65_534, gid: 65_534 };
  const other = process.getuid?.() === 0 && uid !== 0;
  if (other) await chown(dir, uid, gid);
  const child = spawn(program, [file], { stdio: ['ignore', 'ignore', 'pipe'], ...(other && { uid, gid }) });
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const exited = once(child, 'exit');
  await vi.waitFor(
    async () => {
      if (child.exitCode !== null) throw new Error(`pgbouncer ended: ${output}`);
      const client = new pg.Client({ host: '127.0.0.1', port, user, database: url.pathname.slice(1) });
      await client.connect();
      await client.end();
    },
    { timeout: 10_000, interval: 50 },
  );
  return {
    connection: `postgresql://${user}@127.0.0.1:${port}${url.pathname}`,
    async [Symbol.asyncDispose]() {
      child.kill('SIGINT');
      await exited;
      await rm(dir, { recursive: true, force: true });
    },
  };
}
