import { ServerResponse, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { guarded } from '../lib/guarded.ts';
import type { UnreadBudget, UnreadBytes } from './unread-budget.ts';

/** A long text is written in pieces of this length, each when the one before is drained. */
const pieceChars = 64 * 1024;

/** A response of the HTTP server. Every response is one of these. */
export abstract class TrackedResponse extends ServerResponse {
  /**
   * Reserves room for a text of this number of bytes that is going to be sent. Nothing may have been written before.
   * @returns false when clients have left too many bytes unread.
   */
  abstract reserve(bytes: number): boolean;
}

export interface TrackedResponseOptions {
  readonly unread: UnreadBudget;
  readonly addressOf: (request: IncomingMessage) => string;
  /** A connection whose client reads nothing for this time, while bytes wait for it, is destroyed. */
  readonly idleMs: number;
}

/**
 * Creates the response class of a server. It counts the bytes that clients do not read (`UnreadBudget`), and destroys a
 * connection whose client reads nothing for `idleMs`, whatever the client sends meanwhile. A client that reads slowly is
 * kept: long texts are written in pieces, so that the server sees the client read each of them.
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
    checkLater(socket, bytesRead(socket));
  }

  function checkLater(socket: Socket, before: number): void {
    const timer = setTimeout(() => {
      if (socket.destroyed || socket.writableLength === 0) return void watched.delete(socket);
      const read = bytesRead(socket);
      if (read > before) checkLater(socket, read);
      else socket.destroy();
    }, idleMs);
    timer.unref();
  }

  return class extends TrackedResponse {
    #unread: UnreadBytes | null = null;

    reserve(bytes: number): boolean {
      return bytes <= pieceChars || this.#count(bytes);
    }

    override write(chunk: unknown, encoding?: unknown, callback?: unknown): boolean {
      const mayContinue = super.write(chunk, encoding as BufferEncoding, callback as () => void);
      if (!mayContinue) this.#onBuffered();
      return mayContinue;
    }

    override end(chunk?: unknown, encoding?: unknown, callback?: unknown): this {
      if (typeof chunk === 'string' && chunk.length > pieceChars) {
        const bytes = Buffer.byteLength(chunk);
        if ((this.#unread?.bytes ?? 0) < bytes && !this.#count(bytes)) return this.destroy();
        if (!this.headersSent && !this.hasHeader('content-length')) this.setHeader('content-length', bytes);
        this.#writePieces(chunk, 0);
        return this;
      }
      super.end(chunk, encoding as BufferEncoding, callback as () => void);
      if (this.socket === null || this.socket.writableLength > 0) this.#onBuffered();
      return this;
    }

    /** @param from index of the first character to write. */
    #writePieces(text: string, from: number): void {
      for (let at = from; at < text.length;) {
        const end = pieceEnd(text, at);
        const mayContinue = this.write(text.slice(at, end), 'utf8');
        at = end;
        if (!mayContinue && at < text.length) return this.#onceDrained(() => this.#writePieces(text, at));
      }
      super.end();
    }

    /** Called when bytes stay in the buffer of the socket. */
    #onBuffered(): void {
      if (this.socket !== null) watch(this.socket);
      if (this.#unread !== null && this.#unread.bytes > 0) return; // the whole text is counted
      if (this.#count(this.writableLength)) this.#onceDrained(() => this.#unread?.set(0));
      else this.destroy();
    }

    #onceDrained(callback: () => void): void {
      this.once(
        'drain',
        guarded(callback, (error) => void this.destroy(error as Error)),
      );
    }

    #count(bytes: number): boolean {
      if (this.destroyed) return true;
      if (this.#unread === null) {
        this.#unread = unread.of(addressOf(this.req));
        this.once(
          'close',
          guarded(() => void this.#unread?.set(0)),
        );
      }
      return this.#unread.set(bytes);
    }
  };
}

/** Bytes that the client's side of the network has received. */
function bytesRead(socket: Socket): number {
  return socket.bytesWritten - socket.writableLength;
}

/** The end of a piece that begins here: never between the two halves of a surrogate pair. */
function pieceEnd(text: string, from: number): number {
  const end = from + pieceChars;
  const last = text.charCodeAt(end - 1);
  return last >= 0xd800 && last < 0xdc00 ? end - 1 : end;
}
