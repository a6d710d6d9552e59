import { expect, it } from 'vitest';
import { silentLog } from '../log/log.ts';
import { Listeners } from './listeners.ts';

it('tells all, also when some of them fail, and says who did', async () => {
  const failures: unknown[] = [];
  const listeners = new Listeners({ ...silentLog, error: (fields) => failures.push(fields) });
  let told = 0;
  listeners.add(() => {
    throw new Error('at once');
  });
  listeners.add(() => Promise.reject(new Error('later')));
  listeners.add(() => void told++);
  listeners.notify([]);
  await listeners.settled();
  expect(told).toBe(1);
  expect(failures).toMatchObject([{ err: { message: 'at once' } }, { err: { message: 'later' } }]);
});

it('waits for what is being taken up, and not for ever', async () => {
  const listeners = new Listeners(silentLog);
  let done = (): void => {};
  const order: string[] = [];
  const leaving = listeners.add(() => new Promise((resolve) => (done = resolve)));
  listeners.notify([]);
  const waiting = listeners.settled().then(() => order.push('taken up'));
  order.push('taking');
  done();
  await waiting;
  expect(order).toEqual(['taking', 'taken up']);
  leaving[Symbol.dispose]();
  listeners.add(() => new Promise(() => {}));
  listeners.notify([]);
  await expect(listeners.settled()).resolves.toBeUndefined();
});
