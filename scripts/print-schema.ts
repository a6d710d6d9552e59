import { writeFileSync } from 'node:fs';
import { printedSchema } from '../src/schema.ts';

/** Writes the graph as text to schema/schema.graphql. */
writeFileSync(new URL('../schema/schema.graphql', import.meta.url), printedSchema());
