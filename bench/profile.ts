import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

/** Lists the functions of a CPU profile with the most self time: `npx tsx bench/profile.ts FILE [count]`. */

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const [file, most = '30'] = process.argv.slice(2);
if (file === undefined) throw new Error('Usage: npx tsx bench/profile.ts FILE [count]');
const { nodes, samples, timeDeltas } = JSON.parse(await readFile(file, 'utf8')) as Profile;
const names = new Map(
  nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => [
    id,
    `${functionName || '(anonymous)'} ${url === '' ? '' : `${basename(url)}:${lineNumber + 1}`}`,
  ]),
);
const own = new Map<string, number>();
let busy = 0;
for (const [index, id] of samples.entries()) {
  const name = names.get(id) ?? '?';
  const us = timeDeltas[index] ?? 0;
  if (name.startsWith('(idle)')) continue;
  busy += us;
  own.set(name, (own.get(name) ?? 0) + us);
}
const sorted = [...own].sort(([, a], [, b]) => b - a).slice(0, Number(most));
process.stdout.write(`busy ${(busy / 1e6).toFixed(2)} s\n`);
for (const [name, us] of sorted)
  process.stdout.write(`${((us / busy) * 100).toFixed(1).padStart(5)} %  ${name}\n`);
