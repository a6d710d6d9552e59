import { Migrator, sql, type Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrations } from '../../migrations/list.ts';
import { createTestDatabase, servers, type TestDatabase } from '../../test/_util/database.ts';
import { longRun } from '../../test/_util/long-run.ts';
import { databaseUrl, maintain } from '../../test/_util/server.ts';
import { silentLog } from '../log/log.ts';
import { openDatabase, type Database, type DatabaseHandle } from './database.ts';
import { migrate } from './migrate.ts';

const names = Object.keys(migrations).sort();

test('the list of migrations is sorted by name, which begins with a timestamp', () => {
  expect(Object.keys(migrations)).toEqual(names);
  for (const name of names) expect(name).toMatch(/^\d{8}T\d{6}Z-[a-z0-9-]+$/);
});

describe.each(servers)('migrate on $name', (server) => {
  let own: TestDatabase;
  let db: DatabaseHandle;

  beforeEach(async () => {
    own = await createTestDatabase(server, { empty: true });
    db = openDatabase({ connection: own.connection, log: silentLog });
  });
  afterEach(async () => {
    await db[Symbol.asyncDispose]();
    await own.drop();
  });

  test('migrates an empty database, and then does nothing', async () => {
    await migrate(db, silentLog);
    const first = await db.kysely.selectFrom('journal_identity').selectAll().execute();
    expect(first).toEqual([{ only: true, epoch: expect.stringMatching(/^[0-9a-f]{8}$/) as string }]);
    await migrate(db, silentLog);
    expect(await db.kysely.selectFrom('journal_identity').selectAll().execute()).toEqual(first);
    expect(await migrated(db.kysely)).toEqual(names);
  });

  test('does not change the migration tables of another Kysely program in the same database', async () => {
    const provider = { getMigrations: async () => ({ theirs: { up: async () => undefined } }) };
    const { error } = await new Migrator({ db: db.kysely, provider }).migrateToLatest();
    expect(error).toBeUndefined();
    await migrate(db, silentLog);
    expect(await migrated(db.kysely)).toEqual(names);
    const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db.kysely);
    expect(rows).toEqual([{ name: 'theirs' }]);
  });

  test('rejects a database that is not UTF-8, and describes how to create one that is', async () => {
    const name = `${new URL(own.connection).pathname.slice(1)}_ascii`;
    await maintain(server.url, (client) =>
      client.query(`create database ${name} encoding 'SQL_ASCII' locale 'C' template template0`),
    );
    const ascii = openDatabase({ connection: databaseUrl(server.url, name), log: silentLog });
    await expect(migrate(ascii, silentLog)).rejects.toThrow(/encoding SQL_ASCII.*needs UTF8/);
    await ascii[Symbol.asyncDispose]();
    await maintain(server.url, (client) => client.query(`drop database ${name} with (force)`));
  });

  // The first versions used Kysely's default names for its tables.
  // By default each migration is applied to the result of its predecessor; the long form starts at each of them.
  const from = longRun && server === servers[0] ? names : [...names.slice(0, 1), ...names.slice(-2)];
  test.each(from)('migrates from %s to the schema of a new database', async (name) => {
    const provider = { getMigrations: async () => migrations };
    const { error } = await new Migrator({ db: db.kysely, provider }).migrateTo(name);
    expect(error).toBeUndefined();
    await migrate(db, silentLog);
    expect(await migrated(db.kysely)).toEqual(names);
    const fresh = await createTestDatabase(server);
    const other = openDatabase({ connection: fresh.connection, log: silentLog });
    expect(await columns(db.kysely)).toEqual(await columns(other.kysely));
    await other[Symbol.asyncDispose]();
    await fresh.drop();
  });

  test('numbers the existing alerts, and continues above the number in an id of today', async () => {
    const provider = { getMigrations: async () => migrations };
    const migrator = new Migrator({ db: db.kysely, provider });
    const { error } = await migrator.migrateTo('20261129T120000Z-retention-state');
    expect(error).toBeUndefined();
    await sql`insert into alerts
      select seq, id, 'disk', 'ERROR', 'Disk', 'Full.', 'producer', '', null, null, false, '{}', now()
      from (values (7, 'alert_20260101_007'), (12, 'alert_20260101_012'),
        (40, 'alert_' || to_char(now() at time zone 'utc', 'YYYYMMDD') || '_040')) as old (seq, id)`.execute(
      db.kysely,
    );
    await migrate(db, silentLog);
    const alerts = await db.kysely.selectFrom('alerts').select(['seq', 'number']).orderBy('seq').execute();
    expect(alerts.map(({ seq, number }) => [seq, number])).toEqual([
      [7, 1],
      [12, 2],
      [40, 3],
    ]);
    const last = await db.kysely.selectFrom('event_numbers').selectAll().orderBy('kind').execute();
    expect(last).toEqual([
      { kind: 'activity', last: 0 },
      { kind: 'alert', last: 40 },
    ]);
  });

  test('gives counts in stored data the names that end in Count, and GPUs an index', async () => {
    const provider = { getMigrations: async () => migrations };
    const { error } = await new Migrator({ db: db.kysely, provider }).migrateTo('20261130T140000Z-instances');
    expect(error).toBeUndefined();
    const statements = [
      `insert into events (topic, key, type, id, occurred_at, payload)
        select 'training.events', 'r', 'trainingProgressed', 'e1', now(), '{"runId":"r","totalEpochs":null}'`,
      `insert into training_runs (run_id, state, started_at, updated_at, recorded_at, progress)
        select 'r', 'RUNNING', now(), now(), now(), '{"totalEpochs":9,"stage":"VALIDATION"}'`,
      `insert into kpis values ('stockoutIncidents', 3, now())`,
      `insert into gauge_samples values ('kpis', '', now(), '{"stockoutIncidents":3,"totalProfit":1}')`,
      `insert into reported_hosts values ('h', '{"cores":8}',
        '{"cpu":{"cores":8},"network":{"sentPackets":1,"sendErrors":null}}',
        '{"gpus":[{"gpuId":0,"name":"a"},{"gpuId":1}],"available":true}', 1000, 'agent', now(), now())`,
    ];
    for (const statement of statements) await sql.raw(statement).execute(db.kysely);
    await migrate(db, silentLog);
    const read = async (query: string) => (await sql.raw(query).execute(db.kysely)).rows;
    expect(await read('select payload from events')).toEqual([{ payload: { runId: 'r', epochCount: null } }]);
    expect(await read('select progress, ending from training_runs')).toEqual([
      { progress: { epochCount: 9, stage: 'VALIDATION' }, ending: null },
    ]);
    expect(await read('select name from kpis')).toEqual([{ name: 'stockoutIncidentCount' }]);
    expect(await read('select numbers from gauge_samples')).toEqual([
      { numbers: { stockoutIncidentCount: 3, totalProfit: 1 } },
    ]);
    expect(await read('select info, sample, gpu from reported_hosts')).toEqual([
      {
        info: { coreCount: 8 },
        sample: { cpu: { coreCount: 8 }, network: { sentPacketCount: 1, sendErrorCount: null } },
        gpu: { gpus: [{ index: 0, name: 'a' }, { index: 1 }], available: true },
      },
    ]);
  });

  test('succeeds in both of two processes that start at the same time', async () => {
    const second = openDatabase({ connection: own.connection, log: silentLog });
    await Promise.all([migrate(db, silentLog), migrate(second, silentLog)]);
    await second[Symbol.asyncDispose]();
    expect(await migrated(db.kysely)).toEqual(names);
  });

  test('rejects a database that a newer program has migrated', async () => {
    const newer = { ...migrations, '29991231T000000Z-later': { up: async () => undefined } };
    await migrate(db, silentLog, newer);
    await expect(migrate(db, silentLog)).rejects.toThrow(
      /newer than this program: it has 29991231T000000Z-later/,
    );
  });

  test('changes nothing when a step fails', async () => {
    await migrate(db, silentLog);
    const up = async (tx: Kysely<unknown>): Promise<void> => {
      await sql`create table half (id int)`.execute(tx);
      throw new Error('in the middle');
    };
    const broken = { ...migrations, '29991231T000000Z-broken': { up } };
    await expect(migrate(db, silentLog, broken)).rejects.toThrow('in the middle');
    expect(await migrated(db.kysely)).toEqual(names);
    await expect(sql`select from half`.execute(db.kysely)).rejects.toThrow('does not exist');
  });
});

async function migrated(kysely: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from opsgraph_migration order by name`.execute(
    kysely,
  );
  return rows.map(({ name }) => name);
}

async function columns(kysely: Kysely<Database>): Promise<unknown[]> {
  const { rows } = await sql`
    select table_name, column_name, data_type, is_nullable, column_default
    from information_schema.columns where table_schema = 'public' order by table_name, column_name`.execute(
    kysely,
  );
  return rows;
}
