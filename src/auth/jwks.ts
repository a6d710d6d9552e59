import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { AppError } from '../errors.ts';

export interface JwksOptions {
  /** The provider does not answer any more. Called once an outage. */
  readonly providerLost?: ((error: unknown) => void) | undefined;
  /** Unix milliseconds. */
  readonly now?: () => number;
}

/** The set is fetched again when it is this old and somebody asks for a key. */
const refreshMs = 600_000;
/** After an answer nothing is fetched for so long, whatever keys tokens name. */
const cooldownMs = 30_000;
/** After no answer. */
const retryMs = 5_000;

/**
 * The keys of an identity provider: fetched when first needed, when a token names one that is not known, and every ten
 * minutes while they are used, which nobody waits for. So a key that the provider takes back is refused soon, and while
 * the provider does not answer those that are known hold. Only what cannot be told without an answer fails.
 * @throws AppError OVERLOADED: the key may be good, but the provider does not answer.
 */
export function remoteJwks(url: URL, { now = Date.now, providerLost }: JwksOptions = {}): JWTVerifyGetKey {
  // When to fetch is decided here.
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

  /** Whoever is the first to ask after a long time waits: what is held may long have been taken back. */
  async function refresh(): Promise<void> {
    const ageMs = now() - fetchedAt;
    if (ageMs < refreshMs) return;
    const waits = ageMs >= 2 * refreshMs && failure === null;
    const loaded = load().catch(() => {}); // what is held goes on
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

/** Of checking a token: it could not be done. */
export function unavailable(cause: unknown): AppError {
  const message = 'The keys of the identity provider cannot be had at the moment.';
  return new AppError('OVERLOADED', message, { retryable: true, cause });
}
