import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFolder } from '../lib/folder.ts';
import { cpuSecondsOf } from '../lib/processes.ts';
import { progress, type Row } from '../lib/row.ts';
import { quantile, spreadOf } from '../lib/stats.ts';
import { number } from '../lib/table.ts';

const windowSeconds = 20;
const settleSeconds = 10;

export const f14: Row = {
  name: 'F14',
  what: 'idle server without clients: share of one core',
  async measure(stage, options) {
    if (process.platform !== 'linux') throw new Error('this row reads /proc, which only Linux has');
    await using folder = await temporaryFolder();
    const program = await stage.program('src/main.ts', 'ours');
    const server = spawn(process.execPath, [program], {
      cwd: folder.path,
      env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: folder.path, NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    try {
      await ready(server);
      await sleep(options.quick ? 500 : settleSeconds * 1_000);
      const own: number[] = [];
      const below: number[] = [];
      const seconds = options.quick ? 1 : windowSeconds;
      for (let round = 0; round < options.rounds; round++) {
        const before = cpuSecondsOf(server.pid ?? 0);
        await sleep(seconds * 1_000);
        const after = cpuSecondsOf(server.pid ?? 0);
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
    } finally {
      await ended(server);
    }
  },
};

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    server.stderr?.on('data', (text) => {
      output += String(text);
      if (output.includes('is ready')) resolve();
    });
    server.once('exit', () => reject(new Error(`the server did not start: ${output}`)));
  });
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const exit = once(server, 'exit');
  server.kill('SIGTERM');
  await exit;
}
