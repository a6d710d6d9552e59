import { createHash } from 'node:crypto';

/** Who has access by configuration rather than by the database. */
export interface ConfiguredAccess {
  readonly keys: readonly ConfiguredKey[];
  /** JWTs are accepted: their issuer can name any subject. */
  readonly acceptsJwts: boolean;
  /** No credential is required, and every request has all capabilities. */
  readonly isOpen: boolean;
}

export interface ConfiguredKey {
  /** The id by which the key can be revoked. Not a secret. */
  readonly id: string;
  readonly subject: string;
  readonly role: string;
}

export function configuredAccess(auth: {
  readonly required: boolean;
  readonly tokens: readonly { readonly token: string; readonly subject: string; readonly role: string }[];
  readonly jwtSecret: string | null;
  readonly jwksUrl: string | null;
}): ConfiguredAccess {
  const { required, tokens, jwtSecret, jwksUrl } = auth;
  const takesConfiguredJwts = jwtSecret !== null || jwksUrl !== null;
  return {
    keys: tokens.map(({ token, subject, role }) => ({ id: keyIdOf(sha256(token)), subject, role })),
    acceptsJwts: takesConfiguredJwts || tokens.length === 0, // Without any credential, the server generates a secret for JWTs.
    isOpen: !required && !takesConfiguredJwts && tokens.length === 0,
  };
}

export function keyIdOf(digest: Buffer): string {
  return `key:${digest.toString('hex').slice(0, 16)}`;
}

export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
