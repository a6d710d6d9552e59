import { copyFileSync, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Copies ReDoc beside the built program. Its path is internal to @redocly/cli and may change. */
const from = fileURLToPath(
  new URL('../node_modules/@redocly/cli/lib/chunks/redoc.standalone.js', import.meta.url),
);
const to = fileURLToPath(new URL('../dist/redoc.standalone.js', import.meta.url));

if (existsSync(from)) copyFileSync(from, to);
else if (!existsSync(to)) {
  console.error(`The build needs ReDoc, but ${from} does not exist.`);
  console.error('Install the development dependencies too: run npm ci without --omit=dev.');
  process.exitCode = 1;
}
