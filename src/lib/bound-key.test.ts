import { expect, test } from 'vitest';
import { boundKeyOf } from './bound-key.ts';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::', '2001:db8:1:2::/64'],
  ['2001:db8::', '2001:db8:0:0::/64'],
  ['2001:db8::6', '2001:db8:0:0::/64'],
  ['::2:3:4:5:6', '0:0:0:2::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['2001:db8:1:2::192.0.2.7', '2001:db8:1:2::/64'],
])('%s is bounded as %s', (address, key) => {
  expect(boundKeyOf(address)).toBe(key);
});

test.each(['::ffff:192.0.2.7', '::FFFF:c000:207', '0:0:0:0:0:ffff:192.0.2.7', '64:ff9b::192.0.2.7'])(
  '%s is the IPv4 address in it',
  (address) => {
    expect(boundKeyOf(address)).toBe('192.0.2.7');
  },
);

test('what is no address is itself', () => {
  expect(['', 'a connection of ann'].map(boundKeyOf)).toEqual(['', 'a connection of ann']);
});
