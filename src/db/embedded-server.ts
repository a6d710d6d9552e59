import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../errors.ts';
import type { Log } from '../log/log.ts';
import { endOrphans, workingDirectory, type Cluster } from './embedded-cluster.ts';
import { start, type Child } from './embedded-process.ts';
import { guarded } from '../lib/guarded.ts';
import { waitAtMost } from '../lib/wait-at-most.ts';

/** Long enough for a crash recovery with much unwritten data. */
const startMaxMs = 60_000;
const stopMaxMs = 5_000;
const restartDelayMinMs = 100;
const restartDelayMaxMs = 10_000;
/** A server that ran this long had started well, so its next failure counts as the first. */
const healthyAfterMs = 60_000;
/** How many of the server's last lines an error contains. */
const linesKept = 12;

/** A server that is ready, and that is restarted whenever it exits unexpectedly. */
export async function superviseServer(
  cluster: Cluster,
  settings: Readonly<Record<string, string>>,
  log: Log,
): Promise<AsyncDisposable> {
  const stopping = new AbortController();
  let child: Child | undefined;

  async function launch(): Promise<Child> {
    // Nothing would own a server that is started after the stop.
    stopping.signal.throwIfAborted();
    child = startServer(cluster, settings);
    await ready(child, cluster, log, stopping.signal);
    return child;
  }

  async function keepRunning(running: Child): Promise<void> {
    let delayMs = restartDelayMinMs;
    let current: Child | undefined = running;
    let startedAt = performance.now();
    while (!stopping.signal.aborted) {
      if (current) {
        const { code, signal } = await ended(current);
        if (stopping.signal.aborted) return;
        log.warn({ code, signal }, 'embedded PostgreSQL exited unexpectedly; restarting it');
        if (performance.now() - startedAt > healthyAfterMs) delayMs = restartDelayMinMs;
      }
      await delay(delayMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      delayMs = Math.min(2 * delayMs, restartDelayMaxMs);
      if (stopping.signal.aborted) return;
      try {
        // Backends of a killed postmaster may still be exiting.
        await endOrphans(cluster.path, log);
        current = await launch();
        startedAt = performance.now();
        log.info({}, 'embedded PostgreSQL is ready again');
      } catch (error) {
        current = undefined;
        if (!stopping.signal.aborted)
          log.error({ err: error, delayMs }, 'embedded PostgreSQL does not start');
      }
    }
  }

  // The normal exit of this process; `endsWithParent` covers a kill.
  const onProcessExit = (): void => void child?.kill('SIGINT');
  process.on('exit', onProcessExit);
  const unhook = (): void => void process.off('exit', onProcessExit);
  const supervision = await launch().then(
    (first) => ({ done: keepRunning(first) }),
    (error: unknown) => {
      unhook();
      throw error;
    },
  );

  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      if (child) await stopServer(child, log);
      await supervision.done;
      unhook();
    },
  };
}

function startServer(cluster: Cluster, settings: Readonly<Record<string, string>>): Child {
  const { binaries, path } = cluster;
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const args = ['-D', cluster.reachable ? path : workingDirectory, ...flags];
  return start(join(binaries, 'postgres'), args, { ...cluster, cwd: path });
}

/** Copies the server's messages to the log; resolves when the server accepts connections. */
async function ready(child: Child, cluster: Cluster, log: Log, stopping: AbortSignal): Promise<void> {
  const last: string[] = [];
  child.stdout.resume();
  const isReady = new Promise<'ready'>((resolve) => {
    const onLine = (line: string): void => {
      if (last.push(line) > linesKept) last.shift();
      if (line.includes('database system is ready to accept connections')) resolve('ready');
      report(line, log, stopping.aborted);
    };
    createInterface({ input: child.stderr }).on('line', guarded(onLine));
  });
  const exited = ended(child).then(() => 'exited');
  const outcome = (await waitAtMost(startMaxMs, Promise.race([isReady, exited]))) ?? 'not ready in time';
  if (outcome === 'ready') return;
  await stopServer(child, log);
  throw new AppError(
    'DATABASE_UNAVAILABLE',
    `PostgreSQL did not start in ${cluster.path}: ${last.join(' / ') || outcome}`,
  );
}

/** Graceful first: a checkpoint now makes the next start fast. */
async function stopServer(child: Child, log: Log): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const end = ended(child);
  child.kill('SIGINT');
  if ((await waitAtMost(stopMaxMs, end)) !== undefined) return;
  log.warn({ stopMaxMs }, 'embedded PostgreSQL did not stop in time; killing it');
  child.kill('SIGKILL');
  await end;
}

async function ended(child: Child): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  if (child.exitCode === null && child.signalCode === null) {
    // A program that cannot be run emits 'error' and never 'exit'.
    await once(child, 'exit').catch(() => undefined);
  }
  return { code: child.exitCode, signal: child.signalCode };
}

/** Routine lines are logged at DEBUG: errors are returned to their clients, and a stop ends every connection. */
function report(line: string, log: Log, stopping: boolean): void {
  const [, level = '', text = line] = /^([A-Z]+):\s+(.*)$/.exec(line) ?? [];
  const fields = { postgres: text };
  if (level === 'PANIC') log.error(fields, 'embedded PostgreSQL panicked');
  else if (level === 'WARNING' || (level === 'FATAL' && !stopping))
    log.warn(fields, 'embedded PostgreSQL warns');
  else log.debug(fields, 'message of the embedded PostgreSQL');
}
