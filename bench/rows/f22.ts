import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { cpuSecondsOf } from '../lib/processes.ts';
import { startProgram } from '../lib/program.ts';
import { progress, type Row } from '../lib/row.ts';
import { quantile, spreadOf } from '../lib/stats.ts';
import { number } from '../lib/table.ts';

const seriesCount = 1_000;
/** The series of the subscriber, by their name. */
const followed = 10;
const windowSeconds = 20;
const settleSeconds = 5;

export const f22: Row = {
  name: 'F22',
  what: '1,000 metric series at 1 Hz: share of one core',
  async measure(stage, options) {
    await using server = await startProgram(stage);
    const received = new Map<string, number>();
    const client = createClient({
      url: `${server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
    });
    client.subscribe<{ metricUpdates: { series: string } }>(
      {
        query:
          'subscription { metricUpdates(everyMs: 100, filter: { names: ["followed"] }) { series value } }',
      },
      {
        next: ({ data }) => {
          const series = data?.metricUpdates.series ?? 'an error';
          received.set(series, (received.get(series) ?? 0) + 1);
        },
        error: (error) => {
          throw error;
        },
        complete: () => {},
      },
    );
    let value = 0;
    /** Reports each series once a second. */
    const report = async (seconds: number): Promise<void> => {
      for (let second = 0; second < seconds; second++) {
        const next = sleep(1_000);
        value += 1;
        await publish(server.url, value);
        await next;
      }
    };
    await report(options.quick ? 2 : settleSeconds);
    const own: number[] = [];
    const below: number[] = [];
    const seconds = options.quick ? 2 : windowSeconds;
    for (let round = 0; round < options.rounds; round++) {
      received.clear();
      const before = cpuSecondsOf(server.pid);
      await report(seconds);
      const after = cpuSecondsOf(server.pid);
      const counts = [...received.values()];
      if (counts.length !== followed || counts.some((count) => count !== seconds))
        throw new Error(`the subscriber received ${JSON.stringify([...received])} in ${seconds} s`);
      own.push(((after.own - before.own) / seconds) * 100);
      below.push(((after.below - before.below) / seconds) * 100);
      progress(`  round ${round + 1}: ${number(own.at(-1) ?? 0)} %`);
    }
    await client.dispose();
    const ours = spreadOf(own);
    return [
      {
        row: 'F22',
        what: `${seriesCount} metric series at 1 Hz, stored, with a subscriber of ${followed}, over ${seconds} s`,
        unit: '% of a core',
        ours,
        peer: null,
        value: ours.median,
        goal: { relation: '≤', value: 5 },
        notes: [`its PostgreSQL in addition: ${number(quantile(below, 0.5))} %`],
      },
    ];
  },
};

async function publish(url: string, value: number): Promise<void> {
  const events = Array.from({ length: seriesCount }, (_, n) => ({
    metric: { name: n < followed ? 'followed' : 'other', value: value + n, labels: { n: String(n) } },
  }));
  const response = await fetch(`${url}/publish`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ events }),
  });
  const answer = await response.text();
  if (response.status !== 200) throw new Error(`publish was rejected: ${answer}`);
}
