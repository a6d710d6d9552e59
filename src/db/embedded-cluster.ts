import { append } from '../lib/append.ts';
import { once } from 'node:events';
import { chown, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../errors.ts';
import type { Log } from '../log/log.ts';
import { isUnnamed } from './embedded-account.ts';
import { giveAway } from './embedded-ownership.ts';
import { nobody, signal, start, type Identity } from './embedded-process.ts';
import { guarded } from '../lib/guarded.ts';

/** Time for the last checkpoint of an orphaned server before it is killed. */
const orphanTimeoutMs = 8_000;
const orphanEndMs = 12_000;
const orphanPollMs = 10;

/** Maximum length of initdb's output in the error. */
const outputMaxChars = 4_000;

/** The path by which a process reaches its working directory, even below inaccessible folders. */
export const workingDirectory = '/proc/self/cwd';

export interface Cluster {
  readonly binaries: string;
  /** Whether children end with this process. */
  readonly endsWithParent: boolean;
  readonly identity: Identity | undefined;
  /** The PostgreSQL data directory. */
  readonly path: string;
  /** Whether `identity` can traverse the folders above `path`. */
  readonly reachable: boolean;
  readonly superuser: string;
  readonly durable: boolean;
}

/**
 * Runs initdb in a temporary folder and renames it, so that an interrupted start leaves nothing incomplete. Unlike the
 * server, initdb rejects an account without a name, so it runs as `nobody` if the server has such an account.
 */
export async function createCluster(cluster: Cluster): Promise<void> {
  const fresh = `${cluster.path}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { mode: 0o700 });
  const { identity } = cluster;
  const maker = identity && isUnnamed(identity.uid) ? nobody : identity;
  if (maker) await chown(fresh, maker.uid, maker.gid);
  const args = ['-D', cluster.reachable ? fresh : workingDirectory, '-U', cluster.superuser];
  // Trust: the only access is a Unix socket in a folder that no other account can enter.
  append(args, ['-A', 'trust', '-E', 'UTF8', '--no-instructions', ...(await localeArguments(cluster))]);
  if (!cluster.durable) args.push('--no-sync');
  try {
    await run({ ...cluster, identity: maker }, 'initdb', args, cluster.reachable ? '/' : fresh);
    if (identity && maker !== identity) await giveAway(fresh, identity);
    await rename(fresh, cluster.path);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw error;
  }
  if (cluster.durable) await syncDirectory(dirname(cluster.path));
}

/**
 * Ends processes that a killed process left in the data directory. The caller holds the lock of the directory, so every
 * process in it is an orphan.
 */
export async function endOrphans(path: string, log: Log): Promise<void> {
  const pidFile = join(path, 'postmaster.pid');
  const pid = await readPid(pidFile);
  if (pid === undefined) return;
  const began = performance.now();
  let asked = false;
  let left = await serversIn(path, pid);
  while (left.length > 0) {
    const waitedMs = performance.now() - began;
    if (waitedMs > orphanEndMs) {
      throw new AppError(
        'DATABASE_UNAVAILABLE',
        `An orphaned PostgreSQL (process ${left.join(', ')}) still uses ${path} and does not exit.`,
      );
    }
    if (!asked) log.warn({ pids: left, path }, 'ending an orphaned PostgreSQL of a killed process');
    // Backends without a postmaster exit by themselves; killing them loses nothing that was acknowledged.
    if (!asked && left.includes(pid)) signal(pid, 'SIGINT');
    if (waitedMs > orphanTimeoutMs) for (const process of left) signal(process, 'SIGKILL');
    asked = true;
    await delay(orphanPollMs);
    left = await serversIn(path, pid);
  }
  // PostgreSQL mistakes any process with this id for its predecessor and would not start.
  if (signal(pid, 0)) await rm(pidFile, { force: true });
}

/** Processes of a PostgreSQL server that use the directory. Its postmaster's id may have been reused. */
async function serversIn(path: string, postmaster: number): Promise<number[]> {
  // Without /proc only the postmaster can be checked, by its id alone.
  if (process.platform !== 'linux') return signal(postmaster, 0) ? [postmaster] : [];
  const wanted = await stat(path);
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  const works = await Promise.all(
    pids.map(async (pid) => {
      try {
        const { dev, ino } = await stat(`/proc/${pid}/cwd`);
        if (dev !== wanted.dev || ino !== wanted.ino) return false;
        return (await readFile(`/proc/${pid}/comm`, 'utf8')).startsWith('postgres');
      } catch {
        return false; // ended in the meantime, or another user's
      }
    }),
  );
  return pids.filter((_, at) => works[at]);
}

/** Before 17 the locale comes from the operating system, which must have it. */
async function localeArguments(cluster: Cluster): Promise<string[]> {
  const output = await run(cluster, 'initdb', ['--version'], '/');
  const major = Number(/(\d+)(?:\.\d+)?/.exec(output)?.[1]);
  if (major < 17) return ['--locale=C.UTF-8'];
  return ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
}

/** Runs a program to completion and returns its output, which is also in the error when it fails. */
async function run(cluster: Cluster, program: string, args: string[], cwd: string): Promise<string> {
  const { binaries } = cluster;
  const child = start(join(binaries, program), args, { ...cluster, cwd });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-outputMaxChars);
  };
  child.stdout.on('data', guarded(collect));
  child.stderr.on('data', guarded(collect));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === 0) return output;
  throw new AppError(
    'DATABASE_UNAVAILABLE',
    `${program} failed for ${dirname(cluster.path)} (${basename(binaries)} of ${dirname(binaries)}): ${reasonIn(output)}`,
  );
}

/** The lines of a failure, without those of the steps before it. */
function reasonIn(output: string): string {
  const lines = output.trim().split('\n');
  const reasons = lines.filter((line) => /(FATAL|PANIC|ERROR|DETAIL|HINT|error|warning): /.test(line));
  return (reasons.length === 0 ? lines : reasons).join(' / ');
}

async function readPid(file: string): Promise<number | undefined> {
  try {
    const pid = Number.parseInt(await readFile(file, 'utf8'), 10);
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
