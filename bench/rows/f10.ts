import type { Client } from '../client.ts';
import { auditText } from '../lib/audit-text.ts';
import { temporaryFolder } from '../lib/folder.ts';
import { progress, type Result, type Row } from '../lib/row.ts';
import { quantile, spreadOf } from '../lib/stats.ts';
import { number } from '../lib/table.ts';
import type { OurServer } from '../servers/ours.ts';

const everyMs = 10;

export const f10: Row = {
  name: 'F10',
  what: 'an event acknowledged at one instance, received by a reader of another one',
  async measure(stage, options) {
    const count = options.quick ? 20 : 500;
    await using folder = await temporaryFolder();
    const writing = await stage.start<OurServer>('servers/ours.ts', 'ours');
    await writing.call('start', { produces: { kind: 'audit' }, store: folder.path });
    const joins = await writing.call('connection', null);
    const reading = await stage.start<OurServer>('servers/ours.ts', 'ours');
    const { port } = await reading.call('start', {
      produces: { kind: 'audit' },
      store: null,
      ...(joins === null ? {} : { joins }),
    });
    const client = await stage.start<Client>('client.ts', 'peers');
    await client.call('open', {
      port,
      connections: 1,
      path: '/graphql',
      subscriptions: [{ query: auditText }],
      streams: 1,
      inFlight: 1,
      until: 'subscribed',
    });
    const p50: number[] = [];
    const p99: number[] = [];
    const usPerEvent: number[] = [];
    for (let round = -1; round < options.rounds; round++) {
      const cpuBefore = await reading.call('cpu', null);
      const from = 1 + (round + 1) * count;
      const received = client.call('round', { from, to: from + count - 1, timeoutMs: 30_000 });
      const { acknowledgedAt } = await writing.call('emit', { count, everyMs });
      const { messages, lost, duplicated, lastAt } = await received;
      const cpu = ((await reading.call('cpu', null)) - cpuBefore) / count;
      if (lost > 0 || duplicated > 0 || lastAt.some((at) => at === 0))
        throw new Error(`received ${messages} of ${count} events; ${lost} lost, ${duplicated} duplicated`);
      if (round < 0 && !options.quick) continue; // warms up
      const delays = lastAt.map((at, index) => at - (acknowledgedAt[index] ?? Number.NaN));
      p50.push(quantile(delays, 0.5));
      p99.push(quantile(delays, 0.99));
      usPerEvent.push(cpu);
      progress(
        `  round ${round + 1}: p50 ${number(p50.at(-1) ?? 0)} ms, p99 ${number(p99.at(-1) ?? 0)} ms, ` +
          `reading instance ${number(cpu)} µs an event`,
      );
    }
    await reading.call('stop', null);
    await writing.call('stop', null);
    const what = 'acknowledged at one instance to received from another, 100 events/s';
    const result = (
      name: string,
      values: readonly number[],
      goal: number,
      notes: readonly string[],
    ): Result => {
      const ours = spreadOf(values);
      return {
        row: 'F10',
        what: `${what}, ${name}`,
        unit: 'ms',
        ours,
        peer: null,
        value: ours.median,
        goal: { relation: '≤', value: goal },
        notes,
      };
    };
    const cpu = `the reading instance takes ${number(quantile(usPerEvent, 0.5))} µs CPU per event`;
    return [result('p50', p50, 2, [cpu]), result('p99', p99, 6, [])];
  },
};
