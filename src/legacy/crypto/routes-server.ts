import type { Dialect } from '../dialect.ts';
import { get, type RestRoute } from '../rest-route.ts';
import * as documents from '../documents.generated.ts';
import * as map from './map.ts';
import * as schemas from './server-schemas.ts';

/** The endpoints for the server itself. */
export function serverRoutes(dialects: () => readonly Dialect[]): readonly RestRoute[] {
  return [
    get({
      path: '/',
      summary: 'The name, version and endpoints of this server.',
      open: true,
      document: documents.CryptoRootDocument,
      map: (data, _values, moment) => map.root(data, dialects(), moment),
      response: schemas.root,
    }),
    get({
      path: '/health',
      summary:
        'The health of the server and its components; 503 while it starts or stops, and when the database does not respond.',
      open: true,
      document: documents.CryptoHealthDocument,
      map: map.health,
      response: schemas.health,
      otherStatuses: [503],
    }),
    get({
      path: '/info',
      summary: 'The configuration of the server, without secrets.',
      document: documents.CryptoInfoDocument,
      map: map.info,
      response: schemas.info,
    }),
    get({
      path: '/ws/stats',
      summary: 'The clients of `/ws/live`.',
      document: documents.CryptoSocketStatsDocument,
      map: map.socketStats,
      response: schemas.socketStats,
    }),
  ];
}
