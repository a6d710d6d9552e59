import { writeFileSync } from 'node:fs';
import { printedSchema } from '../src/schema.ts';

/**
 * Writes the graph, and the documents of what is served besides it, to schema/. With `--graph` the graph only: old
 * systems cannot be described before the types of their documents are generated, and those need the graph.
 */
function write(name: string, text: string): void {
  writeFileSync(new URL(`../schema/${name}`, import.meta.url), text);
}

write('schema.graphql', printedSchema());
if (!process.argv.includes('--graph')) {
  const { printedReference } = await import('./printed-reference.ts');
  for (const [name, text] of Object.entries(printedReference())) write(name, text);
}
