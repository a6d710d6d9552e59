import { expect, test } from 'vitest';
import { MemoryBudget } from '../lib/memory-budget.ts';
import { UnreadBudget } from './unread-budget.ts';

const share = () => new MemoryBudget(48_000).share('answers'); // 6,000 bytes

test('limits unread bytes in total and for each address, where an IPv6 network counts as one address', () => {
  const budget = share();
  const unread = new UnreadBudget(budget, { max: 2_500, loopback: false });
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

test('accepts a single response of any size while nothing else is unread', () => {
  const budget = share();
  const unread = new UnreadBudget(budget, { max: 100, loopback: true });
  const only = unread.of('192.0.2.1');
  expect(only.set(10_000)).toBe(true);
  expect(only.set(10_001)).toBe(false);
  expect(unread.of('192.0.2.2').set(1)).toBe(false);
  only.set(0);
  expect(budget.bytes).toBe(0);
});
