import { timingSafeEqual } from 'node:crypto';
import { AppError } from '../errors.ts';
import { ViewerRegistry } from './viewer-registry.ts';
import { endOf, type Claim } from './claim.ts';
import type { AuthConfig } from './config.ts';
import { configuredKeys } from './configured-access.ts';
import type { Credentials } from './credentials.ts';
import { jwtChecker } from './jwt.ts';
import { digestOf, isOpaque } from './opaque.ts';
import { capabilities, unauthenticated, type Viewer } from './viewer.ts';

export type Authenticate = (credentials: Credentials) => Promise<Viewer>;

export interface AuthenticatorOptions
  extends
    Pick<AuthConfig, 'required' | 'tokens' | 'jwtSecret'>,
    Partial<
      Pick<AuthConfig, 'jwksUrl' | 'jwtIssuer' | 'jwtAudience' | 'jwtRoleClaim' | 'jwtClockToleranceS'>
    > {
  /** Receives the reason why a credential was rejected, for the log. It never contains the credential. */
  readonly refused?: (reason: string, claim: Claim | null) => void;
  /** The identity provider became unreachable. Called once per outage. */
  readonly providerLost?: (error: unknown) => void;
  /**
   * A secret that the server generated. Tokens signed with it are accepted. It is no configured credential, so requests
   * without a credential keep all their capabilities.
   */
  readonly generatedSecret?: string | null;
  readonly capabilitiesOf: (subject: string, role: string | null) => ReadonlySet<string>;
  /** Stored tokens and sessions. */
  readonly stored?: StoredCredentials;
  /** The viewer of an open connection presented an invalid credential. */
  readonly renewalFailed?: (viewer: Viewer) => void;
}

export interface StoredCredentials {
  /** The claim of a stored token; null when there is no such token. @throws AppError DATABASE_UNAVAILABLE */
  readonly find: (token: string) => Promise<Claim | null>;
  /** Whether the credential, its parent credential or all credentials of its subject were revoked. */
  readonly isRevoked: (claim: Claim) => boolean;
}

export interface Access {
  readonly authenticate: Authenticate;
  /** The claim of a token; null when the token is not valid. */
  readonly claimOf: (token: string) => Promise<Claim | null>;
  /** Checks all open connections again. Call it after a change of roles or members. */
  readonly recheck: () => void;
  /** Checks the credentials of all open connections again. Call it after a revocation. */
  readonly recheckEnds: () => void;
}

/** Longer tokens are rejected unread. */
export const tokenCharsMax = 8_192;

const nothingStored: StoredCredentials = { find: () => Promise.resolve(null), isRevoked: () => false };

/**
 * Authenticates requests. Every invalid credential fails with the same message. It is never treated as absent, because
 * the client wants to act as its subject.
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
    if (isOpaque(token)) return (await stored.find(token)) ?? refuse('unknown token');
    const checked = await jwtClaim(token);
    return 'claim' in checked ? checked.claim : refuse(checked.refused);
  }

  async function claimOf(token: string): Promise<Claim | null> {
    if (token.length > tokenCharsMax) return refuse(`longer than ${tokenCharsMax} characters`);
    const claim = await found(token);
    if (claim === null) return null;
    if (stored.isRevoked(claim)) return refuse('revoked', claim);
    const end = endOf(claim);
    if (end !== null && end <= Date.now()) return refuse('expired', claim);
    return keys.isStillConfigured(claim)
      ? claim
      : refuse('the API key of the session is no longer configured', claim);
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

/**
 * Configured API keys. The lookup compares with every key in constant time, so its duration reveals nothing about them.
 */
function apiKeys(tokens: AuthenticatorOptions['tokens']) {
  const known = configuredKeys(tokens).map(({ digest, ...key }) => {
    const claim: Claim = { ...key, parentId: null, issuedAt: null, expiresAt: null };
    return { digest, claim };
  });
  return {
    find(token: string): Claim | null {
      const digest = digestOf(token);
      let found: Claim | null = null;
      for (const one of known) if (timingSafeEqual(one.digest, digest)) found = one.claim;
      return found;
    },
    /**
     * Whether the API key that started a session is still configured with the same subject and role; true for other
     * claims.
     */
    isStillConfigured({ parentId, subject, role }: Claim): boolean {
      if (parentId?.startsWith('key:') !== true) return true;
      const key = known.find(({ claim }) => claim.id === parentId)?.claim;
      return key?.subject === subject && key.role === role;
    },
  };
}
