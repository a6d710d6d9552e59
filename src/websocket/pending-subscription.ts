/**
 * The iterable that graphql-ws holds for a subscription. It never yields, because the delivery room writes the messages
 * to the socket. It ends when the client completes, when the server completes, or with an error.
 */
export class PendingSubscription implements AsyncGenerator<never, void> {
  readonly #onStart: () => void;
  readonly #onReturn: () => void;
  readonly #end: Promise<IteratorResult<never, void>>;
  /** Ends the subscription: with an error, which the client receives, or with `complete`. */
  readonly end: (error: Error | null) => void;

  /**
   * @param onStart called when the first value is requested; messages may be sent from then on.
   * @param onReturn called when the client has completed the subscription or left.
   */
  constructor(onStart: () => void, onReturn: () => void) {
    this.#onStart = onStart;
    this.#onReturn = onReturn;
    let end: (error: Error | null) => void = () => {};
    this.#end = new Promise((resolve, reject) => {
      end = (error) => (error === null ? resolve({ done: true, value: undefined }) : reject(error));
    });
    this.#end.catch(() => {}); // it may fail before graphql-ws awaits it
    this.end = end;
  }

  next(): Promise<IteratorResult<never, void>> {
    this.#onStart();
    return this.#end;
  }

  return(): Promise<IteratorResult<never, void>> {
    this.#onReturn();
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
