import type { ExecutionResult } from 'graphql';
import type { Encoder, FrameLists } from './encoder.ts';
import { memoized } from '../lib/memoized.ts';

/** A result as JSON, which all subscribers of a group share over WebSocket and SSE. */
export class Payload {
  readonly text: string;
  #closing: string | null = null;
  #prefix = '';
  #frame = '';

  constructor(text: string) {
    this.text = text;
  }

  /**
   * The end of a `next` message: the text and the closing brace, as a string with one character per byte of its UTF-8.
   * Concatenating such strings and writing them as Latin-1 is faster than copying buffers.
   */
  get closing(): string {
    this.#closing ??= bytesAsText(`${this.text}}`);
    return this.#closing;
  }

  /**
   * The complete WebSocket frame of a `next` message, one character per byte. Operations with the same id share it.
   * @param prefix from `nextPrefix`.
   */
  frame(prefix: string): string {
    if (this.#prefix === prefix) return this.#frame;
    const { closing } = this;
    this.#prefix = prefix;
    this.#frame = textFrameHeader(prefix.length + closing.length) + prefix + closing;
    return this.#frame;
  }

  /** Yoga calls this to serialize a result. */
  stringify = (): string => this.text;
}

const listClosing = ']}}';

const opening = memoized((responseKey: string): string => `{"data":{"${responseKey}":[`);

/** Joins texts such as `{"data":{"events":[{…}]}}`. The text of a result with errors begins with them. */
const lists: FrameLists<Payload> = {
  length: ({ text }, responseKey) =>
    text.startsWith(opening(responseKey)) && text.endsWith(listClosing) ? text.length : null,
  join(frames, responseKey) {
    const start = opening(responseKey);
    const items = frames.map(({ text }) => text.slice(start.length, -listClosing.length));
    return new Payload(`${start}${items.join(',')}${listClosing}`);
  },
};

export const payloads: Encoder<Payload> = {
  id: 'graphql',
  encode: (result: ExecutionResult) => new Payload(JSON.stringify(result)),
  fromText: (text) => new Payload(text),
  lists,
  equal: (one, other) => one.text === other.text,
  bytes: ({ text }) => 2 * text.length,
};

/**
 * The start of each `next` message of an operation, one character per byte. Memoized: equal ids give the same string.
 */
export const nextPrefix = memoized((id: string): string =>
  bytesAsText(`{"id":${JSON.stringify(id)},"type":"next","payload":`),
);

/** Converts a text to a string with one character per byte of its UTF-8. */
export function bytesAsText(text: string): string {
  return Buffer.byteLength(text) === text.length ? text : Buffer.from(text).toString('latin1');
}

/** The header of an unmasked, unfragmented text frame (RFC 6455), one character per byte. */
export function textFrameHeader(length: number): string {
  if (length < 126) return String.fromCharCode(0x81, length);
  if (length < 65_536) return String.fromCharCode(0x81, 126, length >>> 8, length & 255);
  const header = Buffer.alloc(10);
  header[0] = 0x81; // FIN, opcode 1
  header[1] = 127;
  header.writeBigUInt64BE(BigInt(length), 2);
  return header.toString('latin1');
}
