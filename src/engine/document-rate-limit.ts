import type { Viewer } from '../auth/viewer.ts';
import { AppError } from '../errors.ts';
import { toGraphQLError, type ReportUnknown } from '../graph/errors.ts';
import { addressKey } from '../lib/address-key.ts';
import { isLoopback } from '../lib/loopback.ts';
import { TokenBuckets } from '../lib/token-buckets.ts';
import { authorize } from './authorize.ts';
import { type DocumentGuard } from './documents.ts';
import { RequestError } from './operation.ts';

/** Characters of new documents that a client may send at once, and in a second from then on. */
const charsBurst = 400_000;
const charsPerSecond = 20_000;
/** The length of a document of a viewer without capabilities, who needs no longer ones. */
const tokensWithoutCapability = 200;

/**
 * Looks at documents that were never seen before, which are the expensive ones: a client may send so many characters of
 * them, and a viewer who may not have the answer is refused before the document is validated.
 */
export function documentRateLimit(report: ReportUnknown) {
  const buckets = new TokenBuckets(charsBurst, charsPerSecond);
  /** @param address null: the server itself, or unknown. */
  return (viewer: Viewer, address: string | null): DocumentGuard => ({
    text(text) {
      const owner = ownerOf(viewer, address);
      if (owner === null || buckets.consume(owner, text.length)) return;
      const message = `Too many new documents: at most ${charsPerSecond} characters of them a second are accepted. Reuse a document, and pass values as variables.`;
      throw new RequestError([
        toGraphQLError(new AppError('OVERLOADED', message, { retryable: true }), report),
      ]);
    },
    parsed(requires, tokens) {
      const refusal = authorize({ requires }, viewer);
      if (refusal !== null) return toGraphQLError(refusal, report);
      if (viewer.capabilities.size > 0 || tokens <= tokensWithoutCapability) return null;
      const message = `Without a capability a document may have at most ${tokensWithoutCapability} tokens.`;
      return toGraphQLError(new AppError('FORBIDDEN', message), report);
    },
  });
}

/** Null: not bounded. This computer may be a proxy with all its clients behind it. */
function ownerOf({ authenticated, subject }: Viewer, address: string | null): string | null {
  if (authenticated) return `subject ${subject}`;
  return address === null || isLoopback(address) ? null : `address ${addressKey(address)}`;
}
