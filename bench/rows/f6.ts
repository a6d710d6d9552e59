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

/** Handshakes under way at a time: below what a listener lets wait. */
const inFlight = 400;

interface Storm {
  readonly name: string;
  readonly server: Child<Server<never>>;
  readonly port: number;
  /** What a client waits for. */
  readonly until: 'open' | 'subscribed' | 'first';
  readonly loaded: Loaded[];
  readonly cpuUs: number[];
}

export const f6: Row = {
  name: 'F6',
  what: 'reconnect storm, against raw ws accepting as many',
  async measure(stage, options) {
    const [connections = 1] = sizes(options, [9_000]);
    const ours = await startOurs(stage);
    const raw = await startRaw(stage);
    const graphqlWs = await startGraphqlWs(stage);
    const client = await stage.start<Client>('client.ts', 'peers');
    const storms = [raw, ours, graphqlWs];
    for (const storm of storms) await strike(storm, client, connections); // warms up
    for (const storm of storms) storm.loaded.length = storm.cpuUs.length = 0;
    for (let round = 0; round < options.rounds; round++) {
      for (const storm of storms) {
        await sleep(options.quick ? 100 : 1_500);
        const profiled = storm === ours && round === options.rounds - 1 ? options.profile : null;
        if (profiled !== null) await storm.server.ask('profile', null);
        await strike(storm, client, connections);
        if (profiled !== null) await storm.server.ask('profiled', profiled);
        const ms = Math.round(storm.loaded.at(-1)?.thereMs ?? 0);
        progress(`  round ${round + 1} ${storm.name}: ${ms} ms`);
      }
    }
    const there = ({ loaded }: Storm) => spreadOf(loaded.map(({ thereMs }) => thereMs / 1_000));
    const us = ({ cpuUs }: Storm): string => number(quantile(cpuUs, 0.5));
    const acknowledged = quantile(
      ours.loaded.map(({ acknowledgedMs }) => acknowledgedMs / 1_000),
      0.5,
    );
    return [
      against({
        row: 'F6',
        what: `${connections} clients subscribe anew, until each has its first value`,
        unit: 's',
        ours: there(ours),
        peer: { name: 'raw ws', spread: there(raw) },
        goal: { relation: '≤', value: 1.5 },
        notes: [
          `all acknowledged after ${number(acknowledged)} s`,
          `server CPU: ${us(ours)} µs a connection (ours), ${us(raw)} (raw ws), ${us(graphqlWs)} (graphql-ws)`,
          `raw ws answers one message, a subscriber is answered three; graphql-ws on graphql-js, until all are ` +
            `subscribed: ${number(there(graphqlWs).median)} s`,
        ],
      }),
    ];
  },
};

async function startOurs(stage: Stage): Promise<Storm> {
  const server = await stage.start<OurServer>('servers/ours.ts', 'ours');
  const { port } = await server.ask('start', { happens: { kind: 'samples', hosts: 1 }, store: null });
  return stormOf('ours', server, port, 'first');
}

async function startRaw(stage: Stage): Promise<Storm> {
  const server = await stage.start<RawServer>('servers/raw-ws.ts', 'peers');
  const { port } = await server.ask('start', { templates: [], bySocket: false });
  return stormOf('raw ws', server, port, 'open');
}

async function startGraphqlWs(stage: Stage): Promise<Storm> {
  const server = await stage.start<GraphqlWsServer>('servers/graphql-ws.ts', 'peers');
  const { port } = await server.ask('start', null);
  return stormOf('graphql-ws', server, port, 'subscribed');
}

function stormOf(name: string, server: Storm['server'], port: number, until: Storm['until']): Storm {
  return { name, server, port, until, loaded: [], cpuUs: [] };
}

/** All connect, and go again. */
async function strike(storm: Storm, client: Child<Client>, connections: number): Promise<void> {
  const { server, port, until } = storm;
  const before = await server.ask('cpu', null);
  storm.loaded.push(
    await client.ask('open', {
      port,
      connections,
      inFlight,
      path: '/graphql',
      subscriptions: until === 'open' ? null : [{ query: subscriptionText }],
      streams: 1,
      until,
    }),
  );
  storm.cpuUs.push(((await server.ask('cpu', null)) - before) / connections);
  await client.ask('close', null);
}
