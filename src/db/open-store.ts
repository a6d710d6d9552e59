import { join } from 'node:path';
import type { PoolConfig } from 'pg';
import type { DatabaseConfig } from '../config/database.ts';
import type { Log } from '../log/log.ts';
import { openDatabase, type DatabaseHandle } from './database.ts';
import { startEmbedded } from './embedded.ts';
import { buildLaterIndexes } from './later-indexes.ts';
import { migrate } from './migrate.ts';

export interface StoreOptions {
  /** The embedded database, if another process runs it. */
  readonly running?: PoolConfig | null;
  /** Connections to an embedded database that other processes need. */
  readonly connections?: number;
}

/** Connections to an embedded database for people and their tools, and for the process that runs it. */
const embeddedReserve = 30;

/**
 * Opens the configured database, or starts one below the data directory, with the latest schema.
 * @param undo receives a function for each step that reverts it, also when a later one fails
 */
export async function openStore(
  { url, listenUrl, poolSize, dataDir }: DatabaseConfig,
  log: Log,
  undo: (() => unknown)[],
  { running = null, connections }: StoreOptions = {},
): Promise<DatabaseHandle> {
  const starts = url === null && running === null;
  const embedded = starts
    ? await startEmbedded({
        dataDir: join(dataDir, 'postgres'),
        log,
        ...(connections !== undefined && { maxConnections: connections + embeddedReserve }),
      })
    : null;
  if (embedded !== null) undo.push(() => embedded.stop());
  const connection = url ?? embedded?.connection ?? running ?? '';
  const database = openDatabase({ connection, max: poolSize, log });
  undo.push(() => database[Symbol.asyncDispose]());
  await migrate(database, log);
  const indexes = buildLaterIndexes({ database, log, directUrl: listenUrl });
  undo.push(() => indexes[Symbol.asyncDispose]());
  return database;
}
