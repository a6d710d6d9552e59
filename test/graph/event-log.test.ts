import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase, type DatabaseHandle } from '../../src/db/database.ts';
import { openPostgresLog } from '../../src/journal/postgres-log.ts';
import { readLogPage, type LogPageQuery } from '../../src/journal/log-page.ts';
import type { DurableLog } from '../../src/journal/journal.ts';
import { every } from '../../src/journal/topic.ts';
import { silentLog } from '../../src/log/log.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { createTestDatabase, type TestDatabase } from '../_util/database.ts';
import { showStatements } from '../_util/statements.ts';
import { publishMutation } from '../_util/publish.ts';

interface Page {
  readonly eventLog: {
    readonly endCursor: string;
    readonly edges: readonly { readonly cursor: string; readonly node: Record<string, unknown> }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

describe('the query eventLog', () => {
  let app: TestApp;
  beforeAll(async () => {
    const env = {
      AUTH_TOKENS: 'key-of-the-admin:ada:admin,key-of-the-user:uma:user,key-without-rights:nora:none',
      AUTH_REQUIRED: 'true',
    };
    app = await startTestApp(env, { keep: true });
  });
  afterAll(() => app.stop());

  const headers = { authorization: 'Bearer key-of-the-admin' };

  async function report(...events: object[]): Promise<string> {
    const mutation = publishMutation();
    const { data, errors } = await app.graphql<{ publish: { cursor: string } }>(
      mutation,
      { events },
      headers,
    );
    expect(errors).toBeUndefined();
    return data.publish.cursor;
  }

  const custom = (subject: string, message = subject) => ({
    event: { type: 'shop.sold', subject, message },
  });

  async function read(args: string, as: Record<string, string> = headers) {
    const fields = `endCursor edges { cursor node { __typename ... on CustomEvent { message } } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`;
    const { data, errors } = await app.graphql<Page>(`{ eventLog${args} { ${fields} } }`, {}, as);
    return { page: data?.eventLog, errors };
  }

  const messages = (page: Page['eventLog']) => page.edges.map(({ node }) => node['message']);

  it('returns every event once in pages, and what is reported later after the last `endCursor`', async () => {
    const start = await report(custom('start'));
    await report(custom('a'), custom('b'), custom('c'), custom('d'), custom('e'));
    const seen: unknown[] = [];
    let after = start;
    for (let more = true; more;) {
      const { page } = await read(`(first: 2, after: "${after}", filter: { types: [CUSTOM] })`);
      seen.push(...messages(page));
      after = page.endCursor;
      more = page.pageInfo.hasNextPage;
    }
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
    const { page: empty } = await read(`(after: "${after}", filter: { types: [CUSTOM] })`);
    expect(empty).toMatchObject({ edges: [], pageInfo: { hasNextPage: false, hasPreviousPage: true } });
    await report(custom('f'));
    const { page } = await read(`(after: "${empty.endCursor}", filter: { types: [CUSTOM] })`);
    expect(messages(page)).toEqual(['f']);
  });

  it('starts at the oldest retained event without `after`, as with `earliest`', async () => {
    const [absent, earliest] = [await read('(first: 3)'), await read('(first: 3, after: "earliest")')];
    expect(absent.page.edges).toHaveLength(3);
    for (const { page } of [absent, earliest])
      expect(page.pageInfo).toMatchObject({ hasPreviousPage: false });
    expect(absent.page.edges).toEqual(earliest.page.edges);
  });

  it('filters by kind and by subject', async () => {
    const start = await report(custom('start'));
    await report(
      custom('one', 'first'),
      { systemEvent: { eventType: 'deployed', title: 'A deployment', message: 'Done.' } },
      custom('two', 'second'),
      custom('one', 'third'),
    );
    const all = await read(`(after: "${start}", filter: { types: [CUSTOM, SYSTEM] })`);
    expect(all.page.edges.map(({ node }) => node['__typename'])).toEqual([
      'CustomEvent',
      'SystemEvent',
      'CustomEvent',
      'CustomEvent',
    ]);
    const one = await read(`(after: "${start}", filter: { subjects: ["one"] })`);
    expect(messages(one.page)).toEqual(['first', 'third']);
  });

  it.each(['', 'after: "earliest", ', 'after: "$start", '])(
    'is empty for an empty list of kinds (%s)',
    async (after) => {
      const start = await report(custom('start'), custom('next'));
      const { page, errors } = await read(
        `(${after.replace('$start', start)}filter: { types: [], subjects: ["one"] })`,
      );
      expect(errors).toBeUndefined();
      expect(page).toMatchObject({ edges: [], pageInfo: { hasNextPage: false } });
    },
  );

  it('does not return events that only some viewers may see, whatever the filter', async () => {
    const start = await report(custom('start'));
    await report(
      {
        notification: { category: 'SYSTEM_ALERT', priority: 'HIGH', title: 'T', message: 'M', userId: 'ada' },
      },
      custom('after it'),
    );
    const { page } = await read(`(after: "${start}")`);
    expect(page.edges.map(({ node }) => node['__typename'])).not.toContain('Notification');
    expect(messages(page)).toContain('after it');
  });

  it('requires `read`, and rejects sizes out of range and cursors that are not of the log', async () => {
    expect(
      (await read('', { authorization: 'Bearer key-without-rights' })).errors?.[0]?.extensions,
    ).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect((await read('', { authorization: 'Bearer key-of-the-user' })).errors).toBeUndefined();
    for (const args of ['(first: 0)', '(first: 1001)', '(filter: { subjects: [] })'])
      expect((await read(args)).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect((await read('(after: "nonsense")')).errors?.[0]?.extensions).toMatchObject({
      code: 'CURSOR_INVALID',
    });
  });
});

describe('a page of the log', () => {
  const [a, b] = [every<{ n: number }>('a'), every<{ n: number }>('b')];
  let home: TestDatabase;
  let database: DatabaseHandle;
  /** The log of an instance that has written nothing: it has nothing in memory. */
  let restarted: DurableLog;
  let writer: DurableLog;
  const statements: string[] = [];

  beforeAll(async () => {
    home = await createTestDatabase();
    database = openDatabase({ connection: home.connection, log: silentLog });
    showStatements(database.pool, (text) => statements.push(text));
    writer = await openPostgresLog({ database, log: silentLog });
    for (let count = 0; count < 30; count++)
      await writer.append(
        Array.from({ length: 10 }, (_, index) => {
          const n = count * 10 + index;
          return { topic: n % 10 === 0 ? b : a, key: `k${n % 100}`, type: 'counted', payload: { n } };
        }),
      );
    restarted = await openPostgresLog({ database, log: silentLog });
  });
  afterAll(async () => {
    await restarted[Symbol.asyncDispose]();
    await writer[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
    await home.drop();
  });

  const query = (given: Partial<LogPageQuery>): LogPageQuery => ({
    topics: null,
    shown: ['a', 'b'],
    keys: null,
    after: null,
    limit: 50,
    db: database.kysely,
    ...given,
  });

  /** All pages, with the number of statements that each has sent. */
  async function pages(log: DurableLog, given: Partial<LogPageQuery>) {
    const found: number[] = [];
    const costs: number[] = [];
    let { after = null } = given;
    for (;;) {
      statements.length = 0;
      const { entries, upTo, hasMore } = await readLogPage(log, query({ ...given, after }));
      costs.push(statements.length);
      found.push(...entries.map(({ payload }) => (payload as { n: number }).n));
      after = `${log.epoch}_${upTo.toString(36)}`;
      if (!hasMore) return { found, costs };
    }
  }

  const numbers = Array.from({ length: 300 }, (_, n) => n);

  it.each([
    ['all events', {}, () => true],
    ['one topic', { topics: ['b'], shown: ['b'] }, (n: number) => n % 10 === 0],
    ['several topics', { topics: ['a', 'b'] }, () => true],
    ['the visible topics', { shown: ['b'] }, (n: number) => n % 10 === 0],
    ['keys', { keys: ['k7', 'k10'] }, (n: number) => [7, 10].includes(n % 100)],
    ['small pages', { limit: 1, keys: ['k7'] }, (n: number) => n % 100 === 7],
  ])('contains the same from memory and from the database: %s', async (_name, given, matches) => {
    const fromMemory = await pages(writer, given);
    const fromDatabase = await pages(restarted, given);
    expect(fromMemory.found).toEqual(numbers.filter(matches));
    expect(fromDatabase.found).toEqual(fromMemory.found);
  });

  it('costs no statement from memory, and three from the database', async () => {
    const after = `${writer.epoch}_1`;
    const fromMemory = await pages(writer, { after, limit: 100 });
    expect(fromMemory.costs).toEqual([0, 0, 0]);
    const fromDatabase = await pages(restarted, { after, limit: 100 });
    expect(fromDatabase.costs.slice(0, 2)).toEqual([3, 3]);
  });

  it('ends early when it has examined many events that do not match', async () => {
    const own = await createTestDatabase();
    const large = openDatabase({ connection: own.connection, log: silentLog });
    onTestFinished(async () => {
      await large[Symbol.asyncDispose]();
      await own.drop();
    });
    await sql`insert into events (seq, topic, key, type, id, occurred_at, recorded_at, payload)
      select n, 'a', case when n = 12000 then 'rare' else 'k' end, 't', n::text, now(), now(), '{"n":1}'
      from generate_series(1, 12001) as n`.execute(large.kysely);
    const log = await openPostgresLog({ database: large, log: silentLog });
    const found: number[] = [];
    let after: string | null = null;
    for (let page = 0; page < 3; page++) {
      const read = await readLogPage(log, query({ keys: ['rare'], after, db: large.kysely }));
      found.push(read.entries.length);
      after = `${log.epoch}_${read.upTo.toString(36)}`;
    }
    expect(found).toEqual([0, 0, 1]);
    await log[Symbol.asyncDispose]();
  });

  it('is rejected with CURSOR_EXPIRED when events after the cursor were removed', async () => {
    await sql`insert into event_floors (topic, seq) values ('a', 5) on conflict (topic) do update set seq = 5`.execute(
      database.kysely,
    );
    const expired = readLogPage(restarted, query({ after: `${restarted.epoch}_4` }));
    await expect(expired).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
    const { found } = await pages(restarted, { after: 'earliest' });
    expect(found[0]).toBe(5);
  });
});
