import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ConcurrencyLimiter } from '../lib/concurrency-limiter.ts';
import type { CountChanges } from './messages.ts';
import { CountsOfWorkers, SharedCounts } from './shared-counts.ts';

/** Workers whose messages arrive when the timers have run. */
function connected(names: readonly string[]) {
  const workers = new Map<string, SharedCounts>();
  const messages: { readonly to: string; readonly changes: readonly CountChanges[] }[] = [];
  const primary = new CountsOfWorkers<string>((to, changes) => {
    messages.push({ to, changes });
    workers.get(to)?.receive(changes);
  });
  for (const name of names) join(name);
  function join(name: string): void {
    workers.set(name, new SharedCounts((changes) => primary.receive(name, changes)));
    primary.add(name);
  }
  const limiterOf = (name: string) =>
    new ConcurrencyLimiter({ max: 2, loopback: true }, workers.get(name)?.of('sockets') ?? null);
  return { primary, messages, join, limiterOf };
}

const delivered = () => vi.advanceTimersByTime(100);

beforeEach(() => {
  vi.useFakeTimers();
  return () => void vi.useRealTimers();
});

describe('the counts of workers', () => {
  it('are the sums of all workers in each of them', () => {
    const { limiterOf } = connected(['a', 'b', 'c']);
    const [a, b, c] = [limiterOf('a'), limiterOf('b'), limiterOf('c')];
    a.acquire('10.0.0.1');
    a.acquire('10.0.0.1');
    b.acquire('10.0.0.1');
    b.acquire('10.0.0.2');
    delivered();
    expect([a, b, c].map((one) => one.countOf('10.0.0.1'))).toEqual([3, 3, 3]);
    expect([a, b, c].map((one) => one.countOf('10.0.0.2'))).toEqual([1, 1, 1]);
    expect([a, b, c].map(({ count }) => count)).toEqual([4, 4, 4]);
    a.release('10.0.0.1');
    b.release('10.0.0.2');
    delivered();
    expect([a, b, c].map((one) => one.countOf('10.0.0.1'))).toEqual([2, 2, 2]);
    expect([a, b, c].map(({ count }) => count)).toEqual([2, 2, 2]);
  });

  it('do not contain those of a worker that has ended, and are known to one that starts later', () => {
    const { primary, limiterOf, join } = connected(['a', 'b']);
    const [a, b] = [limiterOf('a'), limiterOf('b')];
    a.acquire('10.0.0.1');
    b.acquire('10.0.0.1');
    delivered();
    primary.remove('b');
    delivered();
    expect([a.countOf('10.0.0.1'), a.count]).toEqual([1, 1]);
    join('c');
    const c = limiterOf('c');
    expect([c.countOf('10.0.0.1'), c.count]).toEqual([1, 1]);
  });

  it('cost one message per worker and moment, however many change', () => {
    const { limiterOf, messages } = connected(['a', 'b']);
    const a = limiterOf('a');
    messages.length = 0;
    for (let n = 0; n < 1_000; n++) a.acquire(`10.0.${n % 250}.1`);
    delivered();
    expect(messages.map(({ to }) => to)).toEqual(['a', 'b']);
  });
});
