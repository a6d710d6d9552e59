import { get, type Dialect } from '../dialect.ts';
import { CryptoHealthDocument, CryptoInfoDocument, CryptoRootDocument } from './documents.generated.ts';
import * as map from './map.ts';
import * as wire from './wire.ts';

/**
 * The crypto API monitoring.
 * @param options.dialects all that are served, for the list of endpoints; asked with each request.
 */
export function cryptoDialect({ dialects }: { readonly dialects: () => readonly Dialect[] }): Dialect {
  return {
    name: 'crypto',
    title: 'Crypto API Monitoring System',
    credentials: true,
    feeds: [],
    routes: [
      get({
        path: '/',
        summary: 'What this server is and where it answers.',
        open: true,
        document: CryptoRootDocument,
        map: (data, _values, moment) => map.root(data, dialects(), moment),
        answer: wire.root,
      }),
      get({
        path: '/health',
        summary: 'How the parts of the server are; 503 when the store does not answer.',
        open: true,
        document: CryptoHealthDocument,
        map: map.health,
        answer: wire.health,
        answersAlso: [503],
      }),
      get({
        path: '/info',
        summary: 'The server’s configuration, without anything secret.',
        document: CryptoInfoDocument,
        map: map.info,
        answer: wire.info,
      }),
    ],
    voice: {
      error: ({ code, message }, atMs) => ({ type: 'error', code, message, timestamp: isoTime(atMs) }),
      pong: (atMs) => ({ type: 'pong', timestamp: isoTime(atMs) }),
    },
  };
}

function isoTime(atMs: number): string {
  return new Date(atMs).toISOString();
}
