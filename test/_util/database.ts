import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { databaseUrl, maintain, type TestServer } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    servers: TestServer[];
  }
}

export interface TestDatabase extends AsyncDisposable {
  /** A URL: for `openDatabase`, or as DATABASE_URL of a process. */
  readonly connection: string;
  readonly server: TestServer;
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>;
}

/** The first is the embedded one. */
export const servers: readonly TestServer[] = inject('servers');

/** A database of its own with the newest schema (or an empty one), on the embedded server when none is given. */
export async function createTestDatabase(
  server: TestServer | undefined = servers[0],
  { empty = false }: { readonly empty?: boolean } = {},
): Promise<TestDatabase> {
  if (!server) throw new Error('no server was started for the tests');
  const name = `${server.template}_${randomBytes(6).toString('hex')}`;
  await maintain(server.url, async (client) => {
    if (empty) return client.query(`create database ${name}`);
    // From 15 on, the older way of copying is still the faster one for a server that does not sync.
    const { rows } = await client.query<{ strategy: string }>(
      `select case when current_setting('server_version_num')::int >= 150000
                   then 'strategy file_copy' else '' end as strategy`,
    );
    return client.query(`create database ${name} template ${server.template} ${rows[0]?.strategy ?? ''}`);
  });
  const drop = async (): Promise<void> => {
    await maintain(server.url, (client) => client.query(`drop database if exists ${name} with (force)`));
  };
  return { connection: databaseUrl(server.url, name), server, drop, [Symbol.asyncDispose]: drop };
}
