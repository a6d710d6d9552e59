import { createSecretKey } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import type { Claim } from './claim.ts';

export interface JwtOptions {
  /** Where public keys lie; when set, JWTs are checked with these and with nothing else. */
  readonly jwksUrl: string | null;
  /** Secrets of HS256, any of which will do. */
  readonly secrets: readonly string[];
}

export const defaultRole = 'user';

type Check = (token: string) => Promise<JWTPayload>;

/** Checks JWTs. The algorithm is ours to choose, never the token's. Resolves to null whatever is wrong with one. */
export function jwtChecker({ jwksUrl, secrets }: JwtOptions): (token: string) => Promise<Claim | null> {
  const checks = jwksUrl === null ? secrets.map(bySecret) : [byPublicKeys(jwksUrl)];
  return async (token) => {
    for (const check of checks) {
      try {
        return claimOf(await check(token));
      } catch {
        // why it is wrong is nobody's business
      }
    }
    return null;
  };
}

/** A token of ours: HS256, with a name of its own by which it can be revoked. */
export function signJwt(
  secret: string,
  { subject, role, id, expiresInS }: { subject: string; role: string; id: string; expiresInS: number | null },
): Promise<string> {
  const token = new SignJWT({ role }).setProtectedHeader({ alg: 'HS256' }).setSubject(subject).setJti(id);
  token.setIssuedAt();
  if (expiresInS !== null) token.setExpirationTime(`${expiresInS}s`);
  return token.sign(keyOf(secret));
}

function claimOf({ sub, role = defaultRole, exp, iat, jti }: JWTPayload): Claim | null {
  if (typeof sub !== 'string' || sub === '' || typeof role !== 'string' || role === '') return null;
  return {
    id: typeof jti === 'string' && jti !== '' ? `jwt:${jti}` : null,
    parentId: null,
    subject: sub,
    role,
    issuedAt: iat === undefined ? null : iat * 1_000,
    expiresAt: exp === undefined ? null : exp * 1_000,
  };
}

function bySecret(secret: string): Check {
  const rules = { algorithms: ['HS256'], requiredClaims: ['sub'] };
  return async (token) => (await jwtVerify(token, keyOf(secret), rules)).payload;
}

/** The set is fetched when it is first needed, kept for a while, and fetched again for a key that it does not hold. */
function byPublicKeys(jwksUrl: string): Check {
  const keys = createRemoteJWKSet(new URL(jwksUrl));
  const rules = { algorithms: ['RS256', 'ES256', 'EdDSA'], requiredClaims: ['sub'] };
  return async (token) => (await jwtVerify(token, keys, rules)).payload;
}

function keyOf(secret: string) {
  return createSecretKey(secret, 'utf8');
}
