import { buildSchema, type GraphQLInputType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { findCoercionError } from './coercion.ts';

const schema = buildSchema(`
  enum Mood { GOOD BAD }
  input Note { text: String!, mood: Mood = GOOD, tags: [String!] }
  input Report { id: ID, count: Int!, note: Note, notes: [Note!], ratio: Float, sure: Boolean }
  input Event @oneOf { report: Report, note: Note }
  type Query { events(events: [Event!]!, note: Note): Int }
`);

function typeOf(name: string): GraphQLInputType {
  const { events } = schema.getQueryType()?.getFields() ?? {};
  const argument = events?.args.find((one) => one.name === name);
  if (argument === undefined) throw new Error(`unknown argument ${name}`);
  return argument.type;
}

function errorOf(value: unknown, name = 'events') {
  return findCoercionError(name, typeOf(name), value);
}

const valid = { report: { count: 1 } };

describe('the first coercion error', () => {
  test('is null for a valid value', () => {
    expect(errorOf([valid, { note: { text: '', mood: 'BAD', tags: ['a'] } }])).toBeNull();
    expect(errorOf(null, 'note')).toBeNull();
  });

  test.each([
    [{ report: { count: 1.5 } }, 'count', 'a 32-bit integer'],
    [{ report: { count: 1, ratio: 'x' } }, 'ratio', 'a number'],
    [{ report: { count: 1, sure: 1 } }, 'sure', 'true or false'],
    [{ report: { count: 1, note: { text: 7 } } }, 'note.text', 'a string'],
    [{ report: { count: 1, note: { text: 'a', mood: 'SAD' } } }, 'note.mood', 'one of GOOD, BAD'],
    [{ report: { count: 1, notes: [{ text: 'a' }, { text: null }] } }, 'notes[1].text', 'a string'],
    [{ report: { count: 1, notes: { text: 7 } } }, 'notes.text', 'a string'],
    [{ note: { text: 'a', tags: ['b', null] } }, 'tags[1]', 'a string'],
    [{ report: 'count' }, 'report', 'an object'],
    [{ report: null }, 'report', 'an object'],
  ])('names the index, the field and the allowed values: %j', (invalid, field, allowed) => {
    expect(errorOf([valid, invalid])?.details).toEqual({ index: 1, field, allowed });
  });

  test('names a missing field', () => {
    expect(errorOf([{ report: {} }])).toEqual({
      message: 'events[0].report.count is required and must be a 32-bit integer.',
      details: { index: 0, field: 'count', allowed: 'a 32-bit integer' },
    });
  });

  test('names an unknown field, shortened and unescaped', () => {
    const text = 'x" at "events[9]"; ';
    expect(errorOf([{ note: { text: 'a', [text]: 1 } }])).toEqual({
      message: `events[0].note.${text} does not exist; the field must be one of text, mood, tags.`,
      details: { index: 0, field: text, allowed: 'one of text, mood, tags' },
    });
    expect(errorOf([{ ['y'.repeat(10_000)]: {} }])?.message.length).toBeLessThan(200);
    expect(errorOf([JSON.parse('{"__proto__":{}}')])?.details.field).toBe('__proto__');
  });

  test.each([[{}], [{ ...valid, note: { text: 'a' } }], [[]], ['report'], [7], [null]])(
    'names the item where the item itself is invalid: %j',
    (invalid) => {
      const allowed = 'an object with exactly one of report, note';
      expect(errorOf([valid, valid, invalid])).toEqual({
        message: `events[2] must be ${allowed}.`,
        details: { index: 2, allowed },
      });
    },
  );

  test('has no index for a value that is not a list', () => {
    expect(errorOf({ text: 'a', mood: '' }, 'note')).toEqual({
      message: 'note.mood must be one of GOOD, BAD.',
      details: { field: 'mood', allowed: 'one of GOOD, BAD' },
    });
  });
});
