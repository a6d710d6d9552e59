import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { sql } from 'kysely';
import pkg from '../../package.json' with { type: 'json' };
import { exportJournal } from '../archive/export-journal.ts';
import { listOf } from '../config/parsers.ts';
import { readProcessConfig } from '../settings.ts';
import { UsageError } from './command.ts';
import { explained, lastMigration, openForCommand, requireNewestSchema } from './open-database.ts';
import { format, ProgressLine } from './progress-line.ts';

interface Values {
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly topics: string | undefined;
  readonly output: string;
}

/** The command `opsgraph export`. Standard output has nothing but the data; a file appears when it is complete. */
export async function exportCommand({ since, until, topics, output }: Values): Promise<number> {
  if (output === '-' && process.stdout.isTTY)
    throw new UsageError('Standard output is a terminal: name a file with --output, or redirect it.');
  const { config } = readProcessConfig();
  await using opened = await openForCommand(config.database);
  const { database } = opened;
  await requireNewestSchema(database);
  const line = new ProgressLine();
  let count = 0;
  try {
    await database.kysely
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (db) => {
        // The reader of a pipe may be slow.
        await sql`set local idle_in_transaction_session_timeout = 0`.execute(db);
        const chunks = exportJournal(db, {
          program: `${pkg.name} ${pkg.version}`,
          schema: lastMigration,
          since: since ?? null,
          until: until ?? null,
          topics: topics === undefined ? null : listOf(topics),
          progress(events) {
            count = events;
            line.show(events, 'events');
          },
        });
        await write(Readable.from(chunks), output);
      });
  } catch (error) {
    line.clear();
    throw explained(error, config.database.url);
  }
  line.end(`Exported ${format(count)} events to ${output === '-' ? 'standard output' : output}`);
  return 0;
}

async function write(from: Readable, output: string): Promise<void> {
  if (output === '-') return pipeline(from, process.stdout, { end: false });
  const part = `${output}.part`;
  // Events may contain what only their readers may know.
  const to: Writable = createWriteStream(part, { mode: 0o600 });
  try {
    await (output.endsWith('.gz') ? pipeline(from, createGzip(), to) : pipeline(from, to));
    await rename(part, output);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
