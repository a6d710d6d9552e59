import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { InvalidFile, lineCharsMax, readJournal, type Header } from '../archive/format.ts';
import { importJournal } from '../archive/import-journal.ts';
import { openNews } from '../cluster/open-news.ts';
import { migrate } from '../db/migrate.ts';
import { createDomains } from '../domains/domains.ts';
import { readLogIdentity } from '../journal/log-identity.ts';
import { openRestore } from '../journal/restore.ts';
import { guarded } from '../lib/guarded.ts';
import { Lines } from '../lib/lines.ts';
import { readProcessConfig, type Config } from '../settings.ts';
import { UsageError } from './command.ts';
import { explained, lastMigration, openForCommand } from './open-database.ts';
import { format, ProgressLine } from './progress-line.ts';

/** The command `opsgraph import`. */
export async function importCommand([file = '-', ...more]: readonly string[]): Promise<number> {
  if (more.length > 0) throw new UsageError(`Unexpected argument ${JSON.stringify(more[0])}.`);
  if (file === '-' && process.stdin.isTTY)
    throw new UsageError('Standard input is a terminal: name a file, or redirect it.');
  const { config } = readProcessConfig();
  const line = new ProgressLine();
  if (file !== '-' && (await stat(file)).isFile()) await verify(file, line);
  await using opened = await openForCommand(config.database);
  const { database, log } = opened;
  try {
    await migrate(database, log);
    const { serverVersion } = await readLogIdentity(database.kysely);
    await using news = await openNews({ ...config.database, ...config.news, database, log });
    const { sender } = news;
    await using restore = openRestore(database, { handlers: handlersOf(config), serverVersion, sender });
    const events = readJournal(linesOf(open(file), file.endsWith('.gz')), requireSameSchema);
    const { stored, known } = await importJournal(events, restore, (so) =>
      line.show(so.stored + so.known, 'events'),
    );
    const before = known === 0 ? '' : ` (${format(known)} were stored before)`;
    line.end(`Imported ${format(stored)} events${before}`);
    return 0;
  } catch (error) {
    line.clear();
    throw explained(error, config.database.url);
  }
}

/** Reads a whole file first, so that nothing of a truncated one is stored. Standard input cannot be read twice. */
async function verify(file: string, line: ProgressLine): Promise<void> {
  let count = 0;
  for await (const _ of readJournal(linesOf(open(file), file.endsWith('.gz')), requireSameSchema)) {
    count += 1;
    line.show(count, 'events verified');
  }
  line.clear();
}

/** Migrations change what events contain, so a file fits the tables of its own version only. */
function requireSameSchema({ schema, program }: Header): void {
  if (schema === lastMigration) return;
  throw new InvalidFile(
    `The file was exported by ${program} from a database with the schema ${schema}; this program has ${lastMigration}. ` +
      (schema < lastMigration
        ? 'Import it with the version that exported it, and then start this one, which migrates the database.'
        : 'Import it with the newer version.'),
  );
}

function handlersOf(config: Config) {
  const unused = (): never => {
    throw new Error('no server runs in this process');
  };
  const { all } = createDomains({ config, connections: unused, subscriptions: unused, instances: unused });
  return all.flatMap(({ handlers }) => handlers ?? []);
}

function open(file: string): Readable {
  return file === '-' ? process.stdin : createReadStream(file);
}

async function* linesOf(source: Readable, compressed: boolean): AsyncGenerator<string> {
  const lines = new Lines(lineCharsMax);
  const text = compressed ? source.pipe(createGunzip()) : source;
  const failed = (error: Error): void => void text.destroy(error);
  source.on('error', guarded(failed));
  let rest = false;
  try {
    for await (const chunk of text.setEncoding('utf8')) {
      const part = String(chunk);
      rest = !part.endsWith('\n');
      yield* lines.push(part);
      if (lines.dropped > 0)
        throw new InvalidFile(`A line has more than ${format(lineCharsMax)} characters.`);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR')
      throw new InvalidFile('The file is truncated: its compressed data ends early.');
    if (code?.startsWith('Z_') === true) throw new InvalidFile(`The file cannot be decompressed (${code}).`);
    throw error;
  }
  if (rest) throw new InvalidFile('The file is truncated: its last line has no end.');
}
