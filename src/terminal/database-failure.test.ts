import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { createTestDatabase } from '../../test/_util/database.ts';
import { databaseFailure } from './database-failure.ts';

/** The error of connecting to a URL and of one statement. */
async function errorOf(url: string, statement = 'select 1'): Promise<unknown> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 500 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query(statement);
  } catch (error) {
    return error;
  } finally {
    await client.end().catch(() => {});
  }
  return null;
}

/** A server that accepts connections and does what a PostgreSQL of this kind would do. */
async function fakeServer(answer: Buffer | null): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      if (answer !== null) socket.write(answer);
    });
    onTestFinished(() => void socket.destroy());
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return `postgres://ann:secret@127.0.0.1:${(server.address() as AddressInfo).port}/shop`;
}

/** An error response with this SQLSTATE. */
function errorResponse(code: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`);
  const head = Buffer.from([0x45, 0, 0, 0, 0]);
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

it.each([
  ['28P01', 'password authentication failed', /rejects the password of ann.*percent-encode/],
  ['28000', 'no pg_hba.conf entry for host', /rejects the account ann: no pg_hba.*pg_hba\.conf/],
  ['53300', 'sorry, too many clients already', /no further connection.*max_connections/],
  ['57P03', 'the database system is starting up', /starting or recovering.*again/],
])('explains the error %s of PostgreSQL and says what to do', async (code, message, expected) => {
  const url = await fakeServer(errorResponse(code, message));
  const failure = databaseFailure(await errorOf(url), url);
  expect(`${failure?.found} ${failure?.todo}`).toMatch(expected);
  expect(`${failure?.found} ${failure?.todo}`).not.toContain('secret');
});

it.each([
  ['postgres://ann@127.0.0.1:1/shop', /127\.0\.0\.1:1 \(ECONNREFUSED\).*Start it/],
  ['postgres:///shop?host=/nowhere&user=ann', /\/nowhere \(ENOENT\)/],
  ['postgres://ann@no-such-host.invalid/shop', /cannot be resolved \(E\w+\).*DATABASE_URL/],
])('explains that nothing answers at %s', async (url, expected) => {
  const failure = databaseFailure(await errorOf(url), url);
  expect(`${failure?.found} ${failure?.todo}`).toMatch(expected);
});

it('explains that a host does not answer, does not support TLS, or requires a password', async () => {
  const silent = await fakeServer(null);
  expect(databaseFailure(await errorOf(silent), silent)?.found).toMatch(/does not answer/);
  const plain = `${await fakeServer(Buffer.from('N'))}?sslmode=verify-full`;
  expect(databaseFailure(await errorOf(plain), plain)?.todo).toMatch(/sslmode/);
});

it('explains a missing database, missing rights and a read-only database', async () => {
  await using database = await createTestDatabase();
  const url = new URL(database.connection);
  url.pathname = '/no_such_database';
  expect(databaseFailure(await errorOf(url.href), url.href)).toEqual({
    found: 'The database no_such_database does not exist.',
    todo: expect.stringContaining(`create database "no_such_database" encoding 'UTF8'`) as string,
  });
  const denied = await errorOf(
    database.connection,
    `create role unprivileged_${process.pid}; set role unprivileged_${process.pid}; create table public.t (a int)`,
  );
  await errorOf(database.connection, `drop role if exists unprivileged_${process.pid}`);
  expect(databaseFailure(denied, database.connection)?.found).toMatch(/lacks a right: permission denied/);
  const readOnly = 'set default_transaction_read_only = on; commit; create table t (a int)';
  expect(databaseFailure(await errorOf(database.connection, readOnly), database.connection)?.todo).toMatch(
    /primary/,
  );
});

it('does not explain errors that have nothing to do with connecting', async () => {
  await using database = await createTestDatabase();
  expect(databaseFailure(await errorOf(database.connection, 'selct'), database.connection)).toBeNull();
});
