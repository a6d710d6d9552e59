import type { IncomingMessage, ServerResponse } from 'node:http';
import { corsHeaders, type OriginRule } from './origin.ts';

export interface CorsRule {
  /** Whose pages may read the response. */
  readonly origins: OriginRule;
  /** Whether these may send cookies and the like. */
  readonly credentials: boolean;
  /** The answer to a preflight. */
  readonly methods: readonly string[];
}

/** Says which pages may read the response. */
export function setCorsHeaders(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  { origins, credentials, methods }: CorsRule,
): void {
  const requestedHeaders = headers['access-control-request-headers'];
  const cors = corsHeaders({
    rule: origins,
    credentials,
    origin: headers.origin,
    host: headers.host,
    preflight: method === 'OPTIONS' ? { methods, requestedHeaders } : null,
  });
  for (const [name, value] of Object.entries(cors)) response.setHeader(name, value);
}
