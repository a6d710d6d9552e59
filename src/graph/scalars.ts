import { GraphQLDateTimeISO, GraphQLJSON, GraphQLSafeInt } from 'graphql-scalars';
import { GraphQLScalarType } from 'graphql';
import { builder } from './builder.ts';

const dateTime = GraphQLDateTimeISO.toConfig();

/** PostgreSQL has no year 0, and ISO 8601 no year of five digits. */
function withinYears(at: Date): Date {
  const year = at.getUTCFullYear();
  if (year < 1 || year > 9_999) throw new TypeError('A DateTime must be in the years 1 to 9999.');
  return at;
}

builder.addScalarType(
  'DateTime',
  new GraphQLScalarType<Date, unknown>({
    ...dateTime,
    name: 'DateTime',
    description: 'A point in time in ISO 8601, UTC, with milliseconds: `2026-11-21T10:00:00.000Z`.',
    parseValue: (value) => withinYears(dateTime.parseValue(value)),
    parseLiteral: (node, variables) => withinYears(dateTime.parseLiteral(node, variables)),
  }),
);

builder.addScalarType(
  'JSON',
  new GraphQLScalarType({
    ...GraphQLJSON.toConfig(),
    name: 'JSON',
    description: 'Any JSON value, unchanged since it was reported.',
  }),
);

const safeInt = GraphQLSafeInt.toConfig();

builder.addScalarType(
  'SafeInt',
  new GraphQLScalarType<number | string, number>({
    ...safeInt,
    name: 'SafeInt',
    description:
      'A whole number from -(2^53 - 1) to 2^53 - 1, as a JSON number. It can exceed the 32 bits of an `Int`: sizes in bytes, ' +
      'and totals.',
    serialize: (value) => (Number.isSafeInteger(value) ? (value as number) : safeInt.serialize(value)),
  }),
);

const cursorCharsMax = 256;

builder.scalarType('Cursor', {
  description:
    'A position in the event log. Opaque: read it from an event and pass it as `after`. The value `earliest` is the ' +
    'position before the oldest retained event.',
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value !== 'string' || value.length > cursorCharsMax)
      throw new TypeError(`A cursor is a string of at most ${cursorCharsMax} characters.`);
    return value;
  },
});
