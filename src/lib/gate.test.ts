import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../../test/_util/long-run.ts';
import { gate } from './gate.ts';

const step = fc.oneof(
  fc.constant('call' as const),
  fc.constant('settle' as const),
  fc.record({ microtasks: fc.integer({ min: 1, max: 6 }) }),
);

test('a gate runs as many tasks as its width at a time and never more, in order, and all of them', async () => {
  const property = fc.asyncProperty(
    fc.integer({ min: 1, max: 3 }),
    fc.array(step, { maxLength: 60 }),
    async (width, steps) => {
      const pass = gate(width);
      const started: number[] = [];
      const open: { end: () => void; fail: (error: Error) => void }[] = [];
      const results: Promise<number>[] = [];
      let running = 0;
      let ended = 0;
      let most = 0;
      const call = (): void => {
        const id = results.length;
        const result = pass(async () => {
          most = Math.max(most, ++running);
          started.push(id);
          try {
            await new Promise<void>((resolve, reject) => open.push({ end: resolve, fail: reject }));
          } finally {
            running--;
          }
          return id;
        });
        result.catch(() => undefined);
        results.push(result);
      };
      const settle = (at: number): void => {
        const [task] = open.splice(at % Math.max(1, open.length), 1);
        if (task !== undefined) ended++;
        if (at % 3 === 2) task?.fail(new Error('failed'));
        else task?.end();
      };
      for (const [at, one] of steps.entries()) {
        if (one === 'call') call();
        else if (one === 'settle') settle(at);
        else for (let turn = 0; turn < one.microtasks; turn++) await Promise.resolve();
      }
      while (ended < results.length) {
        await new Promise((resolve) => setImmediate(resolve));
        expect(running).toBe(Math.min(width, results.length - ended));
        settle(0);
      }
      await Promise.allSettled(results);
      expect(most).toBeLessThanOrEqual(width);
      expect(started).toEqual(results.map((_, id) => id));
    },
  );
  await fc.assert(property, { numRuns: runs(300, 20_000) });
});
