import { Kysely, PostgresDialect } from 'kysely';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTestDatabase } from '../test/_util/database.ts';
import { openDatabase, type Database, type DatabaseHandle } from './db/database.ts';
import { healthOf } from './health.ts';
import { silentLog } from './log.ts';

const scheduler = { running: () => true, known: [{ id: 'sweep', name: 'Sweep', trigger: 'daily' }] };

describe('health', () => {
  async function start(): Promise<{ database: DatabaseHandle; statements: string[] }> {
    const own = await createTestDatabase();
    const opened = openDatabase({ connection: own.connection, log: silentLog });
    const statements: string[] = [];
    const kysely = new Kysely<Database>({
      dialect: new PostgresDialect({ pool: opened.pool }),
      log: ({ query }) => {
        statements.push(query.sql);
      },
    });
    onTestFinished(async () => {
      await opened[Symbol.asyncDispose]();
      await own.drop();
    });
    return { database: { ...opened, kysely }, statements };
  }

  it('asks the store once, however many ask for it at the same time', async () => {
    const { database, statements } = await start();
    const told = await Promise.all(Array.from({ length: 100 }, () => healthOf(database, true, scheduler)));
    expect(statements).toEqual([expect.stringContaining('pg_database_size')]);
    expect(told).toHaveLength(100);
    for (const health of told)
      expect(health).toEqual({
        live: true,
        ready: true,
        database: { answers: true, sizeMb: expect.any(Number) as number },
        scheduler: { running: true, jobs: ['sweep'] },
      });
  });

  it('asks the store anew for who comes later', async () => {
    const { database, statements } = await start();
    await vi.waitFor(async () => {
      await healthOf(database, true, scheduler);
      expect(statements).toHaveLength(2);
    }, 5_000);
  });

  it('says at once that the server stops, whatever the store was asked before', async () => {
    const { database } = await start();
    const [before, after] = await Promise.all([
      healthOf(database, true, scheduler),
      healthOf(database, false, scheduler),
    ]);
    expect([before.ready, after.ready]).toEqual([true, false]);
    expect(after.database.answers).toBe(true);
  });

  it('asks each store for itself, and is not ready where it does not answer', async () => {
    const { database } = await start();
    const gone = openDatabase({ connection: 'postgresql://127.0.0.1:1/none', log: silentLog });
    onTestFinished(() => gone[Symbol.asyncDispose]());
    const [here, there] = await Promise.all([
      healthOf(database, true, scheduler),
      healthOf(gone, true, scheduler),
    ]);
    expect(here.ready).toBe(true);
    expect(there).toMatchObject({ live: true, ready: false, database: { answers: false, sizeMb: null } });
  });
});
