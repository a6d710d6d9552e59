import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Bundler } from './lib/bundle.ts';
import { Stage } from './lib/child.ts';
import { isMet, progress, type Options, type Result, type Row } from './lib/row.ts';
import { asTable } from './lib/table.ts';
import { writePage } from './lib/page.ts';
import { rows } from './rows/all.ts';

/** The command: `npx tsx bench/run.ts f1 [f2 …] | all`, see README.md. */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    subscribers: { type: 'string' },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    quick: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
});

const { quick } = values;
const options: Options = {
  subscribers: values.subscribers === undefined ? null : count(values.subscribers),
  rounds: count(values.rounds ?? (quick ? '1' : '5')) + (values.profile === undefined ? 0 : 1),
  seconds: count(values.seconds ?? (quick ? '1' : '5')),
  quick,
  profile: values.profile === undefined ? null : resolve(values.profile),
};
const all = positionals.length === 1 && positionals[0] === 'all';
const wanted = all ? rows : positionals.map(rowNamed);
if (wanted.length === 0) usage('No row is given.');
checkFiles();

const results: Result[] = [];
const failures: string[] = [];
await using bundler = new Bundler();
for (const row of wanted) {
  progress(`${row.name}: ${row.what}`);
  const began = performance.now();
  try {
    results.push(...(await measure(row)));
  } catch (error) {
    failures.push(row.name);
    progress(`\n${row.name} FAILED: ${error instanceof Error ? error.stack : String(error)}\n`);
  }
  progress(`${row.name} took ${Math.round((performance.now() - began) / 1000)} s`);
}
if (results.length > 0) process.stdout.write(`${asTable(results)}\n`);
const missed = results.filter((result) => !isMet(result));
if (missed.length > 0)
  progress(`not reached: ${missed.map(({ row, what }) => `${row} (${what})`).join(', ')}`);
if (all && !quick && failures.length === 0) progress(`wrote ${await writePage(results)}`);
if (failures.length > 0) {
  progress(`failed: ${failures.join(', ')}`);
  process.exitCode = 1;
}

/** A separate function, because esbuild compiles `await using` in a loop so that later rows rethrow the error of an earlier one. */
async function measure(row: Row): Promise<readonly Result[]> {
  await using stage = new Stage(bundler);
  return await row.measure(stage, options); // the processes of the row end after it
}

function rowNamed(name: string): Row {
  return (
    rows.find((row) => row.name.toLowerCase() === name.toLowerCase()) ?? usage(`There is no row ${name}.`)
  );
}

function count(text: string): number {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : usage(`${text} is not a positive integer.`);
}

function usage(reason: string): never {
  process.stderr.write(
    `${reason}\nnpx tsx bench/run.ts (${rows.map((row) => row.name.toLowerCase()).join(' | ')} | all) ` +
      '[--subscribers N] [--rounds N] [--seconds N] [--quick] [--profile FILE]\n',
  );
  process.exit(2);
}

/** Each socket is an open file, in the server and in the load generator. */
function checkFiles(): void {
  const { stdout } = spawnSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' });
  const limit = stdout.trim() === 'unlimited' ? Number.POSITIVE_INFINITY : Number(stdout);
  const most = options.subscribers ?? (quick ? 100 : 9_000);
  if (limit < most + 200)
    usage(`A process may open ${limit} files and needs ${most + 200}. Run ulimit -n ${most + 200} first.`);
}
