import type { RawData } from 'ws';
import type { FeedErrorCode } from './dialect.ts';
import type { Message } from './message.ts';
import { SlidingWindow } from './sliding-window.ts';

export interface ClientMessageLimits {
  /** Longer messages get an error; the socket itself closes above twice this size. */
  readonly bytesMax: number;
  /** Messages that are read in any second, or in any `windowMs`. Further ones are dropped. */
  readonly perWindowMax: number;
  /** Default: a second. */
  readonly windowMs?: number;
}

export type TypedMessage = Message & { readonly type: string };

export interface MessageError {
  readonly kind: 'error';
  readonly code: FeedErrorCode;
  readonly message: string;
}

/** How to handle a message. `drop`: ignore it. `flood`: close the socket. */
export type ReadResult =
  | { readonly kind: 'message'; readonly message: TypedMessage }
  | MessageError
  | { readonly kind: 'drop' | 'flood' };

const secondMs = 1_000;
const floodMs = 60_000;
/** Messages dropped in that time before the connection is closed. */
const floodMax = 200;

/** Parses the messages of one client within its limits. It never throws, and holds a few hundred numbers at most. */
export class ClientMessages {
  readonly #limits: ClientMessageLimits;
  readonly #accepted: SlidingWindow;
  readonly #dropped = new SlidingWindow(floodMs, floodMax - 1);
  readonly #errors = new SlidingWindow(secondMs, 1);

  constructor(limits: ClientMessageLimits) {
    this.#limits = limits;
    this.#accepted = new SlidingWindow(limits.windowMs ?? secondMs, limits.perWindowMax);
  }

  /** How long until the next message is read, in milliseconds. */
  waitMs(atMs: number): number {
    return this.#accepted.waitMs(atMs);
  }

  /** @param atMs milliseconds on a monotonic clock. */
  read(bytes: Buffer, isBinary: boolean, atMs: number): ReadResult {
    const { perWindowMax, bytesMax, windowMs = secondMs } = this.#limits;
    if (!this.#accepted.admit(atMs)) {
      if (!this.#dropped.admit(atMs)) return { kind: 'flood' };
      if (!this.#errors.admit(atMs)) return { kind: 'drop' };
      const window = windowMs === secondMs ? 'a second' : `in ${windowMs / secondMs} s`;
      return error('RATE_LIMITED', `At most ${perWindowMax} messages ${window} are read.`);
    }
    if (bytes.length > bytesMax)
      return error('PAYLOAD_TOO_LARGE', `A message may have at most ${bytesMax} bytes.`);
    const message = isBinary ? null : parsed(bytes);
    return message === null
      ? error('INVALID_MESSAGE', 'A message is a JSON object with a type, as text.')
      : { kind: 'message', message };
  }
}

function error(code: FeedErrorCode, message: string): MessageError {
  return { kind: 'error', code, message };
}

/** A message of `ws` as one buffer. */
export function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}

function parsed(bytes: Buffer): TypedMessage | null {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    const isMessage =
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      'type' in value &&
      typeof value.type === 'string';
    return isMessage ? (value as TypedMessage) : null;
  } catch {
    return null;
  }
}
