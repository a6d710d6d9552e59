import { alternate, clientsNote, measurementOf, startOurs, startPeer, type Peer } from '../lib/fanout.ts';
import { against, sizes, type Row } from '../lib/row.ts';
import { ownSubscriptionText } from '../lib/sample.ts';
import { number } from '../lib/table.ts';

const peers: readonly Peer[] = ['graphql-ws', 'yoga', 'mercurius'];
const everyMs = 200;

export const f3: Row = {
  name: 'F3',
  what: 'a different document per client, compared with the best of graphql-ws, Yoga, Mercurius',
  async measure(stage, options) {
    const [connections = 1] = sizes(options, [1_000]);
    const how = { connections, subscriptions: [{ query: ownSubscriptionText }] };
    const contenders = [await startOurs(stage, how)];
    for (const peer of peers) contenders.push(await startPeer(stage, peer, how));
    const count = options.quick ? 5 : (options.seconds * 1_000) / everyMs;
    const measured = await alternate(contenders, { everyMs, count }, options);
    const ranked = peers
      .map((name, index) => ({ name, spread: measurementOf(measured, index + 1).usPerMessage }))
      .sort((a, b) => a.spread.median - b.spread.median);
    const [best] = ranked;
    if (best === undefined) throw new Error('there are no peers');
    return [
      against({
        row: 'F3',
        what: `a different document per client, ${connections} subscribers`,
        unit: 'µs CPU per message',
        ours: measurementOf(measured, 0).usPerMessage,
        peer: best,
        goal: { relation: '≤', value: 0.25 },
        notes: [
          ranked.map(({ name, spread }) => `${name} ${number(spread.median)}`).join(', '),
          clientsNote(contenders, measured),
        ],
      }),
    ];
  },
};
