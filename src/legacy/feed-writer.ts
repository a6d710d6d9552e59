import type { Writer } from '../delivery/subscriber.ts';
import type { SocketConnection } from '../websocket/endpoint.ts';
import type { OutboundSocket } from '../websocket/outbound-socket.ts';
import type { Feed } from './dialect.ts';
import type { FeedFrame, FrameText } from './feed-frame.ts';

/** Writes the messages of a feed to one socket. This is the hot path: what a message needs is a field here. */
export class FeedWriter implements Writer<FeedFrame> {
  readonly #outbound: OutboundSocket;
  readonly #id: string;
  readonly #feed: Feed;

  constructor({ outbound, id }: SocketConnection, feed: Feed) {
    this.#outbound = outbound;
    this.#id = id;
    this.#feed = feed;
  }

  write({ messages }: FeedFrame): boolean {
    return this.send(messages);
  }

  /** @returns false when the socket is above its high-water mark. */
  send(messages: readonly FrameText[]): boolean {
    let writable = true;
    for (const message of messages) {
      writable = this.#outbound.compresses
        ? this.#outbound.sendCompressed(message.text)
        : this.#outbound.writeFrame(message.frame, 'latin1');
      if (this.#feed.socketLog.logsMessages) this.#log(message);
    }
    return writable;
  }

  /** Sends a response, which is never dropped: a client that does not read its responses is not read from. */
  respond(message: FrameText): void {
    this.#outbound.respond(message.text);
    if (this.#feed.socketLog.logsMessages) this.#log(message);
  }

  #log({ text }: FrameText): void {
    const { socketLog, spec } = this.#feed;
    if (!this.#outbound.open) return;
    socketLog.message({ id: this.#id, path: spec.path, direction: 'out', text });
  }
}
