import type { ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import type { Subscriber, Reader } from '../delivery/subscriber.ts';
import type { Payload } from '../delivery/payload.ts';
import { guarded } from '../lib/guarded.ts';

/**
 * A subscription as an iterable that pulls: it takes the next value from the group when the response has room for it. A
 * slow reader therefore costs a cursor and the buffer of one response.
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

  /** Starts to take values from this subscriber. */
  start(subscriber: Subscriber<Payload>): void {
    if (this.#ended) subscriber.leave();
    this.#subscriber = subscriber;
    this.due();
  }

  due(): void {
    this.#wake();
  }

  /** Ends the stream after this last result, if there is one. */
  end(last: ExecutionResult | null): void {
    this.#last = last;
    this.#ended = true;
    this.due();
  }

  /**
   * Interrupts the stream when the server stops: written values are sent, and the connection is closed without the end of
   * the response. The client sees an interruption and reconnects. The end of a response means that nothing will follow.
   */
  interrupt(): void {
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
    return this.#subscriber?.next() as ExecutionResult | undefined; // Yoga calls its toJSON
  }
}
