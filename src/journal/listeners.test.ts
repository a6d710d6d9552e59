import { expect, it } from 'vitest';
import { silentLog } from '../log/log.ts';
import { Listeners } from './listeners.ts';

it('calls all listeners although some fail, and logs each failure', async () => {
  const failures: unknown[] = [];
  const listeners = new Listeners({ ...silentLog, error: (fields) => failures.push(fields) });
  let calls = 0;
  listeners.add(() => {
    throw new Error('now');
  });
  listeners.add(() => Promise.reject(new Error('later')));
  listeners.add(() => void calls++);
  listeners.notify([]);
  await listeners.settled();
  expect(calls).toBe(1);
  expect(failures).toMatchObject([{ err: { message: 'now' } }, { err: { message: 'later' } }]);
});

it('waits for the listeners that are applying entries, but at most a second', async () => {
  const listeners = new Listeners(silentLog);
  let done = (): void => {};
  const order: string[] = [];
  const leaving = listeners.add(() => new Promise((resolve) => (done = resolve)));
  listeners.notify([]);
  const waiting = listeners.settled().then(() => order.push('settled'));
  order.push('applying');
  done();
  await waiting;
  expect(order).toEqual(['applying', 'settled']);
  leaving[Symbol.dispose]();
  listeners.add(() => new Promise(() => {}));
  listeners.notify([]);
  await expect(listeners.settled()).resolves.toBeUndefined();
});
