import { waitAtMost } from './wait-at-most.ts';

/**
 * Wraps a call that may fail or hang, such as a stat of an unreachable network drive. The wrapper resolves with null
 * after an error or after `timeoutMs`. While a call is in flight, further callers wait for the same call, so calls that
 * hang never accumulate.
 */
export function singleFlightWithTimeout<Value>(
  call: () => Promise<Value>,
  timeoutMs: number,
): () => Promise<Value | null> {
  let pending: Promise<Value | null> | null = null;
  return async () => {
    pending ??= call()
      .catch(() => null)
      .finally(() => {
        pending = null;
      });
    return (await waitAtMost(timeoutMs, pending)) ?? null;
  };
}
