import type { ExecutionResult } from 'graphql';
import type { Encoder } from '../fanout/group.ts';

/** A result as JSON, made once for all who get it: WebSocket and SSE readers of a group share it. */
export class Payload {
  readonly text: string;
  #bytes: Buffer | null = null;

  constructor(text: string) {
    this.text = text;
  }

  /** The end of a `next` message: the text and the brace that closes the message. */
  get closing(): Buffer {
    this.#bytes ??= Buffer.from(`${this.text}}`);
    return this.#bytes;
  }

  /** How Yoga asks for the text of a result. */
  stringify = (): string => this.text;
}

export const payloads: Encoder<Payload> = {
  id: 'graphql',
  encode: (result: ExecutionResult) => new Payload(JSON.stringify(result)),
};

/** The beginning of each `next` message of an operation. */
export function nextPrefix(id: string): Buffer {
  return Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
}

/** A whole unmasked text frame of RFC 6455, in one piece. */
export function textFrame(head: Buffer, tail: Buffer): Buffer {
  const length = head.length + tail.length;
  const headerBytes = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headerBytes + length);
  frame[0] = 0x81; // the only fragment, of text
  if (headerBytes === 2) frame[1] = length;
  else if (headerBytes === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  head.copy(frame, headerBytes);
  tail.copy(frame, headerBytes + head.length);
  return frame;
}
