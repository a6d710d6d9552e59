import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, servers, type TestDatabase } from '../../test/_util/database.ts';
import { AppError } from '../errors.ts';
import { silentLog } from '../log/log.ts';
import { failedAlone, faultReason, isConflict, unavailable, type FaultReason } from './database-fault.ts';
import { openDatabase, type DatabaseHandle } from './database.ts';

/** Responses of PostgreSQL and PgBouncer when they, and not the statement, are the cause. */
const ofServer: readonly (readonly [code: string, reason: FaultReason])[] = [
  ['08006', 'UNREACHABLE'],
  ['08P01', 'UNREACHABLE'],
  ['25006', 'READ_ONLY'],
  ['28000', 'REFUSED'],
  ['28P01', 'REFUSED'],
  ['3D000', 'REFUSED'],
  ['40001', 'CONFLICT'],
  ['40P01', 'CONFLICT'],
  ['53000', 'RESOURCES'],
  ['53100', 'DISK_FULL'],
  ['53200', 'RESOURCES'],
  ['53300', 'TOO_MANY_CONNECTIONS'],
  ['53400', 'RESOURCES'],
  ['55P03', 'LOCKED'],
  ['57014', 'TIMEOUT'],
  ['57P01', 'SHUTTING_DOWN'],
  ['57P02', 'SHUTTING_DOWN'],
  ['57P03', 'SHUTTING_DOWN'],
  ['57P05', 'SHUTTING_DOWN'],
  ['58030', 'RESOURCES'],
];

describe.each(servers)('an error of $name', (server) => {
  let own: TestDatabase;
  let db: DatabaseHandle;

  beforeAll(async () => {
    own = await createTestDatabase(server, { empty: true });
    db = openDatabase({ connection: own.connection, max: 1, log: silentLog });
  });
  afterAll(async () => {
    await db[Symbol.asyncDispose]();
    await own.drop();
  });

  async function raised(code: string): Promise<unknown> {
    const block = `do $$ begin raise exception 'raised' using errcode = '${code}'; end $$`;
    return failure(sql.raw(block).execute(db.kysely));
  }

  test.each(ofServer)('with SQLSTATE %s has the reason %s, also as a cause', async (code, reason) => {
    const error = await raised(code);
    expect(error).toMatchObject({ code });
    expect(faultReason(error)).toBe(reason);
    expect(faultReason(new Error('outer', { cause: error }))).toBe(reason);
    expect(unavailable(error)).toMatchObject({ code: 'DATABASE_UNAVAILABLE', retryable: true, reason });
  });

  test.each(['22003', '23505', '42P01', '42501', '54000', '55000', 'P0001', 'XX000'])(
    'with SQLSTATE %s is caused by the statement',
    async (code) => {
      expect(faultReason(await raised(code))).toBeNull();
    },
  );

  test('is a conflict after a deadlock or a serialization failure, and fails the statement only after a timeout', async () => {
    expect(isConflict(await raised('40P01'))).toBe(true);
    expect(isConflict(await raised('57014'))).toBe(false);
    expect(failedAlone(await raised('57014'))).toBe(true);
    expect(failedAlone(await raised('23505'))).toBe(true);
    expect(failedAlone(await raised('40001'))).toBe(false);
    expect(failedAlone(await raised('53100'))).toBe(false);
  });

  test('for a statement that exceeds its timeout is a TIMEOUT', async () => {
    const hasty = openDatabase({ connection: own.connection, statementTimeoutMs: 20, log: silentLog });
    expect(faultReason(await failure(sql`select pg_sleep(60)`.execute(hasty.kysely)))).toBe('TIMEOUT');
    await hasty[Symbol.asyncDispose]();
  });

  test('for a pool without a free connection is TOO_MANY_CONNECTIONS', async () => {
    const connection = { connectionString: own.connection, connectionTimeoutMillis: 500 };
    const small = openDatabase({ connection, max: 1, log: silentLog });
    const client = await small.pool.connect();
    expect(faultReason(await failure(small.ping()))).toBe('TOO_MANY_CONNECTIONS');
    client.release();
    await small[Symbol.asyncDispose]();
  });

  test('for an unknown account or database is REFUSED', async () => {
    for (const [key, value] of [
      ['pathname', '/nowhere'],
      ['search', new URL(own.connection).search.replace(/user=\w+/, 'user=nobody_here')],
    ] as const) {
      const url = new URL(own.connection);
      url[key] = value;
      const wrong = openDatabase({ connection: url.href, log: silentLog });
      expect(faultReason(await failure(wrong.ping()))).toBe('REFUSED');
      await wrong[Symbol.asyncDispose]();
    }
  });
});

describe('a fault of the database', () => {
  test('is UNREACHABLE when no server listens, on TCP and on a socket file', async () => {
    const closed = await freePort();
    for (const connection of [
      `postgresql://x@127.0.0.1:${closed}/x`,
      'postgresql:///x?host=/nowhere&user=x',
    ]) {
      const db = openDatabase({ connection, log: silentLog });
      const error = await failure(db.ping());
      expect(faultReason(error)).toBe('UNREACHABLE');
      await db[Symbol.asyncDispose]();
    }
  });

  test('is UNREACHABLE when a server accepts and disconnects, or accepts and stays silent', async () => {
    const sockets: { destroy(): void }[] = [];
    let greet: (socket: { destroy(): void }) => void = (socket) => socket.destroy();
    const server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      greet(socket);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const connection = { host: '127.0.0.1', port, user: 'x', database: 'x', connectionTimeoutMillis: 50 };
    const db = openDatabase({ connection, log: silentLog });
    expect(faultReason(await failure(db.ping()))).toBe('UNREACHABLE');
    greet = () => undefined;
    expect(faultReason(await failure(db.ping()))).toBe('UNREACHABLE');
    await db[Symbol.asyncDispose]();
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  test('is neither a missing file nor a value that is not an error', () => {
    const missing = Object.assign(new Error('missing'), { code: 'ENOENT', syscall: 'open' });
    expect(faultReason(missing)).toBeNull();
    const noDescriptor = { code: 'EMFILE', syscall: 'open' };
    expect(faultReason(Object.assign(new Error('open'), noDescriptor))).toBeNull();
    expect(faultReason(Object.assign(new Error('connect'), { ...noDescriptor, syscall: 'connect' }))).toBe(
      'UNREACHABLE',
    );
    expect(faultReason('ECONNREFUSED')).toBeNull();
  });

  test('becomes a retryable error that keeps its reason', () => {
    const error = unavailable(sqlError('57P01'));
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'DATABASE_UNAVAILABLE', retryable: true });
    expect(faultReason(error)).toBe('SHUTTING_DOWN');
  });
});

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

function sqlError(code: string): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError('of the server', 0, 'error'), { code });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
