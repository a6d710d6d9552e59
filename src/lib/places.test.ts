import { describe, expect, test } from 'vitest';
import { boundOf, Places } from './places.ts';

describe('places', () => {
  test('are counted in all and for each address, and given back', () => {
    const places = new Places({ max: 2, loopback: true });
    for (const address of ['10.0.0.1', '10.0.0.1', '10.0.0.2']) places.take(address);
    expect([places.all, places.takenBy('10.0.0.1'), places.takenBy('10.0.0.2')]).toEqual([3, 2, 1]);
    places.leave('10.0.0.1');
    places.leave('10.0.0.2');
    expect([places.all, places.takenBy('10.0.0.1'), places.takenBy('10.0.0.2')]).toEqual([1, 1, 0]);
    expect(places.maxOf('10.0.0.1')).toBe(2);
  });

  test('are one count for a whole network of IPv6, which one host has to itself', () => {
    const places = new Places({ max: 2, loopback: true });
    for (const address of ['2001:db8:0:1::1', '2001:db8::1:ffff:0:0:2', '2001:db8:0:2::1'])
      places.take(address);
    expect(['2001:db8:0:1::3', '2001:db8:0:2::3'].map((address) => places.takenBy(address))).toEqual([2, 1]);
    places.leave('2001:db8:0:1::1');
    places.leave('2001:db8:0:1:ffff::2');
    expect([places.all, places.takenBy('2001:db8:0:1::1')]).toEqual([1, 0]);
  });

  test.each(['127.0.0.1', '127.8.9.1', '::1'])(
    'are as many as wanted for %s where it is spared',
    (address) => {
      expect(boundOf({ max: 2, loopback: false }, address)).toBe(Infinity);
      expect(boundOf({ max: 2, loopback: true }, address)).toBe(2);
      expect(boundOf(null, address)).toBe(Infinity);
    },
  );

  test('are bounded for everybody else', () => {
    expect(boundOf({ max: 2, loopback: false }, '192.168.0.1')).toBe(2);
  });
});
