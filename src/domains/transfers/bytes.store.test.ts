import { expect, it } from 'vitest';
import { partsOf } from './bytes.store.ts';

it.each([
  [[], []],
  [[''], []],
  [['abcdefghi'], ['abcd', 'efgh', 'i']],
  [
    ['ab', 'cd', 'ef'],
    ['abcd', 'ef'],
  ],
  [
    ['abc', '', 'defgh'],
    ['abcd', 'efgh'],
  ],
  [
    ['a', 'b', 'c', 'd', 'e'],
    ['abcd', 'e'],
  ],
])('pieces %j are cut into parts %j', (pieces, parts) => {
  expect(
    [
      ...partsOf(
        pieces.map((piece) => Buffer.from(piece)),
        4,
      ),
    ].map(String),
  ).toEqual(parts);
});
