import { join } from 'node:path';
import { openDatabase, type DatabaseHandle } from '../db/database.ts';
import { startEmbedded } from '../db/embedded.ts';
import { runningEmbedded } from '../db/embedded-running.ts';
import { namesIn } from '../db/migration-tables.ts';
import { openLog, type Log } from '../log/log.ts';
import { TerminalLines } from '../log/terminal-lines.ts';
import { undoAll, type Undo } from '../lib/undo.ts';
import type { Config } from '../settings.ts';
import { databaseFailure } from '../terminal/database-failure.ts';
import { migrations } from '../../migrations/list.ts';

/** The last migration of this program. */
export const lastMigration = Object.keys(migrations).sort().at(-1) ?? '';

export interface OpenedDatabase extends AsyncDisposable {
  readonly database: DatabaseHandle;
  readonly log: Log;
}

/**
 * Opens the configured database for a command: the one that a server uses now, or the embedded one, which runs until it
 * is closed. Warnings are printed on standard error.
 */
export async function openForCommand({ url, dataDir }: Config['database']): Promise<OpenedDatabase> {
  const undo: Undo[] = [];
  const log = stderrLog();
  const close = () => undoAll(undo, (error) => log.error({ err: error }, 'the database was not closed'));
  try {
    const connection = url ?? (await embedded(join(dataDir, 'postgres'), log, undo));
    const database = openDatabase({ connection, max: 3, log });
    undo.push(() => database[Symbol.asyncDispose]());
    await database.ping();
    return { database, log, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw explained(error, url);
  }
}

async function embedded(dataDir: string, log: Log, undo: Undo[]) {
  const running = await runningEmbedded(dataDir);
  if (running !== null) return running;
  const started = await startEmbedded({ dataDir, log });
  undo.push(() => started.stop());
  return started.connection;
}

/** The same error with what to do, where that is known. */
export function explained(error: unknown, url: string | null): unknown {
  const failure = url === null ? null : databaseFailure(error, url);
  return failure === null ? error : new Error(`${failure.found} ${failure.todo}`, { cause: error });
}

/** @throws Error if the tables are not those of this version. */
export async function requireNewestSchema({ kysely }: DatabaseHandle): Promise<void> {
  const applied = await namesIn(kysely);
  if (applied === null)
    throw new Error('The database has no tables of opsgraph: nothing was stored in it yet.');
  const pending = Object.keys(migrations).filter((name) => !applied.includes(name));
  if (pending.length === 0 && applied.length === Object.keys(migrations).length) return;
  throw new Error(
    pending.length > 0
      ? `The database needs ${pending.length} migrations: start the server of this version once, or use the version that last ran on it.`
      : 'The database is newer than this program: run the newer program.',
  );
}

function stderrLog(): Log {
  const out = { write: (text: string) => void process.stderr.write(text), flush: () => Promise.resolve() };
  const lines = new TerminalLines(out);
  lines.release();
  return openLog({ level: 'WARNING', destination: lines });
}
