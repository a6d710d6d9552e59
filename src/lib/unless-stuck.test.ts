import { describe, expect, test } from 'vitest';
import { unlessStuck } from './unless-stuck.ts';

describe('unlessStuck', () => {
  test('gives the answer, and null for a failure', async () => {
    let asked = 0;
    const ask = unlessStuck(async () => {
      if (++asked > 1) throw new Error('gone');
      return asked;
    }, 1000);
    expect([await ask(), await ask()]).toEqual([1, null]);
  });

  test('gives null for a call that hangs, and asks again only once that one is over', async () => {
    let asked = 0;
    let end = (_answer: string): void => {};
    const ask = unlessStuck(() => {
      asked++;
      return new Promise<string>((resolve) => (end = resolve));
    }, 5);
    expect([await ask(), await ask()]).toEqual([null, null]);
    expect(asked).toBe(1);
    const third = ask();
    end('late');
    expect(await third).toBe('late');
    const fourth = ask();
    end('in time');
    expect(await fourth).toBe('in time');
    expect(asked).toBe(2);
  });
});
