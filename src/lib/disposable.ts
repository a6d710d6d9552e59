/** Wraps an undo function as something `using` can hold. Calling it twice undoes once. */
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
