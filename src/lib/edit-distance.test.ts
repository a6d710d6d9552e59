import { expect, test } from 'vitest';
import { editDistance } from './edit-distance.ts';

test.each([
  ['', '', 0],
  ['PORT', 'PORT', 0],
  ['', 'PORT', 4],
  ['AUTH_TOKEN', 'AUTH_TOKENS', 1],
  ['JWT_SECERT', 'JWT_SECRET', 1],
  ['PROT', 'PORT', 1],
  ['ALLOW_ANONYMUS', 'ALLOW_ANONYMOUS', 1],
  ['HOME', 'HOST', 2],
  ['kitten', 'sitting', 3],
])('%j and %j are %i edits apart, in either order', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
  expect(editDistance(b, a)).toBe(distance);
});
