import type { Client } from '../client.ts';
import { auditText } from '../lib/audit-text.ts';
import type { Stage } from '../lib/child.ts';
import { sharedNow } from '../lib/clock.ts';
import { temporaryFolder } from '../lib/folder.ts';
import { progress, type Row } from '../lib/row.ts';
import { spreadOf } from '../lib/stats.ts';
import type { OurServer } from '../servers/ours.ts';

const fillBatch = 1_000;

export const f12: Row = {
  name: 'F12',
  what: 'replay of stored events to one reader that resumes after an old cursor',
  async measure(stage, options) {
    const events = options.quick ? 2_000 : 100_000;
    await using folder = await temporaryFolder();
    await fill(stage, folder.path, events);
    const rates: number[] = [];
    const server = await startOn(stage, folder.path); // a new process, so that its memory is empty
    for (let round = 0; round < options.rounds; round++) {
      rates.push(await replay(stage, server.port, events));
      progress(`  round ${round + 1}: ${Math.round(rates.at(-1) ?? 0)} events/s`);
    }
    await server.server.call('stop', null);
    const ours = spreadOf(rates);
    return [
      {
        row: 'F12',
        what: `replay of ${events} stored events to one reader`,
        unit: 'events/s',
        ours,
        peer: null,
        value: ours.median,
        goal: { relation: '≥', value: 30_000 },
        notes: [],
      },
    ];
  },
};

async function startOn(stage: Stage, store: string) {
  const server = await stage.start<OurServer>('servers/ours.ts', 'ours');
  const { port } = await server.call('start', { produces: { kind: 'audit' }, store });
  return { server, port };
}

async function fill(stage: Stage, folder: string, events: number): Promise<void> {
  const { server } = await startOn(stage, folder);
  await server.call('emit', { count: events, everyMs: 0, burst: fillBatch });
  await server.call('stop', null);
  await stage.endAll();
}

/** Events per second, from the start of the connection to the last event. */
async function replay(stage: Stage, port: number, events: number): Promise<number> {
  const client = await stage.start<Client>('client.ts', 'peers');
  const began = sharedNow();
  const opened = client.call('open', {
    port,
    connections: 1,
    path: '/graphql',
    subscriptions: [{ query: auditText, variables: { after: 'earliest' } }],
    streams: 1,
    inFlight: 1,
    until: 'first',
  });
  const received = await client.call('round', { from: 1, to: events, timeoutMs: 300_000 });
  await opened;
  const { messages, lost, duplicated, lastAt } = received;
  if (messages !== events || lost > 0 || duplicated > 0)
    throw new Error(`received ${messages} of ${events} events; ${lost} lost, ${duplicated} duplicated`);
  await client.end();
  return (events / ((lastAt.at(-1) ?? 0) - began)) * 1_000;
}
