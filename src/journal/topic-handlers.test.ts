import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/_util/database.ts';
import { showingStatements } from '../../test/_util/statements.ts';
import { openDatabase, type DatabaseHandle } from '../db/database.ts';
import { silentLog } from '../log/log.ts';
import type { DurableLog } from './journal.ts';
import { openPostgresLog } from './postgres-log.ts';
import { topicHandler, TopicHandlers, type TopicHandler } from './topic-handlers.ts';
import { every, type Draft, type Entry } from './topic.ts';

interface Counted {
  readonly n: number;
  /** Added by a handler: how many events were stored before, and how many drafts it received together. */
  readonly before?: number;
  readonly together?: number;
}

const counted = every<Counted>('counted');
const plain = every<Counted>('plain');

describe('a topic handler', () => {
  let own: TestDatabase;
  let database: DatabaseHandle;
  let log: DurableLog;

  beforeEach(async () => {
    own = await createTestDatabase();
    database = openDatabase({ connection: own.connection, log: silentLog });
  });
  afterEach(async () => {
    await log[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
    await own.drop();
  });

  /** Adds to each event how many events were stored before it. */
  const count = topicHandler({
    topics: [counted],
    async read(db) {
      const { before } = await db
        .selectFrom('events')
        .where('topic', '=', counted.name)
        .select(({ fn }) => fn.countAll<number>().as('before'))
        .executeTakeFirstOrThrow();
      return before;
    },
    enrich: (drafts, before) =>
      drafts.map((draft, index) => ({
        ...draft,
        payload: { ...draft.payload, before: before + index, together: drafts.length },
      })),
  });

  async function open(handlers: readonly TopicHandler[] = [count], from = database): Promise<void> {
    log = await openPostgresLog({ database: from, log: silentLog, handlers });
  }

  function draft(n: number, more: Partial<Draft<Counted>> = {}): Draft<Counted> {
    return { topic: counted, key: 'k', type: 'counted', payload: { n }, ...more };
  }

  async function stored(): Promise<unknown[]> {
    const page = await log.page(null, 0, 100);
    expect(log.recent(null, 0, 100)).toEqual(page.entries);
    return page.entries.map(({ payload }) => payload);
  }

  it('enriches the events of its topics only, in the store and for readers', async () => {
    await open();
    await log.append([draft(1), draft(2, { topic: plain }), draft(3)]);
    await log.append([draft(4)]);
    expect(await stored()).toEqual([
      { n: 1, before: 0, together: 2 },
      { n: 2 },
      { n: 3, before: 1, together: 2 },
      { n: 4, before: 2, together: 1 },
    ]);
  });

  it('receives all drafts of a transaction together, including those of transaction functions', async () => {
    await open();
    const decided = log.transact(async () => ({ value: null, drafts: [draft(2)] }));
    await Promise.all([log.append([draft(1)]), decided, log.append([draft(3)])]);
    const befores = (await stored()).map((payload) => (payload as Counted).before);
    expect(befores).toEqual([0, 1, 2]);
  });

  it('receives neither drafts that are stored already nor duplicates of a batch', async () => {
    await open();
    await log.append([draft(1, { id: 'one' })]);
    const receipts = await log.append([
      draft(9, { id: 'one' }),
      draft(2, { id: 'two' }),
      draft(9, { id: 'two' }),
      draft(3, { id: 'three' }),
    ]);
    expect(receipts.map(({ duplicate }) => duplicate)).toEqual([true, false, true, false]);
    expect(await stored()).toEqual([
      { n: 1, before: 0, together: 1 },
      { n: 2, before: 1, together: 2 },
      { n: 3, before: 2, together: 2 },
    ]);
  });

  it('needs no second query for stored ids, and no query for generated ids', async () => {
    const lookups: (readonly unknown[])[] = [];
    const watched = showingStatements(database, (text, values) => {
      if (/from "events" where .?id\b/.test(text)) lookups.push(values);
    });
    await open([count], watched);
    await log.append([draft(1), draft(2, { topic: plain })]);
    expect(lookups).toEqual([]);
    await log.append([draft(3), draft(4, { id: 'four' }), draft(5, { topic: plain, id: 'five' })]);
    expect(lookups).toEqual([[['four', 'five']]]);
  });

  it('receives the drafts as earlier handlers have enriched them', async () => {
    const double = topicHandler({
      topics: [counted],
      enrich: (drafts) =>
        drafts.map(({ payload, ...draft }) => ({
          ...draft,
          payload: { ...payload, together: 100 + (payload.together ?? 0) },
        })),
    });
    await open([count, double]);
    await log.append([draft(1), draft(2)]);
    expect(await stored()).toEqual([
      { n: 1, before: 0, together: 102 },
      { n: 2, before: 1, together: 102 },
    ]);
  });

  it('that throws rejects only the caller whose event it throws for', async () => {
    const failing = topicHandler({
      topics: [counted],
      enrich(drafts) {
        if (drafts.some(({ payload }) => payload.n === 2)) throw new Error('rejected');
        return drafts;
      },
    });
    await open([failing]);
    const outcomes = await Promise.allSettled([1, 2, 3].map((n) => log.append([draft(n)])));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await stored()).map((payload) => (payload as Counted).n)).toEqual([1, 3]);
  });

  it('projects the entries of all its topics together, in the order of the log', () => {
    const projected: string[] = [];
    const handlers = new TopicHandlers([
      topicHandler({
        topics: [counted, plain],
        project(entries) {
          projected.push(entries.map(({ key }) => key).join());
          return [];
        },
      }),
    ]);
    const entry = (topic: string, key: string): Entry => ({
      topic,
      key,
      type: 'counted',
      id: key,
      seq: 1,
      occurredAt: 0,
      recordedAt: 0,
      urgent: false,
      payload: {},
    });
    handlers.statements(
      [entry('counted', 'a'), entry('other', 'b'), entry('plain', 'c'), entry('counted', 'd')],
      new Map(),
    );
    expect(projected).toEqual(['a,c,d']);
  });

  it('whose statement fails rolls back the events, and its error is thrown to the caller', async () => {
    const broken = topicHandler({ topics: [counted], project: () => [sql`select 1 / 0`] });
    await open([broken]);
    await expect(log.append([draft(1)])).rejects.toMatchObject({ code: '22012' });
    await log.append([draft(2, { topic: plain })]);
    expect(await stored()).toEqual([{ n: 2 }]);
  });
});
