import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { AppError } from '../errors.ts';

export interface JwksOptions {
  /** The provider became unreachable. Called once per outage. */
  readonly providerLost?: ((error: unknown) => void) | undefined;
  /** Unix milliseconds. */
  readonly now?: () => number;
}

/** The key set is fetched again when it is this old and a key is needed. */
const refreshMs = 600_000;
/** Minimum interval after a successful fetch, whatever key ids tokens name. */
const cooldownMs = 30_000;
/** Minimum interval after a failed fetch. */
const retryMs = 5_000;

/**
 * The key set of an identity provider. It is fetched on first use, when a token names an unknown key, and in the
 * background every ten minutes of use. So a key that the provider revokes is rejected soon, and known keys stay in use
 * while the provider is unreachable. Only a token with an unknown key then fails.
 * @throws AppError OVERLOADED: the provider is unreachable, so the key may be valid.
 */
export function remoteJwks(url: URL, { now = Date.now, providerLost }: JwksOptions = {}): JWTVerifyGetKey {
  // This function decides when to fetch, not jose.
  const keys = createRemoteJWKSet(url, { cacheMaxAge: Infinity, cooldownDuration: Infinity });
  let fetchedAt = -Infinity;
  let pausedUntil = -Infinity;
  let failure: unknown = null;

  async function load(): Promise<void> {
    if (!keys.reloading && now() < pausedUntil) {
      if (failure !== null) throw unavailable(failure);
      return;
    }
    try {
      await keys.reload();
      failure = null;
      fetchedAt = now();
      pausedUntil = fetchedAt + cooldownMs;
    } catch (error) {
      if (failure === null) providerLost?.(error);
      failure = error;
      pausedUntil = now() + retryMs;
      throw unavailable(error);
    }
  }

  /** After a long idle time, the first caller waits for the fetch: keys may have been revoked long ago. */
  async function refresh(): Promise<void> {
    const ageMs = now() - fetchedAt;
    if (ageMs < refreshMs) return;
    const waits = ageMs >= 2 * refreshMs && failure === null;
    const loaded = load().catch(() => {}); // The known keys stay in use.
    if (waits) await loaded;
  }

  return async (header, token) => {
    await (keys.fresh ? refresh() : load());
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await load();
      return await keys(header, token);
    }
  };
}

/** The token could not be checked. */
export function unavailable(cause: unknown): AppError {
  const message = 'The keys of the identity provider are currently unavailable.';
  return new AppError('OVERLOADED', message, { retryable: true, cause });
}
