import type { ServerResponse } from 'node:http';
import type { ExecutionResult, GraphQLError } from 'graphql';
import { Connection, type OutboundChannel, type Ticker } from '../delivery/connection.ts';
import type { Payload } from '../delivery/payload.ts';
import type { Subscriber, Writer } from '../delivery/subscriber.ts';
import { guarded } from '../lib/guarded.ts';

/** How results are written into the body of a response. Each function returns the text to write. */
export interface StreamFormat {
  readonly contentType: string;
  /** Whether the client learns its position, after which another request resumes. */
  readonly hasPositions: boolean;
  /** The start of the body. @param position a cursor that the client can resume after. Null: none. */
  readonly opening: (position: string | null) => string;
  /** @param json the result. @param position the cursor of the event, if it differs from the last one written. */
  readonly result: (json: string, position: string | null) => string;
  /** Keeps an idle response open. @param position as of `result`. */
  readonly ping: (position: string | null) => string;
  /** The errors with which the operation ends. */
  readonly failure: (errors: readonly GraphQLError[]) => string;
  /** The end of the body. @param isFinal whether a client that repeats the request would get the same end. */
  readonly closing: (isFinal: boolean) => string;
}

export interface ResultStreamOptions {
  readonly ticker: Ticker;
  /** The interval at which something is sent, so that no proxy closes an idle stream. */
  readonly pingIntervalMs: number;
}

/** A response to a client that polls ends this long after its first result, with the further ones of that time. */
const pollCollectMs = 20;

/**
 * A response with the results of a subscription, as they happen, in the format that the client accepts. It is one
 * connection of the delivery room, as a WebSocket is: it is parked while the client does not read, and closed when the
 * client reads nothing for a minute.
 *
 * The status is always 200 and errors are part of the body, because the clients read neither a status nor another body
 * once they wait for results.
 */
export class ResultStream implements OutboundChannel, Writer<Payload> {
  /** Takes the results of the subscription. */
  readonly connection: Connection;
  readonly #response: ServerResponse;
  readonly #format: StreamFormat;
  readonly #pingIntervalMs: number;
  #subscriber: Subscriber<Payload> | null = null;
  #sentPosition: string | null = null;
  #pings: NodeJS.Timeout | null = null;
  /** Of a client that polls: ends the response. */
  #end: NodeJS.Timeout | null = null;
  #collects = false;

  constructor(
    response: ServerResponse,
    format: StreamFormat,
    { ticker, pingIntervalMs }: ResultStreamOptions,
  ) {
    this.#response = response;
    this.#format = format;
    this.#pingIntervalMs = pingIntervalMs;
    this.connection = new Connection(this, ticker);
    response.once(
      'close',
      guarded(() => this.#closed()),
    );
  }

  /**
   * Sends the results of this subscription.
   *
   * @param pollMs ends the response after its first results, or after this time if there are none, for clients whose
   *   network does not pass on a response before it is complete. Null, or in a format without positions: the response
   *   ends with the subscription.
   */
  start(subscriber: Subscriber<Payload>, pollMs: number | null = null): void {
    if (this.#response.destroyed) return subscriber.leave();
    if (subscriber.done) return undefined; // it has ended the stream
    this.#subscriber = subscriber;
    if (pollMs !== null && this.#format.hasPositions) {
      this.#response.setHeader('preference-applied', `wait=${pollMs / 1_000}`);
      this.#end = setTimeout(() => this.#endPoll(), pollMs);
      this.#collects = true;
    }
    this.#open();
    this.#pings = setInterval(() => this.#ping(), this.#pingIntervalMs);
    this.connection.join(subscriber, this);
    return undefined;
  }

  /** Sends the only result of an operation. */
  result(result: ExecutionResult & { readonly stringify?: () => string }): void {
    this.#open();
    const json = result.stringify?.() ?? JSON.stringify(result);
    this.#response.write(this.#format.result(json, null));
    this.#response.end(this.#format.closing(true));
  }

  /** Ends the stream with errors. Clients may resume only if all of them are retryable. */
  fail(errors: readonly GraphQLError[]): void {
    if (this.#response.destroyed) return;
    this.#open();
    this.#response.write(this.#format.failure(errors));
    const isFinal = !errors.every(({ extensions }) => extensions['retryable'] === true);
    this.#response.end(this.#format.closing(isFinal));
  }

  /**
   * Interrupts the stream when the server stops: written results are sent, and the connection is closed without the end
   * of the response. The client sees an interruption and may reconnect. The end of a response means that nothing will
   * follow.
   */
  interrupt(): void {
    const { socket } = this.#response;
    if (socket === null) this.#response.destroy();
    else socket.end();
  }

  /** Writes a result. The subscriber has just taken it, so its position is the cursor of the event. */
  write(payload: Payload): boolean {
    if (this.#collects) {
      this.#collects = false;
      if (this.#end !== null) clearTimeout(this.#end);
      this.#end = setTimeout(() => this.#endPoll(), pollCollectMs);
    }
    return this.#response.write(this.#format.result(payload.text, this.#nextPosition()));
  }

  writable(): boolean {
    return !this.#response.destroyed && !this.#response.writableNeedDrain;
  }

  buffered(): number {
    return this.#response.writableLength;
  }

  cork(): void {
    this.#response.socket?.cork();
  }

  uncork(): void {
    this.#response.socket?.uncork();
  }

  onceDrained(callback: () => void): void {
    if (this.#response.writableNeedDrain) this.#response.once('drain', guarded(callback));
    else setImmediate(callback);
  }

  stalled(): void {
    this.#response.destroy();
  }

  #open(): void {
    const response = this.#response;
    if (response.headersSent) return;
    response.setHeader('content-type', this.#format.contentType);
    response.setHeader('cache-control', 'no-cache');
    response.setHeader('x-accel-buffering', 'no'); // nginx would collect results before it sends them
    response.writeHead(200);
    response.write(this.#format.opening(this.#nextPosition()));
  }

  #ping(): void {
    if (!this.writable() || this.connection.parked) return;
    this.#response.write(this.#format.ping(this.#nextPosition()));
  }

  /** Ends the response without its regular end: the client continues after the last position with its next request. */
  #endPoll(): void {
    const position = this.#nextPosition();
    this.#response.end(position === null ? undefined : this.#format.ping(position));
  }

  /** The position of the subscriber, if it has changed. */
  #nextPosition(): string | null {
    const position = this.#subscriber?.cursor() ?? null;
    if (position === null || position === this.#sentPosition) return null;
    this.#sentPosition = position;
    return position;
  }

  #closed(): void {
    if (this.#pings !== null) clearInterval(this.#pings);
    if (this.#end !== null) clearTimeout(this.#end);
    this.connection.close();
    this.#subscriber?.leave();
  }
}
