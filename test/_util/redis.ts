import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createClient } from '@redis/client';
import { onTestFinished, vi } from 'vitest';
import { freePort } from './process.ts';

/** The real program; undefined where it is not installed, and then the tests with it are skipped and say so. */
const program = ['redis-server', 'valkey-server']
  .flatMap((name) => (process.env['PATH'] ?? '').split(delimiter).map((dir) => join(dir, name)))
  .find((path) => existsSync(path));
export const hasRedis = program !== undefined;
if (!hasRedis)
  console.warn(
    '\nSKIPPED: neither redis-server nor valkey-server is installed; nothing is tested with it.\n',
  );

export interface Redis {
  readonly port: number;
  readonly url: string;
  /** Kills it without a save, and starts it on the same port, empty. */
  restart(): Promise<void>;
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Stops and continues the process, whose connections stay open. */
  freeze(): void;
  thaw(): void;
  /** Sends one command, as redis-cli does. */
  command(...args: string[]): Promise<unknown>;
}

/** A server of this test, which keeps nothing on disk. @param args options of the command line */
export async function startRedis(
  args: readonly string[] = [],
  { scheme = 'redis', credentials = '' }: { readonly scheme?: string; readonly credentials?: string } = {},
): Promise<Redis> {
  if (program === undefined) throw new Error('redis-server is not installed');
  const path = program;
  const port = await freePort();
  const dir = await mkdtemp(join(tmpdir(), 'opsgraph-redis-'));
  const url = `${scheme}://${credentials}127.0.0.1:${port}`;
  let child: ChildProcess | null = null;

  async function command(...words: string[]): Promise<unknown> {
    const socket = scheme === 'rediss' ? { tls: true as const, rejectUnauthorized: false } : {};
    const client = createClient({ url, RESP: 2, socket: { ...socket, reconnectStrategy: false } });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await client.sendCommand(words);
    } finally {
      client.destroy();
    }
  }

  async function start(): Promise<void> {
    const listen =
      scheme === 'rediss' ? ['--port', '0', '--tls-port', String(port)] : ['--port', String(port)];
    const options = ['--bind', '127.0.0.1', '--dir', dir, '--save', '', '--appendonly', 'no', ...args];
    child = spawn(path, [...listen, ...options], { stdio: 'ignore' });
    await vi.waitFor(() => command('PING'), { timeout: 10_000, interval: 20 });
  }

  async function kill(): Promise<void> {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGCONT');
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  onTestFinished(async () => {
    await kill();
    await rm(dir, { recursive: true, force: true });
  });
  await start();
  return {
    port,
    url,
    command,
    start,
    kill,
    async restart() {
      await kill();
      await start();
    },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
  };
}
