import { EventEmitter, once } from 'node:events';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, servers, type TestDatabase } from '../../test/_util/database.ts';
import { runs } from '../../test/_util/long-run.ts';
import { openDatabase, type DatabaseHandle } from '../db/database.ts';
import { silentLog } from '../log/log.ts';
import { formatCursor } from './cursor.ts';
import type { DurableLog } from './journal.ts';
import { lastOf, notifyChannel } from './news.ts';
import { openPostgresLog } from './postgres-log.ts';
import { openReader, type LogReader } from './reader.ts';
import { every, type Draft } from './topic.ts';

/**
 * Two instances on one database, and readers that move between them. Any sequence of appends, late and lost change
 * notifications, reads, resumed cursors and restarts must give each reader each event once, in commit order.
 */
const alpha = every<{ n: number }>('alpha');
const beta = every<{ n: number }>('beta');
/** So small that readers often have to read the store. */
const ring = { entriesMax: 3, bytesMax: 1_000_000 };

interface Instance {
  log: DurableLog;
  /** Notifications of the other instance's commits, as PostgreSQL has sent them, not delivered yet. */
  notifications: string[];
}

interface Reading {
  reader: LogReader;
  at: Instance;
  readonly topics: readonly string[] | null;
  /** The position of the last event that it has received. */
  last: number;
}

interface Rig {
  /** Resolves with the notification of the commit that ends at a position. */
  readonly notification: (last: number) => Promise<string>;
  readonly instances: readonly [Instance, Instance];
  readonly readings: Reading[];
  readonly restart: (instance: Instance) => Promise<void>;
}

interface Model {
  /** Every event, in commit order. */
  readonly stored: { readonly seq: number; readonly topic: string }[];
}

type Command = fc.AsyncCommand<Model, Rig, false>;

function command(text: string, run: (model: Model, rig: Rig) => Promise<void>): Command {
  return { check: () => true, run, toString: () => text };
}

const which = fc.constantFrom(0 as const, 1 as const);
const nameOf = (index: number) => 'AB'[index] ?? '?';

/** Events of several callers, so that one append is a batch and two instances may commit at the same time. */
async function append(model: Model, { instances, notification }: Rig, at: readonly (0 | 1)[], count: number) {
  const done = at.map(async (index) => {
    const { log } = instances[index];
    const topics = Array.from({ length: count }, (_, n) => (n % 2 === 0 ? alpha : beta));
    const receipts = await log.append(topics.map((topic): Draft => draftOf(topic)));
    instances[1 - index]?.notifications.push(await notification(receipts.at(-1)?.seq ?? 0));
    return receipts.map(({ seq }, n) => ({ seq, topic: topics[n]?.name ?? '' }));
  });
  const stored = (await Promise.all(done)).flat().sort((a, b) => a.seq - b.seq);
  const before = model.stored.at(-1)?.seq ?? 0;
  expect(stored[0]?.seq).toBeGreaterThan(before);
  model.stored.push(...stored);
}

function draftOf(topic: Draft['topic']): Draft {
  return { topic, key: 'k', type: 'counted', payload: { n: 1 } };
}

const missed = ({ stored }: Model, { topics, last }: Reading) =>
  stored.filter(({ seq, topic }) => seq > last && (topics === null || topics.includes(topic)));

/** Reads at most `count` events. Each must be the one after the last. */
async function read(model: Model, reading: Reading, count: number): Promise<void> {
  const expected = missed(model, reading);
  for (let taken = 0; taken < count;) {
    const before = reading.reader.cursor;
    const step = reading.reader.peek();
    expect(reading.reader.cursor).toBeGreaterThanOrEqual(before);
    if (step === 'up to date') return expectNothingHidden(reading, expected[taken]?.seq);
    if (step === 'behind') {
      await reading.reader.load();
      continue;
    }
    expect(step.entry.seq).toBe(expected[taken]?.seq);
    reading.reader.take(step.entry);
    reading.last = step.entry.seq;
    taken++;
  }
}

/** A reader may be behind the other instance's commits, and never behind what its own instance shows. */
function expectNothingHidden({ at }: Reading, next: number | undefined): void {
  if (next !== undefined) expect(next).toBeGreaterThan(at.log.head());
}

async function caughtUp(log: DurableLog, seq: number): Promise<void> {
  while (log.head() < seq) await new Promise((resolve) => setTimeout(resolve, 1));
}

