import { alternate, clientsNote, measurementOf, startOurs, startRaw } from '../lib/fanout.ts';
import { against, sizes, type Row } from '../lib/row.ts';
import { number } from '../lib/table.ts';
import { hostName, subscriptionText } from '../lib/sample.ts';

const panels = 8;
const everyMs = 200;

export const f4: Row = {
  name: 'F4',
  what: `${panels} subscriptions on one socket with simultaneous events, compared with raw ws sending ${panels} messages`,
  async measure(stage, options) {
    const [connections = 1] = sizes(options, [500]);
    const subscriptions = Array.from({ length: panels }, (_, host) => ({
      query: subscriptionText,
      variables: { host: hostName(host) },
    }));
    const ours = await startOurs(stage, { connections, subscriptions, streams: panels });
    const first = await ours.client.call('message', null);
    const templates = subscriptions.map((_, panel) => messageOf(first, panel));
    const contenders = [
      ours,
      await startRaw(stage, templates, connections),
      await startRaw(stage, templates, connections, true),
    ];
    const count = options.quick ? 5 : (options.seconds * 1_000) / everyMs;
    const measured = await alternate(contenders, { everyMs, count }, options);
    return [
      against({
        row: 'F4',
        what: `${connections} dashboards of ${panels} subscriptions`,
        unit: 'µs CPU per message',
        ours: measurementOf(measured, 0).usPerMessage,
        peer: { name: 'raw ws', spread: measurementOf(measured, 1).usPerMessage },
        goal: { relation: '≤', value: 0.33 },
        notes: [
          `raw ws broadcasts each of the ${panels} events as it occurs; with ${panels} sends to one socket ` +
            `after the other: ${number(measurementOf(measured, 2).usPerMessage.median)}`,
          clientsNote(contenders, measured),
        ],
      }),
    ];
  },
};

/** The same message for another panel, with the panel's operation and host. */
function messageOf(first: string, panel: number): string {
  return first.replace(/"id":"\d/, `"id":"${panel}`).replace(/bench-host-\d/, hostName(panel));
}
