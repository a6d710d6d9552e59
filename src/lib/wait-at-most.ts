import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits for work up to a time limit, after which the work continues. @throws the error of the work within the limit.
 */
export async function waitAtMost(ms: number, work: Promise<unknown>): Promise<void> {
  const enough = new AbortController();
  const limit = delay(ms, undefined, { signal: enough.signal }).catch(() => undefined);
  await Promise.race([work, limit]).finally(() => enough.abort());
}
