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
import { follow } from './reader.ts';
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

    it('does not skip an entry that another writer commits late', async () => {
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
        await held; // its positions are not drawn before the lock is free, and the lock is held until its commit
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

    it('reads what another instance has committed while a commit of its own is under way', async () => {
      const { log, connection } = await start();
      const otherLog = await reopened(connection);
      await otherLog.append([draft(1)]);
      const { done, finish } = await heldTransaction(log, draft(9));
      expect(log.head()).toBe(0);
      const appended = new Promise<readonly Entry[]>((resolve) =>
        log.onAppend((entries) => resolve(entries)),
      );
      log.catchUp(1);
      expect((await appended).map(({ payload }) => payload)).toEqual([{ n: 1 }]);
      finish();
      await done;
      expect(log.recent(null, 0, 10).map(({ payload }) => payload)).toEqual([{ n: 1 }, { n: 9 }]);
    });

    it('accepts a cursor that another instance gave, though it has not read that far', async () => {
      const { log, connection } = await start();
      const otherLog = await reopened(connection);
      const [, second] = await otherLog.append([draft(1), draft(2)]);
      const stop = new AbortController();
      const reading = follow(log, { topics: ['alpha'], after: second?.cursor ?? null, signal: stop.signal });
      const next = reading.next();
      await otherLog.append([draft(3)]);
      log.catchUp(3);
      expect((await next).value).toMatchObject({ seq: 3, payload: { n: 3 } });
      stop.abort();
    });

    it('is not led astray by a notification that is no position of the log', async () => {
      const { log, connection } = await start();
      const otherLog = await reopened(connection);
      log.catchUp(Number.NaN);
      log.catchUp(1_000_000);
      await otherLog.append([draft(1)]);
      const appended = new Promise<readonly Entry[]>((resolve) =>
        log.onAppend((entries) => resolve(entries)),
      );
      log.catchUp(1);
      expect((await appended).map(({ seq }) => seq)).toEqual([1]);
    });

    it('puts all that arrives during one commit into the next one', async () => {
      const { log, handle } = await start();
      await Promise.all(Array.from({ length: 500 }, (_, n) => log.append([draft(n)])));
      const { rows } = await sql<{ transactions: number }>`
        select count(distinct xmin::text)::int as transactions from events`.execute(handle.kysely);
      expect(rows[0]?.transactions).toBeLessThan(10);
    });

    it('undoes only the changes of the caller whose decision failed', async () => {
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

    it('refuses only the caller whose statement fails when the batch is stored', async () => {
      const { log } = await start();
      const bad: Draft = { ...draft(2), key: 'a\u0000b' };
      const outcomes = await Promise.allSettled([
        log.append([draft(1)]),
        log.append([bad]),
        log.append([draft(3)]),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    });

    it('resolves what is committed also when a listener fails, and stores nothing twice', async () => {
      const failures: object[] = [];
      const { log, handle } = await start({ ...silentLog, error: (fields) => failures.push(fields) });
      const heard: Entry[] = [];
      log.onAppend(() => {
        throw new Error('a listener that is broken');
      });
      log.onAppend((entries) => void heard.push(...entries));
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
      expect(heard.map(({ seq }) => seq)).toEqual([1, 2, 3]);
      expect(failures).toEqual([{ err: expect.objectContaining({ message: 'a listener that is broken' }) }]);
    });

    it('answers who changed something when this process goes by it, and holds up nobody else', async () => {
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

    it('shows readers what comes after the database has fallen back to an older state', async () => {
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

    it('draws positions behind everything that is stored, also when the sequence was left behind', async () => {
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

    it('answers OVERLOADED instead of queueing without end', async () => {
      const { handle } = await start();
      const log = await openPostgresLog({
        database: handle,
        log: silentLog,
        commit: { waitingMax: 10, batchMax: 5 },
      });
      const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => log.append([draft(n)])));
      const refused = outcomes.filter(({ status }) => status === 'rejected');
      expect(refused.length).toBe(10);
      expect(refused[0]).toMatchObject({ reason: { code: 'OVERLOADED', retryable: true } });
      await log[Symbol.asyncDispose]();
    });

    it('answers OVERLOADED when the drafts that wait take too much memory, and takes more once they are stored', async () => {
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

    it('shows readers a commit whose acknowledgement was lost with the connection', async () => {
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

    it('loses nothing that was acknowledged when the process is killed between commit and delivery', async () => {
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
