import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { databaseUrl, type TestServer } from './server.ts';
import { tcpProxy, type TcpProxy } from './tcp-proxy.ts';

declare module 'vitest' {
  interface ProvidedContext {
    servers: TestServer[];
    /** For what this run's processes write; gone when it ends. */
    folder: string;
    /** A Python that has the package websockets; null where there is none. */
    python: string | null;
  }
}

export interface TestDatabase extends AsyncDisposable {
  /** A URL: for `openDatabase`, or as DATABASE_URL of a process. */
  readonly connection: string;
  readonly server: TestServer;
  /** Drops the database, also while clients are connected. */
  drop(): Promise<void>;
}

/** The first is the embedded one. */
export const servers: readonly TestServer[] = inject('servers');

/** A connection a server, kept: to begin one costs the server as much as a third of a new database. */
const pools = new Map<string, pg.Pool>();

/** A database of its own with the newest schema (or an empty one), on the embedded server when none is given. */
export async function createTestDatabase(
  server: TestServer | undefined = servers[0],
  { empty = false }: { readonly empty?: boolean } = {},
): Promise<TestDatabase> {
  if (!server) throw new Error('no server was started for the tests');
  const name = `${server.template}_${randomBytes(6).toString('hex')}`;
  const pool = poolOf(server);
  const template = empty ? 'template1' : server.template;
  await pool.query(`create database ${name} template ${template} ${server.copying}`);
  const drop = async (): Promise<void> => {
    await pool.query(`drop database if exists ${name} with (force)`);
  };
  return { connection: databaseUrl(server.url, name), server, drop, [Symbol.asyncDispose]: drop };
}

function poolOf({ url }: TestServer): pg.Pool {
  const pool = pools.get(url) ?? new pg.Pool({ connectionString: url, max: 1, allowExitOnIdle: true });
  if (!pools.has(url)) pool.on('error', () => undefined); // it was idle: the next query begins another
  pools.set(url, pool);
  return pool;
}

/** The same database behind a proxy that can break. */
export async function proxied(connection: string): Promise<{ proxy: TcpProxy; connection: string }> {
  const url = new URL(connection);
  const socketDir = url.searchParams.get('host');
  const proxy = await tcpProxy(
    socketDir === null ? Number(url.port || 5_432) : join(socketDir, `.s.PGSQL.${url.port || 5_432}`),
  );
  const user = url.searchParams.get('user') ?? url.username;
  const password = url.password === '' ? '' : `:${url.password}`;
  return { proxy, connection: `postgresql://${user}${password}@127.0.0.1:${proxy.port}${url.pathname}` };
}
