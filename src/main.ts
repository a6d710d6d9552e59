import { startApp, type App } from './app.ts';
import { settingsHelp } from './config/reference.ts';
import { readEnv } from './config/env.ts';
import { openLog, openSocketLog, type SocketLog } from './log/log.ts';
import { readConfig, settings, type Config } from './settings.ts';

/** The process: environment, signals, exit code. */

/** Whatever hangs while stopping, the process is gone after this. */
const stopMs = 9_000;

const help = `Usage: npm start [-- --help]

Starts the server. It is configured by variables of the environment and by the file .env in the working directory.`;

const { config, warnings, shown, environment } = configured();
const log = openLog({ level: config.log.level });
const socketLog = openSocketLogOf(config.log);
let app: App | null = null;
let stopping = false;

process.on('SIGTERM', () => void stop('SIGTERM'));
process.on('SIGINT', () => void stop('SIGINT'));
// A promise that nobody waited for undoes nothing that others rely on. graphql-js leaves one behind where, in a list, an
// item rejects and a later one throws: no client may end the process by that.
process.on('unhandledRejection', (error) => log.error({ err: error }, 'a rejection that nobody handled'));
process.on('uncaughtException', (error) => {
  log.error({ err: error }, 'an error that nobody handled');
  void stop('uncaughtException', 1);
});

for (const warning of warnings) log.warn({}, warning);
log.debug({ settings: shown }, 'configured');
log.info({}, providersLine(config));
try {
  app = await startApp({ config, log, socketLog, environment });
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

function configured() {
  if (process.argv.includes('--help')) {
    process.stdout.write(`${help}\n\n${settingsHelp(settings)}\n`);
    process.exit(0);
  }
  try {
    const cwd = process.cwd();
    const { values, file } = readEnv(cwd, process.env);
    const read = readConfig(values, { cwd, envFile: file });
    // A library may start programs with our whole environment, which others of our account can read.
    for (const name of read.secrets) delete process.env[name];
    return {
      ...read,
      environment: values['NODE_ENV'] ?? 'production',
    };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

/** A directory that nobody named may be unwritable, as on a read-only file system: everything is on stdout too. */
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
    ...feeds.map(({ title, url }) => `    ${title.padEnd(13)} ${url}`),
    `    health        ${addresses.http}/health`,
    '',
    '',
  ].join('\n');
}

/** Once; further signals meanwhile change nothing. */
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
