import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { graphql } from 'graphql';
import { onTestFinished } from 'vitest';
import { receiveNews } from '../../src/cluster/news-receiver.ts';
import { postgresCarrier } from '../../src/cluster/postgres-carrier.ts';
import { openDatabase } from '../../src/db/database.ts';
import { providersDomain } from '../../src/domains/providers/domain.ts';
import { system } from '../../src/auth/viewer.ts';
import type { DomainContext } from '../../src/domains/domain.ts';
import type { Timings } from '../../src/domains/providers/jobs.domain.ts';
import type { ProviderSettings } from '../../src/domains/providers/config.ts';
import { Demand } from '../../src/journal/demand.ts';
import { Gauges } from '../../src/journal/gauges.ts';
import { openPostgresLog } from '../../src/journal/postgres-log.ts';
import type { Entry } from '../../src/journal/topic.ts';
import { silentLog } from '../../src/log/log.ts';
import { schema } from '../../src/schema.ts';
import { createTestDatabase } from '../_util/database.ts';

type Handler = (response: ServerResponse, request: IncomingMessage) => void;

/** An HTTP server that acts as the providers of a test. A path without a handler responds with `{}`. */
export class FakeProviders {
  readonly requests: IncomingMessage[] = [];
  readonly #handlers = new Map<string, Handler>();
  #server: Server | null = null;
  #port = 0;

  async start(): Promise<this> {
    const server = createServer((request, response) => {
      this.requests.push(request);
      const path = new URL(request.url ?? '', 'http://here').pathname;
      (this.#handlers.get(path) ?? ((to) => to.end('{}')))(response, request);
    });
    this.#server = server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    this.#port = (server.address() as AddressInfo).port;
    onTestFinished(() => this.stop());
    return this;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  handle(path: string, handler: Handler): void {
    this.#handlers.set(path, handler);
  }

  url(path: string): string {
    return `http://127.0.0.1:${this.#port}${path}`;
  }

  requestCount(path: string): number {
    return this.requests.filter(({ url }) => url?.split('?')[0] === path).length;
  }

  /** A provider with the health check URL `/<name>` and the endpoint `/<name>/data`. */
  settings(name: string, more: Partial<ProviderSettings> = {}): ProviderSettings {
    return {
      name,
      category: 'exchange',
      endpointUrl: this.url(`/${name}/data`),
      healthCheckUrl: this.url(`/${name}`),
      requiresKey: false,
      apiKey: null,
      apiKeyHeader: 'X-API-Key',
      rateLimit: null,
      timeoutMs: 5_000,
      priorityTier: 3,
      collect: true,
      ...more,
    };
  }
}

export interface Rig {
  readonly database: string;
  /** All entries appended since the start, by any instance. */
  readonly entries: readonly Entry[];
  /** Resolves when an entry of this type is appended, by any instance. */
  appended(type: string): Promise<void>;
  run(jobId: string, signal?: AbortSignal): Promise<void>;
  query<Data>(source: string): Promise<Data>;
  stop(): Promise<void>;
}

/** The domain alone on a real database. Tests run its jobs, which wait only a millisecond. */
export async function startProviders(
  providers: readonly ProviderSettings[],
  { database, timings = {} }: { database?: string; timings?: Partial<Timings> } = {},
): Promise<Rig> {
  const own = database === undefined ? await createTestDatabase() : null;
  const connection = database ?? own?.connection ?? '';
  const handle = openDatabase({ connection, log: silentLog });
  const domain = providersDomain(providers, { retryMs: 1, breakerOpenMs: 1, ...timings });
  const log = await openPostgresLog({ database: handle, log: silentLog, handlers: domain.handlers ?? [] });
  const newsReceiver = receiveNews({
    eventLog: log,
    openCarrier: (...to) => postgresCarrier({ database: handle, log: silentLog }, ...to),
  });
  const entries: Entry[] = [];
  let wake = (): void => {};
  log.onAppend((appended) => {
    entries.push(...appended);
    wake();
  });
  const journal = { log, gauges: new Gauges(), demand: new Demand() };
  const context = { hostId: 'here', database: handle, journal, log: silentLog };
  const started = await domain.start?.(context as unknown as DomainContext);
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> =>
    (stopped ??= (async () => {
      await started?.stop?.();
      await newsReceiver[Symbol.asyncDispose]();
      await log[Symbol.asyncDispose]();
      await handle[Symbol.asyncDispose]();
    })());
  onTestFinished(async () => {
    await stop();
    await own?.drop();
  });
  return {
    database: connection,
    entries,
    async appended(wanted) {
      while (!entries.some(({ type }) => type === wanted))
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    },
    async run(jobId, signal = new AbortController().signal) {
      const job = started?.jobs?.find(({ id }) => id === jobId);
      if (job === undefined) throw new Error(`unknown job ${jobId}`);
      await job.run(signal);
    },
    async query<Data>(source: string) {
      const contextValue = { journal, db: handle.kysely, viewer: system };
      const { data, errors } = await graphql({ schema, source, contextValue });
      if (errors !== undefined) throw new Error(errors.map(({ message }) => message).join('\n'));
      return data as Data;
    },
    stop,
  };
}
