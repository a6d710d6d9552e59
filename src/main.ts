import { startApp, type App } from './app.ts';
import { startFailure } from './terminal/start-failure.ts';
import { openLog, openSocketLog, type SocketLog } from './log/log.ts';
import { stdout } from './log/line-writer.ts';
import { TerminalLines } from './log/terminal-lines.ts';
import { readyText } from './terminal/ready-text.ts';
import type { Config, readProcessConfig } from './settings.ts';

/** The process exits this time after its sockets should be closed, even if something hangs while it stops. */
const stopMs = 9_000;

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
  // A library may start programs with the whole environment, which other programs of the account can read.
  for (const name of secrets) delete process.env[name];
  const terminal = process.stdout.isTTY ? new TerminalLines(stdout()) : null;
  const destination = terminal ?? stdout();
  const log = openLog({ level: config.log.level, destination });
  const socketLog = openSocketLogOf(config.log);
  let app: App | null = null;
  let stopping = false;

  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
  // An unhandled rejection does not stop the server: graphql-js causes one where an item of a list rejects and a later
  // one throws, so a client could stop the server with it.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled promise rejection'));
  process.on('uncaughtException', (error) => {
    log.error({ err: error }, 'uncaught exception');
    void stop('uncaughtException', 1);
  });

  for (const warning of warnings) log.warn({}, warning);
  log.debug({ settings: shown }, 'configured');
  log.info({}, providersLine(config));
  try {
    app = await startApp({ config, log, socketLog });
    const startMs = Math.round(performance.now());
    if (terminal === null) log.info({ addresses: app.addresses, startMs }, 'ready');
    else terminal.ready(readyText({ app, config, startMs }));
    if (stopping) await app.stop();
  } catch (error) {
    const reason = startFailure(error, config);
    log.error({ err: error }, 'the server could not start');
    terminal?.release();
    await log.flush();
    process.stderr.write(`opsgraph could not start: ${reason}\n`);
    await exit(1);
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
    log.info({ reason }, 'stopping');
    setTimeout(() => process.exit(code === 0 ? 1 : code), config.sockets.drainMs + stopMs).unref();
    await app?.stop();
    log.info({}, 'stopped');
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
