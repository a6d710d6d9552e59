import { createHmac, randomBytes } from 'node:crypto';

/** Secrets and signatures of Standard Webhooks (https://www.standardwebhooks.com). */

const prefix = 'whsec_';
const secretBytes = 32;

export function createSecret(): string {
  return prefix + randomBytes(secretBytes).toString('base64');
}

/** The headers that identify and sign a call. @param at Unix milliseconds. */
export function signedHeaders(
  secret: string,
  { id, at, body }: { readonly id: string; readonly at: number; readonly body: string },
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at / 1_000));
  const key = Buffer.from(secret.slice(prefix.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}
