import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTestDatabase } from '../../../test/_util/database.ts';
import { openDatabase, type Database, type DatabaseHandle } from '../../db/database.ts';
import { healthOf } from './health.store.ts';
import type { DurableLog } from '../../journal/journal.ts';
import { openPostgresLog } from '../../journal/postgres-log.ts';
import { silentLog } from '../../log/log.ts';

const scheduler = { running: () => true, known: [{ id: 'sweep', name: 'Sweep', trigger: 'daily' }] };
const commitListener = { listening: () => true };

describe('health', () => {
  interface Started {
    database: DatabaseHandle;
    eventLog: DurableLog;
    connection: string;
    statements: string[];
  }

  async function start(): Promise<Started> {
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
    return { database: { ...opened, kysely }, eventLog, connection: own.connection, statements };
  }

  it('probes the database once for any number of requests at the same time', async () => {
    const { database, eventLog, statements } = await start();
    const told = await Promise.all(
      Array.from({ length: 100 }, () => healthOf({ database, eventLog, scheduler, commitListener }, true)),
    );
    expect(statements).toEqual([expect.stringContaining('pg_database_size')]);
    expect(told).toHaveLength(100);
    for (const health of told)
      expect(health).toEqual({
        live: true,
        ready: true,
        database: {
          answers: true,
          writable: true,
          sizeMb: expect.any(Number) as number,
          clockAheadMs: expect.any(Number) as number,
          clocksDiffer: false,
          faults: [],
          listening: true,
        },
        scheduler: { running: true, jobs: ['sweep'] },
      });
  });

  it('probes the database again for later requests', async () => {
    const { database, eventLog, statements } = await start();
    await vi.waitFor(async () => {
      await healthOf({ database, eventLog, scheduler, commitListener }, true);
      expect(statements).toHaveLength(2);
    }, 5_000);
  });

  it('reports a stopping server without another probe', async () => {
    const { database, eventLog } = await start();
    const [before, after] = await Promise.all([
      healthOf({ database, eventLog, scheduler, commitListener }, true),
      healthOf({ database, eventLog, scheduler, commitListener }, false),
    ]);
    expect([before.ready, after.ready]).toEqual([true, false]);
    expect(after.database.answers).toBe(true);
  });

  it('probes each database for itself, and is not ready where one does not answer', async () => {
    const { database, eventLog } = await start();
    const gone = openDatabase({ connection: 'postgresql://127.0.0.1:1/none', log: silentLog });
    onTestFinished(() => gone[Symbol.asyncDispose]());
    const [here, there] = await Promise.all([
      healthOf({ database, eventLog, scheduler, commitListener }, true),
      healthOf({ database: gone, eventLog, scheduler, commitListener }, true),
    ]);
    expect(here.ready).toBe(true);
    expect(there).toMatchObject({ live: true, ready: false, database: { answers: false, sizeMb: null } });
  });

  it('is not ready while the database answers but cannot be written', async () => {
    const { database, eventLog, connection } = await start();
    const holder = new pg.Client({ connectionString: connection });
    await holder.connect();
    onTestFinished(() => holder.end());
    await holder.query('begin; lock table journal_identity in exclusive mode');
    const blocked = await healthOf({ database, eventLog, scheduler, commitListener }, true);
    expect(blocked).toMatchObject({ ready: false, database: { answers: true, writable: false } });
    await holder.query('rollback');
    await vi.waitFor(async () => {
      expect(await healthOf({ database, eventLog, scheduler, commitListener }, true)).toMatchObject({
        ready: true,
      });
    }, 20_000);
  });
});
