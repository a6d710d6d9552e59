import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/_util/database.ts';
import { silentLog } from '../log/log.ts';
import { openDatabase } from './database.ts';

const run = promisify(execFile);
const hasOpenssl = await run('openssl', ['version']).then(
  () => true,
  () => false,
);

// Tests the section on `sslmode` in docs/operating.md. The PostgreSQL of the tests has no TLS, so a TLS server in front
// of it terminates it.

describe.skipIf(!hasOpenssl)('TLS to the database', () => {
  let dir: string;
  let database: TestDatabase;
  let port: number;
  let close: () => void;
  const seen: boolean[] = [];

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'opsgraph-database-tls-'));
    const asked = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost
      -addext subjectAltName=DNS:localhost -keyout ${join(dir, 'key.pem')} -out ${join(dir, 'ca.pem')}`;
    await run('openssl', asked.split(/\s+/));
    const [key, cert] = await Promise.all(['key.pem', 'ca.pem'].map((name) => readFile(join(dir, name))));
    database = await createTestDatabase();
    const { searchParams, hostname, port: targetPort } = new URL(database.connection);
    const folder = searchParams.get('host');
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', (first) => {
        const asksForTls = first.length === 8 && first.readInt32BE(4) === 80_877_103;
        seen.push(asksForTls);
        const target =
          folder === null
            ? connect(Number(targetPort), hostname)
            : connect(join(folder, `.s.PGSQL.${searchParams.get('port') ?? (targetPort || '5432')}`));
        target.on('error', () => {});
        let client: Socket = socket;
        if (asksForTls) {
          socket.write('S');
          client = new TLSSocket(socket, { isServer: true, key, cert });
          client.on('error', () => {});
        } else target.write(first);
        client.pipe(target);
        target.pipe(client);
        socket.on('close', () => target.destroy());
      });
    });
    await once(server.listen(0), 'listening');
    port = (server.address() as AddressInfo).port;
    close = () => server.close();
  });

  afterAll(async () => {
    close();
    await database.drop();
    await rm(dir, { recursive: true });
  });

  /** Connects with these parameters. */
  async function ask(parameters: string, host = 'localhost'): Promise<'TLS' | 'plain'> {
    const { username, password, pathname, searchParams } = new URL(database.connection);
    const account = `${searchParams.get('user') ?? username}${password && `:${password}`}`;
    const connection = `postgres://${account}@${host}:${port}${pathname}${parameters}`;
    await using opened = openDatabase({ connection, log: silentLog });
    seen.length = 0;
    await opened.pool.query('select 1');
    return seen.every(Boolean) ? 'TLS' : 'plain';
  }

  test('is off unless the URL requests it', async () => {
    expect(await ask('')).toBe('plain');
    expect(await ask('?sslmode=disable')).toBe('plain');
  });

  test('accepts only a known certificate authority with verify-full', async () => {
    await expect(ask('?sslmode=verify-full')).rejects.toThrow(/self-signed/);
    expect(await ask(`?sslmode=verify-full&sslrootcert=${join(dir, 'ca.pem')}`)).toBe('TLS');
  });

  test('accepts only a certificate for the host name with verify-full', async () => {
    const parameters = `?sslmode=verify-full&sslrootcert=${join(dir, 'ca.pem')}`;
    await expect(ask(parameters, '127.0.0.1')).rejects.toThrow(/altnames/);
  });

  test('accepts any certificate with no-verify', async () => {
    expect(await ask('?sslmode=no-verify', '127.0.0.1')).toBe('TLS');
  });

  test.each(['require', 'prefer', 'verify-ca'])('is as strict with %s as with verify-full', async (mode) => {
    await expect(ask(`?sslmode=${mode}`)).rejects.toThrow(/self-signed/);
  });
});
