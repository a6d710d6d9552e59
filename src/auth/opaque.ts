import { createHash, randomBytes } from 'node:crypto';

const prefix = 'ops_';
const secretBytes = 32;
const form = /^ops_[\w-]{43}$/;

/** A token that means nothing but to who stored its digest. */
export function createOpaque(): string {
  return prefix + randomBytes(secretBytes).toString('base64url');
}

/** Whether a text has the form of one. */
export function isOpaque(token: string): boolean {
  return form.test(token);
}

/** What is stored of one. It is random and long, so that nobody finds it by trying: no salt and no stretching is needed. */
export function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Whether a credential of this id is a session. */
export function isSessionId(id: string): boolean {
  return id.startsWith('ses_');
}

/** A name for a token or a session, which is no secret. */
export function createTokenId(kind: 'tok' | 'ses'): string {
  return `${kind}_${randomBytes(12).toString('base64url')}`;
}
