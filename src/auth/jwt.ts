import { createSecretKey } from 'node:crypto';
import { errors, jwtVerify, SignJWT, type CryptoKey, type JWTPayload, type JWTVerifyOptions } from 'jose';
import { AppError } from '../errors.ts';
import type { Claim } from './claim.ts';
import { roleOf, defaultRoleClaim } from './role-claim.ts';
import { remoteJwks, unavailable, type JwksOptions } from './jwks.ts';
import { isSubject } from './subject.ts';

export interface JwtOptions extends JwksOptions {
  /** Where public keys lie; when set, JWTs are checked with these and with nothing else. */
  readonly jwksUrl: string | null;
  /** Secrets of HS256, any of which will do. */
  readonly secrets: readonly string[];
  /** What `iss` has to be; null: anything. */
  readonly issuer?: string | null;
  /** What `aud` has to hold; null: anything. */
  readonly audience?: string | null;
  /** Which claim names the role. Default: `role`. */
  readonly roleClaim?: string;
  /** How far the issuer's clock may differ from ours. Default: 0. */
  readonly clockToleranceS?: number;
}

/** What a JWT says, or why it is not taken. The reason is for our log: who shows the token is not told. */
export type Checked = { readonly claim: Claim } | { readonly refused: string };

type Check = (token: string) => Promise<JWTPayload>;

/**
 * Checks JWTs. The algorithm is ours to choose, never the token's. Rejects with an `AppError` (OVERLOADED, retryable) when
 * a token cannot be checked, as the provider's keys cannot be had.
 */
export function jwtChecker(options: JwtOptions): (token: string) => Promise<Checked> {
  const { jwksUrl, secrets, issuer = null, audience = null, clockToleranceS = 0 } = options;
  const rules: JWTVerifyOptions = {
    requiredClaims: ['sub'],
    clockTolerance: clockToleranceS,
    ...(issuer === null ? {} : { issuer }),
    ...(audience === null ? {} : { audience }),
  };
  const checks =
    jwksUrl === null
      ? secrets.map((secret) => bySecret(secret, rules))
      : [byPublicKeys(jwksUrl, rules, options)];
  return async (token) => {
    let refused = 'JWTs are not accepted';
    for (const check of checks) {
      try {
        return claimOf(await check(token), options);
      } catch (error) {
        if (!(error instanceof errors.JOSEError)) throw error;
        refused = `${error.code}: ${error.message}`;
      }
    }
    return { refused };
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
  readonly roleClaim?: string;
}

/** A token of ours: HS256. */
export function signJwt(
  secret: string,
  { subject, role, id, expiresInS, issuer, audience, roleClaim = defaultRoleClaim }: NewJwt,
): Promise<string> {
  const token = new SignJWT({ [roleClaim]: role })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(subject)
    .setJti(id);
  token.setIssuedAt();
  if (issuer !== null) token.setIssuer(issuer);
  if (audience !== null) token.setAudience(audience);
  if (expiresInS !== null) token.setExpirationTime(`${expiresInS}s`);
  return token.sign(keyOf(secret));
}

function claimOf(payload: JWTPayload, options: JwtOptions): Checked {
  const { roleClaim = defaultRoleClaim, clockToleranceS = 0 } = options;
  const { sub, exp, iat, jti } = payload;
  if (typeof sub !== 'string' || !isSubject(sub)) return { refused: 'sub is no subject' };
  const role = roleOf(payload, roleClaim);
  if (role === null) return { refused: `${roleClaim} is neither a text nor a list of texts` };
  // revoking everything issued up to now would not reach what claims to be issued later
  if (iat !== undefined && !(iat <= Date.now() / 1_000 + clockToleranceS))
    return { refused: 'iat is in the future, or not in seconds' };
  if (exp !== undefined && !(exp <= lastSecond)) return { refused: 'exp is not in seconds' };
  return {
    claim: {
      id: typeof jti === 'string' && jti !== '' ? `jwt:${jti}` : null,
      parentId: null,
      subject: sub,
      role,
      issuedAt: iat === undefined ? null : iat * 1_000,
      expiresAt: exp === undefined ? null : exp * 1_000,
      clockToleranceMs: clockToleranceS * 1_000,
    },
  };
}

/** Of the year 9999. What is later is in milliseconds. */
const lastSecond = 253_402_300_799;

function bySecret(secret: string, rules: JWTVerifyOptions): Check {
  const key = keyOf(secret);
  return async (token) => (await jwtVerify(token, key, { ...rules, algorithms: ['HS256'] })).payload;
}

function byPublicKeys(jwksUrl: string, rules: JWTVerifyOptions, options: JwksOptions): Check {
  const keys = remoteJwks(new URL(jwksUrl), options);
  const algorithms = ['RS256', 'ES256', 'EdDSA'];
  return async (token) => {
    try {
      return (await jwtVerify(token, keys, { ...rules, algorithms })).payload;
    } catch (error) {
      if (error instanceof errors.JWKSMultipleMatchingKeys)
        return byAnyOf(error, (key) => jwtVerify(token, key, { ...rules, algorithms }));
      throw saysBadToken(error) || error instanceof AppError ? error : unavailable(error);
    }
  };
}

/** A set whose keys have no `kid`, or a token that names none: each key that fits the algorithm is tried. */
async function byAnyOf(
  keys: AsyncIterable<CryptoKey>,
  verify: (key: CryptoKey) => Promise<{ readonly payload: JWTPayload }>,
): Promise<JWTPayload> {
  for await (const key of keys) {
    try {
      return (await verify(key)).payload;
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
    }
  }
  throw new errors.JWSSignatureVerificationFailed();
}

/** A set with a key that is none says nothing of the token. */
function saysBadToken(error: unknown): boolean {
  return error instanceof errors.JOSEError && !(error instanceof errors.JWKSInvalid);
}

function keyOf(secret: string) {
  return createSecretKey(secret, 'utf8');
}
