import type { Viewer } from '../auth/viewer.ts';
import { AppError } from '../errors.ts';
import { toGraphQLError, type ReportUnknown } from '../graph/errors.ts';
import { addressKey } from '../lib/address-key.ts';
import { isLoopback } from '../lib/loopback.ts';
import { TokenBuckets } from '../lib/token-buckets.ts';
import { authorize } from '../graph/authorize.ts';
import type { DocumentGuard } from './documents.ts';
import { RequestError } from './operation.ts';

/** Characters of new documents that a client can send in one burst, and per second after that. */
const charsBurst = 400_000;
const charsPerSecond = 20_000;
/** Maximum length of a document for viewers without capabilities. The fields that they can use need no longer ones. */
const tokensMaxWithoutCapability = 200;

/**
 * Guards against expensive documents, which are those that are not cached: limits the rate at which a client can send
 * them, and rejects a document that the viewer may not execute before the document is validated.
 */
export function documentGuards(report: ReportUnknown) {
  const buckets = new TokenBuckets(charsBurst, charsPerSecond);
  /** @param address null: unknown, or the server itself. */
  return (viewer: Viewer, address: string | null): DocumentGuard => ({
    text(text) {
      const owner = ownerOf(viewer, address);
      if (owner === null || buckets.consume(owner, text.length)) return;
      const message = `Too many new documents: the limit is ${charsPerSecond} characters per second. Reuse a document, and pass values as variables.`;
      throw new RequestError([
        toGraphQLError(new AppError('OVERLOADED', message, { retryable: true }), report),
      ]);
    },
    parsed(requires, tokens) {
      const rejection = authorize({ requires }, viewer);
      if (rejection !== null) return toGraphQLError(rejection, report);
      if (viewer.capabilities.size > 0 || tokens <= tokensMaxWithoutCapability) return null;
      const message = `Without a capability, a document must have at most ${tokensMaxWithoutCapability} tokens.`;
      return toGraphQLError(new AppError('FORBIDDEN', message), report);
    },
  });
}

/** The client that is limited. Null: no limit, as a loopback address may be a proxy for many clients. */
export function ownerOf({ authenticated, subject }: Viewer, address: string | null): string | null {
  if (authenticated) return `subject ${subject}`;
  return address === null || isLoopback(address) ? null : `address ${addressKey(address)}`;
}
