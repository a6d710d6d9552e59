import { alternate, clientsNote, measurementOf, startOurs, startRaw, type Measured } from '../lib/fanout.ts';
import { against, sizes, type Row } from '../lib/row.ts';
import { quantile, spreadOf } from '../lib/stats.ts';
import { number } from '../lib/table.ts';

const everyMs = 500;

export const f7: Row = {
  name: 'F7',
  what: 'delay until the last of 9,000 sockets has the event, p99, compared with raw ws',
  async measure(stage, options) {
    const [connections = 1] = sizes(options, [9_000]);
    const how = { connections };
    const ours = await startOurs(stage, how);
    const raw = await startRaw(stage, [await ours.client.call('message', null)], connections);
    const contenders = [ours, raw];
    const count = options.quick ? 5 : Math.max(10, (options.seconds * 2_000) / everyMs);
    const measured = await alternate(contenders, { everyMs, count }, options);
    const rounds = ({ lastMs }: Measured) => spreadOf(lastMs.map((round) => quantile(round, 0.99)));
    const median = ({ lastMs }: Measured): string => number(quantile(lastMs.flat(), 0.5));
    return [
      against({
        row: 'F7',
        what: `delay until the last of ${connections} sockets has the event, p99 of a round`,
        unit: 'ms',
        ours: rounds(measurementOf(measured, 0)),
        peer: { name: 'raw ws', spread: rounds(measurementOf(measured, 1)) },
        goal: { relation: '≤', value: 1 },
        notes: [
          `median: ${median(measurementOf(measured, 0))} (ours), ${median(measurementOf(measured, 1))} (raw ws)`,
          clientsNote(contenders, measured),
        ],
      }),
    ];
  },
};
