import pg from 'pg';

/** A PostgreSQL server of this run: `describe.each(servers)('on $name', …)` runs a suite on all of them. */
export interface TestServer {
  /** Such as 'embedded PostgreSQL 18.4'. */
  readonly name: string;
  /** Of its maintenance database, as an account that may create databases. */
  readonly url: string;
  /** A database with the newest schema. Also the prefix of every database that is made from it. */
  readonly template: string;
  /** The clause of `create database` with which it copies the template fastest. */
  readonly copying: string;
}

/** The same server, another database. */
export function databaseUrl(url: string, database: string): string {
  const result = new URL(url);
  result.pathname = `/${database}`;
  return result.href;
}

/** One short connection to the server's maintenance database. */
export async function maintain<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  // A loss also fails the statement that is under way.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
