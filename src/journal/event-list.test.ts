import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/_util/database.ts';
import { explained, type Explained } from '../../test/_util/explained.ts';
import type { KeysetPage } from '../db/keyset-list.ts';
import { openDatabase, type DatabaseHandle } from '../db/database.ts';
import { silentLog } from '../log/log.ts';
import { eventList, type EventsOfKey } from './event-list.ts';
import { every } from './topic.ts';

// 20,000 events of a topic: those with the key `rare` are at the positions 1 and 10,001; all others have the key
// `common`. Every hundredth event is `failed`. The events of another topic have the same keys.

const events = 20_000;
const topic = every('test.events');
const list = eventList(topic);

let home: TestDatabase;
let database: DatabaseHandle;
let watched: Explained;

beforeAll(async () => {
  home = await createTestDatabase();
  database = openDatabase({ connection: home.connection, log: silentLog });
  await sql`
    insert into events (seq, topic, key, type, id, occurred_at, payload)
      select n + 1, case when n % 2 = 0 then 'test.events' else 'other.events' end,
        case when n in (0, 1, 20000, 20001) then 'rare' else 'common' end,
        case when n % 200 < 2 then 'failed' else 'done' end, 'e' || n, now(),
        jsonb_build_object('owner', (n / 2) % 3)
      from generate_series(0, ${sql.lit(2 * events - 1)}) as n`.execute(database.kysely);
  await sql`analyze events`.execute(database.kysely);
  watched = explained(database);
});

afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await home.drop();
});

const all = { types: null };
const newest: KeysetPage = { limit: 3, newestFirst: true, olderThan: null, newerThan: null };

async function read(filters: readonly EventsOfKey[], page: Partial<KeysetPage> = {}, from = list) {
  watched.rowsRead();
  const requests = filters.map((filter) => ({ filter, page: { ...newest, ...page } }));
  const pages = await from.readAll(watched.db, requests);
  return {
    seqs: pages.map(({ rows }) => rows.map(({ seq }) => seq)),
    ends: pages.map(({ searchedUpTo }) => searchedUpTo?.id ?? null),
    rowsRead: watched.rowsRead(),
  };
}

const at = (id: number) => ({ at: new Date(0), id });

test('the events of each key are a list, newest first, in both directions', async () => {
  const keys = ['common', 'rare', 'unknown'].map((key) => ({ key, ...all }));
  expect((await read(keys)).seqs).toEqual([[39_999, 39_997, 39_995], [20_001, 1], []]);
  expect((await read(keys, { newestFirst: false })).seqs).toEqual([[3, 5, 7], [1, 20_001], []]);
  expect((await read(keys, { olderThan: at(20_003) })).seqs).toEqual([
    [19_999, 19_997, 19_995],
    [20_001, 1],
    [],
  ]);
  expect((await read(keys, { newerThan: at(39_995) })).seqs).toEqual([[39_999, 39_997], [], []]);
});

test('pages read about as many rows as they have, however rare or old the events of the key are', async () => {
  for (const newestFirst of [true, false])
    for (const key of ['common', 'rare', 'unknown'])
      expect((await read([{ key, ...all }], { newestFirst })).rowsRead).toBeLessThanOrEqual(10);
  const many = Array.from({ length: 100 }, (_, n) => ({ key: n % 2 === 0 ? 'common' : `k${n}`, ...all }));
  expect((await read(many)).rowsRead).toBeLessThanOrEqual(1_000);
});

test('with types, a bounded number of events is examined, and a short page says where the search ended', async () => {
  const failed = { key: 'common', types: ['failed'] };
  const full = await read([failed], { searchedMax: 400 });
  expect(full.seqs).toEqual([[39_801, 39_601, 39_401]]);
  expect(full.ends).toEqual([null]);
  const short = await read([failed], { searchedMax: 150 });
  expect(short.seqs).toEqual([[39_801]]);
  expect(short.ends).toEqual([39_999 - 2 * 149]);
  expect(short.rowsRead).toBeLessThanOrEqual(320);
  const next = await read([failed], { searchedMax: 150, olderThan: at(Number(short.ends[0])) });
  expect(next.seqs).toEqual([[39_601, 39_401]]);
  expect((await read([{ key: 'rare', types: ['failed'] }])).ends).toEqual([null]);
  expect((await read([{ key: 'rare', types: [] }])).seqs).toEqual([[]]);
});

test('a condition selects among the events of a key that objects share, from a position on', async () => {
  const owned = eventList(topic, sql<boolean>`examined.payload ->> 'owner' = wanted.subject`);
  const filters = [0, 1].map((owner) => ({ key: 'common', ...all, from: 39_991, subject: String(owner) }));
  const { seqs } = await read(filters, {}, owned);
  // position = 2 * n + 1, and the owner is n % 3
  expect(seqs).toEqual([
    [39_997, 39_991],
    [39_999, 39_993],
  ]);
});

test('all events of a key are counted, or those of some types', async () => {
  const counts = await list.countAll(database.kysely, [
    { key: 'common', ...all },
    { key: 'rare', ...all },
    { key: 'common', types: ['failed'] },
    { key: 'common', types: ['failed'], from: 39_601 },
    { key: 'unknown', ...all },
  ]);
  expect(counts).toEqual([events - 2, 2, events / 100 - 2, 2, 0]);
});

test('one more event with another key has its place in the list, in both directions and on every page', async () => {
  const only = eventList(topic, sql`examined.type = 'done' or examined.seq = wanted.subject::bigint`);
  const filters = [
    { key: 'rare', ...all, also: 201, subject: '1' },
    { key: 'common', ...all, also: 1, subject: '1' },
    { key: 'unknown', ...all, also: 203, subject: '203' },
    { key: 'unknown', ...all, also: 204, subject: '204' }, // of another topic
  ];
  const newestFirst = await read(filters, { limit: 3 }, only);
  expect(newestFirst.seqs).toEqual([[1], [39_999, 39_997, 39_995], [203], []]);
  expect(newestFirst.rowsRead).toBeLessThan(3 * 10_000);
  expect((await read(filters, { limit: 2, newestFirst: false }, only)).seqs).toEqual([
    [1],
    [1, 3],
    [203],
    [],
  ]);
  expect((await read(filters, { olderThan: at(3) }, only)).seqs).toEqual([[1], [1], [], []]);
  expect((await read(filters, { newerThan: at(39_997) }, only)).seqs).toEqual([[], [39_999], [], []]);
});
