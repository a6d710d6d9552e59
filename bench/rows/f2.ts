import type { Stage } from '../lib/child.ts';
import { alternate, clientsNote, measurementOf, startOurs, startPeer } from '../lib/fanout.ts';
import { against, sizes, type Options, type Result, type Row } from '../lib/row.ts';
import { paceFor } from './f1.ts';

export const f2: Row = {
  name: 'F2',
  what: 'shared document, compared with graphql-ws on graphql-js',
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
  const contenders = [
    await startPeer(stage, 'graphql-ws', { connections }),
    await startOurs(stage, { connections }),
  ];
  const measured = await alternate(contenders, paceFor(connections, options), options);
  const peer = measurementOf(measured, 0);
  const own = measurementOf(measured, 1);
  return against({
    row: 'F2',
    what: `shared document, ${connections} subscribers`,
    unit: 'µs CPU per message',
    ours: own.usPerMessage,
    peer: { name: 'graphql-ws', spread: peer.usPerMessage },
    goal: { relation: '≤', value: connections > 2_000 ? 1 / 15 : 1 / 6 },
    notes: [clientsNote(contenders, measured)],
  });
}
