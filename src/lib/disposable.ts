/** Wraps an undo function for `using`. Disposing twice calls it once. */
export function disposable(undo: () => void): Disposable {
  let done = false;
  return {
    [Symbol.dispose]() {
      if (done) return;
      done = true;
      undo();
    },
  };
}
