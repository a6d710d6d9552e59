/**
 * Wraps a listener of an event. What a listener throws is uncaught, and that ends the process; what a wrapped one throws
 * is told to `failed`, and the other listeners of the event are called as if nothing had happened. Every listener of a
 * socket, a server, a child process or a connection of the database is wrapped (`test/architecture.test.ts`).
 *
 * @param failed gets the arguments of the listener, too. Default: it is logged as an unhandled promise rejection.
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

/** Such rejections are logged, and the process goes on (`main.ts`). */
function rejectUnhandled(thrown: unknown, ..._args: readonly unknown[]): void {
  void Promise.reject(thrown);
}
