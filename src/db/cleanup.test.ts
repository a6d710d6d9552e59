import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, servers, type TestDatabase } from '../../test/_util/database.ts';
import { openDatabase, type DatabaseHandle } from './database.ts';
import { removeOld, type Retained } from './retained.ts';
import { retainedAudit } from '../domains/governance/audit.store.ts';
import { retainedEntries } from '../journal/retention.ts';
import { openLog, type Log } from '../log/log.ts';
import { cleanupJob } from './cleanup.ts';

const dayMs = 86_400_000;
const never = new AbortController().signal;
const domains = [
  { name: 'governance', retained: [retainedEntries('audit', 'auditDays'), retainedAudit] },
  { name: 'host', retained: [retainedEntries('host')] },
];

describe.each(servers)('retention on $name', (server) => {
  let own: TestDatabase;
  let database: DatabaseHandle;
  let lines: Record<string, unknown>[] = [];
  let log: Log;

  beforeAll(async () => {
    own = await createTestDatabase(server);
    const write = (line: string): void => void lines.push(JSON.parse(line) as Record<string, unknown>);
    log = openLog({ level: 'INFO', destination: { write } });
    database = openDatabase({ connection: own.connection, log });
  });
  afterAll(async () => {
    await database[Symbol.asyncDispose]();
    await own.drop();
  });
  beforeEach(async () => {
    lines = [];
    await sql`delete from retention_state`.execute(database.kysely);
    await sql`delete from events`.execute(database.kysely);
    await database.kysely.transaction().execute(async (trx) => {
      await sql`select set_config('opsgraph.retention', 'on', true)`.execute(trx);
      await sql`delete from audit_log`.execute(trx);
    });
  });

  /** One event of the host for each age in days, a second older than that, and one audit entry. */
  async function store(...ages: number[]): Promise<void> {
    await sql`insert into events (topic, key, type, id, occurred_at, recorded_at, payload)
      select 'host', 'k', 'x', gen_random_uuid()::text, now(), now() - make_interval(days => age, secs => 1), '{}'
      from unnest(${ages}::int[]) with ordinality as ages (age, at) order by at`.execute(database.kysely);
    await sql`insert into audit_log (seq, id, event_type, actor_id, action, status, occurred_at, recorded_at)
      select 1000000 * (400 - age) + (random() * 999999)::int, age::text, 't', 'ada', 'a', 'success', now(),
        now() - make_interval(days => age) from unnest(${ages}::int[]) as age`.execute(database.kysely);
  }

  async function left(): Promise<{ events: number; audit: number }> {
    const { rows } = await sql<{ events: number; audit: number }>`
      select (select count(*)::int from events) as events, (select count(*)::int from audit_log) as audit
    `.execute(database.kysely);
    return rows[0] ?? { events: -1, audit: -1 };
  }

  async function run({
    now,
    days = 30,
    auditDays = 365,
  }: { now?: () => number; days?: number; auditDays?: number } = {}) {
    await cleanupJob({
      domains,
      database,
      transactWithLog: () => Promise.reject(new Error('unexpected transaction with the log')),
      retention: { days, auditDays },
      log,
      ...(now && { now }),
    }).run(never);
  }

  async function ranDaysAgo(days: number): Promise<void> {
    await sql`insert into retention_state (ran_at, kept_since, audit_kept_since)
      values (now() - make_interval(days => ${days}), now() - make_interval(days => ${days + 30}),
        now() - make_interval(days => ${days + 365}))`.execute(database.kysely);
  }

  it('removes nothing while the clocks of the server and of the database differ, and reports it', async () => {
    await store(400, 200, 1);
    for (const [offset, which] of [
      [400 * dayMs, 'ahead of'],
      [-400 * dayMs, 'behind'],
      [300_000, 'ahead of'],
    ] as const) {
      lines = [];
      await expect(run({ now: () => Date.now() + offset })).rejects.toThrow(which);
      expect(await left()).toEqual({ events: 3, audit: 3 });
      expect(lines).toMatchObject([{ level: 'ERROR', job: 'database_cleanup' }]);
    }
    await run({ now: () => Date.now() + 100_000 });
    expect(await left()).toEqual({ events: 1, audit: 2 });
  });

  it('warns with counts and the cut-off only when it removes more than a day’s worth', async () => {
    await ranDaysAgo(1);
    await store(30, 1);
    await run();
    expect(lines).toMatchObject([{ level: 'INFO', table: 'events', removed: 1 }]);
    lines = [];
    await store(20, 20, 1);
    await run({ days: 10 });
    expect(lines).toMatchObject([{ level: 'WARNING', table: 'events', removed: 2 }]);
    const [{ before, previously } = {}] = lines;
    expect(Date.parse(String(before)) - Date.parse(String(previously))).toBeGreaterThan(19 * dayMs);
  });

  it('removes nothing in the first run after a pause of days but reports the rows, and removes them in the next run', async () => {
    await ranDaysAgo(400);
    await store(400, 31, 1);
    await expect(run()).rejects.toThrow('Nothing was removed yet');
    expect(await left()).toEqual({ events: 3, audit: 3 });
    expect(lines).toMatchObject([{ level: 'WARNING', rows: { events: 2, audit_log: 1 } }]);
    await run();
    expect(await left()).toEqual({ events: 1, audit: 2 });
  });

  it('stores a time before its first run, so that a clock that jumps before that run removes nothing', async () => {
    await using fresh = await createTestDatabase(server);
    await using db = openDatabase({ connection: fresh.connection, log });
    const { rows } = await sql<{ ranAt: Date }>`select ran_at as "ranAt" from retention_state`.execute(
      db.kysely,
    );
    expect(rows).toEqual([{ ranAt: expect.any(Date) as Date }]);
  });

  it('runs after a pause of days when no row became old', async () => {
    await ranDaysAgo(400);
    await store(1);
    await run();
    expect(lines).toEqual([]);
  });

  it('removes rows in slices within the statement timeout, and continues after an interruption', async () => {
    const rows = 1_200;
    await sql`insert into events (topic, key, type, id, occurred_at, recorded_at, payload)
      select 'host', 'k', 'x', 'many' || n, now(), now() - interval '31 days', '{}'
      from generate_series(1, ${rows}::int) as n`.execute(database.kysely);
    // Each row takes time, so that all of them in one statement would exceed the statement timeout.
    await sql`create function slowly() returns trigger language plpgsql as
      $$ begin perform pg_sleep(0.0002); return old; end $$`.execute(database.kysely);
    await sql`create trigger slow before delete on events for each row execute function slowly()`.execute(
      database.kysely,
    );
    const hasty = openDatabase({ connection: own.connection, statementTimeoutMs: 500, log });
    try {
      const before = new Date(Date.now() - 30 * dayMs);
      await expect(sql`delete from events`.execute(hasty.kysely)).rejects.toMatchObject({ code: '57014' });
      const stop = new AbortController();
      let slices = 0;
      const remove = (signal: AbortSignal, stopAfter: number): Promise<number> =>
        removeOld(hasty.kysely, retainedEntries('host'), before, {
          signal,
          transact: async (work) => {
            const removed = await hasty.kysely.transaction().execute(work);
            if (++slices === stopAfter) stop.abort(new Error('enough'));
            return removed;
          },
        });
      await expect(remove(stop.signal, 2)).rejects.toThrow(/aborted|enough/);
      const { events } = await left();
      expect(events).toBeGreaterThan(0);
      expect(events).toBeLessThan(rows);
      expect(await remove(never, Infinity)).toBe(events);
      expect(await left()).toMatchObject({ events: 0 });
      const { rows: floors } = await sql<{ gone: boolean }>`
        select seq = currval_of.last_value as gone from event_floors,
          (select last_value from events_seq) as currval_of where topic = 'host'`.execute(database.kysely);
      expect(floors).toEqual([{ gone: true }]);
    } finally {
      await hasty[Symbol.asyncDispose]();
      await sql`drop trigger slow on events`.execute(database.kysely);
    }
  });

  it('scans keys of several columns without skipping a row at the ends of slices', async () => {
    await sql`create table measured (host text, at timestamptz, primary key (host, at))`.execute(
      database.kysely,
    );
    await sql`insert into measured select 'h' || h, now() - make_interval(secs => n * 0.000003, days => n % 2)
      from generate_series(1, 3) as h, generate_series(0, 99) as n`.execute(database.kysely);
    const retained: Retained = {
      table: 'measured',
      by: 'at',
      key: { host: 'text', at: 'timestamptz' },
    };
    const removed = await removeOld(database.kysely, retained, new Date(Date.now() - dayMs / 2), {
      sliceRows: 7,
      transact: (work) => database.kysely.transaction().execute(work),
    });
    expect(removed).toBe(150);
  });
});
