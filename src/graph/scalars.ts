import { GraphQLDateTimeISO, GraphQLJSON } from 'graphql-scalars';
import { GraphQLScalarType } from 'graphql';
import { builder } from './builder.ts';

const dateTime = GraphQLDateTimeISO.toConfig();

/** PostgreSQL knows no year 0, and ISO 8601 none of five digits. */
function inReach(at: Date): Date {
  const year = at.getUTCFullYear();
  if (year < 1 || year > 9_999) throw new TypeError('A time lies in the years 1 to 9999.');
  return at;
}

builder.addScalarType(
  'DateTime',
  new GraphQLScalarType<Date, unknown>({
    ...dateTime,
    name: 'DateTime',
    description: 'An instant in ISO 8601, UTC, with milliseconds: `2026-11-21T10:00:00.000Z`.',
    parseValue: (value) => inReach(dateTime.parseValue(value)),
    parseLiteral: (node, variables) => inReach(dateTime.parseLiteral(node, variables)),
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

const cursorCharsMax = 256;

builder.scalarType('Cursor', {
  description:
    'A position in the log of events. Opaque: take it from an event, give it back as `after`. The word `earliest` ' +
    'stands for the position before the oldest event that is still kept.',
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value !== 'string' || value.length > cursorCharsMax)
      throw new TypeError(`A cursor is a string of at most ${cursorCharsMax} characters.`);
    return value;
  },
});
