import { expect, test } from 'vitest';
import { isSubject } from './subject.ts';

test.each(['ann', 'ann@example.org', 'systems', 'auth0|5f7c', 'Ä', 'a'.repeat(256)])(
  '%s is a valid subject',
  (text) => {
    expect(isSubject(text)).toBe(true);
  },
);

test.each([
  '',
  '  ',
  'a'.repeat(257),
  'ann\nbob',
  'ann\u0000',
  'ann\ud800',
  '\udfffann',
  'system',
  'anonymous',
  ' system ',
  'System',
  'sys\u200btem',
  'ａnonymous',
])('%j is not a valid subject', (text) => {
  expect(isSubject(text)).toBe(false);
});
