import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/_util/database.ts';
import { silentLog } from '../log/log.ts';
import { openDatabase, type DatabaseHandle } from './database.ts';
import { inOneSnapshot, keysetList, type KeysetPage } from './keyset-list.ts';
import { indexed } from './list-conditions.ts';

interface Filter {
  readonly status?: string;
  readonly stage?: string;
  readonly since?: Date;
  readonly until?: Date;
}

const list = keysetList({
  table: 'workflows',
  at: 'started_at',
  id: 'workflow_id',
  filter: ({ status, stage, since, until }: Filter) => ({
    conditions: [
      ...(status === undefined ? [] : [indexed('status', [status])]),
      ...(stage === undefined ? [] : [{ holds: sql<boolean>`stage = ${stage}` }]),
    ],
    since,
    until,
  }),
});

const newest: KeysetPage = { limit: 10, newestFirst: true, olderThan: null, newerThan: null };
const minute = (n: number): Date => new Date(Date.UTC(2026, 0, 1, 0, n));

let home: TestDatabase;
let database: DatabaseHandle;

/** Workflows a to f. Two start in each minute; every other one has failed; the last two are in review. */
beforeAll(async () => {
  home = await createTestDatabase();
  database = openDatabase({ connection: home.connection, log: silentLog });
  for (const [index, id] of ['a', 'b', 'c', 'd', 'e', 'f'].entries()) {
    const at = minute(Math.floor(index / 2));
    const [status, stage] = [index % 2 === 0 ? 'RUNNING' : 'FAILED', index < 4 ? 'VALIDATION' : 'REVIEW'];
    await sql`insert into workflows (workflow_id, status, stage, progress, started_at, updated_at, recorded_at)
      values (${id}, ${status}, ${stage}, 0, ${at}, ${at}, ${at})`.execute(database.kysely);
  }
});

afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await home.drop();
});

async function idsOf(filter: Filter, page: Partial<KeysetPage> = {}): Promise<string> {
  const { rows } = await list.read(database.kysely, filter, { ...newest, ...page });
  return rows.map((row) => row.workflow_id).join('');
}

test('a keyset list is ordered by time, and by id within one instant', async () => {
  expect(await idsOf({})).toBe('fedcba');
  expect(await idsOf({}, { newestFirst: false })).toBe('abcdef');
});

test('a page of a keyset list contains the rows between its boundary rows', async () => {
  const { rows } = await list.read(database.kysely, {}, { ...newest, limit: 3 });
  const last = rows.at(-1);
  if (last === undefined) throw new Error('the page is empty');
  const olderThan = list.keyOf(last);
  expect(olderThan).toEqual({ at: minute(1), id: 'd' });
  expect(await idsOf({}, { limit: 2, olderThan })).toBe('cb');
  expect(await idsOf({}, { newerThan: olderThan })).toBe('fe');
  expect(await idsOf({}, { olderThan, newerThan: { at: minute(0), id: 'a' } })).toBe('cb');
});

test('a filtered page and its count contain the rows that satisfy all conditions', async () => {
  for (const [filter, ids] of [
    [{ status: 'FAILED' }, 'fdb'],
    [{ status: 'FAILED', stage: 'VALIDATION' }, 'db'],
    [{ stage: 'REVIEW' }, 'fe'],
    [{ since: minute(1) }, 'fedc'],
    [{ since: minute(1), until: minute(2), status: 'RUNNING' }, 'c'],
    [{ status: 'PENDING' }, ''],
  ] satisfies [Filter, string][]) {
    expect(await idsOf(filter), JSON.stringify(filter)).toBe(ids);
    expect(await list.count(database.kysely, filter), JSON.stringify(filter)).toBe(ids.length);
  }
});

test('a bounded search returns the row up to which it has searched, or null if it has searched all rows', async () => {
  const filter = { status: 'FAILED', stage: 'VALIDATION' };
  const first = await list.read(database.kysely, filter, { ...newest, searchedMax: 1 });
  expect(first).toMatchObject({ rows: [], searchedUpTo: { id: 'f' } });
  const second = await list.read(database.kysely, filter, { ...newest, olderThan: first.searchedUpTo });
  expect(second).toMatchObject({ rows: [{ workflow_id: 'd' }, { workflow_id: 'b' }], searchedUpTo: null });
});

test('findAll returns rows by their keys regardless of the filter, without unknown keys', async () => {
  const found = await list.findAll(database.kysely, ['c', 'a', 'unknown']);
  expect([...found.keys()].sort()).toEqual(['a', 'c']);
  expect(found.get('c')).toMatchObject({ workflow_id: 'c', started_at: minute(1) });
});

test('a keyset list has numeric ids if its id column is seq, and can declare its own count', async () => {
  const audit = keysetList({ table: 'audit_log', at: 'occurred_at', id: 'seq', count: () => sql`select 42` });
  expect([audit.idIsNumber, list.idIsNumber]).toEqual([true, false]);
  expect(await audit.count(database.kysely, {})).toBe(42);
});

test('inOneSnapshot hides rows that are added while it reads', async () => {
  const counts = await inOneSnapshot(database.kysely, async (db) => {
    const before = await list.count(db, {});
    await sql`insert into workflows select 'g', status, stage, 0, null, null, null, started_at, updated_at, recorded_at
      from workflows where workflow_id = 'f'`.execute(database.kysely);
    return [before, await list.count(db, {})];
  });
  expect(counts).toEqual([6, 6]);
  expect(await list.count(database.kysely, {})).toBe(7);
});
