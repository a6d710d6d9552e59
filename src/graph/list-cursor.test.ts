import { expect, test } from 'vitest';
import { listCursor, parseListCursor } from './list-cursor.ts';

const at = new Date('2026-11-29T10:00:00.123Z');
const list = 'JobRun';
const after = { argument: 'after' };

test.each([
  ['a number', 42, true],
  ['a string with a colon', 'run:1', false],
  ['a non-ASCII string', 'läuft ✓', false],
] as const)('a cursor with %s as id is parsed to the same row key', (_, id, idIsNumber) => {
  expect(parseListCursor(listCursor({ at, id }, { list }), { ...after, list, idIsNumber })).toEqual({
    at,
    id,
  });
});

test('a cursor of an order by a number is parsed to the same row key', () => {
  const order = 'SEVERITY DESC';
  const key = { at: 3, id: 42 };
  const options = { ...after, list, idIsNumber: true, order, atIsNumber: true };
  expect(parseListCursor(listCursor(key, { list, order }), options)).toEqual(key);
});

test('a list in an order by a number rejects a cursor whose number PostgreSQL cannot store', () => {
  const order = 'SEVERITY DESC';
  const text = listCursor({ at: 2 ** 31, id: 42 }, { list, order });
  expect(() => parseListCursor(text, { ...after, list, idIsNumber: true, order, atIsNumber: true })).toThrow(
    'after must be a cursor of this list.',
  );
});

test('an absent cursor gives no row key', () => {
  expect(parseListCursor(undefined, { ...after, list, idIsNumber: true })).toBeNull();
});

test.each([
  ['an empty string', ''],
  ['a string that is not a cursor', 'nonsense'],
  ['a cursor whose id is not a number', listCursor({ at, id: 'run-1' }, { list })],
  ['a cursor of another list', listCursor({ at, id: 42 }, { list: 'Alert' })],
  ['a cursor with an invalid time', Buffer.from('JobRun 9999999999999999:1').toString('base64url')],
])('a list with numeric ids rejects %s and names the argument', (_, text) => {
  const parse = () => parseListCursor(text, { ...after, list, idIsNumber: true });
  expect(parse).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT', details: after }));
});

test('a list with string ids rejects a cursor with U+0000, which PostgreSQL cannot store', () => {
  const text = listCursor({ at, id: 'a\u0000b' }, { list });
  expect(() => parseListCursor(text, { ...after, list, idIsNumber: false })).toThrow(
    'after must be a cursor of this list.',
  );
});
