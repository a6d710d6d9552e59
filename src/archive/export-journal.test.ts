import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/_util/database.ts';
import { openDatabase, type DatabaseHandle } from '../db/database.ts';
import { openPostgresLog } from '../journal/postgres-log.ts';
import { every } from '../journal/topic.ts';
import { silentLog } from '../log/log.ts';
import { exportJournal, type ExportOptions } from './export-journal.ts';

const alpha = every<{ n: number }>('alpha.events');
const beta = every<{ n: number }>('beta.events');

describe('the selection of an export', () => {
  let own: TestDatabase;
  let database: DatabaseHandle;
  let cursors: readonly string[];

  beforeAll(async () => {
    own = await createTestDatabase();
    database = openDatabase({ connection: own.connection, log: silentLog });
    await using log = await openPostgresLog({ database, log: silentLog });
    const drafts = Array.from({ length: 450 }, (_, n) => {
      const topic = n % 2 === 0 ? alpha : beta;
      return { topic, key: 'k', type: 'counted', payload: { n } };
    });
    cursors = (await log.append(drafts)).map(({ cursor }) => cursor);
  });

  afterAll(async () => {
    await database[Symbol.asyncDispose]();
    await own.drop();
  });

  async function numbers(options: Partial<ExportOptions>): Promise<number[]> {
    const rest = { program: 'opsgraph 0', schema: 's', progress: () => {} };
    const selection = { since: null, until: null, topics: null, ...rest, ...options };
    let text = '';
    for await (const chunk of exportJournal(database.kysely, selection)) text += chunk;
    const lines = text.trim().split('\n').slice(1, -1);
    return lines.map((line) => (JSON.parse(line) as { payload: { n: number } }).payload.n);
  }

  const range = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index);

  it('is everything by default, over several pages', async () => {
    expect(await numbers({})).toEqual(range(0, 449));
    expect(await numbers({ since: 'earliest' })).toEqual(range(0, 449));
  });

  it('begins after a cursor and ends with one', async () => {
    expect(await numbers({ since: cursors[9] ?? '', until: cursors[19] ?? '' })).toEqual(range(10, 19));
  });

  it('begins and ends at a time', async () => {
    expect(await numbers({ since: '2020-01-01' })).toEqual(range(0, 449));
    expect(await numbers({ since: '2999-01-01T00:00:00Z' })).toEqual([]);
    expect(await numbers({ until: '2020-01-01' })).toEqual([]);
  });

  it('has only the selected topics, and rejects one that the log does not have', async () => {
    expect(await numbers({ topics: ['beta.events'], until: cursors[5] ?? '' })).toEqual([1, 3, 5]);
    await expect(numbers({ topics: ['beta.event'] })).rejects.toThrow('did you mean beta.events?');
  });

  it('rejects a cursor of another log, and one whose following events were removed', async () => {
    await expect(numbers({ since: 'other_1' })).rejects.toThrow('belongs to another log');
    await expect(numbers({ since: 'nonsense' })).rejects.toThrow('not valid');
    await database.pool.query(`insert into event_floors (topic, seq) values ('alpha.events', 3)`);
    await expect(numbers({ since: cursors[0] ?? '' })).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
    expect(await numbers({ since: cursors[2] ?? '', until: cursors[4] ?? '' })).toEqual([3, 4]);
  });
});
