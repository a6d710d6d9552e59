import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSecondsOf } from '../lib/processes.ts';
import { startProgram } from '../lib/program.ts';
import { progress, type Row } from '../lib/row.ts';
import { quantile, spreadOf } from '../lib/stats.ts';
import { number } from '../lib/table.ts';

const windowSeconds = 20;
const settleSeconds = 10;

export const f14: Row = {
  name: 'F14',
  what: 'idle server without clients: share of one core',
  async measure(stage, options) {
    await using server = await startProgram(stage);
    await sleep(options.quick ? 500 : settleSeconds * 1_000);
    const own: number[] = [];
    const below: number[] = [];
    const seconds = options.quick ? 1 : windowSeconds;
    for (let round = 0; round < options.rounds; round++) {
      const before = cpuSecondsOf(server.pid);
      await sleep(seconds * 1_000);
      const after = cpuSecondsOf(server.pid);
      own.push(((after.own - before.own) / seconds) * 100);
      below.push(((after.below - before.below) / seconds) * 100);
      progress(`  round ${round + 1}: ${number(own.at(-1) ?? 0)} %`);
    }
    const ours = spreadOf(own);
    return [
      {
        row: 'F14',
        what: `idle server without clients, over ${seconds} s`,
        unit: '% of a core',
        ours,
        peer: null,
        value: ours.median,
        goal: { relation: '≤', value: 0.5 },
        notes: [`its PostgreSQL in addition: ${number(quantile(below, 0.5))} %`],
      },
    ];
  },
};
