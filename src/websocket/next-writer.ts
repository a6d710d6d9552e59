import type { Writer } from '../delivery/subscriber.ts';
import type { SocketConnection } from './endpoint.ts';
import type { OutboundSocket } from './outbound-socket.ts';
import { nextPrefix, type Payload } from '../delivery/payload.ts';

/** Writes `next` messages as whole frames, whose bytes equal subscriptions share. */
class NextWriter implements Writer<Payload> {
  readonly #outbound: OutboundSocket;
  readonly #prefix: string;

  constructor(outbound: OutboundSocket, prefix: string) {
    this.#outbound = outbound;
    this.#prefix = prefix;
  }

  write(payload: Payload): boolean {
    return this.#outbound.writeFrame(payload.frame(this.#prefix), 'latin1');
  }
}

/** Writes `next` messages to a socket that compresses. */
class CompressedWriter implements Writer<Payload> {
  readonly #outbound: OutboundSocket;
  readonly #prefix: string;

  constructor(outbound: OutboundSocket, prefix: string) {
    this.#outbound = outbound;
    this.#prefix = prefix;
  }

  write({ closing }: Payload): boolean {
    return this.#outbound.sendCompressed(Buffer.from(this.#prefix + closing, 'latin1'));
  }
}

/** The writer of the `next` messages of one operation. */
export function writerOf({ outbound }: SocketConnection, id: string): Writer<Payload> {
  const prefix = nextPrefix(id);
  return outbound.compresses ? new CompressedWriter(outbound, prefix) : new NextWriter(outbound, prefix);
}
