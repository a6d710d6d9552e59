import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTestDatabase } from '../../../test/_util/database.ts';
import { openDatabase, type Database, type DatabaseHandle } from '../../db/database.ts';
import { openPostgresLog } from '../../journal/postgres-log.ts';
import { silentLog } from '../../log/log.ts';
import { createHealthCheck } from './health.store.ts';

const scheduler = { running: () => true, known: [{ id: 'sweep', name: 'Sweep', trigger: 'daily' }] };
const newsReceiver = { carrier: 'POSTGRES' as const, receiving: () => true };

describe('createHealthCheck', () => {
  async function start() {
    const own = await createTestDatabase();
    const opened = openDatabase({ connection: own.connection, log: silentLog });
    const statements: string[] = [];
    const kysely = new Kysely<Database>({
      dialect: new PostgresDialect({ pool: opened.pool }),
      log: ({ query }) => {
        statements.push(query.sql);
      },
    });
    const eventLog = await openPostgresLog({ database: opened, log: silentLog });
    onTestFinished(async () => {
      await eventLog[Symbol.asyncDispose]();
      await opened[Symbol.asyncDispose]();
      await own.drop();
    });
    const checkOf = (database: DatabaseHandle) =>
      createHealthCheck({ database, eventLog, scheduler, newsReceiver });
    const check = checkOf({ ...opened, kysely });
    const health = (isStarted = true) => check(isStarted);
    return { health, checkOf, connection: own.connection, statements };
  }

  it('probes the database once for any number of requests at the same time', async () => {
    const { health, statements } = await start();
    const results = await Promise.all(Array.from({ length: 100 }, () => health()));
    expect(statements).toEqual([expect.stringContaining('pg_database_size')]);
    for (const result of results)
      expect(result).toEqual({
        live: true,
        ready: true,
        database: {
          answers: true,
          writable: true,
          sizeBytes: expect.any(Number) as number,
          clockAheadMs: expect.any(Number) as number,
          clocksDiffer: false,
          faults: [],
          listening: true,
        },
        carrier: 'POSTGRES',
        scheduler: { running: true, jobs: ['sweep'] },
      });
  });

  it('probes the database again for later requests', async () => {
    const { health, statements } = await start();
    await vi.waitFor(async () => {
      await health();
      expect(statements).toHaveLength(2);
    }, 5_000);
  });

  it('reports a stopping server without another probe', async () => {
    const { health } = await start();
    const [before, after] = await Promise.all([health(), health(false)]);
    expect([before.ready, after.ready]).toEqual([true, false]);
    expect(after.database.answers).toBe(true);
  });

  it('is not ready while its database does not answer, whatever another database does', async () => {
    const { health, checkOf } = await start();
    const gone = openDatabase({ connection: 'postgresql://127.0.0.1:1/none', log: silentLog });
    onTestFinished(() => gone[Symbol.asyncDispose]());
    const [available, unavailable] = await Promise.all([health(), checkOf(gone)(true)]);
    expect(available.ready).toBe(true);
    expect(unavailable).toMatchObject({
      live: true,
      ready: false,
      database: { answers: false, sizeBytes: null },
    });
  });

  it('is not ready while the database answers but cannot be written', async () => {
    const { health, connection } = await start();
    const holder = new pg.Client({ connectionString: connection });
    await holder.connect();
    onTestFinished(() => holder.end());
    await holder.query('begin; lock table journal_identity in exclusive mode');
    expect(await health()).toMatchObject({ ready: false, database: { answers: true, writable: false } });
    await holder.query('rollback');
    await vi.waitFor(async () => expect(await health()).toMatchObject({ ready: true }), 20_000);
  });
});
