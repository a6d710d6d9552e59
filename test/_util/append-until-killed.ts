import { openDatabase } from '../../src/db/database.ts';
import { openPostgresLog } from '../../src/journal/postgres-log.ts';
import { every } from '../../src/journal/topic.ts';
import { silentLog } from '../../src/log/log.ts';

/** Appends events until it is killed, and prints the id of each acknowledged event on a line. */
const handle = openDatabase({ connection: process.argv[2] ?? '', log: silentLog });
const log = await openPostgresLog({ database: handle, log: silentLog });
const topic = every<{ n: number }>('alpha');
for (let n = 0; n < 100_000; n += 8) {
  const batches = Array.from({ length: 8 }, (_, index) =>
    log.append([{ topic, key: 'k', type: 'counted', payload: { n: n + index } }]),
  );
  for (const receipts of await Promise.all(batches)) process.stdout.write(`${receipts[0]?.id}\n`);
}
