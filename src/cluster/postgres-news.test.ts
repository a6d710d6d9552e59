import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTestDatabase, servers } from '../../test/_util/database.ts';
import { openDatabase, type DatabaseHandle } from '../db/database.ts';
import type { DurableLog } from '../journal/journal.ts';
import { openPostgresLog } from '../journal/postgres-journal.ts';
import { follow } from '../journal/reader.ts';
import { every } from '../journal/topic.ts';
import { silentLog } from '../log.ts';
import { followOthers } from './postgres-news.ts';

const topic = every<{ n: number }>('alpha');

describe.each(servers)('news of other instances ($name)', (server) => {
  async function instance(connection: string): Promise<{ log: DurableLog; database: DatabaseHandle }> {
    const database = openDatabase({ connection, log: silentLog });
    const log = await openPostgresLog({ database, log: silentLog, retryMs: 20 });
    const news = followOthers(database, log, silentLog);
    onTestFinished(async () => {
      await news[Symbol.asyncDispose]();
      await log[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    });
    return { log, database };
  }

  async function read(log: DurableLog, count: number, stop: AbortSignal): Promise<number[]> {
    const seen: number[] = [];
    for await (const entry of follow(log, { topics: ['alpha'], after: 'earliest', signal: stop })) {
      if (seen.push((entry.payload as { n: number }).n) === count) break;
    }
    return seen;
  }

  async function append(log: DurableLog, n: number): Promise<void> {
    await log.append([{ topic, key: 'k', type: 'counted', payload: { n } }]);
  }

  it('bring every event to the readers of each, once and in one order', async () => {
    const shared = await createTestDatabase(server);
    onTestFinished(() => shared.drop());
    const [one, two] = await Promise.all([instance(shared.connection), instance(shared.connection)]);
    const stop = new AbortController();
    const reading = Promise.all([read(one.log, 60, stop.signal), read(two.log, 60, stop.signal)]);
    await Promise.all(Array.from({ length: 60 }, (_, n) => append(n % 2 === 0 ? one.log : two.log, n)));
    const [first, second] = await reading;
    expect(first).toEqual(second);
    expect(new Set(first).size).toBe(60);
    stop.abort();
  });

  it('are asked for when the connection that tells them is lost', async () => {
    const shared = await createTestDatabase(server);
    onTestFinished(() => shared.drop());
    const [one, two] = await Promise.all([instance(shared.connection), instance(shared.connection)]);
    const stop = new AbortController();
    await append(one.log, 1);
    expect(await read(two.log, 1, stop.signal)).toEqual([1]);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'opsgraph-news'
      and datname = current_database()`.execute(one.database.kysely);
    await append(one.log, 2);
    expect(await read(two.log, 2, stop.signal)).toEqual([1, 2]);
    stop.abort();
  });
});
