import SchemaBuilder from '@pothos/core';
import ErrorsPlugin from '@pothos/plugin-errors';
import RelayPlugin from '@pothos/plugin-relay';
import { capitalized } from '../lib/camel-case.ts';
import { access } from './access-plugin.ts';
import { bounds } from './bounds-plugin.ts';
import type { GraphContext } from './context.ts';
import { nullableRoot } from './nullable-root-plugin.ts';
import { freshLoads } from './fresh-loads-plugin.ts';

/** A list cursor contains an id of at most 256 characters, in base64. */
const listCursorBounds = { chars: 2_048 } as const;

/**
 * The schema builder. Every domain adds its types and root fields to it. Fields are non-null by default; a field whose
 * value can be unknown declares `nullable`.
 */
export const builder = new SchemaBuilder<{
  Context: GraphContext;
  DefaultFieldNullability: false;
  DefaultInputFieldRequiredness: false;
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: false;
  Scalars: {
    ID: { Input: string; Output: string | number };
    /** Numbers are Unix milliseconds, strings are ISO 8601. */
    DateTime: { Input: Date; Output: Date | number | string };
    JSON: { Input: unknown; Output: unknown };
    Cursor: { Input: string; Output: string };
    /** A bigint is a count of the database. */
    SafeInt: { Input: number; Output: number | bigint };
  };
}>({
  plugins: [access, nullableRoot, ErrorsPlugin, RelayPlugin, bounds, freshLoads],
  defaultFieldNullability: false,
  errors: {
    directResult: false,
    defaultUnionOptions: {
      name: ({ fieldName }) => `${capitalized(fieldName)}Result`,
      description: 'The result of the mutation, or the reason why it changed nothing.',
    },
    defaultResultOptions: {
      name: ({ fieldName }) => `${capitalized(fieldName)}Success`,
      description: 'The mutation succeeded.',
    },
  },
  relay: {
    cursorType: 'String',
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    edgesFieldOptions: {
      nullable: { list: false, items: false },
      description: 'The edges of the page, in the order of the list.',
    },
    nodeFieldOptions: { nullable: false, description: 'The list item.' },
    cursorFieldOptions: {
      description: 'Position of the item in the list, for the arguments `after` and `before`. Opaque.',
    },
    pageInfoFieldOptions: { description: 'Information for reading the adjacent pages.' },
    pageInfoTypeOptions: { description: 'The position of a page in its list.' },
    hasNextPageFieldOptions: { description: 'Whether the list has items after this page.' },
    hasPreviousPageFieldOptions: { description: 'Whether the list has items before this page.' },
    startCursorFieldOptions: {
      description: 'Cursor of the first item of the page. Null if the page is empty.',
    },
    endCursorFieldOptions: { description: 'Cursor of the last item of the page. Null if the page is empty.' },
    firstArgOptions: { description: 'Number of items from the start of the list, 1 to 1000. Default: 100.' },
    lastArgOptions: {
      description:
        'Number of items from the end of the list, or before `before`, 1 to 1000. Not together with `first`.',
    },
    afterArgOptions: { description: 'Returns only items after this cursor.', bounds: listCursorBounds },
    beforeArgOptions: { description: 'Returns only items before this cursor.', bounds: listCursorBounds },
  },
});

/** The builder's type parameter, for functions that declare fields. */
export type GraphTypes = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer Types> ? Types : never;

builder.queryType({ description: 'Reads the current state and the stored history.' });
builder.mutationType({ description: 'Reports events of producers, and makes the changes of operators.' });
builder.subscriptionType({
  description:
    'Sends what happens. LATEST fields are gauges: they send the current value first, then each change, and only the ' +
    'newest value to a slow client. EVERY fields are events: they send each event once and in order, and resume after a ' +
    'cursor.',
});
