import type { IncomingMessage, ServerResponse } from 'node:http';
import { corsHeaders, type OriginRule } from './origin.ts';

export interface CorsRule {
  /** The origins whose pages may read the response. */
  readonly origins: OriginRule;
  /** Whether these pages may send cookies. */
  readonly credentials: boolean;
  /** Methods in the response to a preflight. */
  readonly methods: readonly string[];
}

/** Sets the headers that tell a browser which pages may read the response. */
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
