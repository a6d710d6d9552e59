import { alternate, clientsNote, of, startOurs, startRaw } from '../lib/fanout.ts';
import { against, sizes, type Row } from '../lib/row.ts';
import { number } from '../lib/table.ts';
import { hostName, subscriptionText } from '../lib/sample.ts';

const panels = 8;
const everyMs = 200;

export const f4: Row = {
  name: 'F4',
  what: `${panels} subscriptions on one socket, firing at once, against raw ws sending ${panels} messages`,
  async measure(stage, options) {
    const [connections = 1] = sizes(options, [500]);
    const subscriptions = Array.from({ length: panels }, (_, host) => ({
      query: subscriptionText,
      variables: { host: hostName(host) },
    }));
    const ours = await startOurs(stage, { connections, subscriptions, streams: panels });
    const first = await ours.client.ask('message', null);
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
        unit: 'µs CPU a message',
        ours: of(measured, 0).usPerMessage,
        peer: { name: 'raw ws', spread: of(measured, 1).usPerMessage },
        goal: { relation: '≤', value: 0.33 },
        notes: [
          `raw ws broadcasts each of the ${panels} events as it happens; going from socket to socket instead, ` +
            `with ${panels} sends each: ${number(of(measured, 2).usPerMessage.median)}`,
          clientsNote(contenders, measured),
        ],
      }),
    ];
  },
};

/** The same message for another panel: another operation, another host. */
function messageOf(first: string, panel: number): string {
  return first.replace(/"id":"\d/, `"id":"${panel}`).replace(/bench-host-\d/, hostName(panel));
}
