import { Deque } from './deque.ts';

/** Runs at most `width` tasks at a time; the others wait, in order. */
export function gate(width: number): <Value>(task: () => Promise<Value>) => Promise<Value> {
  let running = 0;
  const waiting = new Deque<() => void>();
  return async (task) => {
    if (running < width) running++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      // The slot passes to the next task directly. If it were freed here, a task that arrives before the waiting
      // one resumes would take it as well.
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
