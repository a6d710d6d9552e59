import type { Stage } from '../lib/child.ts';
import { alternate, clientsNote, measurementOf, startOurs, startRaw } from '../lib/fanout.ts';
import { against, sizes, type Options, type Result, type Row } from '../lib/row.ts';

export const f1: Row = {
  name: 'F1',
  what: 'shared document, compared with raw ws broadcasting the same bytes',
  async measure(stage, options) {
    const results: Result[] = [];
    for (const connections of sizes(options, [1_000, 9_000])) {
      results.push(await one(stage, options, connections));
      await stage.endAll();
    }
    return results;
  },
};

async function one(stage: Stage, options: Options, connections: number): Promise<Result> {
  const ours = await startOurs(stage, { connections });
  const raw = await startRaw(stage, [await ours.client.call('message', null)], connections);
  const contenders = [raw, ours];
  const measured = await alternate(contenders, paceFor(connections, options), options);
  const peer = measurementOf(measured, 0);
  const own = measurementOf(measured, 1);
  return against({
    row: 'F1',
    what: `shared document, ${connections} subscribers`,
    unit: 'µs CPU per message',
    ours: own.usPerMessage,
    peer: { name: 'raw ws', spread: peer.usPerMessage },
    goal: { relation: '≤', value: 1 },
    notes: [clientsNote(contenders, measured)],
  });
}

/** 10 events per second for up to 2,000 subscribers, otherwise one. */
export function paceFor(connections: number, { seconds, quick }: Options) {
  const everyMs = connections > 2_000 ? 1_000 : 100;
  return { everyMs, count: quick ? 5 : Math.max(5, Math.round((seconds * 1_000) / everyMs)) };
}
