import { describe, expect, it } from 'vitest';
import { Rereading } from './rereading.ts';

describe('what is read again', () => {
  it('is read once more for any number of changes while it is being read', async () => {
    const opens: (() => void)[] = [];
    let readings = 0;
    const rereading = new Rereading(
      () => {
        readings++;
        return new Promise<void>((resolve) => opens.push(resolve));
      },
      () => {},
    );
    const first = rereading.soon();
    await expect.poll(() => opens.length).toBe(1);
    const later = [rereading.soon(), rereading.soon(), rereading.soon()];
    opens[0]?.();
    await first;
    await expect.poll(() => opens.length).toBe(2);
    opens[1]?.();
    await Promise.all(later);
    expect(readings).toBe(2);
  });

  it('is tried again until it succeeds, and no more once it is stopped', async () => {
    const failures: unknown[] = [];
    let readings = 0;
    const rereading = new Rereading(
      async () => {
        if (++readings < 3) throw new Error(`the reading ${readings}`);
      },
      (error) => failures.push((error as Error).message),
      1,
    );
    await rereading.soon();
    expect(failures).toEqual(['the reading 1', 'the reading 2']);
    await rereading.stop();
    await rereading.soon();
    expect(readings).toBe(3);
  });
});
