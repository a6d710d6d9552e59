import { expect, test } from 'vitest';
import { MemoryBudget } from '../lib/memory-budget.ts';
import { UnreadBytes } from './unread.ts';

const share = () => new MemoryBudget(48_000).share('answers'); // 6,000 bytes

test('what waits is bounded in all and for each address, an IPv6 network being one', () => {
  const budget = share();
  const unread = new UnreadBytes(budget, { max: 2_500, loopback: false });
  const [first, second] = [unread.of('2001:db8::1'), unread.of('2001:db8::2')];
  expect(first.set(2_000)).toBe(true);
  expect(second.set(501)).toBe(false);
  expect(second.set(500)).toBe(true);
  expect(unread.of('127.0.0.1').set(3_500)).toBe(true);
  expect(unread.of('192.0.2.1').set(1)).toBe(false);
  first.set(0);
  expect(unread.of('192.0.2.1').set(2_000)).toBe(true);
  expect(budget.bytes).toBe(6_000);
});

test('one answer is never too much where nothing else waits', () => {
  const budget = share();
  const unread = new UnreadBytes(budget, { max: 100, loopback: true });
  const only = unread.of('192.0.2.1');
  expect(only.set(10_000)).toBe(true);
  expect(only.set(10_001)).toBe(false);
  expect(unread.of('192.0.2.2').set(1)).toBe(false);
  only.set(0);
  expect(budget.bytes).toBe(0);
});
