import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { OutboundChannel } from '../delivery/connection.ts';
import type { SocketCounters } from './endpoint.ts';
import type { Waiting } from '../http/unread.ts';
import { guarded } from '../lib/guarded.ts';

/** What may wait in one socket before its subscriptions stop writing, and before requests are no longer read. */
export const highWaterBytes = 256 * 1024;
/**
 * A message is refused, and the socket closed, when this much waits already. Subscriptions stop far below it, and so
 * does the reading of requests; what can get here are the answers of requests that were read before.
 */
export const bufferedBytesMax = 16 * 1024 * 1024;

/** Slow or overloaded: clients come back later. */
const tryAgainLater = 1013;
/** The close frame waits behind what the client does not read, so it gets no longer than this. */
const closingMs = 2_000;
/** What waits is counted in steps of this, so that a socket that is a little behind costs nothing. */
const countedStepBytes = 64 * 1024;
/** How often a buffer is looked at that has no event: what waits to be compressed. */
const lookAgainMs = 10;

/**
 * The writing end of one WebSocket. Everything that is sent on a socket passes through here, whichever protocol it
 * belongs to: this is the only place that knows how much waits for the client. A client that sends requests and does
 * not read the answers is not read from until it has caught up; one for which `bufferedBytesMax` wait is closed
 * with 1013.
 */
export class OutboundSocket implements OutboundChannel {
  readonly #socket: WebSocket;
  readonly #stream: Socket;
  readonly #counters: SocketCounters;
  /** Whether messages are compressed for each socket; `writeFrame` must not be used then. */
  readonly compresses: boolean;
  /** Reasons why nothing is read from the client. */
  #holds = 0;
  #unread = false;
  /** What of it is counted, with that of all others; null once the socket is closed. */
  #waiting: Waiting | null;
  #counted = 0;

  constructor(socket: WebSocket, stream: Socket, counters: SocketCounters, waiting: Waiting) {
    this.#socket = socket;
    this.#stream = stream;
    this.#counters = counters;
    this.#waiting = waiting;
    this.compresses = socket.extensions !== '';
    const closed = (): void => {
      this.#waiting?.set(0);
      this.#waiting = null;
    };
    socket.once('close', guarded(closed));
  }

  get open(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** Whether more may be written: the socket is open, and less waits than the high-water mark. */
  writable(): boolean {
    return this.open && this.#socket.bufferedAmount < highWaterBytes;
  }

  buffered(): number {
    return this.#socket.bufferedAmount;
  }

  /** Bytes that the client's side of the network has taken since the handshake. */
  taken(): number {
    return this.#stream.bytesWritten - this.#stream.writableLength;
  }

  cork(): void {
    this.#stream.cork();
  }

  uncork(): void {
    this.#stream.uncork();
  }

  /**
   * Writes a whole frame between those of `ws`. The path of every delivered message: nothing is allocated.
   * @param encoding of a frame that is a string.
   * @returns false when no more is welcome for now.
   */
  writeFrame(frame: string | Buffer, encoding: 'latin1'): boolean {
    if (!this.open) return false;
    this.#counters.sent++;
    if (this.#stream.write(frame, encoding)) return true;
    if (this.#stream.writableLength >= this.#counted + countedStepBytes) this.#count();
    return false;
  }

  /**
   * Sends a message of a stream, which looks at `writable` before it goes on: for sockets that compress.
   * @returns false, since what waits to be compressed is only seen by `writable`.
   */
  compress(text: string | Buffer): false {
    if (!this.open) return false;
    this.#counters.sent++;
    this.#socket.send(text, { binary: false });
    if (this.#socket.bufferedAmount >= this.#counted + countedStepBytes) this.#count();
    return false;
  }

  /**
   * Sends an answer to a request of the client. While more than the high-water mark waits, no further request is read.
   * @param done called when the text has gone out, or the socket has failed.
   */
  answer(text: string | Buffer, done?: () => void): void {
    if (!this.open) return done?.();
    if (this.#socket.bufferedAmount > bufferedBytesMax) {
      this.stalled();
      return done?.();
    }
    this.#counters.sent++;
    this.#socket.send(text, { binary: false }, done);
    if (this.#socket.bufferedAmount >= this.#counted + countedStepBytes) this.#count();
    if (this.#unread || this.#socket.bufferedAmount < highWaterBytes) return undefined;
    this.#unread = true;
    this.holdRequests();
    this.onceDrained(() => {
      this.#unread = false;
      this.releaseRequests();
    });
    return undefined;
  }

  ping(): void {
    this.#socket.ping();
  }

  /** Stops reading from the client until each holder has released it. */
  holdRequests(): void {
    if (this.#holds++ === 0) this.#socket.pause();
  }

  releaseRequests(): void {
    if (--this.#holds === 0) this.#socket.resume();
  }

  onceDrained(callback: () => void): void {
    const look = (): void => {
      if (!this.open) return;
      if (this.#stream.writableNeedDrain) this.#stream.once('drain', guarded(look));
      else if (this.writable()) setImmediate(callback);
      else setTimeout(look, lookAgainMs);
    };
    look();
  }

  /** Counts what waits until it has gone out. A client that leaves more unread than there is room for is closed. */
  #count(): void {
    const isFirst = this.#counted === 0;
    this.#counted = this.#socket.bufferedAmount;
    if (this.#waiting?.set(this.#counted) === false) return this.stalled();
    if (!isFirst) return undefined;
    this.onceDrained(() => {
      this.#counted = 0;
      this.#waiting?.set(0);
    });
    return undefined;
  }

  /** The client has read nothing for too long, or all clients together leave too much unread. */
  stalled(): void {
    this.#socket.close(tryAgainLater, 'Nothing was read for too long.');
    setTimeout(() => this.#socket.terminate(), closingMs).unref();
  }
}
