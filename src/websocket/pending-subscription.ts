/**
 * What graphql-ws holds for a subscription: an iterable that never yields, because frames go to the socket by another
 * way. It only ends: when the client completes, when the server does, or with an error.
 */
export class PendingSubscription implements AsyncGenerator<never, void> {
  readonly #started: () => void;
  readonly #left: () => void;
  readonly #end: Promise<IteratorResult<never, void>>;
  /** Ends it: with an error, which the client gets, or with `complete`. */
  readonly end: (error: Error | null) => void;

  /** @param started called when the first value is requested: frames may be sent from then on. @param left called when the client has left. */
  constructor(started: () => void, left: () => void) {
    this.#started = started;
    this.#left = left;
    let end: (error: Error | null) => void = () => {};
    this.#end = new Promise((resolve, reject) => {
      end = (error) => (error === null ? resolve({ done: true, value: undefined }) : reject(error));
    });
    this.#end.catch(() => {}); // it may fail before anybody waits for it
    this.end = end;
  }

  next(): Promise<IteratorResult<never, void>> {
    this.#started();
    return this.#end;
  }

  return(): Promise<IteratorResult<never, void>> {
    this.#left();
    this.end(null);
    return Promise.resolve({ done: true, value: undefined });
  }

  throw(): Promise<IteratorResult<never, void>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}
