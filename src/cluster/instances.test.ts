import { sql } from 'kysely';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTestDatabase, proxied, servers } from '../../test/_util/database.ts';
import { openDatabase, type DatabaseHandle } from '../db/database.ts';
import { Demand } from '../journal/demand.ts';
import { silentLog } from '../log/log.ts';
import { Instances, type InstanceTimings } from './instances.ts';
import { LeaseLost } from './leases.ts';

const timings: InstanceTimings = { reportEveryMs: 50, leaseMs: 400, aliveMs: 500 };

interface Process {
  readonly instances: Instances;
  readonly demand: Demand;
  readonly database: DatabaseHandle;
}

/** Also on a machine that has much else to do. */
const eventually = (condition: () => unknown) => vi.waitUntil(condition, { timeout: 20_000, interval: 10 });

describe.each(servers)('instances ($name)', (server) => {
  async function shared(): Promise<string> {
    const own = await createTestDatabase(server);
    onTestFinished(() => own.drop());
    return own.connection;
  }

  async function join(connection: string, leases: readonly string[] = []): Promise<Process> {
    const database = openDatabase({ connection, max: 2, log: silentLog });
    const demand = new Demand();
    const stats = () => ({
      connectionCount: 1,
      subscriptionCount: 2,
      position: 3,
      notified: true,
      carrier: 'POSTGRES' as const,
      sendsTo: 'POSTGRES' as const,
    });
    const instances = new Instances({
      database,
      demand,
      log: silentLog,
      hostId: 'a',
      version: '1',
      stats,
      timings,
    });
    onTestFinished(async () => {
      await instances[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    });
    await instances.start(leases.map((lease) => ({ lease, feeds: ['shared'] })));
    return { instances, demand, database };
  }

  const othersOf = ({ instances }: Process): readonly string[] =>
    instances.others().map(({ instanceId }) => instanceId);

  it('know each other, and what each counts', async () => {
    const connection = await shared();
    const first = await join(connection);
    const second = await join(connection);
    expect(othersOf(second)).toEqual([first.instances.ownId]);
    await eventually(() => othersOf(first).length === 1);
    expect(first.instances.all()).toEqual([
      expect.objectContaining({ instanceId: first.instances.ownId, state: 'STARTING', position: 3 }),
      expect.objectContaining({ instanceId: second.instances.ownId, connectionCount: 1, notified: true }),
    ]);
  });

  it('hold a lease one at a time, and take it when its holder gives it up', async () => {
    const connection = await shared();
    const first = await join(connection, ['work']);
    const second = await join(connection, ['work', 'more']);
    expect([first.instances.holds('work'), second.instances.holds('work')]).toEqual([true, false]);
    expect(second.instances.holds('more')).toBe(true);
    await first.instances.drain();
    expect(first.instances.holds('work')).toBe(false);
    await eventually(() => second.instances.holds('work'));
    expect(second.instances.all()).toContainEqual(
      expect.objectContaining({ instanceId: first.instances.ownId, state: 'DRAINING', leases: [] }),
    );
  });

  it('take the lease of one that is cut off from the database, which then cannot store what it found', async () => {
    const connection = await shared();
    const { proxy, connection: breakable } = await proxied(connection);
    const first = await join(breakable, ['work']);
    const second = await join(connection, ['work']);
    proxy.blackHole();
    await eventually(() => second.instances.holds('work'));
    await eventually(() => second.instances.all().some(({ state }) => state === 'GONE'));
    expect(first.instances.holds('work')).toBe(true); // it does not know better
    proxy.heal();
    const confirmed = first.database.kysely
      .transaction()
      .execute((trx) => first.instances.confirm('work', trx));
    await expect(confirmed).rejects.toThrow(LeaseLost);
    await second.database.kysely.transaction().execute((trx) => second.instances.confirm('work', trx));
    await eventually(() => !first.instances.holds('work'));
  });

  it('do not take an expired lease before its holder has stored what it found', async () => {
    const connection = await shared();
    const first = await join(connection, ['work']);
    const second = await join(connection);
    const fence = async (): Promise<number | undefined> => {
      const { rows } = await sql<{ fence: number }>`select fence from leases`.execute(second.database.kysely);
      return rows[0]?.fence;
    };
    const before = await fence();
    await first.database.kysely.transaction().execute(async (trx) => {
      await first.instances.confirm('work', trx);
      const taking = sql`update leases set fence = fence + 1`.execute(second.database.kysely);
      await sql`select pg_sleep(0.05)`.execute(trx); // time for the other statement to arrive
      expect(await fence()).toBe(before);
      void taking.catch(() => undefined);
    });
    await expect.poll(fence, { timeout: 20_000 }).not.toBe(before);
  });

  it('sample at the pace of readers of any of them, until these leave or their instance ends', async () => {
    const connection = await shared();
    const first = await join(connection, ['work']);
    const second = await join(connection, ['work']);
    const reader = second.demand.watch('shared', 100);
    second.demand.watch('private', 100);
    await eventually(() => first.demand.pace('shared') === 100);
    expect(first.demand.pace('private')).toBeNull();
    expect(first.demand.ownPace('shared')).toBeNull();
    reader[Symbol.dispose]();
    await eventually(() => first.demand.pace('shared') === null);
    second.demand.watch('shared', 200);
    await eventually(() => first.demand.pace('shared') === 200);
    await second.instances[Symbol.asyncDispose]();
    await eventually(() => first.demand.pace('shared') === null);
    expect(first.instances.others()).toEqual([]);
  });

  it('report in time, however often others announce changes', async () => {
    const connection = await shared();
    const first = await join(connection, ['work']);
    const second = await join(connection);
    const announcing = setInterval(() => first.instances.receive(second.instances.ownId), 1);
    onTestFinished(() => clearInterval(announcing));
    const seenAt = () => first.instances.all()[0]?.seenAt ?? 0;
    const before = seenAt();
    await eventually(() => seenAt() > before + 2 * timings.leaseMs);
    expect(first.instances.holds('work')).toBe(true);
    expect(second.instances.all().find(({ leases }) => leases.includes('work'))?.state).toBe('STARTING');
  });

  it('report again after a crash of the database has emptied its unlogged tables', async () => {
    const connection = await shared();
    const first = await join(connection, ['work']);
    const second = await join(connection, ['work']);
    await sql`truncate instances, leases`.execute(first.database.kysely);
    await eventually(() => othersOf(first).length === 1 && othersOf(second).length === 1);
    const holders = () => [first, second].filter(({ instances }) => instances.holds('work')).length;
    await expect.poll(holders, { timeout: 20_000 }).toBe(1);
  });
});
