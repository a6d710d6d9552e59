import { createHmac, timingSafeEqual } from 'node:crypto';
import { growingLru } from '../lib/growing-lru.ts';

/** What is signed, and what a client sent as proof. */
export interface SignedRequest {
  /** The header `X-Timestamp`: Unix seconds, with up to nine decimals. */
  readonly timestamp: string | undefined;
  /** The header `X-Signature`: hexadecimal HMAC-SHA256. */
  readonly signature: string | undefined;
  readonly method: string;
  /** As it was sent: path with query. */
  readonly path: string;
  readonly body: string | Uint8Array;
}

/** How far a client's clock may be off, and so for how long a signature is good. */
const toleranceS = 300;
/** Signatures that are remembered. */
const rememberedMax = 100_000;

/**
 * Takes each signature once, so that a request cannot be sent again by who overheard it: what was accepted is remembered
 * until its timestamp is too old. Beyond 100,000 in that time the oldest are forgotten, and could be sent again. What
 * one process has accepted others do not know of, nor the same one after a restart.
 */
export class Signatures {
  readonly #secret: string;
  readonly #accepted = growingLru<string, true>(rememberedMax);

  constructor(secret: string) {
    this.#secret = secret;
  }

  /** Whether the request is signed with the secret, a short while ago at most, and is none that was accepted before. */
  accepts(request: SignedRequest, nowMs: number): boolean {
    if (!isSigned(request, this.#secret, nowMs)) return false;
    const signature = request.signature?.toLowerCase() ?? '';
    if (this.#accepted.has(signature)) return false;
    const goodUntilMs = (Number(request.timestamp) + toleranceS) * 1_000;
    this.#accepted.set(signature, true, { ttl: Math.ceil(goodUntilMs - nowMs) + 1_000 });
    return true;
  }
}

/** Whether the request was signed with the secret, a short while ago at most. */
export function isSigned(request: SignedRequest, secret: string, nowMs: number): boolean {
  const { timestamp, signature } = request;
  if (timestamp === undefined || !/^\d{1,12}(\.\d{1,9})?$/.test(timestamp)) return false;
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > toleranceS) return false;
  if (signature === undefined || !/^[0-9a-f]{64}$/i.test(signature)) return false;
  return timingSafeEqual(Buffer.from(signature, 'hex'), hmac(request, timestamp, secret));
}

/** The signature of a request, in hexadecimal, as a client makes it. */
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
