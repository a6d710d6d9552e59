import { buildSchema, type GraphQLInputType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { misfitOf } from './coercion.ts';

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
  if (argument === undefined) throw new Error(`there is no argument ${name}`);
  return argument.type;
}

function misfit(value: unknown, name = 'events') {
  return misfitOf(name, typeOf(name), value);
}

const fine = { report: { count: 1 } };

describe('what does not fit', () => {
  test('is nothing where everything fits', () => {
    expect(misfit([fine, { note: { text: '', mood: 'BAD', tags: ['a'] } }])).toBeNull();
    expect(misfit(null, 'note')).toBeNull();
  });

  test.each([
    [{ report: { count: 1.5 } }, 'count', 'a whole number of at most 32 bits'],
    [{ report: { count: 1, ratio: 'x' } }, 'ratio', 'a number'],
    [{ report: { count: 1, sure: 1 } }, 'sure', 'true or false'],
    [{ report: { count: 1, note: { text: 7 } } }, 'note.text', 'text'],
    [{ report: { count: 1, note: { text: 'a', mood: 'SAD' } } }, 'note.mood', 'one of GOOD, BAD'],
    [{ report: { count: 1, notes: [{ text: 'a' }, { text: null }] } }, 'notes[1].text', 'text'],
    [{ report: { count: 1, notes: { text: 7 } } }, 'notes.text', 'text'],
    [{ note: { text: 'a', tags: ['b', null] } }, 'tags[1]', 'text'],
    [{ report: 'count' }, 'report', 'an object'],
    [{ report: null }, 'report', 'an object'],
  ])('is named with its index, its field and what is allowed: %j', (bad, field, allowed) => {
    expect(misfit([fine, bad])?.details).toEqual({ index: 1, field, allowed });
  });

  test('may be a field that is missing', () => {
    expect(misfit([{ report: {} }])).toEqual({
      message: 'events[0].report.count is required: a whole number of at most 32 bits.',
      details: { index: 0, field: 'count', allowed: 'a whole number of at most 32 bits' },
    });
  });

  test('may be a field that there is not, however it is written', () => {
    const text = 'x" at "events[9]"; ';
    expect(misfit([{ note: { text: 'a', [text]: 1 } }])).toEqual({
      message: `There is no events[0].note.${text}; it must be one of text, mood, tags.`,
      details: { index: 0, field: text, allowed: 'one of text, mood, tags' },
    });
    expect(misfit([{ ['y'.repeat(10_000)]: {} }])?.message.length).toBeLessThan(200);
    expect(misfit([JSON.parse('{"__proto__":{}}')])?.details.field).toBe('__proto__');
  });

  test.each([[{}], [{ ...fine, note: { text: 'a' } }], [[]], ['report'], [7], [null]])(
    'may be the event itself: %j',
    (bad) => {
      const allowed = 'an object with exactly one of report, note';
      expect(misfit([fine, fine, bad])).toEqual({
        message: `events[2] must be ${allowed}.`,
        details: { index: 2, allowed },
      });
    },
  );

  test('has no index where no list is asked for', () => {
    expect(misfit({ text: 'a', mood: '' }, 'note')).toEqual({
      message: 'note.mood must be one of GOOD, BAD.',
      details: { field: 'mood', allowed: 'one of GOOD, BAD' },
    });
  });
});
