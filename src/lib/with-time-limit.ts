/**
 * Calls `work` with a signal that aborts with its parent, or after a time. `AbortSignal.any` with
 * `AbortSignal.timeout` does not do this: Node 20 loses that timeout when the garbage collector runs.
 *
 * @param reason by default an error of the name TimeoutError.
 */
export async function withTimeLimit<Value>(
  ms: number,
  parent: AbortSignal,
  work: (signal: AbortSignal) => Promise<Value>,
  reason: () => Error = () => new DOMException(`not finished within ${ms} ms`, 'TimeoutError'),
): Promise<Value> {
  const limited = new AbortController();
  const timer = setTimeout(() => limited.abort(reason()), ms);
  const onAbort = (): void => limited.abort(parent.reason);
  parent.addEventListener('abort', onAbort, { once: true });
  if (parent.aborted) onAbort();
  try {
    return await work(limited.signal);
  } finally {
    clearTimeout(timer);
    parent.removeEventListener('abort', onAbort);
  }
}
