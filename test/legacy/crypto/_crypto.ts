import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestApp, type TestApp } from '../../_util/app.ts';
import { FeedClient, publish, until } from '../_old-client.ts';

/** A server with three data providers whose responses a test controls. */
export interface Monitor {
  readonly app: TestApp;
  /** Sets the response of a provider to probes and collections. */
  answer(provider: 'Alpha' | 'Beta', answer: (response: ServerResponse) => void): void;
  /** Runs a job now and waits until it has ended. */
  run(job: string): Promise<void>;
  stop(): Promise<void>;
}

export const key = 'alpha-secret-key-1234';
const records = [
  { symbol: 'BTC', price: 1 },
  { symbol: 'ETH', price: null },
];

function asJson(response: ServerResponse): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(records));
}

/** The caller stops the server. Health checks have run once. */
export async function startMonitor(env: Record<string, string> = {}): Promise<Monitor> {
  const answers = new Map<string, (response: ServerResponse) => void>();
  const server = createServer((request, response) => {
    const [, name = ''] = (request.url ?? '').split(/[/?]/);
    (answers.get(name) ?? asJson)(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const dir = await mkdtemp(join(tmpdir(), 'opsgraph-crypto-'));
  const file = join(dir, 'providers.json');
  const base = `http://127.0.0.1:${port}`;
  const providers = [
    {
      name: 'Alpha',
      category: 'exchange',
      endpoint_url: `${base}/Alpha/data?token=hidden`,
      health_check_url: `${base}/Alpha`,
      api_key_env: 'ALPHA_KEY',
      rate_limit_type: 'per_hour',
      rate_limit_value: 1000,
      priority_tier: 1,
      collect: true,
    },
    { name: 'Beta', category: 'defi', endpoint_url: `${base}/Beta` },
    { name: 'Gamma', category: 'news', endpoint_url: `${base}/Gamma`, requires_key: true, priority_tier: 4 },
  ];
  await writeFile(file, JSON.stringify({ providers }));
  const app = await startTestApp({ ALPHA_KEY: key, PROVIDERS_FILE: file, ...env }, { keep: true });

  async function lastRun(job: string): Promise<string | null> {
    const { jobs } = (await app.get('/api/scheduler/status')).body as {
      jobs: { id: string; last_run: string | null; running: boolean }[];
    };
    const found = jobs.find(({ id }) => id === job);
    return found === undefined || found.running ? null : found.last_run;
  }

  async function run(job: string): Promise<void> {
    const before = await lastRun(job);
    let begun = false;
    while (!begun) {
      const answer = await post(app, `/api/scheduler/trigger/${job}`);
      begun = (answer.body as { status: string }).status === 'triggered';
      await until(async () => {
        const last = await lastRun(job);
        return last !== null && last !== before;
      });
    }
  }

  await until(async () => (await lastRun('health_checks')) !== null); // started by its schedule; the next run is much later
  return {
    app,
    answer: (provider, answer) => void answers.set(provider, answer),
    run,
    async stop() {
      await app.stop();
      server.closeAllConnections();
      server.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export async function post(
  app: TestApp,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: never }> {
  const response = await fetch(`${app.url}${path}`, {
    method: 'POST',
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as never };
}

/** A client of /ws/live, after connection_established and the first status_update. */
export async function live(app: TestApp, query = ''): Promise<FeedClient> {
  const client = await new FeedClient(`${app.wsUrl}/ws/live${query}`).opened();
  await client.ofType('status_update');
  return client;
}

/** An alert as a producer reports it. */
export async function reportUsage(app: TestApp, provider: string, usedRequestCount: number): Promise<void> {
  const resetAt = new Date(Date.now() + 600_000).toISOString();
  const usage = {
    providerName: provider,
    limitType: 'PER_HOUR',
    requestsMax: 1000,
    usedRequestCount,
    resetAt,
  };
  await publish(app, [{ rateLimitUsage: usage }]);
}
