import { startApp, type App } from './app.ts';
import { runCommandLine } from './cli/command-line.ts';
import { openLog, openSocketLog, type SocketLog } from './log/log.ts';
import type { Config } from './settings.ts';

/** The process: environment, signals, exit code. */

/** The process exits after this time even if something hangs while it stops. */
const stopMs = 9_000;

const { config, warnings, shown, secrets } = runCommandLine(process.argv.slice(2));
// A library may start programs with the whole environment, which other programs of the account can read.
for (const name of secrets) delete process.env[name];
const log = openLog({ level: config.log.level });
const socketLog = openSocketLogOf(config.log);
let app: App | null = null;
let stopping = false;

process.on('SIGTERM', () => void stop('SIGTERM'));
process.on('SIGINT', () => void stop('SIGINT'));
// An unhandled rejection does not stop the server: graphql-js causes one where an item of a list rejects and a later one
// throws, so a client could stop the server with it.
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
  log.info({ addresses: app.addresses, startMs: Math.round(performance.now()) }, 'ready');
  process.stderr.write(banner(app));
  if (stopping) await app.stop();
} catch (error) {
  log.error({ err: error }, 'the server could not start');
  process.stderr.write(
    `opsgraph could not start: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  await exit(1);
}

/** Only a directory that LOG_DIR names has to be writable, as standard output has every line, too. */
function openSocketLogOf({ dir, dirRequired, level }: Config['log']): SocketLog {
  try {
    return openSocketLog({ dir, level });
  } catch (error) {
    const reason =
      `websocket.log cannot be opened in ${dir} (${(error as NodeJS.ErrnoException).code ?? String(error)}): ` +
      'set LOG_DIR to a directory that can be written to, or LOG_TO_FILE=false';
    if (dirRequired) {
      process.stderr.write(`opsgraph could not start: ${reason}\n`);
      process.exit(1);
    }
    log.warn({}, reason);
    return openSocketLog({ dir: null, level });
  }
}

function providersLine({ providers }: Config): string {
  return providers.length === 0
    ? 'no data providers are probed: config/providers.example.yaml shows how to configure some'
    : `${providers.length} data providers are probed every 5 minutes: PROVIDERS_FILE names them`;
}

function banner({ addresses, feeds }: App): string {
  return [
    '',
    '  opsgraph is ready',
    `    GraphiQL      ${addresses.graphql}`,
    `    GraphQL       ${addresses.graphql}   (HTTP, server-sent events)`,
    `    subscriptions ${addresses.websocket}   (graphql-transport-ws)`,
    `    events        ${addresses.http}/publish   (POST, JSON)`,
    ...feeds.map(
      ({ title, url }, index) => `    ${index === 0 ? 'old feeds    ' : ' '.repeat(13)} ${url}   (${title})`,
    ),
    `    health        ${addresses.http}/health`,
    '',
    '',
  ].join('\n');
}

/** Runs once; further signals have no effect. */
async function stop(reason: string, code = 0): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ reason }, 'stopping');
  setTimeout(() => process.exit(code === 0 ? 1 : code), stopMs).unref();
  await app?.stop();
  log.info({}, 'stopped');
  await exit(code);
}

async function exit(code: number): Promise<void> {
  await socketLog[Symbol.asyncDispose]();
  await log.flush();
  process.exit(code);
}
