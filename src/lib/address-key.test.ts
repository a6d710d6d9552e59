import { expect, test } from 'vitest';
import { addressKey } from './address-key.ts';

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
  ['64:ff9b:1:2::7', '64:ff9b:1:2::/64'],
])('addressKey returns the prefix of %s: %s', (address, key) => {
  expect(addressKey(address)).toBe(key);
});

test.each(['::ffff:192.0.2.7', '::FFFF:c000:207', '0:0:0:0:0:ffff:192.0.2.7', '64:ff9b::192.0.2.7'])(
  'addressKey returns the IPv4 address contained in %s',
  (address) => {
    expect(addressKey(address)).toBe('192.0.2.7');
  },
);

test('addressKey returns text that is no address unchanged', () => {
  expect(['', 'a connection of ann'].map(addressKey)).toEqual(['', 'a connection of ann']);
});
