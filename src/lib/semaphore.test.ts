import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Semaphore } from './semaphore.ts';

test('a semaphore grants at most its permits at a time, and serves waiters in order', async () => {
  const semaphore = new Semaphore(2);
  const order: number[] = [];
  let running = 0;
  let most = 0;
  const work = async (index: number): Promise<void> => {
    await semaphore.acquire();
    most = Math.max(most, ++running);
    order.push(index);
    await delay(1);
    running--;
    semaphore.release();
  };
  await Promise.all(Array.from({ length: 20 }, (_, index) => work(index)));
  expect(most).toBe(2);
  expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
});

test('a waiter that times out takes no permit from later waiters', async () => {
  const semaphore = new Semaphore(1);
  expect(await semaphore.acquire()).toBe(true);
  const impatient = semaphore.acquire(1);
  const patient = semaphore.acquire();
  expect(await impatient).toBe(false);
  semaphore.release();
  expect(await patient).toBe(true);
});
