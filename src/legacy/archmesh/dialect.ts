import type { Dialect, FeedSpec } from '../dialect.ts';
import { eventPart } from '../feed-parts.ts';
import { get, type RestRoute } from '../rest-route.ts';
import * as documents from '../documents.generated.ts';
import * as map from './map.ts';
import { Mesh, type MeshOptions } from './mesh.ts';
import { errorMessage, pongMessage } from './messages.ts';
import { MeshSession } from './session.ts';
import * as schemas from './message-schemas.ts';

/** ArchMesh. `session.ts` serves its sockets. */
export function archmeshDialect(options: MeshOptions & Pick<Dialect, 'origins'>): Dialect {
  const mesh = new Mesh(options);
  return {
    name: 'archmesh',
    origins: options.origins,
    title: 'ArchMesh',
    credentials: false,
    feeds: [feedOf(mesh)],
    routes: routesOf(mesh),
    controlMessages: {
      error: ({ message }, atMs) =>
        errorMessage({ code: 'INVALID_MESSAGE_FORMAT', message, reason: 'malformed' }, 'session', atMs),
      pong: (atMs, { id }) => pongMessage(String(id), atMs),
      schemas: schemas.control,
    },
  };
}

function feedOf(mesh: Mesh): FeedSpec {
  return {
    path: '/ws',
    summary:
      'With `?token=`: progress of workflows, notifications, and transfers that are delivered to the user.',
    matches: (url) => url.searchParams.has('token'), // a URL without a token belongs to another system
    credentialIn: 'token',
    messages: schemas.sent,
    accepts: {
      large_data: { schema: schemas.accepted.large_data, response: 'large_data_received' },
      large_data_request: { schema: schemas.accepted.large_data_request, response: 'large_data' },
    },
    identify: (url) => mesh.identify(url),
    serve: (feed, connection) => void new MeshSession(feed, connection, mesh).start(),
    parts: [
      eventPart({
        name: 'workflow_update',
        document: documents.ArchmeshWorkflowEventsDocument,
        map: map.workflowUpdate,
      }),
      eventPart({
        name: 'notification',
        document: documents.ArchmeshNotificationsDocument,
        map: map.notification,
        priority: map.priorityOf,
      }),
    ],
  };
}

function routesOf(mesh: Mesh): readonly RestRoute[] {
  return [
    get({
      path: '/api/v1/websocket/health',
      summary: 'The health of the ArchMesh connections.',
      document: documents.ArchmeshHealthDocument,
      map: (data) => map.health(data, mesh.stats.snapshot(), mesh.states()),
      response: schemas.health,
    }),
    get({
      path: '/api/v1/websocket/metrics',
      summary: 'Statistics of the ArchMesh connections since the start.',
      document: documents.ArchmeshMetricsDocument,
      map: (data) => map.metrics(data, mesh.stats.snapshot(), mesh.states()),
      response: schemas.metrics,
    }),
  ];
}
