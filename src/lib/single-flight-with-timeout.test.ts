import { describe, expect, test } from 'vitest';
import { singleFlightWithTimeout } from './single-flight-with-timeout.ts';

describe('singleFlightWithTimeout', () => {
  test('resolves with the result, and with null after an error', async () => {
    let asked = 0;
    const ask = singleFlightWithTimeout(async () => {
      if (++asked > 1) throw new Error('gone');
      return asked;
    }, 1000);
    expect([await ask(), await ask()]).toEqual([1, null]);
  });

  test('resolves with null for a call that hangs, and makes no new call until that one has settled', async () => {
    let asked = 0;
    let end = (_answer: string): void => {};
    const ask = singleFlightWithTimeout(() => {
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
