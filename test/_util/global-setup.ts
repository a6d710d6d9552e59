import { randomBytes } from 'node:crypto';
import { access, chmod, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/db/database.ts';
import { startEmbedded } from '../../src/db/embedded.ts';
import { migrate } from '../../src/db/migrate.ts';
import { silentLog } from '../../src/log.ts';
import { databaseUrl, maintain, type TestServer } from './server.ts';

/** Several files at once, each with a few pools. */
const maxConnections = 200;

/**
 * The PostgreSQL servers of a test run: our embedded one, this machine's own where it has one, and the one of
 * DATABASE_URL where that is set. Each gets a migrated template, from which tests copy their databases.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = await mkdtemp(join(tmpdir(), 'opsgraph-test-'));
  // As root the servers run as somebody else; before version 16 they must be able to pass the folder.
  await chmod(dir, 0o755);
  const running: { stop(): Promise<void> }[] = [];

  async function teardown(): Promise<void> {
    await Promise.all(running.map((server) => server.stop()));
    await rm(dir, { recursive: true, force: true });
  }

  async function startOwn(name: string, binaries?: string): Promise<TestServer> {
    const embedded = await startEmbedded({
      dataDir: join(dir, name),
      log: silentLog,
      durable: false,
      maxConnections,
      ...(binaries !== undefined && { binaries }),
    });
    running.push(embedded);
    const { host, user } = embedded.connection;
    const url = `postgresql:///postgres?host=${encodeURIComponent(host)}&user=${user}`;
    return withTemplate({ name: `${name} PostgreSQL ${embedded.version}`, url });
  }

  async function useGiven(url: string): Promise<TestServer> {
    const server = await withTemplate({ name: 'the PostgreSQL of DATABASE_URL', url });
    // It is not ours to stop, so everything that was made in it goes.
    running.push({ stop: () => dropAll(server) });
    return server;
  }

  const system = await systemBinaries();
  if (!system)
    console.warn('\nSKIPPED: no PostgreSQL is installed on this machine; only the embedded one is tested.\n');
  const given = process.env['DATABASE_URL'];
  const outcomes = await Promise.allSettled([
    startOwn('embedded'),
    ...(system ? [startOwn('system', system)] : []),
    ...(given ? [useGiven(given)] : []),
  ]);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) {
    await teardown();
    throw failed.reason;
  }
  project.provide(
    'servers',
    outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])),
  );
  return teardown;
}

async function withTemplate({ name, url }: { name: string; url: string }): Promise<TestServer> {
  const template = `opsgraph_test_${randomBytes(6).toString('hex')}`;
  await maintain(url, (client) => client.query(`create database ${template}`));
  const db = openDatabase({ connection: databaseUrl(url, template), log: silentLog });
  try {
    await migrate(db, silentLog);
  } finally {
    await db[Symbol.asyncDispose]();
  }
  return { name, url, template };
}

async function dropAll({ url, template }: TestServer): Promise<void> {
  await maintain(url, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [template],
    );
    for (const { datname } of rows) {
      await client.query(`drop database if exists ${pg.escapeIdentifier(datname)} with (force)`);
    }
  });
}

/** The folder of a whole server installation: on the PATH, or where Debian keeps it off the PATH. */
async function systemBinaries(): Promise<string | undefined> {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const debian = '/usr/lib/postgresql';
  const versions = await readdir(debian).catch(() => []);
  for (const dir of [...onPath, ...versions.map((version) => join(debian, version, 'bin'))]) {
    try {
      const bin = dirname(await realpath(join(dir, 'postgres')));
      await access(join(bin, 'initdb'));
      return bin;
    } catch {
      // not in this one
    }
  }
  return undefined;
}
