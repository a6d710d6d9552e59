import { writeFileSync } from 'node:fs';
import { printedSchema } from '../src/schema.ts';

/**
 * Writes the schema, OpenAPI and AsyncAPI documents to schema/. With `--graph` only the GraphQL schema: the documents
 * of the old systems need types that are generated from it.
 */
function write(name: string, text: string): void {
  writeFileSync(new URL(`../schema/${name}`, import.meta.url), text);
}

write('schema.graphql', printedSchema());
if (!process.argv.includes('--graph')) {
  const { printedReference } = await import('./printed-reference.ts');
  for (const [name, text] of Object.entries(printedReference())) write(name, text);
}
