/**
 * Wraps an event listener. An exception of a listener is uncaught and ends the process. An exception of a wrapped
 * listener is passed to `failed`, and the other listeners of the event are called as usual. Every listener of a socket,
 * server, child process or database connection is wrapped (`test/architecture.test.ts`).
 *
 * @param failed receives the arguments of the listener as well. Default: logs the exception as an unhandled rejection.
 */
export function guarded<Args extends readonly unknown[]>(
  listener: (...args: Args) => void,
  failed: (error: unknown, ...args: Args) => void = rejectUnhandled,
): (...args: Args) => void {
  return (...args) => {
    try {
      listener(...args);
    } catch (error) {
      failed(error, ...args);
    }
  };
}

/** Unhandled rejections are logged and do not end the process (`main.ts`). */
function rejectUnhandled(thrown: unknown, ..._args: readonly unknown[]): void {
  void Promise.reject(thrown);
}
