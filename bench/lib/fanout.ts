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
  /** Number of messages that one event causes. */
  readonly messagesPerEvent: number;
}

export interface Measured {
  /** CPU time of the server per message, in microseconds, over all rounds. */
  readonly usPerMessage: Spread;
  /** Per round, the milliseconds from each event until the last socket received it. */
  readonly lastMs: readonly (readonly number[])[];
  /** CPU time of the load generator, as a share of one core. */
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

/** Connects subscribers to a running server. */
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
  const { readyMs } = await client.call('open', {
    port,
    connections,
    streams,
    inFlight,
    path: how.path ?? '/graphql',
    subscriptions,
    until: how.until ?? (subscriptions === null ? 'open' : 'subscribed'),
  });
  progress(`  ${name}: ${connections} connections in ${(readyMs / 1000).toFixed(1)} s`);
  return { name, server, client, messagesPerEvent: connections * streams };
}

export async function startOurs(
  stage: Stage,
  how: Subscribe,
  start: Partial<OurStart> = {},
): Promise<Contender> {
  const server = await stage.start<OurServer>('servers/ours.ts', 'ours');
  const { port } = await server.call('start', {
    produces: { kind: 'samples', hosts: how.streams ?? 1 },
    store: null,
    ...start,
  });
  return connectAll(stage, 'ours', server, port, how);
}

/** @param bySocket whether each socket receives all messages before the next socket receives any. */
export async function startRaw(
  stage: Stage,
  templates: readonly string[],
  connections: number,
  bySocket = false,
): Promise<Contender> {
  const server = await stage.start<RawServer>('servers/raw-ws.ts', 'peers');
  const { port } = await server.call('start', { templates, bySocket });
  const how: Subscribe = { connections, streams: templates.length, subscriptions: null };
  return connectAll(stage, bySocket ? 'raw ws by socket' : 'raw ws', server, port, how);
}

export type Peer = 'graphql-ws' | 'yoga' | 'mercurius';

export async function startPeer(stage: Stage, name: Peer, how: Subscribe): Promise<Contender> {
  const server = await stage.start<GraphqlWsServer>(`servers/${name}.ts`, 'peers');
  const { port } = await server.call('start', null);
  return connectAll(stage, name, server, port, how);
}

/** Produces the events of one round. Throws unless every expected message arrives once and in order. */
export async function produce(
  { name, server, client, messagesPerEvent }: Contender,
  emission: Emission,
  from: number,
): Promise<{ emitted: Emitted; received: Received }> {
  const to = from + emission.count - 1;
  const timeoutMs = 120_000 + emission.count * emission.everyMs;
  const receiving = client.call('round', { from, to, timeoutMs });
  const emitted = await server.call('emit', emission);
  const received = await receiving;
  const { messages, lost, duplicated } = received;
  if (emitted.from !== from || messages !== messagesPerEvent * emission.count || lost > 0 || duplicated > 0)
    throw new Error(
      `${name}: expected ${messagesPerEvent * emission.count} messages for the events ${emitted.from} to ${emitted.to}, ` +
        `received ${messages}; ${lost} lost, ${duplicated} duplicated`,
    );
  return { emitted, received };
}

export function measurementOf(measured: readonly Measured[], index: number): Measured {
  const one = measured[index];
  if (one === undefined) throw new Error('no measurement');
  return one;
}

/** Produces the same events on all servers in turn, round after round. */
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
    await one.contender.server.call('memory', null); // collects the garbage of connecting, which is not part of a message's cost
    const warmUp = { ...emission, count: options.quick ? 2 : Math.min(emission.count, 20) };
    await produce(one.contender, warmUp, one.next);
    one.next += warmUp.count;
  }
  for (let round = 0; round < options.rounds; round++) {
    for (const one of all) {
      const { server, name, messagesPerEvent } = one.contender;
      const profiled = name === 'ours' && round === options.rounds - 1 ? options.profile : null;
      if (profiled !== null) await server.call('profile', null);
      const before = await server.call('cpu', null);
      const { emitted, received } = await produce(one.contender, emission, one.next);
      const us = ((await server.call('cpu', null)) - before) / (messagesPerEvent * emission.count);
      one.next += emission.count;
      if (profiled !== null) await server.call('profiled', profiled);
      else one.us.push(us);
      one.lastMs.push(received.lastAt.map((at, index) => at - (emitted.at[index] ?? Number.NaN)));
      one.clientUs += received.cpuUs;
      one.wallMs += received.wallMs;
      progress(
        `  round ${round + 1} ${name}: ${us.toFixed(2)} µs per message${profiled !== null ? ' (with the profiler)' : ''}`,
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
  return `load generator: ${shares.join(', ')} of a core`;
}
