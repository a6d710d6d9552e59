/** Settles as `work` does, but not later than the signal: work that ignores its signal delays nobody. */
export async function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  work.catch(() => {}); // nobody may be left to hear of it
  signal.throwIfAborted();
  let onAbort = (): void => {};
  const limit = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
