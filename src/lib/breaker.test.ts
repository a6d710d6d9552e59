import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Breaker, BreakerOpen, worstOf } from './breaker.ts';

const works = async (): Promise<string> => Promise.resolve('done');
const fails = async (): Promise<string> => Promise.reject(new Error('broken'));

async function opened(): Promise<Breaker> {
  const breaker = new Breaker();
  for (let call = 0; call < 5; call++) await expect(breaker.run(fails)).rejects.toThrow('broken');
  return breaker;
}

describe('a circuit breaker', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_000 }));
  afterEach(() => void vi.useRealTimers());

  test('M39: opens after five consecutive failures, and not when a call among them succeeds', async () => {
    const breaker = new Breaker();
    for (let call = 0; call < 4; call++) await expect(breaker.run(fails)).rejects.toThrow('broken');
    await breaker.run(works);
    for (let call = 0; call < 4; call++) await expect(breaker.run(fails)).rejects.toThrow('broken');
    expect(breaker.state).toBe('closed');
    await expect(breaker.run(fails)).rejects.toThrow('broken');
    expect(breaker.state).toBe('open');
  });

  test('M39: rejects for a minute while it is open, and reports the remaining time', async () => {
    const breaker = await opened();
    vi.advanceTimersByTime(18_500);
    const call = vi.fn<typeof works>(works);
    await expect(breaker.run(call)).rejects.toMatchObject({ retryAfterS: 42 });
    await expect(breaker.run(call)).rejects.toBeInstanceOf(BreakerOpen);
    expect(call).not.toHaveBeenCalled();
  });

  test('M39: closes after three successful trials', async () => {
    const breaker = await opened();
    vi.advanceTimersByTime(60_000);
    for (let trial = 0; trial < 3; trial++) {
      expect(breaker.state).toBe('half-open');
      expect(await breaker.run(works)).toBe('done');
    }
    expect(breaker.state).toBe('closed');
  });

  test.each([0, 1, 2])('M39: opens again when a trial fails after %i successful ones', async (good) => {
    const breaker = await opened();
    vi.advanceTimersByTime(60_000);
    for (let trial = 0; trial < good; trial++) await breaker.run(works);
    await expect(breaker.run(fails)).rejects.toThrow('broken');
    expect(breaker.state).toBe('open');
    expect(breaker.retryAfterS).toBe(60);
  });
});

test('M38: combines the states of several breakers to the worst one', () => {
  expect(worstOf([])).toBe('closed');
  expect(worstOf(['closed', 'half-open', 'closed'])).toBe('half-open');
  expect(worstOf(['half-open', 'open', 'closed'])).toBe('open');
});
