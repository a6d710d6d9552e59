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
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, timeoutMs, null);
    });
    try {
      return await Promise.race([pending, timeout]);
    } finally {
      clearTimeout(timer);
    }
  };
}
