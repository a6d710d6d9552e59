import { alternate, clientsNote, measurementOf, startOurs } from '../lib/fanout.ts';
import { against, sizes, type Row } from '../lib/row.ts';
import { number } from '../lib/table.ts';
import { paceFor } from './f1.ts';

/** The part of the samples that is traced by default. */
const ratioDefault = 0.1;

export const f23: Row = {
  name: 'F23',
  what: 'shared document: the server with traces, compared with the server without',
  async measure(stage, options) {
    const [connections = 1_000] = sizes(options, [1_000]);
    const how = { connections };
    const contenders = [
      { ...(await startOurs(stage, how)), name: 'without traces' },
      {
        ...(await startOurs(stage, how, { tracedRatio: ratioDefault })),
        name: `${ratioDefault * 100} % traced`,
      },
      { ...(await startOurs(stage, how, { tracedRatio: 1 })), name: 'all traced' },
    ];
    const measured = await alternate(contenders, paceFor(connections, options), options);
    const all = measurementOf(measured, 2).usPerMessage;
    return [
      against({
        row: 'F23',
        what: `shared document with traces of ${ratioDefault * 100} % of the samples, ${connections} subscribers`,
        unit: 'µs CPU per message',
        ours: measurementOf(measured, 1).usPerMessage,
        peer: { name: 'without traces', spread: measurementOf(measured, 0).usPerMessage },
        goal: { relation: '≤', value: 1.1 },
        notes: [
          `all samples traced: ${number(all.median)}`,
          'no collector listens',
          clientsNote(contenders, measured),
        ],
      }),
    ];
  },
};
