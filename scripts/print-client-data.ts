import { writeFileSync } from 'node:fs';
import { printedClientData } from './printed-client-data.ts';

/** Writes what the client contains of the schema: see `printed-client-data.ts`. */
for (const [name, text] of Object.entries(printedClientData()))
  writeFileSync(new URL(`../client/${name}`, import.meta.url), text);
