import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

describe('turns', () => {
  it('run what there is room for at once, and the rest in order, so many in a turn', async () => {
    const turns = new Turns(3);
    const done: number[] = [];
    for (let task = 0; task < 8; task++) turns.take(() => void done.push(task));
    expect(done).toEqual([0, 1, 2]);
    expect(turns.waiting).toBe(5);
    await turn();
    expect(done).toEqual([0, 1, 2, 3, 4, 5]);
    await turn();
    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(turns.waiting).toBe(0);
  });

  it('end when their time is over, however few have had theirs', async () => {
    let now = 0;
    const turns = new Turns(100, 20, () => now);
    const done: number[] = [];
    const slow = (task: number) => (): void => {
      done.push(task);
      void Promise.resolve().then(() => (now += 15)); // what it sets going counts as well
    };
    for (let task = 0; task < 5; task++) turns.take(slow(task));
    await Promise.resolve();
    expect(done).toEqual([0, 1, 2, 3, 4]); // nothing had taken any time yet
    for (let task = 5; task < 10; task++) turns.take(slow(task));
    expect(done).toHaveLength(5);
    await turn();
    await Promise.resolve();
    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6]);
    await turn();
    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('let nobody pass those who wait', async () => {
    const turns = new Turns(1);
    const done: string[] = [];
    for (const task of ['first', 'second', 'third']) turns.take(() => void done.push(task));
    await turn();
    turns.take(() => void done.push('newcomer'));
    await turn();
    await turn();
    expect(done).toEqual(['first', 'second', 'third', 'newcomer']);
  });

  it('begin anew with each turn', async () => {
    const turns = new Turns(1);
    let done = 0;
    for (let round = 0; round < 3; round++) {
      turns.take(() => done++);
      expect(done).toBe(round + 1);
      await turn();
    }
  });
});
