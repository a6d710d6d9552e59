import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { OutboundChannel } from '../delivery/connection.ts';
import { closeCodes } from '../errors.ts';
import type { UnreadBytes } from '../http/unread-budget.ts';
import type { SocketCounters } from './endpoint.ts';
import { guarded } from '../lib/guarded.ts';

/** Above this number of unread bytes the subscriptions of a socket stop writing, and no request is read from it. */
export const highWaterBytes = 256 * 1024;
/**
 * Above this number of unread bytes a message is dropped and the socket closed. Subscriptions and the reading of requests
 * stop far below it; only responses to requests that were read before can reach it.
 */
export const bufferedBytesMax = 16 * 1024 * 1024;

/** The close frame waits behind bytes that the client does not read, so the socket is terminated after this time. */
const closingMs = 2_000;
/** Unread bytes are counted in steps of this size, so that a socket that is a little behind costs nothing. */
const countedStepBytes = 64 * 1024;
/** How often the buffer of messages to be compressed is checked, which emits no event. */
const compressionCheckMs = 10;

/**
 * The writing end of one WebSocket. Every message of every protocol is sent here, so that this is the only place that
 * counts the bytes that the client has not read. A client that sends requests and does not read the responses is not read
 * from until it has caught up; with more than `bufferedBytesMax` unread it is closed with 1013.
 */
export class OutboundSocket implements OutboundChannel {
  readonly #socket: WebSocket;
  readonly #stream: Socket;
  readonly #counters: SocketCounters;
  /** Whether the socket compresses its messages; then `writeFrame` must not be used. */
  readonly compresses: boolean;
  /** Number of callers that have paused reading. */
  #pauses = 0;
  #pausedByResponses = false;
  /** The share of this socket in the unread bytes of the server. Null once the socket is closed. */
  #unread: UnreadBytes | null;
  #counted = 0;

  constructor(socket: WebSocket, stream: Socket, counters: SocketCounters, unread: UnreadBytes) {
    this.#socket = socket;
    this.#stream = stream;
    this.#counters = counters;
    this.#unread = unread;
    this.compresses = socket.extensions !== '';
    const closed = (): void => {
      this.#unread?.set(0);
      this.#unread = null;
    };
    socket.once('close', guarded(closed));
  }

  get open(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** Whether more may be written: the socket is open, and fewer bytes are unread than the high-water mark. */
  writable(): boolean {
    return this.open && this.#socket.bufferedAmount < highWaterBytes;
  }

  buffered(): number {
    return this.#socket.bufferedAmount;
  }

  /** Bytes that the client's side of the network has received since the handshake. */
  bytesRead(): number {
    return this.#stream.bytesWritten - this.#stream.writableLength;
  }

  cork(): void {
    this.#stream.cork();
  }

  uncork(): void {
    this.#stream.uncork();
  }

  /**
   * Writes a whole frame between those of `ws`. Every delivered message takes this path: it allocates nothing.
   * @param encoding of a frame that is a string.
   * @returns false when the caller must wait for `drain` before it writes more.
   */
  writeFrame(frame: string | Buffer, encoding: 'latin1'): boolean {
    if (!this.open) return false;
    this.#counters.sent++;
    if (this.#stream.write(frame, encoding)) return true;
    if (this.#stream.writableLength >= this.#counted + countedStepBytes) this.#count();
    return false;
  }

  /**
   * Sends a message of a subscription on a socket that compresses. The caller checks `writable` before it sends more.
   * @returns false, as only `writable` sees the messages that wait to be compressed.
   */
  sendCompressed(text: string | Buffer): false {
    if (!this.open) return false;
    this.#counters.sent++;
    this.#socket.send(text, { binary: false });
    if (this.#socket.bufferedAmount >= this.#counted + countedStepBytes) this.#count();
    return false;
  }

  /**
   * Sends a response to a request of the client. Above the high-water mark no further request is read.
   * @param done called when the text is written, or the socket has failed.
   */
  respond(text: string | Buffer, done?: () => void): void {
    if (!this.open) return done?.();
    if (this.#socket.bufferedAmount > bufferedBytesMax) {
      this.stalled();
      return done?.();
    }
    this.#counters.sent++;
    this.#socket.send(text, { binary: false }, done);
    if (this.#socket.bufferedAmount >= this.#counted + countedStepBytes) this.#count();
    if (this.#pausedByResponses || this.#socket.bufferedAmount < highWaterBytes) return undefined;
    this.#pausedByResponses = true;
    this.pauseReading();
    this.onceDrained(() => {
      this.#pausedByResponses = false;
      this.resumeReading();
    });
    return undefined;
  }

  ping(): void {
    this.#socket.ping();
  }

  /** Stops reading from the client until every caller has called `resumeReading`. */
  pauseReading(): void {
    if (this.#pauses++ === 0) this.#socket.pause();
  }

  resumeReading(): void {
    if (--this.#pauses === 0) this.#socket.resume();
  }

  onceDrained(callback: () => void): void {
    const check = (): void => {
      if (!this.open) return;
      if (this.#stream.writableNeedDrain) this.#stream.once('drain', guarded(check));
      else if (this.writable()) setImmediate(callback);
      else setTimeout(check, compressionCheckMs);
    };
    check();
  }

  /** Counts the unread bytes until they are drained. A client that exceeds the limits of the server is closed. */
  #count(): void {
    const isFirst = this.#counted === 0;
    this.#counted = this.#socket.bufferedAmount;
    if (this.#unread?.set(this.#counted) === false) return this.stalled();
    if (!isFirst) return undefined;
    this.onceDrained(() => {
      this.#counted = 0;
      this.#unread?.set(0);
    });
    return undefined;
  }

  /** Closes a client that has read nothing for too long, or where all clients together leave too many bytes unread. */
  stalled(): void {
    this.#socket.close(closeCodes.tryAgainLater, 'Nothing was read for too long.');
    setTimeout(() => this.#socket.terminate(), closingMs).unref();
  }
}
