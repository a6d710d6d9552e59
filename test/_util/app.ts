import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startApp, type App } from '../../src/app.ts';
import { readConfig } from '../../src/settings.ts';
import { openLog, openSocketLog, type FlushableLog } from '../../src/log/log.ts';
import { createTestDatabase } from './database.ts';
import { checkAnswer } from './described.ts';
import type { TestServer } from './server.ts';

export interface TestApp {
  readonly app: App;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** `ws://127.0.0.1:<port>` */
  readonly wsUrl: string;
  readonly database: string;
  /** Every log line so far, parsed. */
  readonly logged: readonly Record<string, unknown>[];
  readonly logDir: string;
  graphql<Data>(
    query: string,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<GraphqlAnswer<Data>>;
  /** @throws Error when the answer is not in the form that its route declares. */
  get(
    path: string,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: never; headers: Headers }>;
  stop(): Promise<void>;
}

export interface GraphqlAnswer<Data> {
  readonly data: Data;
  readonly errors?: readonly {
    message: string;
    path?: readonly unknown[];
    extensions?: Record<string, unknown>;
  }[];
}

/**
 * The whole server on a free port with a database of its own, without model servers and providers unless `env` names
 * some. It ends with the test unless `keep` says that the caller ends it.
 */
export async function startTestApp(
  env: Record<string, string> = {},
  options: { server?: TestServer; database?: string; keep?: boolean } = {},
): Promise<TestApp> {
  const own = options.database === undefined ? await createTestDatabase(options.server) : null;
  const database = options.database ?? own?.connection ?? '';
  const dir = await mkdtemp(join(tmpdir(), 'opsgraph-test-'));
  const logged: Record<string, unknown>[] = [];
  const destination = {
    write: (line: string): void => void logged.push(JSON.parse(line) as Record<string, unknown>),
  };
  const providers = join(dir, 'providers.yaml');
  await writeFile(providers, 'providers: []\n');
  const defaults = {
    NODE_ENV: 'test',
    DATA_DIR: dir,
    LOG_LEVEL: 'DEBUG',
    OLLAMA_URL: '',
    PROVIDERS_FILE: providers,
    DATABASE_POOL_SIZE: '4', // each connection costs PostgreSQL as much as a new database
  };
  const { config } = readConfig({ PORT: '0', DATABASE_URL: database, ...defaults, ...env }, { cwd: dir });
  const log: FlushableLog = openLog({ level: config.log.level, destination });
  const socketLog = openSocketLog({ dir: config.log.dir, level: config.log.level, destination });
  const app = await startApp({ config, log, socketLog });
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> =>
    (stopped ??= (async () => {
      await app.stop();
      await socketLog[Symbol.asyncDispose]();
      await own?.drop();
      await rm(dir, { recursive: true, force: true });
    })());
  if (options.keep !== true) onTestFinished(stop);
  const url = app.addresses.http;
  return {
    app,
    url,
    wsUrl: url.replace(/^http/, 'ws'),
    database,
    logged,
    logDir: config.log.dir ?? '',
    async graphql<Data>(
      query: string,
      variables: Record<string, unknown> = {},
      headers: Record<string, string> = {},
    ) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as GraphqlAnswer<Data>;
    },
    async get(path, headers = {}) {
      const response = await fetch(`${url}${path}`, { headers });
      const text = await response.text();
      const json = response.headers.get('content-type')?.includes('json') ?? false;
      const body = (json ? JSON.parse(text) : text) as never;
      checkAnswer(path, response.status, body);
      return { status: response.status, body, headers: response.headers };
    },
    stop,
  };
}
