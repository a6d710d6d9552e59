import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Builds the package into `dist`: `opsgraph.js`, with a file per command that is loaded when the command runs, and ReDoc
 * beside it.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

const { build } = await import('esbuild').catch(() => {
  console.error('The build needs the development dependencies: run npm ci without --omit=dev.');
  process.exit(1);
});

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/cli/opsgraph.ts'],
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  sourcemap: true,
  // for stack traces, which name files and lines
  sourcesContent: false,
  outdir: 'dist',
  metafile: true,
  logLevel: 'warning',
});

const built = new Set(Object.keys(metafile.outputs).map((path) => path.slice('dist/'.length)));
for (const name of readdirSync(dist)) if (/\.js(\.map)?$/.test(name) && !built.has(name)) remove(name);
copyRedoc();

/** What an earlier build has left. */
function remove(name) {
  if (name !== 'redoc.standalone.js') rmSync(join(dist, name));
}

/** The path of ReDoc is internal to @redocly/cli and may change. */
function copyRedoc() {
  const from = join(root, 'node_modules/@redocly/cli/lib/chunks/redoc.standalone.js');
  const to = join(dist, 'redoc.standalone.js');
  mkdirSync(dist, { recursive: true });
  if (existsSync(from)) copyFileSync(from, to);
  else if (!existsSync(to)) {
    console.error(`The build needs ReDoc, but ${from} does not exist.`);
    console.error('Install the development dependencies too: run npm ci without --omit=dev.');
    process.exitCode = 1;
  }
}
