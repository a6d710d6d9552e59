import { deepEqual } from 'node:assert/strict';
import type { HttpClient } from '../http-load.ts';
import type { Child } from '../lib/child.ts';
import { against, progress, type Row } from '../lib/row.ts';
import { queryText } from '../lib/sample.ts';
import type { Server } from '../lib/serve.ts';
import { quantile, spreadOf } from '../lib/stats.ts';
import { number } from '../lib/table.ts';
import type { OurServer } from '../servers/ours.ts';

const connections = 32;

interface Contender {
  readonly name: string;
  readonly server: Child<Server<never>>;
  readonly client: Child<HttpClient>;
  /** The body of a response. */
  readonly text: string;
  readonly rates: number[];
  readonly us: number[];
  readonly shares: number[];
}

export const f13: Row = {
  name: 'F13',
  what: 'plain queries over HTTP, compared with Mercurius on the same fields',
  async measure(stage, options) {
    const ours = await stage.start<OurServer>('servers/ours.ts', 'ours');
    const mercurius = await stage.start<Server<null>>('servers/mercurius.ts', 'peers');
    const started = [
      {
        name: 'ours',
        server: ours as unknown as Child<Server<never>>,
        ...(await ours.call('start', {
          produces: { kind: 'samples', hosts: 1 },
          store: null,
          sampledEveryMs: 1_000,
        })),
      },
      {
        name: 'mercurius',
        server: mercurius as unknown as Child<Server<never>>,
        ...(await mercurius.call('start', null)),
      },
    ];
    const body = JSON.stringify({ query: queryText });
    const contenders: Contender[] = [];
    for (const one of started) {
      const client = await stage.start<HttpClient>('http-load.ts', 'peers');
      const text = await client.call('open', { port: one.port, connections, body });
      contenders.push({ ...one, client, text, rates: [], us: [], shares: [] });
    }
    const [own, peer] = contenders;
    if (own === undefined || peer === undefined) throw new Error('no server was started');
    deepEqual(JSON.parse(own.text), JSON.parse(peer.text));
    for (const { client } of contenders) await client.call('run', { seconds: options.quick ? 1 : 3 }); // warms up
    for (let round = 0; round < options.rounds; round++) {
      for (const one of contenders) {
        const profiled = one === own && round === options.rounds - 1 ? options.profile : null;
        if (profiled !== null) await one.server.call('profile', null);
        const before = await one.server.call('cpu', null);
        const { requests, wallMs, cpuUs } = await one.client.call('run', { seconds: options.seconds });
        one.us.push(((await one.server.call('cpu', null)) - before) / requests);
        if (profiled !== null) await one.server.call('profiled', profiled);
        one.rates.push((requests / wallMs) * 1_000);
        one.shares.push(cpuUs / 1_000 / wallMs);
        progress(`  round ${round + 1} ${one.name}: ${Math.round(one.rates.at(-1) ?? 0)} requests/s`);
      }
    }
    const list = (format: (one: Contender) => string): string =>
      contenders.map((one) => `${format(one)} (${one.name})`).join(', ');
    return [
      against({
        row: 'F13',
        what: `plain query of 20 leaves, ${connections} connections`,
        unit: 'requests/s',
        ours: spreadOf(own.rates),
        peer: { name: peer.name, spread: spreadOf(peer.rates) },
        goal: { relation: '≥', value: 1 },
        notes: [
          `server CPU per request: ${list(({ us }) => `${number(quantile(us, 0.5))} µs`)}`,
          `load generator: ${list(({ shares }) => `${Math.round(quantile(shares, 0.5) * 100)} %`)} of a core`,
        ],
      }),
    ];
  },
};
