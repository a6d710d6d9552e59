import { createHash, randomBytes } from 'node:crypto';

const prefix = 'ops_';
const secretBytes = 32;
const form = /^ops_[\w-]{43}$/;

/** A random token; the server stores only its digest. */
export function createOpaque(): string {
  return prefix + randomBytes(secretBytes).toString('base64url');
}

/** Whether a text has the form of an opaque token. */
export function isOpaque(token: string): boolean {
  return form.test(token);
}

/**
 * SHA-256, for comparisons and for storing. Tokens are long and random, so they need neither salt nor key stretching.
 */
export function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Whether this credential id is that of a session. */
export function isSessionId(id: string): boolean {
  return id.startsWith('ses_');
}

/** An id for a token or a session. Not a secret. */
export function createTokenId(kind: 'tok' | 'ses'): string {
  return `${kind}_${randomBytes(12).toString('base64url')}`;
}
