import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Loaded } from '../client.ts';
import type { Child, Stage } from '../lib/child.ts';
import { against, progress, sizes, type Row } from '../lib/row.ts';
import { subscriptionText } from '../lib/sample.ts';
import type { Server } from '../lib/serve.ts';
import { quantile, spreadOf } from '../lib/stats.ts';
import { number } from '../lib/table.ts';
import type { GraphqlWsServer } from '../servers/graphql-ws.ts';
import type { OurServer } from '../servers/ours.ts';
import type { RawServer } from '../servers/raw-ws.ts';

/** Concurrent handshakes, fewer than the backlog of a listener. */
const inFlight = 400;

interface Storm {
  readonly name: string;
  readonly server: Child<Server<never>>;
  readonly port: number;
  /** When a client counts as ready. */
  readonly until: 'open' | 'subscribed' | 'first';
  readonly loaded: Loaded[];
  readonly cpuUs: number[];
}

export const f6: Row = {
  name: 'F6',
  what: 'reconnect storm, compared with raw ws accepting as many connections',
  async measure(stage, options) {
    const [connections = 1] = sizes(options, [9_000]);
    const ours = await startOurs(stage);
    const raw = await startRaw(stage);
    const graphqlWs = await startGraphqlWs(stage);
    const client = await stage.start<Client>('client.ts', 'peers');
    const storms = [raw, ours, graphqlWs];
    for (const storm of storms) await connectAndDisconnect(storm, client, connections); // warms up
    for (const storm of storms) storm.loaded.length = storm.cpuUs.length = 0;
    for (let round = 0; round < options.rounds; round++) {
      for (const storm of storms) {
        await sleep(options.quick ? 100 : 1_500);
        const profiled = storm === ours && round === options.rounds - 1 ? options.profile : null;
        if (profiled !== null) await storm.server.call('profile', null);
        await connectAndDisconnect(storm, client, connections);
        if (profiled !== null) await storm.server.call('profiled', profiled);
        const ms = Math.round(storm.loaded.at(-1)?.readyMs ?? 0);
        progress(`  round ${round + 1} ${storm.name}: ${ms} ms`);
      }
    }
    const readyTime = ({ loaded }: Storm) => spreadOf(loaded.map(({ readyMs }) => readyMs / 1_000));
    const us = ({ cpuUs }: Storm): string => number(quantile(cpuUs, 0.5));
    const acknowledged = quantile(
      ours.loaded.map(({ acknowledgedMs }) => acknowledgedMs / 1_000),
      0.5,
    );
    return [
      against({
        row: 'F6',
        what: `${connections} clients reconnect and subscribe, until each has its first value`,
        unit: 's',
        ours: readyTime(ours),
        peer: { name: 'raw ws', spread: readyTime(raw) },
        goal: { relation: '≤', value: 1.5 },
        notes: [
          `all acknowledged after ${number(acknowledged)} s`,
          `server CPU: ${us(ours)} µs per connection (ours), ${us(raw)} (raw ws), ${us(graphqlWs)} (graphql-ws)`,
          `raw ws sends one response per client, a subscription needs three; graphql-ws on graphql-js, until all are ` +
            `subscribed: ${number(readyTime(graphqlWs).median)} s`,
        ],
      }),
    ];
  },
};

async function startOurs(stage: Stage): Promise<Storm> {
  const server = await stage.start<OurServer>('servers/ours.ts', 'ours');
  const { port } = await server.call('start', { produces: { kind: 'samples', hosts: 1 }, store: null });
  return stormOf('ours', server, port, 'first');
}

async function startRaw(stage: Stage): Promise<Storm> {
  const server = await stage.start<RawServer>('servers/raw-ws.ts', 'peers');
  const { port } = await server.call('start', { templates: [], bySocket: false });
  return stormOf('raw ws', server, port, 'open');
}

async function startGraphqlWs(stage: Stage): Promise<Storm> {
  const server = await stage.start<GraphqlWsServer>('servers/graphql-ws.ts', 'peers');
  const { port } = await server.call('start', null);
  return stormOf('graphql-ws', server, port, 'subscribed');
}

function stormOf(name: string, server: Storm['server'], port: number, until: Storm['until']): Storm {
  return { name, server, port, until, loaded: [], cpuUs: [] };
}

/** Connects all clients and disconnects them. */
async function connectAndDisconnect(storm: Storm, client: Child<Client>, connections: number): Promise<void> {
  const { server, port, until } = storm;
  const before = await server.call('cpu', null);
  storm.loaded.push(
    await client.call('open', {
      port,
      connections,
      inFlight,
      path: '/graphql',
      subscriptions: until === 'open' ? null : [{ query: subscriptionText }],
      streams: 1,
      until,
    }),
  );
  storm.cpuUs.push(((await server.call('cpu', null)) - before) / connections);
  await client.call('close', null);
}
