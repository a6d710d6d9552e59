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
  /** Filled in: how many of the key were stored before, and how many were given together. */
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

  /** Says of each event how many there were before it. */
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

  it('fills in what is stored and what readers get, of its own topic only', async () => {
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

  it('is given all of one transaction at once, whoever appended it, decisions too', async () => {
    await open();
    const decided = log.transact(async () => ({ value: null, drafts: [draft(2)] }));
    await Promise.all([log.append([draft(1)]), decided, log.append([draft(3)])]);
    const befores = (await stored()).map((payload) => (payload as Counted).before);
    expect(befores).toEqual([0, 1, 2]);
  });

  it('is not given what is stored already, nor anything twice', async () => {
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

  it('costs no second look at what is stored, and none at ids that were made for the events', async () => {
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

  it('is given what those before it have filled in', async () => {
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

  it('that fails keeps out only the events that it fails for', async () => {
    const failing = topicHandler({
      topics: [counted],
      enrich(drafts) {
        if (drafts.some(({ payload }) => payload.n === 2)) throw new Error('not this one');
        return drafts;
      },
    });
    await open([failing]);
    const outcomes = await Promise.allSettled([1, 2, 3].map((n) => log.append([draft(n)])));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await stored()).map((payload) => (payload as Counted).n)).toEqual([1, 3]);
  });

  it('projects entries of all its topics together, in the order of the log', () => {
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

  it('whose statement fails undoes the events of its batch, and the caller gets the error', async () => {
    const broken = topicHandler({ topics: [counted], project: () => [sql`select 1 / 0`] });
    await open([broken]);
    await expect(log.append([draft(1)])).rejects.toMatchObject({ code: '22012' });
    await log.append([draft(2, { topic: plain })]);
    expect(await stored()).toEqual([{ n: 2 }]);
  });
});
