import type { AuthConfig } from './config.ts';
import { digestOf } from './opaque.ts';

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

export function configuredAccess({
  required,
  tokens,
  jwtSecret,
  jwksUrl,
}: Pick<AuthConfig, 'required' | 'tokens' | 'jwtSecret' | 'jwksUrl'>): ConfiguredAccess {
  const acceptsConfiguredJwts = jwtSecret !== null || jwksUrl !== null;
  return {
    keys: configuredKeys(tokens).map(({ digest: _digest, ...key }) => key),
    acceptsJwts: acceptsConfiguredJwts || tokens.length === 0, // Without any credential, the server generates a secret for JWTs.
    isOpen: !required && !acceptsConfiguredJwts && tokens.length === 0,
  };
}

/** The configured keys, with the digests to compare tokens with. */
export function configuredKeys(
  tokens: AuthConfig['tokens'],
): readonly (ConfiguredKey & { readonly digest: Buffer })[] {
  return tokens.map(({ token, subject, role }) => {
    const digest = digestOf(token);
    return { id: `key:${digest.toString('hex').slice(0, 16)}`, digest, subject, role };
  });
}
