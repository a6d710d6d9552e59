import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Load, Received } from '../client.ts';
import type { GraphqlWsServer } from '../servers/graphql-ws.ts';
import type { OurServer, OurStart } from '../servers/ours.ts';
import type { RawServer } from '../servers/raw-ws.ts';
import type { Child, Stage } from './child.ts';
import { progress, type Options } from './row.ts';
import { subscriptionText } from './sample.ts';
import type { Emission, Emitted, Server } from './serve.ts';
import { spreadOf, type Spread } from './stats.ts';

/** A server with its subscribers. */
export interface Contender {
  readonly name: string;
  readonly server: Child<Server<never>>;
  readonly client: Child<Client>;
  /** Messages that one event brings. */
  readonly owed: number;
}

export interface Measured {
  /** Server CPU, microseconds a message, one figure a round. */
  readonly usPerMessage: Spread;
  /** Milliseconds from each event to the last of the sockets, by rounds. */
  readonly lastMs: readonly (readonly number[])[];
  /** The client's share of one core. */
  readonly clientShare: number;
}

const inFlight = 256;

export interface Subscribe {
  readonly connections: number;
  readonly path?: string;
  readonly subscriptions?: Load['subscriptions'];
  readonly streams?: number;
  readonly until?: Load['until'];
}

/** Connects subscribers to a server that has started. */
export async function connectAll(
  stage: Stage,
  name: string,
  server: Child<Server<never>>,
  port: number,
  how: Subscribe,
): Promise<Contender> {
  const client = await stage.start<Client>('client.ts', 'peers');
  const { connections, streams = 1 } = how;
  const subscriptions = how.subscriptions === undefined ? [{ query: subscriptionText }] : how.subscriptions;
  const { thereMs } = await client.ask('open', {
    port,
    connections,
    streams,
    inFlight,
    path: how.path ?? '/graphql',
    subscriptions,
    until: how.until ?? (subscriptions === null ? 'open' : 'subscribed'),
  });
  progress(`  ${name}: ${connections} connections in ${(thereMs / 1000).toFixed(1)} s`);
  return { name, server, client, owed: connections * streams };
}

export async function startOurs(
  stage: Stage,
  how: Subscribe,
  start: Partial<OurStart> = {},
): Promise<Contender> {
  const server = await stage.start<OurServer>('servers/ours.ts', 'ours');
  const { port } = await server.ask('start', {
    happens: { kind: 'samples', hosts: how.streams ?? 1 },
    store: null,
    ...start,
  });
  return connectAll(stage, 'ours', server, port, how);
}

/** @param bySocket of several messages, each socket gets all before the next socket gets any. */
export async function startRaw(
  stage: Stage,
  templates: readonly string[],
  connections: number,
  bySocket = false,
): Promise<Contender> {
  const server = await stage.start<RawServer>('servers/raw-ws.ts', 'peers');
  const { port } = await server.ask('start', { templates, bySocket });
  const how: Subscribe = { connections, streams: templates.length, subscriptions: null };
  return connectAll(stage, bySocket ? 'raw ws by socket' : 'raw ws', server, port, how);
}

export type Peer = 'graphql-ws' | 'yoga' | 'mercurius';

export async function startPeer(stage: Stage, name: Peer, how: Subscribe): Promise<Contender> {
  const server = await stage.start<GraphqlWsServer>(`servers/${name}.ts`, 'peers');
  const { port } = await server.ask('start', null);
  return connectAll(stage, name, server, port, how);
}

/** One round of events: everything that is owed must come, in order, once. */
export async function happen(
  { name, server, client, owed }: Contender,
  emission: Emission,
  from: number,
): Promise<{ emitted: Emitted; received: Received }> {
  const to = from + emission.count - 1;
  const timeoutMs = 120_000 + emission.count * emission.everyMs;
  const receiving = client.ask('round', { from, to, timeoutMs });
  const emitted = await server.ask('emit', emission);
  const received = await receiving;
  const { messages, lost, doubled } = received;
  if (emitted.from !== from || messages !== owed * emission.count || lost > 0 || doubled > 0)
    throw new Error(
      `${name}: ${owed * emission.count} messages were owed for the events ${emitted.from} to ${emitted.to}, ` +
        `${messages} came; ${lost} lost, ${doubled} twice`,
    );
  return { emitted, received };
}

/** The measurement of one of the contenders. */
export function of(measured: readonly Measured[], index: number): Measured {
  const one = measured[index];
  if (one === undefined) throw new Error('nothing was measured');
  return one;
}

/** Lets the same happen on all servers in turn, round after round. */
export async function alternate(
  contenders: readonly Contender[],
  emission: Emission,
  options: Options,
): Promise<readonly Measured[]> {
  const all = contenders.map((contender) => ({
    contender,
    next: 1,
    us: [] as number[],
    lastMs: [] as (readonly number[])[],
    clientUs: 0,
    wallMs: 0,
  }));
  await sleep(options.quick ? 100 : 1_000);
  for (const one of all) {
    await one.contender.server.ask('memory', null); // what connecting left behind is no part of a message
    const warmUp = { ...emission, count: options.quick ? 2 : Math.min(emission.count, 20) };
    await happen(one.contender, warmUp, one.next);
    one.next += warmUp.count;
  }
  for (let round = 0; round < options.rounds; round++) {
    for (const one of all) {
      const { server, name, owed } = one.contender;
      const profiled = name === 'ours' && round === options.rounds - 1 ? options.profile : null;
      if (profiled !== null) await server.ask('profile', null);
      const before = await server.ask('cpu', null);
      const { emitted, received } = await happen(one.contender, emission, one.next);
      const us = ((await server.ask('cpu', null)) - before) / (owed * emission.count);
      one.next += emission.count;
      if (profiled !== null) await server.ask('profiled', profiled);
      else one.us.push(us);
      one.lastMs.push(received.lastAt.map((at, index) => at - (emitted.at[index] ?? Number.NaN)));
      one.clientUs += received.cpuUs;
      one.wallMs += received.wallMs;
      progress(
        `  round ${round + 1} ${name}: ${us.toFixed(2)} µs a message${profiled !== null ? ' (with the profiler)' : ''}`,
      );
    }
  }
  return all.map(({ us, lastMs, clientUs, wallMs }) => ({
    usPerMessage: spreadOf(us),
    lastMs,
    clientShare: clientUs / 1_000 / wallMs,
  }));
}

export function clientsNote(contenders: readonly Contender[], measured: readonly Measured[]): string {
  const shares = contenders.map(
    ({ name }, index) => `${Math.round((measured[index]?.clientShare ?? 0) * 100)} % (${name})`,
  );
  return `load process: ${shares.join(', ')} of a core`;
}
