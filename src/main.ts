import cluster from 'node:cluster';
import { startApp, type App } from './app.ts';
import { startFailure } from './terminal/start-failure.ts';
import { openLog, openSocketLog, type SocketLog } from './log/log.ts';
import { stdout } from './log/line-writer.ts';
import { TerminalLines } from './log/terminal-lines.ts';
import { readyText } from './terminal/ready-text.ts';
import type { Config, readProcessConfig } from './settings.ts';
import { startPrimary, type Primary } from './workers/primary.ts';
import { workerConfig } from './workers/worker-config.ts';
import { connectToPrimary } from './workers/worker-link.ts';
import { WorkerEnded } from './workers/worker-process.ts';

/** The process exits this time after its sockets should be closed, even if something hangs while it stops. */
const stopMs = 9_000;
/** What the primary needs in addition, when its workers have ended or were killed. */
const workersMs = 5_000;

/**
 * Runs the server: environment, signals, exit code. On a terminal the log is text for people, with the warnings of the
 * start beneath the addresses; elsewhere it is one JSON object per line. The process ends itself.
 */
export async function startServer({
  config,
  warnings,
  shown,
  secrets,
}: ReturnType<typeof readProcessConfig>): Promise<void> {
  const env = { ...process.env };
  // A library may start programs with the whole environment, which other programs of the account can read.
  for (const name of secrets) delete process.env[name];
  const terminal = process.stdout.isTTY ? new TerminalLines(stdout()) : null;
  const destination = terminal ?? stdout();
  const log = openLog({ level: config.log.level, destination });
  const isPrimary = cluster.isPrimary && config.workers.count > 1;
  const socketLog = openSocketLogOf(isPrimary ? { ...config.log, dir: null } : config.log);
  let app: Pick<App, 'addresses' | 'stop'> | null = null;
  let primary: Primary | null = null;
  let stopping = false;
  let isReplaced = false;

  // A terminal sends its signals to the workers, too, but the primary stops them.
  process.on('SIGTERM', () => void (cluster.isPrimary && stop('SIGTERM')));
  process.on('SIGINT', () => void (cluster.isPrimary && stop('SIGINT')));
  if (isPrimary || cluster.isWorker) process.on('SIGHUP', () => void (isPrimary && hangUp()));
  // An unhandled rejection does not stop the server: graphql-js causes one where an item of a list rejects and a later
  // one throws, so a client could stop the server with it.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled promise rejection'));
  process.on('uncaughtException', (error) => {
    log.error({ err: error }, 'uncaught exception');
    void stop('uncaughtException', 1);
  });

  if (cluster.isPrimary) {
    for (const warning of warnings) log.warn({}, warning);
    log.debug({ settings: shown }, 'configured');
    log.info({}, providersLine(config));
  }
  try {
    if (cluster.isWorker) await work();
    else {
      app = isPrimary ? await startWorkers() : await startApp({ config, log, socketLog });
      const startMs = Math.round(performance.now());
      if (terminal === null) log.info({ addresses: app.addresses, startMs }, 'ready');
      else terminal.ready(readyText({ app, config, startMs }));
    }
    if (stopping) await app?.stop();
  } catch (error) {
    if (error instanceof WorkerEnded) return exit(1); // the worker has reported why
    const reason = startFailure(error, config);
    log.error({ err: error }, 'the server could not start');
    terminal?.release();
    await log.flush();
    process.stderr.write(`opsgraph could not start: ${reason}\n`);
    await exit(1);
  }

  async function startWorkers(): Promise<Primary> {
    primary = await startPrimary({
      database: config.database,
      news: config.news,
      workers: config.workers.count,
      env,
      log,
      destination,
      stopMs: config.sockets.drainMs + stopMs,
    });
    return primary;
  }

  /** Runs the server as one of several workers. */
  async function work(): Promise<void> {
    const worker = await connectToPrimary({
      log,
      stop(reason, { replaced }) {
        isReplaced = replaced;
        void stop(reason);
      },
    });
    const started = await startApp({ config: workerConfig(config), log, socketLog, worker });
    app = started;
    worker.ready(started.addresses);
  }

  /** A terminal that is closed ends the server; otherwise the signal asks for a replacement of the workers. */
  function hangUp(): void {
    if (primary === null || process.stdout.isTTY) void stop('SIGHUP');
    else void primary.reload();
  }

  /** Only a directory that LOG_DIR names has to be writable, as standard output has every line, too. */
  function openSocketLogOf({ dir, dirRequired, level }: Config['log']): SocketLog {
    try {
      return openSocketLog({ dir, level, destination });
    } catch (error) {
      const reason =
        `websocket.log cannot be opened in ${dir} (${(error as NodeJS.ErrnoException).code ?? String(error)}): ` +
        'set LOG_DIR to a directory that can be written to, or LOG_TO_FILE=false';
      if (dirRequired) {
        process.stderr.write(`opsgraph could not start: ${reason}\n`);
        process.exit(1);
      }
      log.warn({}, reason);
      return openSocketLog({ dir: null, level, destination });
    }
  }

  /** Runs once; further signals have no effect. */
  async function stop(reason: string, code = 0): Promise<void> {
    if (stopping) return;
    stopping = true;
    const write = cluster.isPrimary ? log.info : log.debug;
    write({ reason }, 'stopping');
    const patienceMs = config.sockets.drainMs + stopMs + (isPrimary ? workersMs : 0);
    setTimeout(() => process.exit(code === 0 ? 1 : code), patienceMs).unref();
    await app?.stop({ replaced: isReplaced });
    write({}, 'stopped');
    await exit(code);
  }

  async function exit(code: number): Promise<void> {
    await socketLog[Symbol.asyncDispose]();
    terminal?.release();
    await log.flush();
    process.exit(code);
  }
}

function providersLine({ providers }: Config): string {
  return providers.length === 0
    ? 'no data providers are probed: config/providers.example.yaml shows how to configure some'
    : `${providers.length} data providers are probed every 5 minutes: PROVIDERS_FILE names them`;
}
