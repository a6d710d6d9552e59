import { describe, expect, test } from 'vitest';
import { ConcurrencyLimiter, limitOf } from './concurrency-limiter.ts';

describe('ConcurrencyLimiter', () => {
  test('counts in total and per address, and releases', () => {
    const limiter = new ConcurrencyLimiter({ max: 2, loopback: true });
    for (const address of ['10.0.0.1', '10.0.0.1', '10.0.0.2']) limiter.acquire(address);
    expect([limiter.count, limiter.countOf('10.0.0.1'), limiter.countOf('10.0.0.2')]).toEqual([3, 2, 1]);
    limiter.release('10.0.0.1');
    limiter.release('10.0.0.2');
    expect([limiter.count, limiter.countOf('10.0.0.1'), limiter.countOf('10.0.0.2')]).toEqual([1, 1, 0]);
    expect(limiter.maxOf('10.0.0.1')).toBe(2);
  });

  test('counts all addresses of an IPv6 /64 as one', () => {
    const limiter = new ConcurrencyLimiter({ max: 2, loopback: true });
    for (const address of ['2001:db8:0:1::1', '2001:db8::1:ffff:0:0:2', '2001:db8:0:2::1'])
      limiter.acquire(address);
    expect(['2001:db8:0:1::3', '2001:db8:0:2::3'].map((address) => limiter.countOf(address))).toEqual([2, 1]);
    limiter.release('2001:db8:0:1::1');
    limiter.release('2001:db8:0:1:ffff::2');
    expect([limiter.count, limiter.countOf('2001:db8:0:1::1')]).toEqual([1, 0]);
  });
});

describe('limitOf', () => {
  test.each(['127.0.0.1', '127.8.9.1', '::1'])('is Infinity for %s when loopback is exempt', (address) => {
    expect(limitOf({ max: 2, loopback: false }, address)).toBe(Infinity);
    expect(limitOf({ max: 2, loopback: true }, address)).toBe(2);
    expect(limitOf(null, address)).toBe(Infinity);
  });

  test('is the maximum for any other address', () => {
    expect(limitOf({ max: 2, loopback: false }, '192.168.0.1')).toBe(2);
  });
});
