import type { ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import type { Subscriber, Reader } from '../delivery/subscriber.ts';
import type { Payload } from '../delivery/payload.ts';
import { guarded } from '../lib/guarded.ts';

/**
 * A subscription for a reader that pulls: the next value is taken from the group when the response has room for it. A
 * slow reader therefore holds a cursor and what one response buffers.
 */
export class SubscriptionStream implements AsyncIterableIterator<ExecutionResult>, Reader {
  readonly #response: ServerResponse;
  #subscriber: Subscriber<Payload> | null = null;
  #last: ExecutionResult | null = null;
  #ended = false;
  #wake: () => void = () => {};

  constructor(response: ServerResponse) {
    this.#response = response;
    response.on(
      'drain',
      guarded(() => this.due()),
    );
    response.once(
      'close',
      guarded(() => void this.return()),
    );
  }

  /** Takes values from this subscriber from now on. */
  start(subscriber: Subscriber<Payload>): void {
    if (this.#ended) subscriber.leave();
    this.#subscriber = subscriber;
    this.due();
  }

  due(): void {
    this.#wake();
  }

  /** Nothing will come but this, and then no more. */
  end(last: ExecutionResult | null): void {
    this.#last = last;
    this.#ended = true;
    this.due();
  }

  /**
   * The server stops. What was written goes out, and the connection is closed without the end of the response, so that
   * the client sees an interruption and comes back: an end is what the server says when nothing will ever come.
   */
  cut(): void {
    this.#subscriber?.leave();
    this.#subscriber = null;
    if (this.#response.socket === null) this.#response.destroy();
    else this.#response.socket.end();
  }

  async next(): Promise<IteratorResult<ExecutionResult>> {
    for (;;) {
      const value = this.#take();
      if (value !== undefined) return { done: false, value };
      if (this.#ended) return { done: true, value: undefined };
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  return(): Promise<IteratorResult<ExecutionResult>> {
    this.#subscriber?.leave();
    this.end(null);
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #take(): ExecutionResult | undefined {
    const last = this.#last;
    if (last !== null) {
      this.#last = null;
      return last;
    }
    if (this.#ended) return undefined;
    if (this.#response.writableNeedDrain) {
      this.#subscriber?.park();
      return undefined;
    }
    return this.#subscriber?.next() as ExecutionResult | undefined; // Yoga asks it for its text
  }
}
