import { writeFileSync } from 'node:fs';
import { printedSchema } from '../src/schema.ts';
import { printedClientData } from './printed-client-data.ts';

/**
 * Writes the schema, OpenAPI and AsyncAPI documents to schema/, and what the client contains of the schema to client/. With `--graph` only the GraphQL schema: the documents
 * of the old systems need types that are generated from it.
 */
function write(name: string, text: string): void {
  writeFileSync(new URL(`../schema/${name}`, import.meta.url), text);
}

write('schema.graphql', printedSchema());
for (const [name, text] of Object.entries(printedClientData())) write(`../client/${name}`, text);
if (!process.argv.includes('--graph')) {
  const { printedReference } = await import('./printed-reference.ts');
  for (const [name, text] of Object.entries(printedReference())) write(name, text);
}
