import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { TickLimiter } from './tick-limiter.ts';

describe('TickLimiter', () => {
  it('runs tasks synchronously up to the limit, and the others in order, up to the limit per iteration', async () => {
    const limiter = new TickLimiter(3);
    const done: number[] = [];
    for (let task = 0; task < 8; task++) limiter.run(() => void done.push(task));
    expect(done).toEqual([0, 1, 2]);
    expect(limiter.pending).toBe(5);
    await turn();
    expect(done).toEqual([0, 1, 2, 3, 4, 5]);
    await turn();
    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(limiter.pending).toBe(0);
  });

  it('starts no further task in an iteration whose time is used up', async () => {
    let now = 0;
    const limiter = new TickLimiter(100, 20, () => now);
    const done: number[] = [];
    const slow = (task: number) => (): void => {
      done.push(task);
      void Promise.resolve().then(() => (now += 15)); // the time of its microtasks counts too
    };
    for (let task = 0; task < 5; task++) limiter.run(slow(task));
    await Promise.resolve();
    expect(done).toEqual([0, 1, 2, 3, 4]); // nothing had taken any time yet
    for (let task = 5; task < 10; task++) limiter.run(slow(task));
    expect(done).toHaveLength(5);
    await turn();
    await Promise.resolve();
    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6]);
    await turn();
    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('starts queued tasks before a new one', async () => {
    const limiter = new TickLimiter(1);
    const done: string[] = [];
    for (const task of ['first', 'second', 'third']) limiter.run(() => void done.push(task));
    await turn();
    limiter.run(() => void done.push('newcomer'));
    await turn();
    await turn();
    expect(done).toEqual(['first', 'second', 'third', 'newcomer']);
  });

  it('has its full capacity in each iteration', async () => {
    const limiter = new TickLimiter(1);
    let done = 0;
    for (let round = 0; round < 3; round++) {
      limiter.run(() => done++);
      expect(done).toBe(round + 1);
      await turn();
    }
  });
});
