import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../client.ts';
import type { Child, Stage } from '../lib/child.ts';
import { cpuSecondsOf } from '../lib/processes.ts';
import { startProgram, type Program } from '../lib/program.ts';
import { against, progress, sizes, type Options, type Row } from '../lib/row.ts';
import { markedNumber } from '../lib/sample.ts';
import { spreadOf } from '../lib/stats.ts';
import { number } from '../lib/table.ts';

const everyMs = 100;

/** The program with its subscribers. */
interface Served {
  readonly workers: number;
  readonly server: Program;
  readonly client: Child<Client>;
  readonly us: number[];
  next: number;
}

export const f21: Row = {
  name: 'F21',
  what: 'two workers, compared with one process: CPU of all processes per message, and the split of the sockets',
  async measure(stage, options) {
    const [connections = 0] = sizes(options, [2_000]);
    await using one = await startProgram(stage);
    await using two = await startProgram(stage, { WORKERS: '2' });
    const served = [
      await serve(stage, one, 1, connections),
      await serve(stage, two, 2, connections),
    ] as const;
    const shares = (await socketsOf(two.url)).map((count) => (100 * count) / connections);
    progress(`  two workers have ${shares.map(number).join(' and ')} % of the sockets`);
    const count = options.quick ? 5 : Math.max(5, Math.round((options.seconds * 1_000) / everyMs));
    for (let round = -1; round < options.rounds; round++)
      for (const each of served) await produce(each, { count, connections, round }, options);
    for (const { client } of served) await client.call('close', null);
    return [
      against({
        row: 'F21',
        what: `events to ${connections} subscribers by two workers`,
        unit: 'µs CPU of all processes per message',
        ours: spreadOf(served[1].us),
        peer: { name: 'one process', spread: spreadOf(served[0].us) },
        goal: { relation: '≤', value: 1.1 },
        notes: ['with their PostgreSQL'],
      }),
      {
        row: 'F21',
        what: 'sockets of the worker with more of them',
        unit: '% of the mean',
        ours: spreadOf([2 * Math.max(...shares)]),
        peer: null,
        value: 2 * Math.max(...shares),
        goal: { relation: '≤', value: 120 },
        notes: [],
      },
    ];
  },
};

async function serve(stage: Stage, server: Program, workers: number, connections: number): Promise<Served> {
  const client = await stage.start<Client>('client.ts', 'peers');
  await client.call('open', {
    port: Number(new URL(server.url).port),
    connections,
    path: '/graphql',
    subscriptions: [{ query: 'subscription { customEvents { id cursor occurredAt type message } }' }],
    streams: 1,
    inFlight: 64,
    until: 'subscribed',
  });
  return { workers, server, client, us: [], next: 1 };
}

/** Publishes events over HTTP; each must reach each subscriber once. Round -1 warms up. */
async function produce(
  served: Served,
  {
    count,
    connections,
    round,
  }: { readonly count: number; readonly connections: number; readonly round: number },
  options: Options,
): Promise<void> {
  const { server, client, next, workers, us } = served;
  const before = cpuSecondsOf(server.pid);
  const receiving = client.call('round', { from: next, to: next + count - 1, timeoutMs: 60_000 });
  for (let event = next; event < next + count; event++) {
    const due = sleep(everyMs);
    await publish(server.url, event);
    await due;
  }
  const { messages, lost, duplicated } = await receiving;
  if (messages !== count * connections || lost > 0 || duplicated > 0)
    throw new Error(`received ${messages} of ${count * connections}; ${lost} lost, ${duplicated} duplicated`);
  served.next += count;
  const after = cpuSecondsOf(server.pid);
  const seconds = after.own - before.own + after.below - before.below;
  if (round < 0 && !options.quick) return;
  us.push((seconds * 1e6) / messages);
  progress(
    `  round ${round + 1}, ${workers === 1 ? 'one process' : 'two workers'}: ${number(us.at(-1) ?? 0)} µs`,
  );
}

async function publish(url: string, event: number): Promise<void> {
  const events = [{ event: { type: 'bench', message: `number ${markedNumber(event)}` } }];
  const response = await fetch(`${url}/publish`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ events }),
  });
  const answer = await response.text();
  if (response.status !== 200) throw new Error(`publish was rejected: ${answer}`);
}

/** The sockets of each worker. */
async function socketsOf(url: string): Promise<readonly number[]> {
  await sleep(2_000); // an instance reports once a second
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ instances { connectionCount } }' }),
  });
  const { data } = (await response.json()) as { data: { instances: { connectionCount: number }[] } };
  return data.instances.map(({ connectionCount }) => connectionCount);
}
