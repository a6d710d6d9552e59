import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startEmbedded, type EmbeddedPostgres } from '../../src/db/embedded.ts';
import { silentLog } from '../../src/log/log.ts';
import { emptyFolder, start, type Running } from './process.ts';
import { publishMutation } from './publish.ts';
import { tcpProxy, type TcpProxy } from './tcp-proxy.ts';

/** An instance as a process, which reaches its database through a network that can break. */
export interface FleetInstance {
  running: Running;
  readonly proxy: TcpProxy;
  restart(): Promise<void>;
}

/** A PostgreSQL of the test's own, which can be killed, and instances on it. The last one has two workers. */
export interface Fleet {
  readonly instances: readonly FleetInstance[];
  /** Kills PostgreSQL, and waits until it accepts connections again. */
  killPostgres(): Promise<void>;
  /** Ends the connections on which instances listen. */
  endListeners(): Promise<void>;
  /** Takes all connections that PostgreSQL has left, until the function is called. */
  useUpConnections(): Promise<() => Promise<void>>;
}

const connectionsMax = 60;

export async function startFleet(size: number): Promise<Fleet> {
  const dataDir = join(await emptyFolder(), 'postgres');
  const postgres = await startEmbedded({ dataDir, log: silentLog, maxConnections: connectionsMax });
  onTestFinished(() => postgres.stop());
  const instances: FleetInstance[] = [];
  // one after the other: the first migrates
  for (let index = 0; index < size; index++)
    instances.push(await startInstance(postgres, index, index === size - 1 ? 2 : 1));
  return {
    instances,
    async killPostgres() {
      const [pid] = (await readFile(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8')).split('\n');
      process.kill(Number(pid), 'SIGKILL');
      await vi.waitUntil(async () => isAccepting(postgres), { timeout: 30_000, interval: 100 });
    },
    endListeners: () =>
      withClient(postgres, async (client) => {
        await client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'opsgraph-listen'`,
        );
      }),
    async useUpConnections() {
      const taken: pg.Client[] = [];
      for (;;) {
        const client = new pg.Client(postgres.connection);
        client.on('error', () => {});
        try {
          await client.connect();
          taken.push(client);
        } catch {
          break;
        }
      }
      return async () => void (await Promise.all(taken.map((client) => client.end())));
    },
  };
}

async function startInstance(
  postgres: EmbeddedPostgres,
  index: number,
  workers: number,
): Promise<FleetInstance> {
  const { host, port, user, database } = postgres.connection;
  const proxy = await tcpProxy(join(host, `.s.PGSQL.${port}`));
  const env = {
    DATABASE_URL: `postgresql://${user}@127.0.0.1:${proxy.port}/${database}`,
    DATABASE_POOL_SIZE: '4',
    HOST_ID: `host-${index}`,
    WORKERS: String(workers),
    DRAIN_MS: '500',
    LOG_TO_FILE: 'false',
    ENABLE_GPU_MONITORING: 'false',
  };
  const begin = async (): Promise<Running> => start(await emptyFolder(), env);
  const instance: FleetInstance = {
    running: await begin(),
    proxy,
    async restart() {
      instance.running = await begin();
    },
  };
  return instance;
}

async function isAccepting(postgres: EmbeddedPostgres): Promise<boolean> {
  try {
    await withClient(postgres, (client) => client.query('select 1'));
    return true;
  } catch {
    return false;
  }
}

async function withClient<Value>(
  { connection }: EmbeddedPostgres,
  work: (client: pg.Client) => Promise<Value>,
): Promise<Value> {
  const client = new pg.Client(connection);
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The processes that serve clients for an instance with workers. */
export function workerPids({ child }: Running): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, , ...args]) => Number(parent) === child.pid && args.includes('start'))
    .map(([pid]) => Number(pid));
}

const publish = publishMutation('accepted { duplicate }');
const requestMs = 5_000;
/** What a client does about a server that is silent. */
const pingEveryMs = 500;
const silentMaxMs = 2_500;
const reconnectMs = 50;

/** Publishes one event after the other until it is stopped. Each is sent until it is acknowledged, to any instance. */
export class FleetWriter {
  /** The keys of the events that were acknowledged, in order. */
  readonly acknowledged: string[] = [];
  readonly #name: string;
  readonly #url: () => string;
  readonly #done: Promise<void>;
  #stopped = false;

  constructor(name: string, url: () => string) {
    this.#name = name;
    this.#url = url;
    this.#done = this.#write();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#done;
  }

  async #write(): Promise<void> {
    for (let n = 0; !this.#stopped; n++) {
      const key = `${this.#name}-${n}`;
      while (!(await this.#send(key))) await sleep(reconnectMs);
      this.acknowledged.push(key);
    }
  }

  async #send(key: string): Promise<boolean> {
    const events = [{ event: { type: 'written', key, message: key } }];
    try {
      const response = await fetch(`${this.#url()}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', connection: 'close' },
        body: JSON.stringify({ query: publish, variables: { events } }),
        signal: AbortSignal.timeout(requestMs),
      });
      const { data } = (await response.json()) as { data?: { publish: { accepted?: unknown } } };
      return data?.publish.accepted !== undefined;
    } catch {
      return false;
    }
  }
}

const query = 'subscription ($after: Cursor!) { customEvents(after: $after) { cursor key } }';

/** Reads all events from the first one. When its connection ends or is silent, it resumes at any instance. */
export class FleetReader {
  readonly keys: string[] = [];
  /** Errors that the server has sent. */
  readonly errors: string[] = [];
  connections = 0;
  readonly #url: () => string;
  #socket: WebSocket | null = null;
  #cursor = 'earliest';
  #stopped = false;

  constructor(url: () => string) {
    this.#url = url;
    this.#connect();
  }

  /** Makes it connect to another instance. */
  move(): void {
    this.#socket?.terminate();
  }

  stop(): void {
    this.#stopped = true;
    this.#socket?.terminate();
  }

  #connect(): void {
    if (this.#stopped) return;
    const socket = new WebSocket(`${this.#url()}/graphql`, 'graphql-transport-ws', {
      handshakeTimeout: silentMaxMs,
    });
    this.#socket = socket;
    let heardAt = performance.now();
    const pings = setInterval(() => {
      if (performance.now() - heardAt > silentMaxMs) socket.terminate();
      else if (socket.readyState === WebSocket.OPEN) socket.send('{"type":"ping"}');
    }, pingEveryMs);
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (data) => {
      heardAt = performance.now();
      this.#receive(socket, JSON.parse((data as Buffer).toString()) as Message);
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(pings);
      setTimeout(() => this.#connect(), reconnectMs);
    });
  }

  #receive(socket: WebSocket, { type, payload }: Message): void {
    if (type === 'connection_ack') {
      this.connections++;
      const variables = { after: this.#cursor };
      socket.send(JSON.stringify({ id: 'r', type: 'subscribe', payload: { query, variables } }));
    } else if (type === 'next' && payload?.data) {
      this.#cursor = payload.data.customEvents.cursor;
      this.keys.push(payload.data.customEvents.key);
    } else if (type === 'next' || type === 'error') {
      this.errors.push(JSON.stringify(payload));
      socket.terminate();
    } else if (type === 'complete') socket.terminate();
  }
}

interface Message {
  readonly type: string;
  readonly payload?: {
    readonly data?: { readonly customEvents: { readonly cursor: string; readonly key: string } };
  };
}
