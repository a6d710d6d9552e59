import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OriginRule } from './origin.ts';
import { corsHeaders } from './origin.ts';

export interface Sharing {
  /** Whose pages may read the answer. */
  readonly rule: OriginRule;
  /** Whether these may send cookies and the like. */
  readonly credentials: boolean;
  /** What a preflight is told. */
  readonly methods: readonly string[];
}

/** Says, before anything is answered, which pages may read it, and that nobody keeps it. */
export function shareWith(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  { rule, credentials, methods }: Sharing,
): void {
  const requestedHeaders = headers['access-control-request-headers'];
  const cors = corsHeaders({
    rule,
    credentials,
    origin: headers.origin,
    host: headers.host,
    preflight: method === 'OPTIONS' ? { methods, requestedHeaders } : null,
  });
  for (const [name, value] of Object.entries(cors)) response.setHeader(name, value);
  response.setHeader('cache-control', 'no-store');
}
