import type { RawData } from 'ws';
import type { FeedErrorCode, Message } from './dialect.ts';
import { SlidingWindow } from './sliding-window.ts';

export interface ClientMessageLimits {
  /** Longer ones are refused; the socket itself ends above twice that. */
  readonly bytesMax: number;
  /** In any second, or in any `spanMs`; what exceeds it is dropped. */
  readonly perSecondMax: number;
  readonly spanMs?: number;
}

/** What is to be done about a message. `drop`: nothing. `flood`: the client goes on and on, close. */
export type Verdict =
  | { readonly kind: 'message'; readonly message: Message & { readonly type: string } }
  | { readonly kind: 'error'; readonly code: FeedErrorCode; readonly message: string }
  | { readonly kind: 'drop' | 'flood' };

const secondMs = 1_000;
const floodMs = 60_000;
/** Messages dropped within that time, at which a connection is closed. */
const floodMax = 200;

/** Judges what one client sends. It never throws, and keeps a few hundred numbers. */
export class ClientMessages {
  readonly #limits: ClientMessageLimits;
  readonly #accepted: SlidingWindow;
  readonly #dropped = new SlidingWindow(floodMs, floodMax - 1);
  readonly #told = new SlidingWindow(secondMs, 1);

  constructor(limits: ClientMessageLimits) {
    this.#limits = limits;
    this.#accepted = new SlidingWindow(limits.spanMs ?? secondMs, limits.perSecondMax);
  }

  /** How long it is until the next message is read, milliseconds. */
  waitMs(atMs: number): number {
    return this.#accepted.waitMs(atMs);
  }

  /** @param atMs milliseconds on a clock that never goes back. */
  judge(data: RawData, isBinary: boolean, atMs: number): Verdict {
    const { perSecondMax, bytesMax, spanMs = secondMs } = this.#limits;
    if (!this.#accepted.admit(atMs)) {
      if (!this.#dropped.admit(atMs)) return { kind: 'flood' };
      if (!this.#told.admit(atMs)) return { kind: 'drop' };
      return error(
        'RATE_LIMITED',
        `At most ${perSecondMax} messages ${spanMs === secondMs ? 'a second' : `in ${spanMs / secondMs} s`} are read.`,
      );
    }
    const bytes = bytesOf(data);
    if (bytes.length > bytesMax)
      return error('PAYLOAD_TOO_LARGE', `A message may have at most ${bytesMax} bytes.`);
    const message = isBinary ? null : parsed(bytes);
    return message === null
      ? error('INVALID_MESSAGE', 'A message is a JSON object with a type, as text.')
      : { kind: 'message', message };
  }
}

function error(code: FeedErrorCode, message: string): Verdict {
  return { kind: 'error', code, message };
}

/** Whatever `ws` gives, in one piece. */
export function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}

function parsed(bytes: Buffer): (Message & { readonly type: string }) | null {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    const isMessage =
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      'type' in value &&
      typeof value.type === 'string';
    return isMessage ? (value as Message & { readonly type: string }) : null;
  } catch {
    return null;
  }
}
