import { copyFileSync, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Copies ReDoc beside the built program. Its path is internal to @redocly/cli and may change. */
const from = fileURLToPath(
  new URL('../node_modules/@redocly/cli/lib/chunks/redoc.standalone.js', import.meta.url),
);
const to = fileURLToPath(new URL('../dist/redoc.standalone.js', import.meta.url));

if (existsSync(from)) copyFileSync(from, to);
else if (!existsSync(to)) {
  console.error(`The build needs ReDoc, and ${from} is not there.`);
  console.error('Install what is needed for building too: npm ci, without --omit=dev.');
  process.exitCode = 1;
}
