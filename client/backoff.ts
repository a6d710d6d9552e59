/** Full jitter: a random time up to a limit that doubles with each attempt, so that many clients do not come together. */
export interface Backoff {
  readonly minMs: number;
  readonly maxMs: number;
}

/** @param attempt from 0. */
export function backoffMs(attempt: number, { minMs, maxMs }: Backoff): number {
  return Math.random() * Math.min(maxMs, minMs * 2 ** Math.min(attempt, 30));
}

/** The longest delay of a timer: 2^31 - 1 ms. */
const timerMsMax = 2_147_483_647;

/** Waits. Resolves early when the signal is aborted. */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, Math.min(ms, timerMsMax));
    signal.addEventListener('abort', end);
  });
}
