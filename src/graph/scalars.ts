import { GraphQLDateTimeISO, GraphQLJSON } from 'graphql-scalars';
import { GraphQLScalarType } from 'graphql';
import { builder } from './builder.ts';

builder.addScalarType(
  'DateTime',
  new GraphQLScalarType<Date, unknown>({
    ...GraphQLDateTimeISO.toConfig(),
    name: 'DateTime',
    description: 'An instant in ISO 8601, UTC, with milliseconds: `2026-11-21T10:00:00.000Z`.',
  }),
);

builder.addScalarType(
  'JSON',
  new GraphQLScalarType({
    ...GraphQLJSON.toConfig(),
    name: 'JSON',
    description: 'Any JSON value, as it was reported.',
  }),
);

builder.scalarType('Cursor', {
  description:
    'A position in the log of events. Opaque: take it from an event, give it back as `after`. The word `earliest` ' +
    'stands for the position before the oldest event that is still kept.',
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value !== 'string') throw new TypeError('A cursor is a string.');
    return value;
  },
});
