import { expect, it } from 'vitest';
import { append } from './append.ts';
import { largest, smallest } from './extremes.ts';

const many = Array.from({ length: 300_000 }, (_, index) => (index * 7_919) % 300_007);

it('the largest and the smallest of more values than a stack holds are found', () => {
  const sorted = many.toSorted((a, b) => a - b);
  expect([smallest(many), largest(many)]).toEqual([sorted[0], sorted.at(-1)]);
});

it('nothing is the largest or the smallest of nothing', () => {
  expect([largest([]), smallest([])]).toEqual([null, null]);
});

it('more items than a stack holds are appended in order', () => {
  const list = [-1];
  append(list, many);
  expect(list).toEqual([-1, ...many]);
});
