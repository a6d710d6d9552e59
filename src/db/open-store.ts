import { join } from 'node:path';
import type { DatabaseConfig } from '../config/database.ts';
import type { Log } from '../log/log.ts';
import { openDatabase, type DatabaseHandle } from './database.ts';
import { startEmbedded } from './embedded.ts';
import { buildLaterIndexes } from './later-indexes.ts';
import { migrate } from './migrate.ts';

/**
 * Opens the configured database, or starts one below the data directory, with the latest schema.
 * @param undo receives a function for each step that reverts it, also when a later one fails.
 */
export async function openStore(
  { url, listenUrl, poolSize, dataDir }: DatabaseConfig,
  log: Log,
  undo: (() => unknown)[],
): Promise<DatabaseHandle> {
  const embedded = url === null ? await startEmbedded({ dataDir: join(dataDir, 'postgres'), log }) : null;
  if (embedded !== null) undo.push(() => embedded.stop());
  const database = openDatabase({ connection: embedded?.connection ?? url ?? '', max: poolSize, log });
  undo.push(() => database[Symbol.asyncDispose]());
  await migrate(database, log);
  const indexes = buildLaterIndexes({ database, log, directUrl: listenUrl });
  undo.push(() => indexes[Symbol.asyncDispose]());
  return database;
}
