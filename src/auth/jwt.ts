import { createSecretKey } from 'node:crypto';
import { errors, jwtVerify, SignJWT, type JWTPayload, type JWTVerifyOptions } from 'jose';
import { AppError } from '../errors.ts';
import type { Claim } from './claim.ts';
import { providerKeys, unavailable, type ProviderKeysOptions } from './provider-keys.ts';
import { isSubject } from './subject.ts';

export interface JwtOptions extends ProviderKeysOptions {
  /** Where public keys lie; when set, JWTs are checked with these and with nothing else. */
  readonly jwksUrl: string | null;
  /** Secrets of HS256, any of which will do. */
  readonly secrets: readonly string[];
  /** What `iss` has to be; null: anything. */
  readonly issuer?: string | null;
  /** What `aud` has to hold; null: anything. */
  readonly audience?: string | null;
}

export const defaultRole = 'user';

type Check = (token: string) => Promise<JWTPayload>;

/**
 * Checks JWTs. The algorithm is ours to choose, never the token's. Resolves to null whatever is wrong with one, and
 * rejects with an `AppError` (OVERLOADED, retryable) when that cannot be told, as the provider's keys cannot be had.
 */
export function jwtChecker(options: JwtOptions): (token: string) => Promise<Claim | null> {
  const { jwksUrl, secrets, issuer = null, audience = null } = options;
  const rules: JWTVerifyOptions = {
    requiredClaims: ['sub'],
    ...(issuer === null ? {} : { issuer }),
    ...(audience === null ? {} : { audience }),
  };
  const checks =
    jwksUrl === null
      ? secrets.map((secret) => bySecret(secret, rules))
      : [byPublicKeys(jwksUrl, rules, options)];
  return async (token) => {
    for (const check of checks) {
      try {
        return claimOf(await check(token));
      } catch (error) {
        if (!(error instanceof errors.JOSEError)) throw error;
        // why it is wrong is nobody's business
      }
    }
    return null;
  };
}

export interface NewJwt {
  readonly subject: string;
  readonly role: string;
  /** By which it can be revoked. */
  readonly id: string;
  readonly expiresInS: number | null;
  /** As in `JwtOptions`. */
  readonly issuer: string | null;
  readonly audience: string | null;
}

/** A token of ours: HS256. */
export function signJwt(
  secret: string,
  { subject, role, id, expiresInS, issuer, audience }: NewJwt,
): Promise<string> {
  const token = new SignJWT({ role }).setProtectedHeader({ alg: 'HS256' }).setSubject(subject).setJti(id);
  token.setIssuedAt();
  if (issuer !== null) token.setIssuer(issuer);
  if (audience !== null) token.setAudience(audience);
  if (expiresInS !== null) token.setExpirationTime(`${expiresInS}s`);
  return token.sign(keyOf(secret));
}

function claimOf({ sub, role = defaultRole, exp, iat, jti }: JWTPayload): Claim | null {
  if (typeof sub !== 'string' || !isSubject(sub) || typeof role !== 'string' || role === '') return null;
  return {
    id: typeof jti === 'string' && jti !== '' ? `jwt:${jti}` : null,
    parentId: null,
    subject: sub,
    role,
    issuedAt: iat === undefined ? null : iat * 1_000,
    expiresAt: exp === undefined ? null : exp * 1_000,
  };
}

function bySecret(secret: string, rules: JWTVerifyOptions): Check {
  const key = keyOf(secret);
  return async (token) => (await jwtVerify(token, key, { ...rules, algorithms: ['HS256'] })).payload;
}

function byPublicKeys(jwksUrl: string, rules: JWTVerifyOptions, options: ProviderKeysOptions): Check {
  const keys = providerKeys(new URL(jwksUrl), options);
  const algorithms = ['RS256', 'ES256', 'EdDSA'];
  return async (token) => {
    try {
      return (await jwtVerify(token, keys, { ...rules, algorithms })).payload;
    } catch (error) {
      throw saysBadToken(error) || error instanceof AppError ? error : unavailable(error);
    }
  };
}

/** A set with a key that is none says nothing of the token. */
function saysBadToken(error: unknown): boolean {
  return error instanceof errors.JOSEError && !(error instanceof errors.JWKSInvalid);
}

function keyOf(secret: string) {
  return createSecretKey(secret, 'utf8');
}
