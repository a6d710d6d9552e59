import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chmod, constants, mkdtemp, readdir, realpath, rm, stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import pg from 'pg';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/db/database.ts';
import { startEmbedded } from '../../src/db/embedded.ts';
import { migrate } from '../../src/db/migrate.ts';
import { silentLog } from '../../src/log/log.ts';
import { databaseUrl, maintain, type TestServer } from './server.ts';

/** Several test files run at the same time, each with a few pools. */
const maxConnections = 200;

/** Where Linux keeps files in memory, and what has to be free there: a run takes about a third of it. */
const memoryDir = '/dev/shm';
const memoryFreeMinBytes = 2 * 1024 ** 3;
const folderPrefix = 'opsgraph-test-';
/** No run takes as long: what is older was left behind by one that was killed. */
const leftBehindAfterMs = 2 * 3_600_000;

/**
 * The PostgreSQL servers of a test run: our embedded one, this machine's own where it has one, and the one of
 * DATABASE_URL where that is set. Each gets a migrated template, from which tests copy their databases.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = await mkdtemp(join(await serversParent(), folderPrefix));
  // As root the servers run as another account; before version 16 it must be able to traverse the directory.
  await chmod(dir, 0o755);
  const running: { stop(): Promise<void> }[] = [];

  async function teardown(): Promise<void> {
    await Promise.all(running.map((server) => server.stop()));
    await rm(dir, { recursive: true, force: true });
    // What its tests bundled, beside the packages that it imports.
    const programs = new URL(`../../dist/${basename(dir)}`, import.meta.url);
    await rm(programs, { recursive: true, force: true });
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

  const python = findPython();
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
  project.provide('folder', dir);
  project.provide('python', await python);
  project.provide(
    'servers',
    outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])),
  );
  return teardown;
}

/** A new database is hundreds of files: in memory they cost a fifth of what they cost on a disk. */
async function serversParent(): Promise<string> {
  try {
    await access(memoryDir, constants.W_OK);
    await removeLeftBehind();
    const { bavail, bsize } = await statfs(memoryDir);
    if (bavail * bsize >= memoryFreeMinBytes) return memoryDir;
  } catch {
    // not on this system
  }
  return tmpdir();
}

/** From a disk the system removes them some day; memory they would fill. */
async function removeLeftBehind(): Promise<void> {
  const names = (await readdir(memoryDir)).filter((name) => name.startsWith(folderPrefix));
  const removals = names.map(async (name) => {
    const path = join(memoryDir, name);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > leftBehindAfterMs) await rm(path, { recursive: true, force: true });
  });
  await Promise.allSettled(removals); // another user's may stay, and a run that ends now removes its own
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
  return { name, url, template, copying: await copying(url) };
}

/** From 15 on, the older way of copying is still the faster one for a server that does not sync. */
async function copying(url: string): Promise<string> {
  const { rows } = await maintain(url, (client) =>
    client.query<{ version: number }>(`select current_setting('server_version_num')::int as version`),
  );
  return (rows[0]?.version ?? 0) >= 150_000 ? 'strategy file_copy' : '';
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

async function findPython(): Promise<string | null> {
  const hasIt = 'import importlib.util, sys; sys.exit(importlib.util.find_spec("websockets") is None)';
  for (const python of ['python3', '/usr/bin/python3'])
    try {
      await promisify(execFile)(python, ['-c', hasIt]);
      return python;
    } catch {
      // not in this one
    }
  return null;
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
