import { Semaphore } from './semaphore.ts';

/** Runs at most `width` tasks at a time; the others wait, in order. */
export function gate(width: number): <Value>(task: () => Promise<Value>) => Promise<Value> {
  const permits = new Semaphore(width);
  return async (task) => {
    await permits.acquire();
    try {
      return await task();
    } finally {
      permits.release();
    }
  };
}
