import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './bundle.ts';
import type { Result } from './row.ts';
import { asTable, machine } from './table.ts';

/** Writes the results of all rows to docs/performance.md. @returns its path. */
export async function writePage(results: readonly Result[]): Promise<string> {
  const path = join(root, 'docs', 'performance.md');
  const notes = await readFile(join(root, 'bench', 'notes.md'), 'utf8');
  const date = new Date().toISOString().slice(0, 10);
  await writeFile(
    path,
    `# Performance

Measured on ${date}: ${machine()}. Server, peers and load generator run on the same machine, over loopback.

Absolute values apply to this machine only; ratios are comparable between machines. Each row measures our server and the
peer in the same run, in alternating rounds. The table shows the median of the rounds and, in parentheses, the minimum and
maximum. The number of every message is checked: a row in which a message is lost, duplicated or out of order fails and
has no result.

${asTable(results)}

${notes.trim()}

## How to reproduce

Run \`npm ci\`, then \`npm ci --ignore-scripts\` in \`bench/\`, then \`npx tsx bench/run.ts all\`, which writes this page.
\`npx tsx bench/run.ts f1\` measures one row. Run nothing else on the machine at the same time. \`bench/README.md\`
describes the method.
`,
  );
  return path;
}
