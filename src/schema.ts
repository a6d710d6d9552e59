import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import './graph/scalars.ts';
import './graph/failures.ts';
import './domains/domains.ts';
import './domains/server/graph.ts';
import './domains/publish/graph.ts';
import './domains/firehose/graph.ts';
import { builder } from './graph/builder.ts';

/** The whole graph. Importing a domain adds its types; publish and firehose are built from what the others added. */
export const schema: GraphQLSchema = builder.toSchema({ sortSchema: true });

/** The graph as text, as it is committed in schema/schema.graphql. */
export function printedSchema(): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
