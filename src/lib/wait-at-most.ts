import { setTimeout as delay } from 'node:timers/promises';

/** Waits for work, but no longer than this. The work goes on. @throws what the work throws while it is waited for. */
export async function waitAtMost(ms: number, work: Promise<unknown>): Promise<void> {
  const enough = new AbortController();
  const limit = delay(ms, undefined, { signal: enough.signal }).catch(() => undefined);
  await Promise.race([work, limit]).finally(() => enough.abort());
}
