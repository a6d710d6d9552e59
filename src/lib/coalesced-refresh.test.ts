import { describe, expect, it } from 'vitest';
import { CoalescedRefresh } from './coalesced-refresh.ts';

describe('CoalescedRefresh', () => {
  it('reads once more for any number of requests during a read', async () => {
    const opens: (() => void)[] = [];
    let readings = 0;
    const refresh = new CoalescedRefresh(
      () => {
        readings++;
        return new Promise<void>((resolve) => opens.push(resolve));
      },
      () => {},
    );
    const first = refresh.request();
    await expect.poll(() => opens.length).toBe(1);
    const later = [refresh.request(), refresh.request(), refresh.request()];
    opens[0]?.();
    await first;
    await expect.poll(() => opens.length).toBe(2);
    opens[1]?.();
    await Promise.all(later);
    expect(readings).toBe(2);
  });

  it('retries a failed read until it succeeds, and reads no more after stop()', async () => {
    const failures: unknown[] = [];
    let readings = 0;
    const refresh = new CoalescedRefresh(
      async () => {
        if (++readings < 3) throw new Error(`the reading ${readings}`);
      },
      (error) => failures.push((error as Error).message),
      1,
    );
    await refresh.request();
    expect(failures).toEqual(['the reading 1', 'the reading 2']);
    await refresh.stop();
    await refresh.request();
    expect(readings).toBe(3);
  });
});
