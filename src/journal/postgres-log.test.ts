import { follow } from '../../test/_util/follow.ts';
import { heldTransaction } from '../../test/_util/held-transaction.ts';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTestDatabase, servers } from '../../test/_util/database.ts';
import { programOf } from '../../test/_util/process.ts';
import { openDatabase, type DatabaseHandle } from '../db/database.ts';
import { MemoryBudget } from '../lib/memory-budget.ts';
import { silentLog, type Log } from '../log/log.ts';
import { describeEventLog } from './event-log.contract.ts';
import type { DurableLog } from './journal.ts';
import { openPostgresLog } from './postgres-log.ts';
import { retainedEntries } from './retention.ts';
import { every, type Draft, type Entry } from './topic.ts';
import { removeBefore } from '../../test/_util/remove-old.ts';

const alpha = every<{ n: number }>('alpha');

function draft(n: number): Draft<{ n: number }> {
  return { topic: alpha, key: 'k', type: 'counted', payload: { n } };
}

for (const server of servers) {
  describeEventLog(`in PostgreSQL (${server.name})`, { durable: true }, async (ringEntriesMax) => {
    const database = await createTestDatabase(server);
    const handle = openDatabase({ connection: database.connection, log: silentLog });
    const ring = { entriesMax: ringEntriesMax, bytesMax: 1_000_000 };
    const log = await openPostgresLog({ database: handle, log: silentLog, ring });
    const opened: { log: DurableLog; handle: DatabaseHandle }[] = [];
    let current: DurableLog = log;
    return {
      get log() {
        return current;
      },
      async reopen() {
        const again = openDatabase({ connection: database.connection, log: silentLog });
        const reopened = await openPostgresLog({ database: again, log: silentLog, ring });
        opened.push({ log: reopened, handle: again });
        return reopened;
      },
      async expireUpTo(topic, seq) {
        await sql`update events set recorded_at = '2000-01-01' where seq <= ${seq}`.execute(handle.kysely);
        await removeBefore(handle, retainedEntries(topic), new Date('2001-01-01'));
        await current[Symbol.asyncDispose]();
        current = await openPostgresLog({ database: handle, log: silentLog, ring });
      },
      async close() {
        for (const one of opened) {
          await one.log[Symbol.asyncDispose]();
          await one.handle[Symbol.asyncDispose]();
        }
        await current[Symbol.asyncDispose]();
        await handle[Symbol.asyncDispose]();
        await database.drop();
      },
    };
  });

  describe(`the PostgreSQL log (${server.name})`, () => {
    async function start(
      lines: Log = silentLog,
    ): Promise<{ log: DurableLog; handle: DatabaseHandle; connection: string }> {
      const database = await createTestDatabase(server);
      const handle = openDatabase({ connection: database.connection, log: silentLog });
      const log = await openPostgresLog({ database: handle, log: lines, retryMs: 20 });
      onTestFinished(async () => {
        await log[Symbol.asyncDispose]();
        await handle[Symbol.asyncDispose]();
        await database.drop();
      });
      return { log, handle, connection: database.connection };
    }

    it('does not skip an entry that another instance commits late', async () => {
      const { log, connection } = await start();
      const other = openDatabase({ connection, log: silentLog });
      const otherLog = await openPostgresLog({ database: other, log: silentLog });
      let release = (): void => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      let entered = (): void => {};
      const locked = new Promise<void>((resolve) => {
        entered = resolve;
      });
      const late = otherLog.transact(async () => {
        entered();
        await held; // the lock is held until the commit, and positions are assigned with the lock held
        return { value: null, drafts: [draft(1)] };
      });
      const stop = new AbortController();
      const reading = (async () => {
        const taken: unknown[] = [];
        for await (const entry of follow(log, { topics: ['alpha'], signal: stop.signal })) {
          if (taken.push(entry.payload) === 2) return taken;
        }
        return taken;
      })();
      await locked;
      const soon = log.append([draft(2)]);
      release();
      await Promise.all([late, soon]);
      expect((await reading).map((payload) => (payload as { n: number }).n).sort((a, b) => a - b)).toEqual([
        1, 2,
      ]);
      stop.abort();
      await otherLog[Symbol.asyncDispose]();
      await other[Symbol.asyncDispose]();
    });

    it('reads the commits of another instance during a commit of its own', async () => {
      const { log, connection } = await start();
      const otherLog = await reopened(connection);
      await otherLog.append([draft(1)]);
      const { done, finish } = await heldTransaction(log, draft(9));
      expect(log.head()).toBe(0);
      const appended = new Promise<readonly Entry[]>((resolve) =>
        log.onAppend((entries) => resolve(entries)),
      );
      log.receive('1');
      expect((await appended).map(({ payload }) => payload)).toEqual([{ n: 1 }]);
      finish();
      await done;
      expect(log.recent(null, 0, 10).map(({ payload }) => payload)).toEqual([{ n: 1 }, { n: 9 }]);
    });

    it('accepts a cursor of another instance that is ahead of its own head', async () => {
      const { log, connection } = await start();
      const otherLog = await reopened(connection);
      const [, second] = await otherLog.append([draft(1), draft(2)]);
      const stop = new AbortController();
      const reading = follow(log, { topics: ['alpha'], after: second?.cursor ?? null, signal: stop.signal });
      const next = reading.next();
      await otherLog.append([draft(3)]);
      log.receive('3');
      expect((await next).value).toMatchObject({ seq: 3, payload: { n: 3 } });
      stop.abort();
    });

    it('reads correctly after notifications that are not news of the log', async () => {
      const { log, connection } = await start();
      const otherLog = await reopened(connection);
      for (const news of ['', 'x', '1000000', '1000000 0 0 [[]]', '1 0 0 [7]', '1 0 0 {', '2 NaN 0 []'])
        log.receive(news);
      // Listens before the event is stored: one of the reads begun above may find it.
      const appended = new Promise<readonly Entry[]>((resolve) =>
        log.onAppend((entries) => resolve(entries)),
      );
      await otherLog.append([draft(1)]);
      log.receive('1');
      expect((await appended).map(({ seq }) => seq)).toEqual([1]);
    });

    it('commits all requests that arrive during a commit together', async () => {
      const { log, handle } = await start();
      await Promise.all(Array.from({ length: 500 }, (_, n) => log.append([draft(n)])));
      const { rows } = await sql<{ transactions: number }>`
        select count(distinct xmin::text)::int as transactions from events`.execute(handle.kysely);
      expect(rows[0]?.transactions).toBeLessThan(10);
    });

    it('rolls back only the changes of the caller whose transaction function fails', async () => {
      const { log, handle } = await start();
      const outcomes = await Promise.allSettled([
        log.append([draft(1)]),
        log.transact(async (db) => {
          await sql`create table left_over (n int)`.execute(db);
          throw new Error('no');
        }),
        log.append([draft(2)]),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      const { rows } = await sql<{ table: string | null }>`select to_regclass('left_over') as table`.execute(
        handle.kysely,
      );
      expect(rows[0]?.table).toBeNull();
    });

    it('rejects only the caller whose draft cannot be stored', async () => {
      const { log } = await start();
      const bad: Draft = { ...draft(2), key: 'a\u0000b' };
      const outcomes = await Promise.allSettled([
        log.append([draft(1)]),
        log.append([bad]),
        log.append([draft(3)]),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    });

    it('acknowledges committed events although a listener fails, and stores none twice', async () => {
      const failures: object[] = [];
      const { log, handle } = await start({ ...silentLog, error: (fields) => failures.push(fields) });
      const received: Entry[] = [];
      log.onAppend(() => {
        throw new Error('broken listener');
      });
      log.onAppend((entries) => void received.push(...entries));
      let runs = 0;
      const outcomes = await Promise.all([
        log.append([draft(1)]),
        log.transact(async () => {
          runs++;
          return { value: null, drafts: [draft(2)] };
        }),
        log.append([draft(3)]),
      ]);
      expect(outcomes).toHaveLength(3);
      expect(runs).toBe(1);
      expect(await payloads(handle)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
      expect(received.map(({ seq }) => seq)).toEqual([1, 2, 3]);
      expect(failures).toEqual([{ err: expect.objectContaining({ message: 'broken listener' }) }]);
    });

    it('acknowledges a transaction when the listeners have applied it, without delaying other appends', async () => {
      const { log } = await start();
      let settled = (): void => {};
      const taking = new Promise<void>((resolve) => (settled = resolve));
      log.onAppend(([entry]) => (entry?.key === 'slow' ? taking : undefined));
      const order: string[] = [];
      const changed = log
        .transact(async () => ({ value: null, drafts: [{ ...draft(1), key: 'slow' }] }))
        .then(() => order.push('changed'));
      await log.append([draft(2)]);
      order.push('appended');
      settled();
      await changed;
      expect(order).toEqual(['appended', 'changed']);
    });

    it('assigns unused positions after the database has fallen back to an older state', async () => {
      const { log, handle } = await start();
      await log.append([draft(1), draft(2), draft(3), draft(4)]);
      const [, , last] = log.recent(null, 0, 10);
      await sql`delete from events where seq > 1`.execute(handle.kysely);
      await sql`select setval('events_seq', 1)`.execute(handle.kysely);
      const receipts = await log.append([draft(5), draft(6)]);
      expect(receipts.map(({ seq, duplicate }) => ({ seq, duplicate }))).toEqual([
        { seq: 5, duplicate: false },
        { seq: 6, duplicate: false },
      ]);
      expect(log.recent(null, last?.seq ?? 0, 10).map(({ payload }) => payload)).toEqual([
        { n: 4 },
        { n: 5 },
        { n: 6 },
      ]);
      expect(await payloads(handle)).toEqual([{ n: 1 }, { n: 5 }, { n: 6 }]);
    });

    it('assigns positions after all stored events although the sequence is behind', async () => {
      const { log, handle } = await start();
      await log.append([draft(1), draft(2), draft(3)]);
      await sql`select setval('events_seq', 1, false)`.execute(handle.kysely);
      const afterRows = await log.append([draft(4), draft(5)]);
      await sql`update events set recorded_at = '2000-01-01'`.execute(handle.kysely);
      await removeBefore(handle, retainedEntries(alpha.name), new Date('2001-01-01'));
      await sql`select setval('events_seq', 2)`.execute(handle.kysely);
      const afterFloor = await log.append([draft(6)]);
      expect([...afterRows, ...afterFloor].map(({ seq }) => seq)).toEqual([4, 5, 6]);
      expect(log.recent(null, 3, 10).map(({ payload }) => payload)).toEqual([{ n: 4 }, { n: 5 }, { n: 6 }]);
      const { rows } = await sql<{ next: number }>`select nextval('events_seq') as next`.execute(
        handle.kysely,
      );
      expect(rows[0]?.next).toBe(7);
    });

    it('rejects drafts with OVERLOADED when too many are waiting', async () => {
      const { handle } = await start();
      const log = await openPostgresLog({
        database: handle,
        log: silentLog,
        commit: { waitingMax: 10, batchMax: 5 },
      });
      const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => log.append([draft(n)])));
      const rejected = outcomes.filter(({ status }) => status === 'rejected');
      expect(rejected.length).toBe(10);
      expect(rejected[0]).toMatchObject({ reason: { code: 'OVERLOADED', retryable: true } });
      await log[Symbol.asyncDispose]();
    });

    it('rejects drafts with OVERLOADED when the waiting ones take too much memory, and accepts more when they are stored', async () => {
      const { handle } = await start();
      const drafts = new MemoryBudget(48 * 4_096).share('drafts');
      const log = await openPostgresLog({ database: handle, log: silentLog, drafts });
      const large = (n: number) => ({ ...draft(n), payload: { n, text: 'x'.repeat(5_000) } });
      const outcomes = await Promise.allSettled(Array.from({ length: 5 }, (_, n) => log.append([large(n)])));
      expect(outcomes.map(({ status }) => status)).toEqual([
        'fulfilled',
        'fulfilled',
        'rejected',
        'rejected',
        'rejected',
      ]);
      expect(outcomes.at(-1)).toMatchObject({ reason: { code: 'OVERLOADED', retryable: true } });
      await expect.poll(() => drafts.bytes).toBe(0);
      await log.append([large(5)]);
      await log[Symbol.asyncDispose]();
    });

    it('delivers a commit whose acknowledgement was lost with the connection', async () => {
      const { log, handle } = await start();
      const stop = new AbortController();
      const reading = follow(log, { topics: ['alpha'], signal: stop.signal });
      const first = reading.next();
      await sql`insert into events (topic, key, type, id, occurred_at, payload)
        values ('alpha', 'k', 'counted', 'unacknowledged', now(), '{"n": 1}')`.execute(handle.kysely);
      const failing = log.transact(async (db) => {
        await sql`select pg_terminate_backend(pg_backend_pid())`.execute(db);
        return { value: null, drafts: [] };
      });
      await expect(failing).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE', retryable: true });
      expect((await first).value).toMatchObject({ id: 'unacknowledged' });
      stop.abort();
    });

    it('delivers every acknowledged event after the process was killed', async () => {
      const { log, connection } = await start();
      const script = await programOf('test/_util/append-until-killed.ts');
      const child = spawn(process.execPath, [script, connection], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const acknowledged: string[] = [];
      let rest = '';
      child.stdout.setEncoding('utf8');
      child.stdout.on('data', (chunk: string) => {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        acknowledged.push(...lines);
        if (acknowledged.length >= 200) child.kill('SIGKILL');
      });
      await once(child, 'exit');
      const reader = follow(await reopened(connection), {
        topics: ['alpha'],
        after: 'earliest',
        signal: new AbortController().signal,
      });
      const found = new Set<string>();
      while (found.size < acknowledged.length || !found.has(acknowledged.at(-1) ?? '')) {
        const next = await reader.next();
        if (next.done === true) break;
        found.add(next.value.id);
      }
      expect(acknowledged.every((id) => found.has(id))).toBe(true);
      expect(log.head()).toBeGreaterThanOrEqual(0);
    });

    async function payloads({ kysely }: DatabaseHandle): Promise<unknown[]> {
      const rows = await kysely.selectFrom('events').select('payload').orderBy('seq').execute();
      return rows.map(({ payload }) => payload);
    }

    async function reopened(connection: string): Promise<DurableLog> {
      const handle = openDatabase({ connection, log: silentLog });
      const log = await openPostgresLog({ database: handle, log: silentLog });
      onTestFinished(async () => {
        await log[Symbol.asyncDispose]();
        await handle[Symbol.asyncDispose]();
      });
      return log;
    }
  });
}
