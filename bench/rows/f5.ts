import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from '../lib/child.ts';
import { connectAll, produce, type Contender } from '../lib/fanout.ts';
import { against, progress, sizes, type Row } from '../lib/row.ts';
import type { Memory } from '../lib/serve.ts';
import { quantile, spreadOf } from '../lib/stats.ts';
import { number } from '../lib/table.ts';
import type { OurServer } from '../servers/ours.ts';
import type { RawServer } from '../servers/raw-ws.ts';

const roundsMax = 3;

export const f5: Row = {
  name: 'F5',
  what: 'memory of a subscribed connection, compared with a bare ws connection',
  async measure(stage, options) {
    const [connections = 1] = sizes(options, [5_000], 100);
    const ours: Memory[] = [];
    const raw: Memory[] = [];
    for (let round = 0; round < Math.min(options.rounds, roundsMax); round++) {
      raw.push(await rawGrowth(stage, connections));
      await stage.endAll();
      ours.push(await ourGrowth(stage, connections));
      await stage.endAll();
      const [own, bare] = [ours.at(-1), raw.at(-1)];
      progress(`  round ${round + 1}: ours ${own?.rss} bytes resident, raw ws ${bare?.rss}`);
    }
    const heap = (all: readonly Memory[]): string =>
      number(
        quantile(
          all.map(({ heapUsed, external }) => (heapUsed + external) / 1024),
          0.5,
        ),
      );
    const resident = (all: readonly Memory[]) => spreadOf(all.map(({ rss }) => rss / 1024));
    return [
      against({
        row: 'F5',
        what: `memory per connection, ${connections} connections`,
        unit: 'KB resident',
        ours: resident(ours),
        peer: { name: 'raw ws', spread: resident(raw) },
        goal: { relation: '≤', value: 2 },
        notes: [`heap and buffers of it: ${heap(ours)} (ours), ${heap(raw)} (raw ws)`],
      }),
    ];
  },
};

async function ourGrowth(stage: Stage, connections: number): Promise<Memory> {
  const server = await stage.start<OurServer>('servers/ours.ts', 'ours');
  const { port } = await server.call('start', { produces: { kind: 'samples', hosts: 1 }, store: null });
  const shared = server as unknown as Contender['server'];
  return growth(shared, connections, () => connectAll(stage, 'ours', shared, port, { connections }));
}

async function rawGrowth(stage: Stage, connections: number): Promise<Memory> {
  const server = await stage.start<RawServer>('servers/raw-ws.ts', 'peers');
  const { port } = await server.call('start', {
    bySocket: false,
    templates: ['{"a message of the same kind":770000000000}'],
  });
  const shared = server as unknown as Contender['server'];
  const how = { connections, subscriptions: null };
  return growth(shared, connections, () => connectAll(stage, 'raw ws', shared, port, how));
}

/** The memory that each connection adds, after its first messages. */
async function growth(
  server: Contender['server'],
  connections: number,
  open: () => Promise<Contender>,
): Promise<Memory> {
  const before = await server.call('memory', null);
  const contender = await open();
  await sleep(500);
  await produce(contender, { count: 2, everyMs: 200 }, 1);
  await sleep(500);
  const after = await server.call('memory', null);
  return {
    rss: (after.rss - before.rss) / connections,
    heapUsed: (after.heapUsed - before.heapUsed) / connections,
    external: (after.external - before.external) / connections,
  };
}
