import { expect, test } from 'vitest';
import { listCursor, parseListCursor } from './list-cursor.ts';

const at = new Date('2026-11-29T10:00:00.123Z');
const after = { argument: 'after' };

test.each([
  ['a number', 42, true],
  ['text with a colon', 'run:1', false],
  ['text of any script', 'läuft ✓', false],
] as const)('a cursor with %s as id is read as it was written', (_, id, idIsNumber) => {
  expect(parseListCursor(listCursor({ at, id }), { ...after, idIsNumber })).toEqual({ at, id });
});

test('no cursor is no place in the list', () => {
  expect(parseListCursor(undefined, { ...after, idIsNumber: true })).toBeNull();
});

test.each([
  ['nothing', ''],
  ['what is no cursor', 'nonsense'],
  ['a cursor whose id is no number', listCursor({ at, id: 'run-1' })],
  ['a time beyond all dates', Buffer.from('9999999999999999:1').toString('base64url')],
])('a list of numbers refuses %s and names the argument', (_, text) => {
  const parse = () => parseListCursor(text, { ...after, idIsNumber: true });
  expect(parse).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT', details: after }));
});

test('a list of texts refuses a cursor that PostgreSQL cannot store', () => {
  const text = listCursor({ at, id: 'a\u0000b' });
  expect(() => parseListCursor(text, { ...after, idIsNumber: false })).toThrow(
    'after must be a cursor of this list.',
  );
});
