import type { DurableLog } from '../../src/journal/journal.ts';
import type { Draft } from '../../src/journal/topic.ts';

/** A transaction that holds the lock of the log, and stores the draft when `finish` is called. */
export async function heldTransaction(
  log: DurableLog,
  draft: Draft,
): Promise<{ readonly done: Promise<unknown>; readonly finish: () => void }> {
  let finish = (): void => {};
  const finished = new Promise<void>((resolve) => (finish = resolve));
  let done: Promise<unknown> = Promise.resolve();
  await new Promise<void>((entered) => {
    done = log.transact(async () => {
      entered();
      await finished;
      return { value: null, drafts: [draft] };
    });
  });
  return { done, finish };
}
