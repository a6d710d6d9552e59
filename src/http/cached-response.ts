import type { IncomingMessage } from 'node:http';
import type { Viewer } from '../auth/viewer.ts';
import type { Engine, Request } from '../engine/engine.ts';
import { RequestError } from '../engine/operation.ts';
import { documentIdOf, sha256HashOf } from './document-id.ts';

/** A response with status 200. */
export interface CachedResponse {
  readonly contentType: string;
  readonly text: string;
}

/** The Content-Type by the Accept header. Yoga serves requests with any other Accept header. */
const contentTypes: ReadonlyMap<string | undefined, string> = new Map([
  [undefined, 'application/json; charset=utf-8'],
  ['*/*', 'application/json; charset=utf-8'],
  ['application/json', 'application/json; charset=utf-8'],
  ['application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
]);

/**
 * Finds the response to a plain query in the response cache, without Yoga, which takes ten times as long. Null for every
 * other request and for errors, which Yoga serves.
 */
export function cachedResponse(
  { headers }: IncomingMessage,
  body: string,
  client: { readonly viewer: Viewer; readonly address: string },
  engine: Engine,
): CachedResponse | null {
  const contentType = contentTypes.get(headers.accept);
  const query = contentType === undefined ? null : plainQuery(body);
  if (contentType === undefined || query === null) return null;
  try {
    if (!engine.isCached(query)) return null; // a new document waits for the tick limiter
    const text = engine.cachedResponse(engine.prepare(query, client.viewer, client.address), query);
    return text === null ? null : { contentType, text };
  } catch (error) {
    if (error instanceof RequestError) return null;
    throw error;
  }
}

interface Posted extends Pick<Request, 'documentId' | 'operationName' | 'variables'> {
  readonly query?: string;
  readonly extensions?: unknown;
}

function plainQuery(body: string): Request | null {
  let given: Posted;
  try {
    given = JSON.parse(body) as typeof given;
  } catch {
    return null;
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return null;
  const { query = '', operationName = null, variables = null } = given;
  const documentId = documentIdOf(given);
  if (typeof query !== 'string' || typeof variables !== 'object' || Array.isArray(variables)) return null;
  if (given.extensions !== undefined && documentId === null) return null;
  if (operationName !== null && typeof operationName !== 'string') return null;
  return { query, documentId, sha256Hash: sha256HashOf(given), operationName, variables };
}
