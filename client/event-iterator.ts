import type { OpsgraphError } from './errors.ts';

/**
 * Results as an async iterator. Its queue is bounded: while it is full, the subscription is held, and it resumes after
 * the last result in the queue.
 */
export interface Flow {
  hold(): void;
  release(): void;
  end(): void;
}

export interface ResultQueue<Value> {
  /** Resolves when the reader has handled the value, which is when it requests the next one. */
  push(value: Value): Promise<void>;
  fail(error: OpsgraphError): void;
  finish(): void;
  iterate(flow: Flow): AsyncIterableIterator<Value>;
}

const queueMax = 1_000;
const queueLow = 100;

export function resultQueue<Value>(): ResultQueue<Value> {
  const values: { readonly value: Value; readonly handled: () => void }[] = [];
  let handled: () => void = () => {};
  let error: OpsgraphError | null = null;
  let isDone = false;
  let flow: Flow | null = null;
  let wake: () => void = () => {};

  async function next(): Promise<IteratorResult<Value, undefined>> {
    handled();
    for (;;) {
      if (values.length > 0) {
        const first = values.shift();
        if (first === undefined) continue;
        handled = first.handled;
        if (values.length === queueLow) flow?.release();
        return { done: false, value: first.value };
      }
      if (error !== null) {
        const thrown = error;
        error = null;
        isDone = true;
        throw thrown;
      }
      if (isDone) return { done: true, value: undefined };
      await new Promise<void>((resolve) => (wake = resolve));
    }
  }

  return {
    push(value) {
      return new Promise((resolve) => {
        if (isDone) return; // it is delivered again after a restart
        values.push({ value, handled: resolve });
        if (values.length >= queueMax) flow?.hold();
        wake();
      });
    },
    fail(failure) {
      error = failure;
      wake();
    },
    finish() {
      isDone = true;
      wake();
    },
    iterate(subscription) {
      flow = subscription;
      const iterator: AsyncIterableIterator<Value> = {
        next,
        return() {
          isDone = true;
          values.length = 0;
          subscription.end();
          wake();
          return Promise.resolve({ done: true, value: undefined });
        },
        [Symbol.asyncIterator]: () => iterator,
      };
      return iterator;
    },
  };
}
