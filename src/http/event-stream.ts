import type { ServerResponse } from 'node:http';
import type { ExecutionResult, GraphQLError } from 'graphql';
import { Connection, type OutboundChannel, type Ticker } from '../delivery/connection.ts';
import type { Payload } from '../delivery/payload.ts';
import type { Subscriber, Writer } from '../delivery/subscriber.ts';
import { guarded } from '../lib/guarded.ts';

/** An EventSource reconnects after a random delay of this range, so that the clients of a restarted server spread. */
const reconnectMs = { min: 1_000, max: 5_000 };

/**
 * The `id` of an event after which nothing will follow. An EventSource reconnects also after the end of a response, and
 * sends this id as `Last-Event-ID`. The response to it has status 204, after which an EventSource stops.
 */
export const finishedEventId = 'complete';

export interface EventStreamOptions {
  readonly ticker: Ticker;
  /** The interval at which something is sent, so that no proxy closes an idle stream. */
  readonly pingIntervalMs: number;
}

/** A response to a client that polls ends this long after its first result, with the further ones of that time. */
const pollCollectMs = 20;

/**
 * A response as server-sent events, in the mode "distinct connections" of graphql-sse: results as events `next`, then
 * `complete`. An event of an EVERY subscription has its cursor as `id`; so has the start of the stream and a ping after
 * the position has moved past events that do not match, so that an EventSource resumes after exactly this position.
 *
 * The status is always 200 and errors are events, because an EventSource can read neither a status nor a body, and does
 * not reconnect after any other status.
 */
export class EventStream implements OutboundChannel, Writer<Payload> {
  /** Takes the results of the subscription. */
  readonly connection: Connection;
  readonly #response: ServerResponse;
  readonly #pingIntervalMs: number;
  #subscriber: Subscriber<Payload> | null = null;
  #sentId: string | null = null;
  #pings: NodeJS.Timeout | null = null;
  /** Of a client that polls: ends the response. */
  #end: NodeJS.Timeout | null = null;
  #collects = false;

  constructor(response: ServerResponse, { ticker, pingIntervalMs }: EventStreamOptions) {
    this.#response = response;
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
   *   network does not pass on a response before it is complete. Null: the response ends with the subscription.
   */
  start(subscriber: Subscriber<Payload>, pollMs: number | null = null): void {
    if (this.#response.destroyed) return subscriber.leave();
    if (subscriber.done) return undefined; // it has ended the stream
    this.#subscriber = subscriber;
    if (pollMs !== null) {
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
    this.#response.write(`event: next\ndata: ${result.stringify?.() ?? JSON.stringify(result)}\n\n`);
    this.#complete({ isFinal: true });
  }

  /** Ends the stream with errors. An EventSource reconnects and resumes only if all of them are retryable. */
  fail(errors: readonly GraphQLError[]): void {
    if (this.#response.destroyed) return;
    this.#open();
    this.#response.write(`event: next\ndata: ${JSON.stringify({ errors })}\n\n`);
    this.#complete({ isFinal: !errors.every(({ extensions }) => extensions['retryable'] === true) });
  }

  /**
   * Interrupts the stream when the server stops: written events are sent, and the connection is closed without the end
   * of the response. The client sees an interruption and reconnects. The end of a response means that nothing will
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
    return this.#response.write(`${this.#nextId()}event: next\ndata: ${payload.text}\n\n`);
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
    response.setHeader('content-type', 'text/event-stream');
    response.setHeader('cache-control', 'no-cache');
    response.setHeader('x-accel-buffering', 'no'); // nginx would collect events before it sends them
    response.writeHead(200);
    const { min, max } = reconnectMs;
    response.write(`retry: ${Math.round(min + Math.random() * (max - min))}\n${this.#nextId()}\n`);
  }

  #ping(): void {
    if (!this.writable() || this.connection.parked) return;
    const id = this.#nextId();
    this.#response.write(id === '' ? ':\n\n' : `${id}\n`);
  }

  /** The line with the position, if it has changed. */
  #nextId(): string {
    const id = this.#subscriber?.cursor() ?? null;
    if (id === null || id === this.#sentId) return '';
    this.#sentId = id;
    return `id: ${id}\n`;
  }

  /** Ends the response without `complete`: the client continues after the last id with its next request. */
  #endPoll(): void {
    const id = this.#nextId();
    this.#response.end(id === '' ? undefined : `${id}\n`);
  }

  #complete({ isFinal }: { readonly isFinal: boolean }): void {
    this.#response.end(`${isFinal ? `id: ${finishedEventId}\n` : ''}event: complete\ndata:\n\n`);
  }

  #closed(): void {
    if (this.#pings !== null) clearInterval(this.#pings);
    if (this.#end !== null) clearTimeout(this.#end);
    this.connection.close();
    this.#subscriber?.leave();
  }
}
