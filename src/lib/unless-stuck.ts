/**
 * Makes an asker of one that may fail or hang, such as a look at a network drive whose server is gone: it gives null
 * when there is no answer within `limitMs`, and while one call hangs the others wait for that one, so that they never
 * pile up.
 */
export function unlessStuck<Value>(ask: () => Promise<Value>, limitMs: number): () => Promise<Value | null> {
  let pending: Promise<Value | null> | null = null;
  return async () => {
    pending ??= ask()
      .catch(() => null)
      .finally(() => {
        pending = null;
      });
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, limitMs, null);
    });
    try {
      return await Promise.race([pending, limit]);
    } finally {
      clearTimeout(timer);
    }
  };
}
