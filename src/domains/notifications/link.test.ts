import { expect, it } from 'vitest';
import { isLink } from './link.ts';

it.each(['/workflows/7', 'https://example.com/a?b=c', 'review', '?tab=2', 'app://open/7'])(
  'a notification may link to %s',
  (url) => expect(isLink(url)).toBe(true),
);

it.each([
  'https://',
  'javascript:alert(1)',
  ' JavaScript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,x',
])('a notification may not link to %j', (url) => expect(isLink(url)).toBe(false));
