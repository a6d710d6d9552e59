import { expect, it } from 'vitest';
import { append } from './append.ts';
import { largest, smallest } from './extremes.ts';

const many = Array.from({ length: 300_000 }, (_, index) => (index * 7_919) % 300_007);

it('largest and smallest handle more values than fit on the stack', () => {
  const sorted = many.toSorted((a, b) => a - b);
  expect([smallest(many), largest(many)]).toEqual([sorted[0], sorted.at(-1)]);
});

it('largest and smallest are null without values', () => {
  expect([largest([]), smallest([])]).toEqual([null, null]);
});

it('append handles more items than fit on the stack', () => {
  const list = [-1];
  append(list, many);
  expect(list).toEqual([-1, ...many]);
});
