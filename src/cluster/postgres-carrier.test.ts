import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTestDatabase, proxied, servers } from '../../test/_util/database.ts';
import { openDatabase, type DatabaseHandle } from '../db/database.ts';
import type { DurableLog } from '../journal/journal.ts';
import { openPostgresLog } from '../journal/postgres-log.ts';
import { showingStatements } from '../../test/_util/statements.ts';
import { follow } from '../../test/_util/follow.ts';
import { every } from '../journal/topic.ts';
import { openLog, silentLog } from '../log/log.ts';
import { describeCarrier } from './carrier.contract.ts';
import { receiveNews, type NewsReceiver } from './news-receiver.ts';
import { postgresCarrier, type PostgresCarrierOptions } from './postgres-carrier.ts';

describeCarrier('notifications of PostgreSQL', async (connection) => {
  const { proxy, connection: behind } = await proxied(connection);
  return {
    connect: ({ database, log }) => {
      const options = { database, log, listenUrl: behind, proveEveryMs: 100, proofMs: 500 };
      return Promise.resolve({
        sender: null,
        openCarrier: (...to) => postgresCarrier(options, ...to),
        [Symbol.asyncDispose]: () => Promise.resolve(),
      });
    },
    restart() {
      proxy.cut();
      proxy.heal();
      return Promise.resolve();
    },
    silence: {
      start: proxy.blackHole,
      end() {
        proxy.cut();
        proxy.heal();
      },
    },
  };
});

const topic = every<{ n: number }>('alpha');

interface Instance {
  readonly log: DurableLog;
  readonly database: DatabaseHandle;
  readonly newsReceiver: NewsReceiver;
  /** Messages logged at WARNING and INFO. */
  readonly lines: readonly { level: string; msg: string }[];
}

describe.each(servers)('commits of other instances ($name)', (server) => {
  async function instance(
    connection: string,
    options: Partial<PostgresCarrierOptions> = {},
    showStatement: (text: string) => void = () => {},
  ): Promise<Instance> {
    const lines: { level: string; msg: string }[] = [];
    const write = (line: string): void => void lines.push(JSON.parse(line) as { level: string; msg: string });
    const database = openDatabase({ connection, log: silentLog });
    const shown = showingStatements(database, showStatement);
    const eventLog = await openPostgresLog({ database: shown, log: silentLog, retryMs: 20 });
    const log = openLog({ level: 'INFO', destination: { write } });
    const newsReceiver = receiveNews({
      eventLog,
      openCarrier: (...to) => postgresCarrier({ database, log, proofMs: 500, ...options }, ...to),
    });
    onTestFinished(async () => {
      await newsReceiver[Symbol.asyncDispose]();
      await eventLog[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    });
    return { log: eventLog, database, newsReceiver, lines };
  }

  async function shared(): Promise<string> {
    const own = await createTestDatabase(server);
    onTestFinished(() => own.drop());
    return own.connection;
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

  it('reach another instance without a query, unless they are larger than a notification', async () => {
    const connection = await shared();
    const statements: string[] = [];
    const one = await instance(connection);
    const two = await instance(connection, { proofMs: 10_000 }, (text) => statements.push(text));
    await vi.waitUntil(() => two.newsReceiver.receiving());
    const stop = new AbortController();
    const reading = read(two.log, 21, stop.signal);
    await append(one.log, 1);
    await vi.waitUntil(() => two.log.head() === 1); // what it read when it began to listen is behind it
    statements.length = 0;
    for (let n = 2; n <= 20; n++) await append(one.log, n);
    await vi.waitUntil(() => two.log.head() === 20);
    expect(statements).toEqual([]);
    await one.log.append([{ topic, key: 'k', type: 'counted', payload: { n: 21, text: 'x'.repeat(8_000) } }]);
    expect(await reading).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
    expect(statements).toHaveLength(1);
    stop.abort();
  });

  it('are polled while the LISTEN connection is lost, which is logged once', async () => {
    const connection = await shared();
    const [one, two] = await Promise.all([instance(connection), instance(connection)]);
    const stop = new AbortController();
    await append(one.log, 1);
    expect(await read(two.log, 1, stop.signal)).toEqual([1]);
    await vi.waitUntil(() => two.newsReceiver.receiving());
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'opsgraph-listen'
      and datname = current_database()`.execute(one.database.kysely);
    await vi.waitUntil(() => !two.newsReceiver.receiving());
    await append(one.log, 2);
    expect(await read(two.log, 2, stop.signal)).toEqual([1, 2]);
    await vi.waitUntil(() => two.newsReceiver.receiving(), { timeout: 10_000 });
    expect(two.lines.map(({ level }) => level)).toEqual(['WARNING', 'INFO']);
    stop.abort();
  });

  it('are polled while LISTEN succeeds and no notification arrives, which is logged once', async () => {
    const connection = await shared();
    const elsewhere = await createTestDatabase(server, { empty: true }); // like a connection to the old primary
    onTestFinished(() => elsewhere.drop());
    const one = await instance(connection);
    const receivesNothing = await instance(connection, {
      listenUrl: elsewhere.connection,
      listenAgainMs: 50,
      proofMs: 50,
    });
    await vi.waitUntil(() => receivesNothing.lines.length > 0);
    const stop = new AbortController();
    await append(one.log, 1);
    expect(await read(receivesNothing.log, 1, stop.signal)).toEqual([1]);
    await vi.waitUntil(async () => (await sessionsOf(elsewhere.connection, server.url)) > 3);
    expect(receivesNothing.newsReceiver.receiving()).toBe(false);
    expect(receivesNothing.lines).toMatchObject([
      { level: 'WARNING', msg: expect.stringMatching(/DATABASE_LISTEN_URL/) as string },
    ]);
    stop.abort();
  });
});

/** The number of sessions that a database has had. */
async function sessionsOf(connection: string, url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ sessions: number }>(
    'select sessions::int from pg_stat_database where datname = $1',
    [new URL(connection).pathname.slice(1)],
  );
  await client.end();
  return rows[0]?.sessions ?? 0;
}
