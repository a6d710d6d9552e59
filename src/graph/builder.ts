import SchemaBuilder from '@pothos/core';
import ErrorsPlugin from '@pothos/plugin-errors';
import RelayPlugin from '@pothos/plugin-relay';
import type { GraphContext } from './context.ts';

/**
 * The builder that every domain's graph.ts adds its types to. Fields are non-null unless they say otherwise; what
 * cannot be known says so.
 */
export const builder = new SchemaBuilder<{
  Context: GraphContext;
  DefaultFieldNullability: false;
  DefaultInputFieldRequiredness: false;
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: false;
  Scalars: {
    ID: { Input: string; Output: string | number };
    DateTime: { Input: Date; Output: Date };
    JSON: { Input: unknown; Output: unknown };
    Cursor: { Input: string; Output: string };
  };
}>({
  plugins: [ErrorsPlugin, RelayPlugin],
  defaultFieldNullability: false,
  errors: { directResult: false },
  relay: {
    cursorType: 'String',
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    edgesFieldOptions: { nullable: { list: false, items: false } },
    nodeFieldOptions: { nullable: false },
  },
});

builder.queryType({ description: 'Everything the server knows now, and its stored history.' });
builder.mutationType({ description: 'What producers report and what operators change.' });
builder.subscriptionType({
  description:
    'Everything that happens. Gauges (LATEST) start with the current value and skip to the newest one for a slow ' +
    'reader; events (EVERY) come once each, in order, and go on after the cursor that is given.',
});
