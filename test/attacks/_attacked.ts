import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import { WebSocket } from 'ws';
import { createTestDatabase } from '../_util/database.ts';
import { opsgraph } from '../_util/process.ts';

/**
 * The program in a process of its own, whose exit and memory can be observed, and a well-behaved client that is connected
 * during all attacks. One for all attacks of a file.
 */
export interface Attacked {
  readonly url: string;
  readonly wsUrl: string;
  readonly port: number;
  /** Every line that the process has logged so far, as text. */
  readonly logged: readonly string[];
  /**
   * Runs an attack. @throws Error if the process exits, or if the other client does not receive further values in order.
   */
  unharmed<Outcome>(attack: () => Promise<Outcome>): Promise<Outcome>;
  /** Resolves when the other client has received this number of further values. */
  neighbourGets(more: number): Promise<void>;
  /** Growth of the resident memory since the start, in MiB. 0 on systems without /proc. */
  grownMb(): Promise<number>;
  stop(): Promise<void>;
}

export const adminKey = 'a-key-of-the-admin';
export const userKey = 'a-key-of-a-user';
export const jwtSecret = 'a shared secret of some thirty-two bytes';

/** Limit of the heap. Without it, the growth would include garbage that is not yet collected. */
const heapMb = 160;

/** For `beforeAll`: `start` of `_util/process.ts` ends its process with the test. */
export async function startAttacked(env: Record<string, string> = {}): Promise<Attacked> {
  const dir = await mkdtemp(join(inject('folder'), 'attacked-'));
  const database = await createTestDatabase();
  await writeFile(join(dir, 'providers.yaml'), 'providers: []\n');
  const child = spawn(process.execPath, [`--max-old-space-size=${heapMb}`, await opsgraph(), 'start'], {
    cwd: dir,
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      DATABASE_URL: database.connection,
      DATA_DIR: dir,
      OLLAMA_URL: '',
      PROVIDERS_FILE: join(dir, 'providers.yaml'),
      AUTH_TOKENS: `${adminKey}:ada:admin,${userKey}:uma:user`,
      JWT_SECRET: jwtSecret,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const logged: string[] = [];
  let neighbour: Neighbour | null = null;
  async function stop(): Promise<void> {
    neighbour?.leave();
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    await database.drop();
    await rm(dir, { recursive: true, force: true });
  }
  try {
    const url = await ready(child, logged);
    const wsUrl = url.replace('http', 'ws');
    const good = (neighbour = new Neighbour(`${wsUrl}/graphql`));
    await good.gets(3);
    const before = await residentMb(child);
    return {
      url,
      wsUrl,
      port: Number(new URL(url).port),
      logged,
      async unharmed(attack) {
        const [outcome] = await Promise.all([attack(), good.gets(2)]);
        if (child.exitCode !== null || child.signalCode !== null) throw new Error('the process has ended');
        return outcome;
      },
      neighbourGets: (more) => good.gets(more),
      async grownMb() {
        return (await residentMb(child)) - before;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A well-behaved client that subscribes to `connections`, answers pings, and detects missing or repeated values. */
class Neighbour {
  readonly #socket: WebSocket;
  #count = 0;
  #last = '';
  #wrong: string | null = null;
  #wake: (() => void)[] = [];

  constructor(url: string) {
    this.#socket = new WebSocket(url, 'graphql-transport-ws');
    this.#socket.on('open', () => this.#socket.send('{"type":"connection_init"}'));
    this.#socket.on('error', (error) => this.#fail(error.message));
    this.#socket.on('close', (code) => this.#fail(`it was closed with ${code}`));
    this.#socket.on('message', (data) => this.#receive((data as Buffer).toString()));
  }

  async gets(more: number): Promise<void> {
    const wanted = this.#count + more;
    while (this.#count < wanted) {
      if (this.#wrong !== null) throw new Error(`the neighbour: ${this.#wrong}`);
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
  }

  leave(): void {
    this.#socket.removeAllListeners('close');
    this.#socket.close();
  }

  #receive(text: string): void {
    const message = JSON.parse(text) as {
      type: string;
      payload?: { data?: { connections: { sampledAt: string } } };
    };
    if (message.type === 'connection_ack') {
      const query = 'subscription { connections(everyMs: 100) { sampledAt openCount } }';
      this.#socket.send(JSON.stringify({ id: 'own', type: 'subscribe', payload: { query } }));
    } else if (message.type === 'next') {
      const { sampledAt } = message.payload?.data?.connections ?? { sampledAt: '' };
      if (sampledAt <= this.#last) this.#fail(`after ${this.#last} came ${sampledAt}`);
      this.#last = sampledAt;
      this.#count++;
      this.#rouse();
    } else this.#fail(`unexpected message ${text}`);
  }

  #fail(what: string): void {
    this.#wrong ??= what;
    this.#rouse();
  }

  #rouse(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}

function ready(child: ChildProcess, logged: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let rest = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      logged.push(...lines);
      const line = lines.find((one) => one.includes('"msg":"ready"'));
      if (line !== undefined) resolve((JSON.parse(line) as { addresses: { http: string } }).addresses.http);
    });
    child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${logged.at(-1)}`)));
  });
}

async function residentMb({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const [, kb] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
  return Number(kb ?? 0) / 1024;
}
