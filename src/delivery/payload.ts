import type { ExecutionResult } from 'graphql';
import type { Encoder } from './encoder.ts';
import { memoized } from '../lib/memoized.ts';

/** A result as JSON, made once for all who get it: WebSocket and SSE readers of a group share it. */
export class Payload {
  readonly text: string;
  #closing: string | null = null;
  #prefix = '';
  #frame = '';

  constructor(text: string) {
    this.text = text;
  }

  /**
   * The end of a `next` message, the text and the brace that closes the message, as a string with one character per
   * byte of its UTF-8. Joining such strings and writing them as Latin-1 costs less than copying buffers.
   */
  get closing(): string {
    this.#closing ??= bytesAsText(`${this.text}}`);
    return this.#closing;
  }

  /**
   * The whole WebSocket frame of a `next` message, one character per byte. Clients that number their operations alike
   * share it.
   * @param prefix from `nextPrefix`.
   */
  frame(prefix: string): string {
    if (this.#prefix === prefix) return this.#frame;
    const { closing } = this;
    this.#prefix = prefix;
    this.#frame = textFrameHeader(prefix.length + closing.length) + prefix + closing;
    return this.#frame;
  }

  /** How Yoga asks for the text of a result. */
  stringify = (): string => this.text;
}

export const payloads: Encoder<Payload> = {
  id: 'graphql',
  encode: (result: ExecutionResult) => new Payload(JSON.stringify(result)),
  fromText: (text) => new Payload(text),
  same: (one, other) => one.text === other.text,
  bytes: ({ text }) => 2 * text.length,
};

/** The beginning of each `next` message of an operation, one character per byte. Of equal ids it is the same string. */
export const nextPrefix = memoized((id: string): string =>
  bytesAsText(`{"id":${JSON.stringify(id)},"type":"next","payload":`),
);

/** A text as one character per byte of its UTF-8. */
export function bytesAsText(text: string): string {
  return Buffer.byteLength(text) === text.length ? text : Buffer.from(text).toString('latin1');
}

/** The header of an unmasked text frame of RFC 6455 in one piece, one character per byte. */
export function textFrameHeader(length: number): string {
  if (length < 126) return String.fromCharCode(0x81, length);
  if (length < 65_536) return String.fromCharCode(0x81, 126, length >>> 8, length & 255);
  const header = Buffer.alloc(10);
  header[0] = 0x81; // the only fragment, of text
  header[1] = 127;
  header.writeBigUInt64BE(BigInt(length), 2);
  return header.toString('latin1');
}
