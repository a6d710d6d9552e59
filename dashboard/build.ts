import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { livePositionDocument } from '../client/live-position.ts';
import * as documents from './src/documents.generated.ts';

/**
 * Bundles the page: `index.html`, and a script and a stylesheet whose names contain a hash of their content. `npm run
 * build` writes them to `dist/dashboard`, with the documents of the page; a server that runs from its sources bundles them itself.
 */
export async function buildDashboard(): Promise<ReadonlyMap<string, Uint8Array>> {
  const { outputFiles } = await build({
    entryPoints: { main: join(import.meta.dirname, 'src/main.tsx') },
    entryNames: '[name]-[hash]',
    outdir: '/',
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: ['es2023', 'chrome123', 'firefox120', 'safari17.5'], // the first with light-dark()
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    logLevel: 'silent',
  });
  const files = new Map(outputFiles.map(({ path, contents }) => [path.replace(/^.*[/\\]/, ''), contents]));
  const name = (ending: string): string => {
    const found = [...files.keys()].find((file) => file.endsWith(ending));
    if (found === undefined) throw new Error(`the bundle of the page has no ${ending} file`);
    return found;
  };
  const template = await readFile(join(import.meta.dirname, 'index.html'), 'utf8');
  const page = template.replace('main.css', name('.css')).replace('main.js', name('.js'));
  return new Map([...files, ['index.html', new TextEncoder().encode(page)]]);
}

/** All that the page asks the graph for, by the SHA-256 of the texts. */
export function dashboardDocuments(): ReadonlyMap<string, string> {
  const texts: readonly string[] = [livePositionDocument, ...Object.values(documents)];
  return new Map(texts.map((text) => [createHash('sha256').update(text).digest('hex'), text]));
}

export async function writeDashboard(folder: string): Promise<void> {
  const files = await buildDashboard();
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [name, content] of files) await writeFile(join(folder, name), content);
  await writeFile(
    join(folder, 'documents.json'),
    JSON.stringify(Object.fromEntries(dashboardDocuments()), null, 2),
  );
}
