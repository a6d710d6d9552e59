import { openDatabase } from '../../src/db/database.ts';
import { lockBoundsDefault } from '../../src/journal/log-transaction.ts';
import { openPostgresLog } from '../../src/journal/postgres-log.ts';
import { every } from '../../src/journal/topic.ts';
import { silentLog } from '../../src/log/log.ts';

/**
 * Holds the log's lock in the middle of a transaction: prints `locked`, and goes on when it reads a line. It appends one
 * more event afterwards, and prints what became of the transaction.
 */
const handle = openDatabase({ connection: process.argv[2] ?? '', log: silentLog });
const lock = { ...lockBoundsDefault, idleMs: Number(process.argv[3]) };
const log = await openPostgresLog({ database: handle, log: silentLog, lock });
const topic = every<{ n: number }>('alpha');
const draftOf = (id: string) => ({ topic, key: 'k', type: 'counted', id, payload: { n: 1 } });
const line = new Promise((resolve) => process.stdin.once('data', resolve));
let attempts = 0;
const held = log.transact(async () => {
  if (attempts++ === 0) process.stdout.write('locked\n');
  await line;
  return { value: null, drafts: [draftOf('held')] };
});
const code = await held.then(
  () => 'stored',
  (error: { code?: string }) => error.code ?? 'unknown',
);
await log.append([draftOf('afterwards')]);
process.stdout.write(`${code}\n`);
process.exit();
