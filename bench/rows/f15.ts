import { setTimeout as sleep } from 'node:timers/promises';
import { auditText } from '../lib/audit-text.ts';
import type { Stage } from '../lib/child.ts';
import { connectAll, produce, startOurs, type Contender } from '../lib/fanout.ts';
import { against, progress, sizes, type Result, type Row } from '../lib/row.ts';
import { quantile, spreadOf } from '../lib/stats.ts';
import { number } from '../lib/table.ts';

const burst = 50;
const everyMs = 20;
/** The ring is filled before the measurement, so that it does not grow during it. */
const ringMax = 10_000;
const roundsMax = 3;

interface Run {
  readonly grownMb: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export const f15: Row = {
  name: 'F15',
  what: 'one stalled client among 1,000: growth of the heap, delay of the others',
  async measure(stage, options) {
    const [connections = 2] = sizes(options, [1_000]);
    const events = options.quick ? 500 : 100_000;
    const ring = options.quick ? 100 : ringMax;
    const setting = { connections, events, ring };
    const without: Run[] = [];
    const stalled: Run[] = [];
    for (let round = 0; round < Math.min(options.rounds, roundsMax); round++) {
      without.push(await run(stage, { ...setting, stalled: false }));
      stalled.push(await run(stage, { ...setting, stalled: true }));
    }
    const spread = (runs: readonly Run[], of: keyof Run) => spreadOf(runs.map((one) => one[of]));
    const what = `one stalled client among ${connections}, ${events} events`;
    const [median, medianWithout] = [spread(stalled, 'p50Ms').median, spread(without, 'p50Ms').median];
    const delay = against({
      row: 'F15',
      what: `${what}: delay until the last other client has the event, p99`,
      unit: 'ms',
      ours: spread(stalled, 'p99Ms'),
      peer: { name: 'none stalled', spread: spread(without, 'p99Ms') },
      goal: { relation: '≤', value: 1.1 },
      notes: [`median ${number(median)}, without ${number(medianWithout)}; 1.1 allows for noise`],
    });
    const grown = { stalled: spread(stalled, 'grownMb'), without: spread(without, 'grownMb') };
    const heap: Result = {
      row: 'F15',
      what: `${what}: growth of heap and buffers`,
      unit: 'MB',
      ours: grown.stalled,
      peer: { name: 'none stalled', spread: grown.without },
      value: grown.stalled.median - grown.without.median,
      goal: { relation: '≤', value: 2 },
      notes: ['the value is the difference; 2 MB allow for noise'],
    };
    return [heap, delay];
  },
};

interface Setting {
  readonly connections: number;
  readonly events: number;
  readonly ring: number;
  readonly stalled: boolean;
}

async function run(stage: Stage, { connections, events, ring, stalled }: Setting): Promise<Run> {
  const how = { connections: connections - 1, subscriptions: [{ query: auditText }] };
  const start = { produces: { kind: 'audit' }, ringMax: ring } as const;
  const others = await startOurs(stage, how, start);
  if (stalled) await stall(stage, others);
  const emission = { everyMs, burst };
  await produce(others, { ...emission, count: ring }, 1);
  const before = await others.server.call('memory', null);
  const began = performance.now();
  const { emitted, received } = await produce(others, { ...emission, count: events }, ring + 1);
  await sleep(500);
  const after = await others.server.call('memory', null);
  const delays = received.lastAt.map((at, index) => at - (emitted.at[index] ?? Number.NaN));
  const grownMb = (after.heapUsed + after.external - before.heapUsed - before.external) / 2 ** 20;
  progress(
    `  ${stalled ? 'one stalled' : 'none stalled'}: ${Math.round((performance.now() - began) / 1000)} s, ` +
      `heap and buffers grew by ${number(grownMb)} MB, p99 ${number(quantile(delays, 0.99))} ms`,
  );
  await stage.endAll();
  return { grownMb, p50Ms: quantile(delays, 0.5), p99Ms: quantile(delays, 0.99) };
}

/** One more subscriber, which stops reading before anything produces. */
async function stall(stage: Stage, { server }: Contender): Promise<void> {
  const port = await server.call('port', null);
  const how = { connections: 1, subscriptions: [{ query: auditText }] };
  const { client } = await connectAll(stage, 'the stalled one', server, port, how);
  await client.call('stall', null);
}
