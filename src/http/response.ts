import { ServerResponse, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { UnreadBytes, Waiting } from './unread.ts';
import { guarded } from '../lib/guarded.ts';

/** A text is handed to the socket in pieces of so many characters, each when the one before has gone out. */
const pieceChars = 64 * 1024;

/** A response of the HTTP server. Everything that it answers passes through here. */
export abstract class TrackedResponse extends ServerResponse {
  /**
   * Makes room for a text of so many bytes that is going to be sent.
   * @returns false when too much waits already that clients have not read. Nothing may have been written before.
   */
  abstract reserve(bytes: number): boolean;
}

export interface TrackedResponseOptions {
  readonly unread: UnreadBytes;
  readonly addressOf: (request: IncomingMessage) => string;
  /** A client that takes nothing for so long while something waits for it is cut off. */
  readonly idleMs: number;
}

/**
 * The responses of a server. What a client does not read is counted (`UnreadBytes`), and a connection whose client takes
 * nothing for `idleMs` is destroyed, whatever it sends meanwhile. A client that reads slowly is not: long texts go out
 * in pieces, so that every piece that it takes is seen.
 */
export function trackedResponses({
  unread,
  addressOf,
  idleMs,
}: TrackedResponseOptions): typeof ServerResponse<IncomingMessage> &
  (new (request: IncomingMessage) => TrackedResponse) {
  const watched = new WeakSet<Socket>();

  function watch(socket: Socket): void {
    if (watched.has(socket)) return;
    watched.add(socket);
    look(socket, takenOf(socket));
  }

  function look(socket: Socket, before: number): void {
    const timer = setTimeout(() => {
      if (socket.destroyed || socket.writableLength === 0) return void watched.delete(socket);
      const taken = takenOf(socket);
      if (taken > before) look(socket, taken);
      else socket.destroy();
    }, idleMs);
    timer.unref();
  }

  return class extends TrackedResponse {
    #waiting: Waiting | null = null;

    reserve(bytes: number): boolean {
      return bytes <= pieceChars || this.#waits(bytes);
    }

    override write(chunk: unknown, encoding?: unknown, callback?: unknown): boolean {
      const welcome = super.write(chunk, encoding as BufferEncoding, callback as () => void);
      if (!welcome) this.#overflowed();
      return welcome;
    }

    override end(chunk?: unknown, encoding?: unknown, callback?: unknown): this {
      if (typeof chunk === 'string' && chunk.length > pieceChars) {
        const bytes = Buffer.byteLength(chunk);
        if ((this.#waiting?.bytes ?? 0) < bytes && !this.#waits(bytes)) return this.destroy();
        if (!this.headersSent && !this.hasHeader('content-length')) this.setHeader('content-length', bytes);
        this.#sendPieces(chunk, 0);
        return this;
      }
      super.end(chunk, encoding as BufferEncoding, callback as () => void);
      if (this.socket === null || this.socket.writableLength > 0) this.#overflowed();
      return this;
    }

    /** From this character on. */
    #sendPieces(text: string, from: number): void {
      for (let at = from; at < text.length;) {
        const end = pieceEnd(text, at);
        const welcome = this.write(text.slice(at, end), 'utf8');
        at = end;
        if (!welcome && at < text.length) return this.#onceDrained(() => this.#sendPieces(text, at));
      }
      super.end();
    }

    /** More was written than the socket takes at once. */
    #overflowed(): void {
      if (this.socket !== null) watch(this.socket);
      if (this.#waiting !== null && this.#waiting.bytes > 0) return; // the whole text is counted
      if (this.#waits(this.writableLength)) this.#onceDrained(() => this.#waiting?.set(0));
      else this.destroy();
    }

    #onceDrained(callback: () => void): void {
      this.once(
        'drain',
        guarded(callback, (error) => void this.destroy(error as Error)),
      );
    }

    #waits(bytes: number): boolean {
      if (this.destroyed) return true;
      if (this.#waiting === null) {
        this.#waiting = unread.of(addressOf(this.req));
        this.once(
          'close',
          guarded(() => void this.#waiting?.set(0)),
        );
      }
      return this.#waiting.set(bytes);
    }
  };
}

/** Bytes that the client's side of the network has taken. */
function takenOf(socket: Socket): number {
  return socket.bytesWritten - socket.writableLength;
}

/** Where a piece that begins here ends: never between the two halves of a character. */
function pieceEnd(text: string, from: number): number {
  const end = from + pieceChars;
  const last = text.charCodeAt(end - 1);
  return last >= 0xd800 && last < 0xdc00 ? end - 1 : end;
}
