import { readFileSync, writeFileSync } from 'node:fs';
import { printedSettings } from './printed-settings.ts';

/** Writes the files that are generated from the table of settings. */

for (const [name, print] of Object.entries(printedSettings)) {
  const file = new URL(`../${name}`, import.meta.url);
  writeFileSync(file, print(readFileSync(file, 'utf8')));
}
