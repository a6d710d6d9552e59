import { expect, test, vi } from 'vitest';
import { growingLru } from './growing-lru.ts';

test('keeps the most recently used entries up to its maximum', () => {
  const lru = growingLru<string, number>(2);
  lru.set('a', 1);
  lru.set('b', 2);
  expect(lru.get('a')).toBe(1);
  lru.set('c', 3);
  expect([...lru.keys()]).toEqual(['c', 'a']);
});

test('expires an entry after the default lifetime, or after its own', async () => {
  const began = performance.now();
  const now = vi.spyOn(performance, 'now').mockReturnValue(began);
  try {
    const lru = growingLru<string, number>(10, { ttl: 1_000_000 });
    lru.set('of all', 1);
    lru.set('its own', 2, { ttl: 5_000_000 });
    lru.set('kept', 3, { ttl: 0 });
    expect([...lru.values()]).toEqual([3, 2, 1]);
    now.mockReturnValue(began + 2_000_000);
    await vi.waitFor(() => expect([...lru.values()]).toEqual([3, 2]));
    now.mockReturnValue(began + 6_000_000);
    await vi.waitFor(() => expect([...lru.values()]).toEqual([3]));
  } finally {
    now.mockRestore();
  }
});
