import { createSecretKey } from 'node:crypto';
import { errors, jwtVerify, SignJWT, type CryptoKey, type JWTPayload, type JWTVerifyOptions } from 'jose';
import { AppError } from '../errors.ts';
import type { Claim } from './claim.ts';
import { roleOf, defaultRoleClaim } from './role-claim.ts';
import { remoteJwks, unavailable, type JwksOptions } from './jwks.ts';
import { isSubject } from './subject.ts';

export interface JwtOptions extends JwksOptions {
  /** URL of the JSON Web Key Set. When set, JWTs are verified with its keys only. */
  readonly jwksUrl: string | null;
  /** HS256 secrets; a token may be signed with any of them. */
  readonly secrets: readonly string[];
  /** The required `iss`; null: any. */
  readonly issuer?: string | null;
  /** The required `aud`; null: any. */
  readonly audience?: string | null;
  /** The claim with the role. Default: `role`. */
  readonly roleClaim?: string;
  /** Tolerated difference between the issuer's clock and ours. Default: 0. */
  readonly clockToleranceS?: number;
}

/** The claim of a JWT, or why it was rejected. The reason is for the log only; the client does not see it. */
export type Checked = { readonly claim: Claim } | { readonly refused: string };

type Check = (token: string) => Promise<JWTPayload>;

/**
 * Verifies JWTs. The server chooses the algorithm, never the token. Rejects with an `AppError` (OVERLOADED, retryable)
 * when the keys of the provider are unavailable.
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
  /** The id by which the token can be revoked. */
  readonly id: string;
  readonly expiresInS: number | null;
  /** As in `JwtOptions`. */
  readonly issuer: string | null;
  readonly audience: string | null;
  readonly roleClaim?: string;
}

/** Signs a token with HS256. */
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
  if (typeof sub !== 'string' || !isSubject(sub)) return { refused: 'sub is not a valid subject' };
  const role = roleOf(payload, roleClaim);
  if (role === null) return { refused: `${roleClaim} is neither a string nor a list of strings` };
  // A token issued in the future would escape a revocation of everything issued up to now.
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

/** The year 9999. A later time must be in milliseconds. */
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

/** For a key set without `kid`, or a token that names none: tries each key that fits the algorithm. */
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

/** An invalid key set does not make the token invalid. */
function saysBadToken(error: unknown): boolean {
  return error instanceof errors.JOSEError && !(error instanceof errors.JWKSInvalid);
}

function keyOf(secret: string) {
  return createSecretKey(secret, 'utf8');
}
