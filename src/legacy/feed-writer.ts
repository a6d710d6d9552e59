import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { Writer } from '../fanout/member.ts';
import type { SocketConnection, SocketCounters } from '../transports/endpoint.ts';
import type { Feed } from './feed.ts';
import type { FeedFrame, FrameText } from './feed-frame.ts';

/** Writes the messages of an old feed to one socket. What a message needs lies here, for it is the hot path. */
export class FeedWriter implements Writer<FeedFrame> {
  readonly #socket: WebSocket;
  readonly #stream: Duplex;
  readonly #counters: SocketCounters;
  readonly #isCompressed: boolean;
  readonly #id: string;
  readonly #feed: Feed;

  constructor({ socket, stream, counters, id }: SocketConnection, feed: Feed) {
    this.#socket = socket;
    this.#stream = stream;
    this.#counters = counters;
    this.#isCompressed = socket.extensions !== '';
    this.#id = id;
    this.#feed = feed;
  }

  write({ messages }: FeedFrame): boolean {
    return this.send(messages);
  }

  /** @returns false when no more is welcome for now. */
  send(messages: readonly FrameText[]): boolean {
    if (this.#socket.readyState !== WebSocket.OPEN) return false;
    let welcome = true;
    for (const message of messages) {
      this.#counters.sent++;
      welcome = this.#isCompressed ? this.#compress(message) : this.#stream.write(message.frame);
      if (this.#feed.socketLog.logsMessages) this.#log(message);
    }
    return welcome;
  }

  /** For each socket anew, and what waits for that is not seen here. */
  #compress({ text }: FrameText): false {
    this.#socket.send(text);
    return false;
  }

  #log({ text }: FrameText): void {
    const { socketLog, spec } = this.#feed;
    socketLog.message({ id: this.#id, path: spec.path, direction: 'out', text });
  }
}
