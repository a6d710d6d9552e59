import SchemaBuilder from '@pothos/core';
import ErrorsPlugin from '@pothos/plugin-errors';
import RelayPlugin from '@pothos/plugin-relay';
import { access } from './access-plugin.ts';
import { bounds } from './bounds-plugin.ts';
import type { GraphContext } from './context.ts';

/** A place holds an id of at most 256 characters, in base64. */
const placeBounds = { chars: 2_048 } as const;

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
    /** A number is Unix milliseconds, a text is ISO 8601. */
    DateTime: { Input: Date; Output: Date | number | string };
    JSON: { Input: unknown; Output: unknown };
    Cursor: { Input: string; Output: string };
  };
}>({
  plugins: [access, ErrorsPlugin, RelayPlugin, bounds],
  defaultFieldNullability: false,
  errors: {
    directResult: false,
    defaultUnionOptions: {
      name: ({ fieldName }) => `${capitalized(fieldName)}Result`,
      description: 'What was done, or why nothing was.',
    },
    defaultResultOptions: {
      name: ({ fieldName }) => `${capitalized(fieldName)}Success`,
      description: 'It was done.',
    },
  },
  relay: {
    cursorType: 'String',
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    edgesFieldOptions: {
      nullable: { list: false, items: false },
      description: 'The entries of the page, in order.',
    },
    nodeFieldOptions: { nullable: false, description: 'The entry.' },
    cursorFieldOptions: { description: 'Its place in the list, for `after` and `before`. Opaque.' },
    pageInfoFieldOptions: { description: 'Where this page lies in the list.' },
    pageInfoTypeOptions: { description: 'Where a page lies in its list.' },
    hasNextPageFieldOptions: { description: 'There are entries behind it.' },
    hasPreviousPageFieldOptions: { description: 'There are entries before it.' },
    startCursorFieldOptions: { description: 'Place of its first entry; null when it is empty.' },
    endCursorFieldOptions: { description: 'Place of its last entry; null when it is empty.' },
    firstArgOptions: { description: 'Entries from the start, 1 to 1000. Default: 100.' },
    lastArgOptions: { description: 'Entries from the end, 1 to 1000; only together with `before`.' },
    afterArgOptions: { description: 'Only entries behind this place.', bounds: placeBounds },
    beforeArgOptions: { description: 'Only entries before this place.', bounds: placeBounds },
  },
});

/** Pothos' types of this builder, for functions that declare fields. */
export type GraphTypes = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer Types> ? Types : never;

/** `jobRuns` as `JobRuns`. */
export function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

builder.queryType({ description: 'Everything the server knows now, and its stored history.' });
builder.mutationType({ description: 'What producers report and what operators change.' });
builder.subscriptionType({
  description:
    'Everything that happens. Gauges (LATEST) start with the current value, are sent again only when the result has ' +
    'changed, and skip to the newest one for a slow reader; events (EVERY) come once each, in order, and go on after the ' +
    'cursor that is given.',
});
