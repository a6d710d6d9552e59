import { expect, it } from 'vitest';
import { splitIntoParts } from './bytes.store.ts';

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
])('splits the pieces %j into the parts %j of at most 4 bytes', (pieces, parts) => {
  const buffers = pieces.map((piece) => Buffer.from(piece));
  expect([...splitIntoParts(buffers, 4)].map(String)).toEqual(parts);
});
