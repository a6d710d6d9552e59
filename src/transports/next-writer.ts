import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { Writer } from '../fanout/member.ts';
import type { SocketConnection, SocketCounters } from './endpoint.ts';
import { nextPrefix, type Payload } from './payload.ts';

/** Writes `next` messages between the frames of `ws`. */
class NextWriter implements Writer<Payload> {
  readonly #socket: WebSocket;
  readonly #stream: Duplex;
  readonly #counters: SocketCounters;
  readonly #prefix: string;

  constructor({ socket, stream, counters }: SocketConnection, id: string) {
    this.#socket = socket;
    this.#stream = stream;
    this.#counters = counters;
    this.#prefix = nextPrefix(id);
  }

  write(payload: Payload): boolean {
    if (this.#socket.readyState !== WebSocket.OPEN) return false;
    this.#counters.sent++;
    return this.#stream.write(payload.frame(this.#prefix), 'latin1');
  }
}

/** Of a socket that compresses: each message has to go through `ws`. */
class CompressedWriter implements Writer<Payload> {
  readonly #connection: SocketConnection;
  readonly #prefix: string;

  constructor(connection: SocketConnection, id: string) {
    this.#connection = connection;
    this.#prefix = nextPrefix(id);
  }

  write({ closing }: Payload): boolean {
    const { socket, counters } = this.#connection;
    if (socket.readyState !== WebSocket.OPEN) return false;
    counters.sent++;
    socket.send(Buffer.from(this.#prefix + closing, 'latin1'), { binary: false });
    return false; // what waits to be compressed is not seen here
  }
}

/** What writes the `next` messages of an operation. */
export function writerOf(connection: SocketConnection, id: string): Writer<Payload> {
  const isPlain = connection.socket.extensions === '';
  return isPlain ? new NextWriter(connection, id) : new CompressedWriter(connection, id);
}
