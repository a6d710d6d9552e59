import { timingSafeEqual } from 'node:crypto';
import { AppError } from '../errors.ts';
import { ViewerRegistry } from './viewer-registry.ts';
import { endOf, type Claim } from './claim.ts';
import { keyIdOf, sha256 } from './configured-access.ts';
import type { Credentials } from './credentials.ts';
import { jwtChecker } from './jwt.ts';
import { isOpaque } from './opaque.ts';
import { capabilities, unauthenticated, type Viewer } from './viewer.ts';

export type Authenticate = (credentials: Credentials) => Promise<Viewer>;

export interface AuthenticatorOptions {
  /** Whether nobody gets in without a credential. */
  readonly required: boolean;
  readonly tokens: readonly { readonly token: string; readonly subject: string; readonly role: string }[];
  readonly jwtSecret: string | null;
  /** Where public keys lie; when set, JWTs are checked with these and with nothing else. */
  readonly jwksUrl?: string | null;
  /** What a JWT's `iss` and `aud` have to say; null: anything. */
  readonly jwtIssuer?: string | null;
  readonly jwtAudience?: string | null;
  /** As `JwtOptions`. */
  readonly jwtRoleClaim?: string;
  readonly jwtClockToleranceS?: number;
  /** Why a credential was not taken, for our own log. Never holds the credential. */
  readonly refused?: (reason: string, claim: Claim | null) => void;
  /** Whoever has the public keys does not answer any more. Called once an outage. */
  readonly providerLost?: (error: unknown) => void;
  /**
   * A secret that the server made for itself: tokens signed with it are accepted, but as nobody configured it, it
   * closes nothing to those who have none.
   */
  readonly generatedSecret?: string | null;
  readonly capabilitiesOf: (subject: string, role: string | null) => ReadonlySet<string>;
  /** Tokens and sessions that are stored. */
  readonly stored?: StoredCredentials;
  /** Somebody who holds something open showed a credential that does not do. */
  readonly renewalFailed?: (viewer: Viewer) => void;
}

export interface StoredCredentials {
  /** What the token of this name says; null: there is none. @throws AppError DATABASE_UNAVAILABLE */
  readonly find: (token: string) => Promise<Claim | null>;
  /** Whether it was revoked: itself, what it was begun with, or everything of its subject. */
  readonly isRevoked: (claim: Claim) => boolean;
}

export interface Access {
  readonly authenticate: Authenticate;
  /** What a credential says; null: it is not valid. */
  readonly claimOf: (token: string) => Promise<Claim | null>;
  /** Roles or members have changed: everybody who holds something open is looked at again. */
  readonly recheck: () => void;
  /** Something was revoked: the same, of their credentials alone. */
  readonly recheckEnds: () => void;
}

/** Longer ones are not looked at. */
export const tokenCharsMax = 8_192;

const nothingStored: StoredCredentials = { find: () => Promise.resolve(null), isRevoked: () => false };

/**
 * Says who is asking. A wrong credential fails with the same words whatever is wrong with it, and is never taken for
 * none: who shows one wants to be that subject.
 */
export function createAccess(options: AuthenticatorOptions): Access {
  const { stored = nothingStored, jwksUrl = null, jwtSecret, generatedSecret = null } = options;
  const keys = apiKeys(options.tokens);
  const jwtClaim = jwtChecker({
    jwksUrl,
    issuer: options.jwtIssuer ?? null,
    audience: options.jwtAudience ?? null,
    ...(options.jwtRoleClaim === undefined ? {} : { roleClaim: options.jwtRoleClaim }),
    clockToleranceS: options.jwtClockToleranceS ?? 0,
    providerLost: options.providerLost,
    secrets: [jwtSecret, generatedSecret].filter((secret) => secret !== null),
  });
  const configured = options.tokens.length > 0 || jwtSecret !== null || jwksUrl !== null;
  const anonymous: Viewer = {
    ...unauthenticated,
    capabilities: new Set(configured ? ['read'] : capabilities),
  };

  const refuse = (reason: string, claim: Claim | null = null): null => {
    options.refused?.(reason, claim);
    return null;
  };

  async function found(token: string): Promise<Claim | null> {
    const key = keys.find(token);
    if (key !== null) return key;
    if (isOpaque(token)) return (await stored.find(token)) ?? refuse('no such token is stored');
    const checked = await jwtClaim(token);
    return 'claim' in checked ? checked.claim : refuse(checked.refused);
  }

  async function claimOf(token: string): Promise<Claim | null> {
    if (token.length > tokenCharsMax) return refuse(`it has more than ${tokenCharsMax} characters`);
    const claim = await found(token);
    if (claim === null) return null;
    if (stored.isRevoked(claim)) return refuse('it was revoked', claim);
    const end = endOf(claim);
    if (end !== null && end <= Date.now()) return refuse('it has expired', claim);
    return keys.isStillConfigured(claim)
      ? claim
      : refuse('the configured key that began it has changed', claim);
  }

  const viewers = new ViewerRegistry({
    capabilitiesOf: options.capabilitiesOf,
    isRevoked: stored.isRevoked,
    claimOf,
    ...(options.renewalFailed === undefined ? {} : { renewalFailed: options.renewalFailed }),
  });

  return {
    claimOf,
    recheck: () => viewers.recheck(),
    recheckEnds: () => viewers.recheckEnds(),
    async authenticate({ token, malformed }) {
      if (malformed !== undefined) throw new AppError('AUTHENTICATION_FAILED', malformed);
      if (token === null) {
        if (options.required) throw new AppError('AUTHENTICATION_FAILED', 'A credential is needed.');
        return anonymous;
      }
      const claim = await claimOf(token);
      if (claim === null) throw new AppError('AUTHENTICATION_FAILED', 'The credential is not valid.');
      return viewers.viewerOf(claim);
    },
  };
}

/** Keys that are configured. One is found among all in a time that tells nothing about any of them. */
function apiKeys(tokens: AuthenticatorOptions['tokens']) {
  const known = tokens.map(({ token, subject, role }) => {
    const digest = sha256(token);
    const id = keyIdOf(digest);
    const claim: Claim = { id, parentId: null, subject, role, issuedAt: null, expiresAt: null };
    return { digest, claim };
  });
  return {
    find(token: string): Claim | null {
      const digest = sha256(token);
      let found: Claim | null = null;
      for (const one of known) if (timingSafeEqual(one.digest, digest)) found = one.claim;
      return found;
    },
    /** Whether the key that a session was begun with is still what it was; true for all others. */
    isStillConfigured({ parentId, subject, role }: Claim): boolean {
      if (parentId?.startsWith('key:') !== true) return true;
      const key = known.find(({ claim }) => claim.id === parentId)?.claim;
      return key?.subject === subject && key.role === role;
    },
  };
}
