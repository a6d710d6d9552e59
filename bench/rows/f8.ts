import { alternate, clientsNote, measurementOf, startOurs, startRaw } from '../lib/fanout.ts';
import { against, sizes, type Row } from '../lib/row.ts';
import { paceFor } from './f1.ts';

export const f8: Row = {
  name: 'F8',
  what: 'the raw feed /ws/system, compared with raw ws sending the same bytes',
  async measure(stage, options) {
    const [connections = 1] = sizes(options, [9_000]);
    const ours = await startOurs(stage, {
      connections,
      path: '/ws/system',
      subscriptions: null,
      until: 'first',
    });
    const raw = await startRaw(stage, [await ours.client.call('message', null)], connections);
    const contenders = [ours, raw];
    const measured = await alternate(contenders, paceFor(connections, options), options);
    return [
      against({
        row: 'F8',
        what: `the feed /ws/system, ${connections} sockets`,
        unit: 'µs CPU per message',
        ours: measurementOf(measured, 0).usPerMessage,
        peer: { name: 'raw ws', spread: measurementOf(measured, 1).usPerMessage },
        goal: { relation: '≤', value: 1 },
        notes: [clientsNote(contenders, measured)],
      }),
    ];
  },
};
