import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './bundle.ts';
import type { Result } from './row.ts';
import { asTable, machine } from './table.ts';

/** Writes what `all` measured to the documentation. @returns where. */
export async function writePage(results: readonly Result[]): Promise<string> {
  const path = join(root, 'docs', 'performance.md');
  const notes = await readFile(join(root, 'bench', 'notes.md'), 'utf8');
  const date = new Date().toISOString().slice(0, 10);
  await writeFile(
    path,
    `# Performance

Measured on ${date}: ${machine()}. Server, peers and load on the same machine, over loopback.

Absolute figures hold for this machine only; ratios carry over. Each row runs ours and the peer in the same run, in
alternating rounds; shown are the median of the rounds and, in brackets, the lowest and the highest. Every message is
counted and its number looked at: a row in which one is lost, doubled or out of order fails and has no figure.

${asTable(results)}

${notes.trim()}

## To repeat it

\`npm ci\`, then \`npm ci --ignore-scripts\` in \`bench/\`, then \`npx tsx bench/run.ts all\`, which writes
this page; one row: \`npx tsx bench/run.ts f1\`. Nothing else may run meanwhile. \`bench/README.md\` tells how it is measured.
`,
  );
  return path;
}
