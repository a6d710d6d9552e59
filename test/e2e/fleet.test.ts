import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import {
  FleetReader,
  FleetWriter,
  startFleet,
  workerPids,
  type Fleet,
  type FleetInstance,
} from '../_util/fleet.ts';
import { longRun, runs } from '../_util/long-run.ts';
import { buildProgram } from '../_util/process.ts';

beforeAll(buildProgram);

/** Longer than a pause that a client or a lease survives. */
const pauseMs = runs(4_000, 30_000);
/** How long a fault goes on that does not end by itself. */
const faultMs = 2_000;

type Fault = (fleet: Fleet, one: FleetInstance) => Promise<void>;

/** `one` is the instance that is hit where a fault hits one. */
const faults: Readonly<Record<string, Fault>> = {
  async 'kill -9 of an instance'(_fleet, one) {
    one.running.child.kill('SIGKILL');
    await one.running.exit();
    await one.restart();
  },
  async 'kill -9 of a worker'({ instances }) {
    const [pid] = instances.flatMap(({ running }) => workerPids(running));
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  },
  async 'a regular restart'(_fleet, one) {
    one.running.child.kill('SIGTERM');
    expect(await one.running.exit()).toBe(0);
    await one.restart();
  },
  async 'SIGHUP, which replaces the workers'({ instances }) {
    instances.at(-1)?.running.child.kill('SIGHUP');
  },
  async 'a pause of an instance'(_fleet, one) {
    const pids = [one.running.child.pid ?? 0, ...workerPids(one.running)];
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    await sleep(pauseMs);
    for (const pid of pids) process.kill(pid, 'SIGCONT');
  },
  'kill -9 of PostgreSQL': (fleet) => fleet.killPostgres(),
  async 'a partition between an instance and PostgreSQL'(_fleet, { proxy }) {
    proxy.blackHole();
    await sleep(faultMs);
    proxy.heal();
  },
  async 'a network that resets the connections of an instance to PostgreSQL'(_fleet, { proxy }) {
    proxy.cut();
    await sleep(faultMs);
    proxy.heal();
  },
  'the end of all LISTEN connections': (fleet) => fleet.endListeners(),
  async 'no connections left at PostgreSQL'(fleet) {
    const release = await fleet.useUpConnections();
    await sleep(faultMs);
    await release();
  },
};

/** Mulberry32: the same numbers for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled(names: readonly string[], random: () => number): string[] {
  const places = names.map((name) => ({ name, at: random() }));
  return places.toSorted((a, b) => a.at - b.at).map(({ name }) => name);
}

const seeds =
  process.env['FAULT_SEED'] === undefined
    ? Array.from({ length: runs(1, 5) }, () => Math.floor(Math.random() * 2 ** 32))
    : [Number(process.env['FAULT_SEED'])];

describe.each(seeds)('three instances, one of them with two workers (FAULT_SEED=%i)', (seed) => {
  it(
    'deliver each acknowledged event once and in one order, whatever fails meanwhile',
    { timeout: longRun ? 1_800_000 : 180_000 },
    async () => {
      const random = randomOf(seed);
      const oneOf = <Item>(items: readonly [Item, ...Item[]]): Item =>
        items[Math.floor(random() * items.length)] ?? items[0];
      const fleet = await startFleet(3);
      const instances = fleet.instances as readonly [FleetInstance, ...FleetInstance[]];
      // apart from the seed, as their number of calls differs from run to run
      const anyUrl = (from: (running: FleetInstance['running']) => string) => () =>
        from((instances[Math.floor(Math.random() * instances.length)] ?? instances[0]).running);
      const writers = instances.map(
        (_, n) =>
          new FleetWriter(
            `writer-${n}`,
            anyUrl(({ url }) => url),
          ),
      );
      const readers = Array.from({ length: 6 }, () => new FleetReader(anyUrl(({ wsUrl }) => wsUrl)));
      const done: string[] = [];
      const acknowledged = () => writers.reduce((sum, one) => sum + one.acknowledged.length, 0);
      for (const name of Array.from({ length: runs(1, 4) }, () =>
        shuffled(Object.keys(faults), random),
      ).flat()) {
        done.push(name);
        const before = acknowledged();
        await faults[name]?.(fleet, oneOf(instances));
        for (const reader of readers) if (random() < 0.3) reader.move();
        await vi.waitUntil(() => acknowledged() > before + 20, { timeout: 60_000 });
      }
      for (const writer of writers) await writer.stop();
      const last = new FleetWriter('last', () => instances[0].running.url);
      await vi.waitUntil(() => last.acknowledged.length > 0, { timeout: 60_000 });
      await last.stop();
      const all = [...writers, last].flatMap((writer) => writer.acknowledged);
      const about = `FAULT_SEED=${seed}, after ${done.join('; ')}`;
      for (const [n, reader] of readers.entries()) {
        await vi.waitUntil(() => reader.keys.length >= all.length, { timeout: 30_000 }).catch(() => {});
        expect(reader.keys.length, `events of reader ${n}: ${about}`).toBe(all.length);
        expect(reader.keys, `reader ${n}: ${about}`).toEqual(readers[0]?.keys);
        reader.stop();
      }
      expect(readers[0]?.keys.toSorted(), about).toEqual(all.toSorted());
      expect(all.length).toBeGreaterThan(200);
      expect(readers.every(({ connections }) => connections > 1)).toBe(true);
      for (const { running } of instances) running.child.kill('SIGTERM');
      for (const { running } of instances) expect(await running.exit()).toBe(0);
    },
  );
});
