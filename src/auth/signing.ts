import { createHmac, timingSafeEqual } from 'node:crypto';

/** What is signed, and what a client sent as proof. */
export interface SignedRequest {
  /** The header `X-Timestamp`: Unix seconds. */
  readonly timestamp: string | undefined;
  /** The header `X-Signature`: hexadecimal HMAC-SHA256. */
  readonly signature: string | undefined;
  readonly method: string;
  /** As it was sent: path with query. */
  readonly path: string;
  readonly body: string | Uint8Array;
}

/** How far a client's clock may be off, and so for how long a request can be sent again by who overheard it. */
const toleranceS = 300;

/** Whether the request was signed with the secret, a short while ago at most. */
export function isSigned(request: SignedRequest, secret: string, nowMs: number): boolean {
  const { timestamp, signature } = request;
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
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
