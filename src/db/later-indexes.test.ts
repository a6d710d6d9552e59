import { expect, it } from 'vitest';
import type { LaterIndex } from '../../migrations/list.ts';
import { createTestDatabase } from '../../test/_util/database.ts';
import { silentLog } from '../log/log.ts';
import { openDatabase } from './database.ts';
import { buildLaterIndexes, buildSmallIndexes } from './later-indexes.ts';

const index: LaterIndex = { name: 'things_color', table: 'things', definition: '(color, id)' };

it('builds an index without blocking writers, and rebuilds one that another instance did not complete', async () => {
  await using home = await createTestDatabase();
  await using database = openDatabase({ connection: home.connection, log: silentLog });
  const { pool } = database;
  const isValid = async (): Promise<boolean | undefined> =>
    (await pool.query(`select indisvalid from pg_index where indexrelid = to_regclass('things_color')`))
      .rows[0]?.indisvalid;
  await pool.query(`create table things (id bigint primary key, color text)`);
  const writer = await pool.connect();
  await writer.query('begin; insert into things values (1, $$red$$)');
  const building = buildLaterIndexes({ database, log: silentLog, indexes: [index] });
  await pool.query(`insert into things values (2, 'blue')`); // nothing waits for the index, which waits for the writer
  await writer.query('commit');
  writer.release();
  await building.done;
  expect(await isValid()).toBe(true);

  await pool.query(`update pg_index set indisvalid = false where indexrelid = 'things_color'::regclass`);
  await buildLaterIndexes({ database, log: silentLog, indexes: [index] }).done;
  expect(await isValid()).toBe(true);
});

it('builds through the direct address if one is configured, and builds nothing if that is unreachable', async () => {
  await using home = await createTestDatabase();
  await using database = openDatabase({ connection: home.connection, log: silentLog });
  await database.pool.query(`create table things (id bigint primary key, color text)`);
  const names = async (): Promise<string[]> =>
    (await database.pool.query(`select indexname from pg_indexes where indexname = 'things_color'`)).rows;
  const options = { database, log: silentLog, indexes: [index] };
  await buildLaterIndexes({ ...options, directUrl: 'postgresql://nobody@127.0.0.1:1/none' }).done;
  expect(await names()).toEqual([]);
  await buildLaterIndexes({ ...options, directUrl: home.connection }).done;
  expect(await names()).toHaveLength(1);
});

it('abandons an index that waits for a writer when the server stops', async () => {
  await using home = await createTestDatabase();
  await using database = openDatabase({ connection: home.connection, log: silentLog });
  const { pool } = database;
  await pool.query(`create table things (id bigint primary key, color text)`);
  const writer = await pool.connect();
  await writer.query('begin; insert into things values (1, $$red$$)');
  const building = buildLaterIndexes({ database, log: silentLog, indexes: [index] });
  await expect(building[Symbol.asyncDispose]()).resolves.toBeUndefined();
  await writer.query('commit');
  writer.release();
});

it('builds the index of a small table during the migrations, and not that of a large one', async () => {
  await using home = await createTestDatabase();
  await using database = openDatabase({ connection: home.connection, log: silentLog });
  await database.pool.query(`
    create table things (id bigint primary key, color text);
    create table many (id bigint, color char(8000));
    alter table many alter column color set storage plain;
    insert into many select n, 'red' from generate_series(1, 4200) as n;
  `);
  await buildSmallIndexes(database.kysely, [
    index,
    { ...index, name: 'many_id', table: 'many', definition: '(id)' },
  ]);
  const { rows } = await database.pool.query(
    `select to_regclass('things_color') is not null as small, to_regclass('many_id') is not null as large`,
  );
  expect(rows).toEqual([{ small: true, large: false }]);
});
