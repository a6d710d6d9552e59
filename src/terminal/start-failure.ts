import { ListenError } from '../http/listen-error.ts';
import { isLoopback } from '../lib/loopback.ts';
import type { Config } from '../settings.ts';
import { databaseFailure } from './database-failure.ts';
import type { Failure } from './failure.ts';

/** The reason why the server could not start, with what to do. */
export function startFailure(error: unknown, config: Config): string {
  const { found, todo } = known(error, config) ?? {
    found: error instanceof Error ? error.message : String(error),
    todo: '',
  };
  return todo === '' ? found : `${found} ${todo}`;
}

function known(error: unknown, config: Config): Failure | null {
  if (error instanceof ListenError) return listenFailure(error, config.listen.port);
  const { url, dataDir } = config.database;
  return url === null ? embeddedFailure(error, dataDir) : databaseFailure(error, url);
}

/** By the messages of initdb and PostgreSQL, which the error contains, and the codes of the file system. */
const embeddedTodos: readonly (readonly [RegExp, (dataDir: string) => string])[] = [
  [
    /ENOSPC|No space left on device|could not extend file|Check free disk space/,
    (dir) => `Free disk space, or set DATA_DIR to another disk than that of ${dir}.`,
  ],
  [
    /was initialized by PostgreSQL version|database files are incompatible/,
    () => 'Export the data with the version that wrote it (pg_dump), and restore it into a new DATA_DIR.',
  ],
  [
    /mkdir|Permission denied|EACCES|EPERM|EROFS/,
    (dir) => `Make ${dir} writable for the account of the server, or set DATA_DIR to another directory.`,
  ],
  [
    /could not (create|map|resize) .*(shared memory|semaphore)/,
    () => 'Raise the limits of the kernel (kernel.shmmax, kernel.sem), or set DATABASE_URL.',
  ],
  [
    /GLIBC|symbol not found|ENOENT|cannot execute/,
    () => 'The embedded PostgreSQL requires glibc: set DATABASE_URL.',
  ],
];

/** @returns null for an error that says what to do itself. */
function embeddedFailure(error: unknown, dataDir: string): Failure | null {
  if (!(error instanceof Error) || /set DATABASE_URL|DATA_DIR to another/i.test(error.message)) return null;
  const todo = embeddedTodos.find(([message]) => message.test(error.message));
  return todo === undefined ? null : { found: error.message.replace(/\.?$/, '.'), todo: todo[1](dataDir) };
}

/** @param mainPort the value of PORT. */
export function listenFailure({ host, port, code }: ListenError, mainPort: number): Failure {
  const variable = port === mainPort ? 'PORT' : 'LEGACY_LISTENERS';
  const found = `Port ${port} of ${host} cannot be opened (${code}).`;
  const todos: Readonly<Record<string, string>> = {
    EADDRINUSE: `Another program uses it, perhaps another opsgraph: stop it, or set ${variable} to another port.`,
    EACCES: `Ports below 1024 require root or CAP_NET_BIND_SERVICE: set ${variable} to a higher one.`,
    EADDRNOTAVAIL: 'This computer does not have the address: correct HOST.',
    ENOTFOUND: 'The name cannot be resolved: correct HOST.',
  };
  const reachable = isLoopback(host) ? '' : ' Check HOST.';
  return { found, todo: todos[code] ?? `Set ${variable} to another port.${reachable}` };
}
