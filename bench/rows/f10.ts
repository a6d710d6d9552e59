import type { Client } from '../client.ts';
import { auditText } from '../lib/audit-text.ts';
import type { Child, Stage } from '../lib/child.ts';
import { temporaryFolder } from '../lib/folder.ts';
import { cpuSecondsOf } from '../lib/processes.ts';
import { startRedis } from '../lib/redis.ts';
import { progress, type Result, type Row } from '../lib/row.ts';
import { quantile, spreadOf } from '../lib/stats.ts';
import { number } from '../lib/table.ts';
import type { OurServer } from '../servers/ours.ts';

const everyMs = 10;

/** Two instances on a database of their own, and a reader of the second one. */
interface Pair {
  readonly carrier: 'NOTIFY' | 'Redis';
  readonly writing: Child<OurServer>;
  readonly reading: Child<OurServer>;
  readonly client: Child<Client>;
  readonly p50: number[];
  readonly p99: number[];
  /** CPU of the reading instance and of PostgreSQL, in microseconds per event. */
  readonly readingUs: number[];
  readonly databaseUs: number[];
}

export const f10: Row = {
  name: 'F10',
  what: 'an event acknowledged at one instance, received by a reader of another one',
  async measure(stage, options) {
    const count = options.quick ? 20 : 500;
    await using redis = await startRedis();
    if (redis === null) progress('  SKIPPED with Redis: redis-server is not installed');
    await using folder = await temporaryFolder();
    await using otherFolder = await temporaryFolder();
    const pairs = [await startPair(stage, folder.path, null)];
    if (redis !== null) pairs.push(await startPair(stage, otherFolder.path, redis.url));
    for (let round = -1; round < options.rounds; round++) {
      for (const pair of pairs) {
        const measured = await measureRound(pair, 1 + (round + 1) * count, count);
        if (round < 0 && !options.quick) continue; // warms up
        for (const name of ['p50', 'p99', 'readingUs', 'databaseUs'] as const)
          pair[name].push(measured[name]);
        progress(
          `  round ${round + 1}, ${pair.carrier}: p50 ${number(measured.p50)} ms, p99 ${number(measured.p99)} ms, ` +
            `reading instance ${number(measured.readingUs)} µs and PostgreSQL ${number(measured.databaseUs)} µs an event`,
        );
      }
    }
    for (const { reading, writing } of pairs) {
      await reading.call('stop', null);
      await writing.call('stop', null);
    }
    return pairs.flatMap((pair) => resultsOf(pair));
  },
};

async function startPair(stage: Stage, folder: string, redisUrl: string | null): Promise<Pair> {
  const writing = await stage.start<OurServer>('servers/ours.ts', 'ours');
  await writing.call('start', { produces: { kind: 'audit' }, store: folder, redisUrl });
  const joins = await writing.call('connection', null);
  const reading = await stage.start<OurServer>('servers/ours.ts', 'ours');
  const { port } = await reading.call('start', {
    produces: { kind: 'audit' },
    store: null,
    redisUrl,
    ...(joins === null ? {} : { joins }),
  });
  const client = await stage.start<Client>('client.ts', 'peers');
  await client.call('open', {
    port,
    connections: 1,
    path: '/graphql',
    subscriptions: [{ query: auditText }],
    streams: 1,
    inFlight: 1,
    until: 'subscribed',
  });
  const carrier = redisUrl === null ? 'NOTIFY' : 'Redis';
  return { carrier, writing, reading, client, p50: [], p99: [], readingUs: [], databaseUs: [] };
}

async function measureRound({ writing, reading, client }: Pair, from: number, count: number) {
  const readingBefore = await reading.call('cpu', null);
  const databaseBefore = cpuSecondsOf(writing.pid).below;
  const received = client.call('round', { from, to: from + count - 1, timeoutMs: 30_000 });
  const { acknowledgedAt } = await writing.call('emit', { count, everyMs });
  const { messages, lost, duplicated, lastAt } = await received;
  if (lost > 0 || duplicated > 0 || lastAt.some((at) => at === 0))
    throw new Error(`received ${messages} of ${count} events; ${lost} lost, ${duplicated} duplicated`);
  const delays = lastAt.map((at, index) => at - (acknowledgedAt[index] ?? Number.NaN));
  return {
    p50: quantile(delays, 0.5),
    p99: quantile(delays, 0.99),
    readingUs: ((await reading.call('cpu', null)) - readingBefore) / count,
    databaseUs: ((cpuSecondsOf(writing.pid).below - databaseBefore) * 1e6) / count,
  };
}

function resultsOf({ carrier, p50, p99, readingUs, databaseUs }: Pair): readonly Result[] {
  const result = (
    name: string,
    values: readonly number[],
    goal: number,
    notes: readonly string[],
  ): Result => {
    const ours = spreadOf(values);
    return {
      row: 'F10',
      what: `acknowledged at one instance to received from another, 100 events/s, by ${carrier}, ${name}`,
      unit: 'ms',
      ours,
      peer: null,
      value: ours.median,
      goal: { relation: '≤', value: goal },
      notes,
    };
  };
  const cpu =
    `the reading instance takes ${number(quantile(readingUs, 0.5))} µs CPU per event, ` +
    `PostgreSQL ${number(quantile(databaseUs, 0.5))} µs`;
  return [result('p50', p50, 2, [cpu]), result('p99', p99, 6, [])];
}