const commands: fc.Arbitrary<Command>[] = [
  fc
    .tuple(which, fc.integer({ min: 1, max: 6 }))
    .map(([index, count]) =>
      command(`append ${count} at ${nameOf(index)}`, (model, rig) => append(model, rig, [index], count)),
    ),
  fc
    .integer({ min: 1, max: 3 })
    .map((count) =>
      command(`append ${count} at A and B at the same time`, (model, rig) =>
        append(model, rig, [0, 1], count),
      ),
    ),
  which.map((index) =>
    command(`a notification reaches ${nameOf(index)}`, async (_model, { instances }) => {
      const news = instances[index].notifications.shift();
      if (news === undefined) return;
      instances[index].log.receive(news);
      await caughtUp(instances[index].log, lastOf(news));
    }),
  ),
  which.map((index) =>
    command(`a notification reaches ${nameOf(index)} while it appends`, async (model, rig) => {
      const news = rig.instances[index].notifications.shift();
      if (news !== undefined) rig.instances[index].log.receive(news);
      await append(model, rig, [index], 2);
    }),
  ),
  which.map((index) =>
    command(
      `the last notification to ${nameOf(index)} arrives twice, before the others`,
      async (_model, { instances }) => {
        const { log, notifications } = instances[index];
        const news = notifications.at(-1);
        if (news === undefined) return;
        log.receive(news);
        log.receive(news);
        await caughtUp(log, lastOf(news));
      },
    ),
  ),
  which.map((index) =>
    command(`the notifications to ${nameOf(index)} are lost`, async (_model, { instances }) => {
      instances[index].notifications.length = 0;
    }),
  ),
  fc
    .tuple(which, fc.constantFrom(null, ['alpha'], ['beta']), fc.nat({ max: 12 }))
    .map(([index, topics, back]) =>
      command(
        `a reader of ${topics?.join() ?? 'all'} begins at ${nameOf(index)}, ${back} events back`,
        async (model, { instances, readings }) => {
          const { log } = instances[index];
          const last = model.stored.at(-1 - back)?.seq ?? model.stored[0]?.seq;
          if (last === undefined || readings.length >= 4) return;
          const reader = await openReader(log, { topics, after: formatCursor(log.epoch, last) });
          readings.push({ reader, at: instances[index], topics, last });
        },
      ),
    ),
  fc.tuple(fc.nat({ max: 3 }), fc.integer({ min: 1, max: 8 })).map(([index, count]) =>
    command(`reader ${index} reads ${count}`, async (model, { readings }) => {
      const reading = readings[index % Math.max(readings.length, 1)];
      if (reading !== undefined) await read(model, reading, count);
    }),
  ),
  fc.tuple(fc.nat({ max: 3 }), which).map(([index, to]) =>
    command(
      `reader ${index} closes and resumes at ${nameOf(to)}`,
      async (_model, { instances, readings }) => {
        const reading = readings[index % Math.max(readings.length, 1)];
        if (reading !== undefined) await resume(reading, instances[to]);
      },
    ),
  ),
  which.map((index) =>
    command(`${nameOf(index)} restarts`, async (_model, rig) => {
      await rig.restart(rig.instances[index]);
      for (const reading of rig.readings)
        if (reading.at === rig.instances[index]) await resume(reading, reading.at);
    }),
  ),
];

async function resume(reading: Reading, at: Instance): Promise<void> {
  const after = formatCursor(at.log.epoch, reading.last);
  reading.reader = await openReader(at.log, { topics: reading.topics, after });
  reading.at = at;
}

describe.each(servers.slice(0, 1))('two instances on one database ($name)', (server) => {
  let database: TestDatabase;
  let listener: pg.Client;
  const handles: DatabaseHandle[] = [];
  const arrived = new Map<number, string>();
  const arrivals = new EventEmitter();

  async function notification(last: number): Promise<string> {
    if (!arrived.has(last)) await once(arrivals, String(last));
    return arrived.get(last) ?? '';
  }

  beforeAll(async () => {
    database = await createTestDatabase(server);
    listener = new pg.Client({ connectionString: database.connection });
    listener.on('notification', ({ payload = '' }) => {
      arrived.set(lastOf(payload), payload);
      arrivals.emit(String(lastOf(payload)));
    });
    await listener.connect();
    await listener.query(`listen ${notifyChannel}`);
    for (let index = 0; index < 2; index++)
      handles.push(openDatabase({ connection: database.connection, log: silentLog }));
  });
  afterAll(async () => {
    await listener.end();
    for (const handle of handles) await handle[Symbol.asyncDispose]();
    await database.drop();
  });

  async function open(index: number): Promise<DurableLog> {
    const handle = handles[index];
    if (handle === undefined) throw new Error('there is no such instance');
    return openPostgresLog({ database: handle, log: silentLog, ring, retryMs: 5 });
  }

  async function openRig(): Promise<Rig> {
    const instances = [
      { log: await open(0), notifications: [] as string[] },
      { log: await open(1), notifications: [] as string[] },
    ] as const;
    return {
      instances: [instances[0], instances[1]],
      notification,
      readings: [],
      async restart(instance) {
        await instance.log[Symbol.asyncDispose]();
        instance.log = await open(instance === instances[0] ? 0 : 1);
      },
    };
  }

  it('deliver every event to every reader once and in order, despite delays, lost notifications and restarts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 40 }), async (sequence) => {
        const rig = await openRig();
        const model: Model = { stored: [] };
        try {
          await append(model, rig, [0], 1);
          await fc.asyncModelRun(() => ({ model, real: rig }), sequence);
          const end = model.stored.at(-1)?.seq ?? 0;
          for (const { log } of rig.instances) {
            log.catchUp();
            await caughtUp(log, end);
          }
          for (const reading of rig.readings) {
            await read(model, reading, Number.POSITIVE_INFINITY);
            expect(missed(model, reading)).toEqual([]);
          }
        } finally {
          for (const { log } of rig.instances) await log[Symbol.asyncDispose]();
        }
      }),
      { numRuns: runs(20, 3_000), endOnFailure: false },
    );
  });
});
