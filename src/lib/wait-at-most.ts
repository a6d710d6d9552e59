import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits for work up to a time limit, after which the work continues and the result is undefined.
 * @throws the error of the work within the limit.
 */
export async function waitAtMost<Value>(ms: number, work: Promise<Value>): Promise<Value | undefined> {
  const enough = new AbortController();
  const limit = delay(ms, undefined, { signal: enough.signal }).catch(() => undefined);
  return Promise.race([work, limit]).finally(() => enough.abort());
}
