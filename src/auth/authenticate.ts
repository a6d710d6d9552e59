import { createHash, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose';
import { AppError } from '../errors.ts';
import { capabilities, type Viewer } from './viewer.ts';

/** What a request shows to say who sends it. */
export interface Credentials {
  /** An API key or a JWT; empty when something was shown that can be neither; null when nothing was shown. */
  readonly token: string | null;
}

export type Authenticate = (credentials: Credentials) => Promise<Viewer>;

export interface AuthenticatorOptions {
  /** Whether nobody gets in without a credential. */
  readonly required: boolean;
  readonly tokens: readonly { readonly token: string; readonly subject: string; readonly role: string }[];
  readonly jwtSecret: string | null;
  /** Where public keys lie; when set, JWTs are checked with these and with nothing else. */
  readonly jwksUrl?: string | null;
  /**
   * A secret that the server made for itself: tokens signed with it are accepted, but as nobody configured it, it
   * closes nothing to those who have none.
   */
  readonly generatedSecret?: string | null;
  readonly capabilitiesOf: (subject: string, role: string | null) => ReadonlySet<string>;
}

/** What a token says about its bearer. */
interface Claim {
  readonly subject: string;
  readonly role: string;
  /** As in `Viewer`. */
  readonly expiresAt?: number;
}

const defaultRole = 'user';
/** Longer ones are not looked at. */
const tokenCharsMax = 8_192;

/** A viewer who may do nothing, until they have shown a credential. */
export const nobody: Viewer = {
  subject: 'anonymous',
  authenticated: false,
  role: null,
  capabilities: new Set(),
};

/**
 * Says who is asking. A wrong credential fails with the same words whatever is wrong with it, and is never taken for
 * none: who shows one wants to be that subject.
 */
export function createAuthenticator(options: AuthenticatorOptions): Authenticate {
  const apiKeyOf = apiKeys(options.tokens);
  const claimOf = jwts(options);
  const configured =
    options.tokens.length > 0 || options.jwtSecret !== null || (options.jwksUrl ?? null) !== null;
  const anonymous: Viewer = { ...nobody, capabilities: new Set(configured ? ['read'] : capabilities) };

  return async ({ token }) => {
    if (token === null) {
      if (options.required) throw new AppError('AUTHENTICATION_FAILED', 'A credential is needed.');
      return anonymous;
    }
    const claim = token.length > tokenCharsMax ? null : (apiKeyOf(token) ?? (await claimOf(token)));
    if (claim === null) throw new AppError('AUTHENTICATION_FAILED', 'The credential is not valid.');
    const { subject, role } = claim;
    return { ...claim, authenticated: true, capabilities: options.capabilitiesOf(subject, role) };
  };
}

/**
 * The credential of a request: `Authorization: Bearer`, then `X-API-Key`, then, where a URL is given, `?api_key=`,
 * which is meant for browsers' WebSockets: they cannot set a header.
 */
export function credentialsOf(headers: IncomingHttpHeaders, url: URL | null): Credentials {
  if (headers.authorization !== undefined) return { token: bearer(headers.authorization) };
  const apiKey = headers['x-api-key'];
  if (apiKey !== undefined) return { token: String(apiKey).trim() };
  return { token: url?.searchParams.get('api_key') ?? null };
}

/** The token of `Bearer <token>`; empty when it is written another way. */
export function bearer(authorization: string): string {
  return /^bearer +(\S+) *$/i.exec(authorization)?.[1] ?? '';
}

/** Finds a key among all in a time that tells nothing about any of them. */
function apiKeys(tokens: AuthenticatorOptions['tokens']): (token: string) => Claim | null {
  const known = tokens.map(({ token, subject, role }) => ({ digest: sha256(token), subject, role }));
  return (token) => {
    const digest = sha256(token);
    let found: Claim | null = null;
    for (const { digest: own, subject, role } of known) {
      if (timingSafeEqual(own, digest)) found = { subject, role };
    }
    return found;
  };
}

type Check = (token: string) => Promise<JWTPayload>;

/** Checks JWTs: by the public keys of a set when there is one, else by the secrets. The algorithm is ours to choose. */
function jwts({ jwksUrl = null, jwtSecret, generatedSecret = null }: AuthenticatorOptions) {
  const checks = jwksUrl === null ? bySecrets([jwtSecret, generatedSecret]) : [byPublicKeys(jwksUrl)];
  return async (token: string): Promise<Claim | null> => {
    for (const check of checks) {
      try {
        const { sub, role = defaultRole, exp } = await check(token);
        if (typeof sub === 'string' && sub !== '' && typeof role === 'string' && role !== '')
          return { subject: sub, role, ...(exp === undefined ? {} : { expiresAt: exp * 1_000 }) };
      } catch {
        // why it is wrong is nobody's business
      }
    }
    return null;
  };
}

function bySecrets(secrets: readonly (string | null)[]): Check[] {
  return secrets.flatMap((secret) => {
    if (secret === null) return [];
    const key = createSecretKey(secret, 'utf8');
    const rules = { algorithms: ['HS256'], requiredClaims: ['sub'] };
    return [async (token: string) => (await jwtVerify(token, key, rules)).payload];
  });
}

/** The set is fetched when it is first needed, kept for a while, and fetched again for a key that it does not hold. */
function byPublicKeys(jwksUrl: string): Check {
  const keys = createRemoteJWKSet(new URL(jwksUrl));
  const rules = { algorithms: ['RS256', 'ES256', 'EdDSA'], requiredClaims: ['sub'] };
  return async (token) => (await jwtVerify(token, keys, rules)).payload;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
