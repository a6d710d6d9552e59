import { chown, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type pg from 'pg';
import { AppError } from '../errors.ts';
import { makeDirectory } from '../lib/make-directory.ts';
import type { Log } from '../log/log.ts';
import { unusedAccount } from './embedded-account.ts';
import { findBinaries, hasLibrary } from './embedded-binaries.ts';
import { embeddedConnection, embeddedOwner, embeddedPort } from './embedded-connection.ts';
import { prepareDatabase, statistics } from './embedded-database.ts';
import { createCluster, endOrphans, type Cluster } from './embedded-cluster.ts';
import type { FileLock } from '../lib/file-lock.ts';
import { lockDirectory } from './embedded-lock.ts';
import { adoptCluster } from './embedded-ownership.ts';
import { canEndWithParent, nobody, reachable, type Identity } from './embedded-process.ts';
import { superviseServer } from './embedded-server.ts';

/**
 * A real PostgreSQL from npm as a child process, for installations without a database server.
 *
 * One process at a time uses a data directory. The child ends with this process however that ends (on Linux; elsewhere
 * the next start ends it), and is restarted when it exits by itself. `app.ts` starts it when DATABASE_URL is not set,
 * and so do tests. It never listens on TCP, never runs as root, and changes nothing outside `dataDir` but a socket
 * folder, the library links that npm may not have created in its package, and, if its account cannot access that
 * package, a copy under /var/tmp.
 */
export interface EmbeddedPostgres {
  /** The connection settings of a pool; they stay valid after a restart of the child. */
  readonly connection: pg.ClientConfig & { readonly host: string; readonly database: string };
  /** Such as '18.4'. */
  readonly version: string;
  /** Ends the child, forcibly if needed, and releases the directory. May be called twice. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface EmbeddedOptions {
  /**
   * A folder of its own; created if it does not exist. Contains `cluster/` (PostgreSQL's data directory) and `lock`.
   */
  readonly dataDir: string;
  readonly log: Log;
  /** False trades durability after a power failure for speed, for tests. Default true. */
  readonly durable?: boolean;
  readonly maxConnections?: number;
  /** A `bin` folder to use instead of npm's: a PostgreSQL of the operating system, 14 or newer. */
  readonly binaries?: string;
}

/** The kernel's limit of a socket's path in bytes, minus its final zero and PostgreSQL's file name. */
const socketDirMaxBytes = 107 - `/.s.PGSQL.${embeddedPort}`.length;
const socketDirPrefix = 'opsgraph-pg-';

/** Resolves when the database accepts queries; throws an `AppError` with instructions when it cannot be started. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const began = performance.now();
  const dataDir = resolve(options.dataDir);
  const lock = await claimDirectory(dataDir);
  let socketDir: string | undefined;
  let server: AsyncDisposable | undefined;
  const close = async (): Promise<void> => {
    await server?.[Symbol.asyncDispose]();
    if (socketDir !== undefined) await rm(socketDir, { recursive: true, force: true });
    // Last: the directory must not be released before its processes have exited.
    await lock.release();
  };
  try {
    const cluster = await prepareCluster(dataDir, options);
    socketDir = await makeSocketDir(lock, cluster.identity);
    server = await superviseServer(cluster, settings(cluster, socketDir, options), options.log);
    const connection = embeddedConnection(socketDir);
    const version = await prepareDatabase(connection);
    const startMs = Math.round(performance.now() - began);
    options.log.info({ dataDir, version, startMs }, 'embedded PostgreSQL is ready');
    let stopped: Promise<void> | undefined;
    const stop = (): Promise<void> => (stopped ??= close());
    return { connection, version, stop, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await close();
    throw error;
  }
}

async function claimDirectory(dataDir: string): Promise<FileLock> {
  try {
    makeDirectory(dataDir, 0o755);
    return await lockDirectory(join(dataDir, 'lock'), dataDir);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') throw cause;
    throw new AppError(
      'DATABASE_UNAVAILABLE',
      `The data directory ${dataDir} is not writable (${code}). ` +
        'Run as the user that owns it, set DATA_DIR to another one, or set DATABASE_URL.',
      { cause },
    );
  }
}

async function prepareCluster(dataDir: string, options: EmbeddedOptions): Promise<Cluster> {
  const path = join(dataDir, 'cluster');
  const existing = await stat(path).catch(() => undefined);
  const identity = await identityFor(dataDir, existing, options.log);
  const cluster: Cluster = {
    binaries: options.binaries ?? (await findBinaries({ identity, log: options.log })),
    endsWithParent: await canEndWithParent(),
    identity,
    path,
    reachable: identity === undefined || (await reachable(dataDir, identity)),
    superuser: embeddedOwner,
    durable: options.durable ?? true,
  };
  if (existing) {
    await endOrphans(path, options.log);
    await adoptCluster(path, identity);
  } else await createCluster(cluster);
  return cluster;
}

/**
 * As root, PostgreSQL runs under an account of its own, or as the owner of existing data, so that a start with sudo has
 * no side effects.
 */
async function identityFor(
  dataDir: string,
  existing: { uid: number; gid: number } | undefined,
  log: Log,
): Promise<Identity | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  if (existing && existing.uid !== 0 && existing.uid !== nobody.uid)
    return { uid: existing.uid, gid: existing.gid };
  if (process.platform !== 'linux') return nobody;
  const own = await unusedAccount(dataDir);
  if (own === undefined)
    log.warn(
      { dataDir },
      'PostgreSQL runs as nobody, so other processes of that account have access to it: no account id is free',
    );
  return own ?? nobody;
}

/** A short private folder, because the path of a data directory may be too long for a socket. */
async function makeSocketDir(lock: FileLock, identity: Identity | undefined): Promise<string> {
  // A killed process could not remove its folder.
  if (basename(lock.previousNote).startsWith(socketDirPrefix)) {
    await rm(lock.previousNote, { recursive: true, force: true });
  }
  const socketDir = await mkdtemp(join(await socketParent(identity), socketDirPrefix));
  await lock.note(socketDir);
  if (identity) await chown(socketDir, identity.uid, identity.gid);
  return socketDir;
}

async function socketParent(identity: Identity | undefined): Promise<string> {
  const parent = tmpdir();
  const madeBytes = Buffer.byteLength(join(parent, `${socketDirPrefix}XXXXXX`));
  const usable = identity === undefined || (await reachable(parent, identity));
  return usable && madeBytes <= socketDirMaxBytes ? parent : '/tmp';
}

function settings(
  cluster: Cluster,
  socketDir: string,
  { maxConnections = 50 }: EmbeddedOptions,
): Record<string, string> {
  return {
    listen_addresses: '',
    port: String(embeddedPort),
    unix_socket_directories: `"${socketDir}"`,
    unix_socket_permissions: '0700',
    max_connections: String(maxConnections),
    track_io_timing: 'on',
    ...(hasLibrary(cluster.binaries, statistics) && { shared_preload_libraries: statistics }),
    // The text of a statement may contain a secret, which must not be logged.
    log_min_error_statement: 'panic',
    log_line_prefix: '',
    ...(!cluster.durable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
}
