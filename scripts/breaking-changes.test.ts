import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareSchemas } from './breaking-changes.ts';

const released = `# Version 1.0.0
  type Query { alerts(first: Int = 20, level: Level): [Alert!]! }
  type Alert { id: ID!, title: String! }
  enum Level { HIGH LOW }
  union Result = Alert
  input Filter { level: Level }
  type Mutation { find(input: Filter!): Result }
`;

/** The released schema with one text replaced by another. */
function changed(from: string, to: string): string {
  expect(released).toContain(from);
  return released.replace(from, to);
}

describe('a schema is rejected', () => {
  it.each([
    ['a field was removed', ', title: String!', '', 'FIELD_REMOVED: Alert.title was removed.'],
    [
      'the type of a field changed',
      'title: String!',
      'title: Int!',
      'FIELD_CHANGED_KIND: Alert.title changed type from String! to Int!.',
    ],
    [
      'a field became nullable',
      'title: String!',
      'title: String',
      'FIELD_CHANGED_KIND: Alert.title changed type from String! to String.',
    ],
    [
      'a required argument was added',
      'alerts(',
      'alerts(host: ID!, ',
      'REQUIRED_ARG_ADDED: A required arg host on Query.alerts was added.',
    ],
    [
      'a required input field was added',
      'input Filter { ',
      'input Filter { host: ID!, ',
      'REQUIRED_INPUT_FIELD_ADDED: A required field host on input type Filter was added.',
    ],
    [
      'a value of an enum was removed',
      'HIGH LOW',
      'HIGH',
      'VALUE_REMOVED_FROM_ENUM: LOW was removed from enum type Level.',
    ],
    [
      'a default changed',
      'first: Int = 20',
      'first: Int = 50',
      'ARG_DEFAULT_VALUE_CHANGE: Query.alerts arg first has changed defaultValue from 20 to 50.',
    ],
    [
      'a type was removed',
      'union Result = Alert',
      'type Other { id: ID } union Result = Other',
      'TYPE_REMOVED_FROM_UNION: Alert was removed from union type Result.',
    ],
  ])('if %s', (_title, from, to, change) => {
    expect(compareSchemas(released, changed(from, to), '')).toEqual({ unintended: [change], stale: [] });
  });

  it('if a change is recorded that it does not contain', () => {
    const line = 'FIELD_REMOVED: Alert.title was removed.';
    expect(compareSchemas(released, released, line)).toEqual({ unintended: [], stale: [line] });
  });
});

describe('a schema is accepted', () => {
  it.each([
    ['nothing changed', 'HIGH LOW', 'HIGH LOW'],
    ['a field was added', 'title: String!', 'title: String!, text: String'],
    ['an optional argument was added', 'alerts(', 'alerts(host: ID, '],
    ['a value was added to an enum', 'HIGH LOW', 'HIGH LOW NONE'],
  ])('if %s', (_title, from, to) => {
    expect(compareSchemas(released, changed(from, to), '')).toEqual({ unintended: [], stale: [] });
  });

  it('if each breaking change is recorded as intended', () => {
    const list = '# Titles were never shown.\nFIELD_REMOVED: Alert.title was removed.\n';
    const present = changed(', title: String!', '');
    expect(compareSchemas(released, present, list)).toEqual({ unintended: [], stale: [] });
  });

  it('if it is the present one, compared with itself', () => {
    const present = readFileSync(new URL('../schema/schema.graphql', import.meta.url), 'utf8');
    expect(compareSchemas(`# Version 1.0.0\n${present}`, present, '')).toEqual({ unintended: [], stale: [] });
  });
});
