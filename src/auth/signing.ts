import { createHmac, timingSafeEqual } from 'node:crypto';
import { growingLru } from '../lib/growing-lru.ts';

/** The signed parts of a request, and its signature. */
export interface SignedRequest {
  /** The header `X-Timestamp`: Unix seconds, with up to nine decimals. */
  readonly timestamp: string | undefined;
  /** The header `X-Signature`: hexadecimal HMAC-SHA256. */
  readonly signature: string | undefined;
  readonly method: string;
  /** Path with query, as sent. */
  readonly path: string;
  readonly body: string | Uint8Array;
}

/** Tolerated difference between the clocks of client and server, and thus the lifetime of a signature. */
const toleranceS = 300;
/** Accepted signatures that are remembered. */
const rememberedMax = 100_000;

/**
 * Accepts each signature once, which prevents replays: an accepted signature is remembered until its timestamp is too
 * old. Beyond 100,000 within that time, the oldest are forgotten and could be replayed. Accepted signatures are not
 * shared between processes and do not survive a restart.
 */
export class Signatures {
  readonly #secret: string;
  readonly #accepted = growingLru<string, true>(rememberedMax);

  constructor(secret: string) {
    this.#secret = secret;
  }

  /**
   * Whether the request is signed with the secret, its timestamp is recent, and its signature was not accepted before.
   */
  accepts(request: SignedRequest, nowMs: number): boolean {
    if (!isSigned(request, this.#secret, nowMs)) return false;
    const signature = request.signature?.toLowerCase() ?? '';
    if (this.#accepted.has(signature)) return false;
    const goodUntilMs = (Number(request.timestamp) + toleranceS) * 1_000;
    this.#accepted.set(signature, true, { ttl: Math.ceil(goodUntilMs - nowMs) + 1_000 });
    return true;
  }
}

/** Whether the request is signed with the secret and its timestamp is recent. */
export function isSigned(request: SignedRequest, secret: string, nowMs: number): boolean {
  const { timestamp, signature } = request;
  if (timestamp === undefined || !/^\d{1,12}(\.\d{1,9})?$/.test(timestamp)) return false;
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > toleranceS) return false;
  if (signature === undefined || !/^[0-9a-f]{64}$/i.test(signature)) return false;
  return timingSafeEqual(Buffer.from(signature, 'hex'), hmac(request, timestamp, secret));
}

/** The hexadecimal signature of a request. */
export function signatureOf(
  request: Omit<SignedRequest, 'timestamp' | 'signature'>,
  timestampS: number,
  secret: string,
): string {
  return hmac(request, String(timestampS), secret).toString('hex');
}

function hmac(
  { method, path, body }: Omit<SignedRequest, 'timestamp' | 'signature'>,
  timestamp: string,
  secret: string,
): Buffer {
  return createHmac('sha256', secret).update(`${timestamp}.${method}.${path}.`).update(body).digest();
}
