import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import './graph/scalars.ts';
import './graph/failures.ts';
import './domains/domains.ts';
import './graph/publish.ts';
import './graph/all-events.ts';
import './graph/event-log.ts';
import { builder } from './graph/builder.ts';

/** The whole graph. Importing a domain adds its types; `publish` and `events` are built from what they added. */
export const schema: GraphQLSchema = builder.toSchema({ sortSchema: true });

/** The graph as text, as it is committed in schema/schema.graphql. */
export function printedSchema(): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
