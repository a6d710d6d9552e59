import { describe, expect, it } from 'vitest';
import { approximateBytes } from './approximate-bytes.ts';
import { MemoryBudget } from './memory-budget.ts';

describe('a memory budget', () => {
  it('is divided into independent shares', () => {
    const budget = new MemoryBudget(4_800);
    const drafts = budget.share('drafts');
    const subscriptions = budget.share('subscriptions');
    expect([drafts.bytesMax, subscriptions.bytesMax]).toEqual([700, 1_200]);
    expect(drafts.acquire(700)).toBe(true);
    expect(drafts.acquire(1)).toBe(false);
    expect(subscriptions.acquire(1_200)).toBe(true);
    drafts.release(100);
    expect(drafts.acquire(101)).toBe(false);
    expect(drafts.acquire(100)).toBe(true);
    expect(budget.stats()).toEqual([
      { name: 'drafts', bytes: 700, bytesMax: 700 },
      { name: 'subscriptions', bytes: 1_200, bytesMax: 1_200 },
    ]);
  });

  it('reads the amounts of components that evict by themselves', () => {
    const share = new MemoryBudget(4_800).share('ring');
    share.observe(() => 7);
    expect(share.bytes).toBe(7);
  });

  it('counts texts, keys and values of pending events', () => {
    const small = approximateBytes({ key: 'k', payload: { list: [1, 2, null] } });
    const large = approximateBytes({ key: 'k', payload: { list: [1, 2, 'x'.repeat(10_000)] } });
    expect(large - small).toBe(20_000);
  });
});
