import { event, get, type Dialect, type FeedSpec, type RestRoute } from '../dialect.ts';
import {
  ArchmeshHealthDocument,
  ArchmeshMetricsDocument,
  ArchmeshNotificationsDocument,
  ArchmeshWorkflowEventsDocument,
} from '../documents.generated.ts';
import * as map from './map.ts';
import { Mesh, type MeshOptions } from './mesh.ts';
import { errorOf, pongOf } from './messages.ts';
import { MeshSession } from './session.ts';
import * as wire from './wire.ts';

/** ArchMesh. Its sockets are served by a session of its own: `session.ts` says why. */
export function archmeshDialect(options: MeshOptions & Pick<Dialect, 'origins'>): Dialect {
  const mesh = new Mesh(options);
  return {
    name: 'archmesh',
    origins: options.origins,
    title: 'ArchMesh',
    credentials: false,
    feeds: [feedOf(mesh)],
    routes: routesOf(mesh),
    voice: {
      error: ({ message }, atMs) =>
        errorOf({ code: 'INVALID_MESSAGE_FORMAT', message, reason: 'malformed' }, 'session', atMs),
      pong: (atMs, { id }) => pongOf(String(id), atMs),
    },
  };
}

function feedOf(mesh: Mesh): FeedSpec {
  return {
    path: '/ws',
    summary: 'With `?token=`: how workflows go, what their users are told, and what is delivered to them.',
    needs: [],
    takes: (url) => url.searchParams.has('token'), // without one it is another system's
    credentialIn: 'token',
    hears: [
      { name: 'large_data', schema: wire.largeData.large_data, answer: 'large_data_received' },
      { name: 'large_data_request', schema: wire.largeDataRequest, answer: 'large_data' },
    ],
    identify: (url) => mesh.identify(url),
    serve: (feed, connection) => void new MeshSession(feed, connection, mesh).start(),
    parts: [
      event({
        name: 'workflow_update',
        document: ArchmeshWorkflowEventsDocument,
        map: map.workflowUpdate,
        messages: wire.workflowUpdate,
        cursor: ({ myWorkflowEvents }) => myWorkflowEvents.cursor,
        replayed: false,
      }),
      event({
        name: 'notification',
        document: ArchmeshNotificationsDocument,
        map: map.notification,
        messages: { ...wire.notification, ...wire.largeData, ...wire.largeDataReceived },
        cursor: ({ notificationEvents }) => notificationEvents.cursor,
        priority: map.priorityOf,
        replayed: false,
      }),
    ],
  };
}

function routesOf(mesh: Mesh): readonly RestRoute[] {
  return [
    get({
      path: '/api/v1/websocket/health',
      summary: 'How the sockets of ArchMesh do.',
      document: ArchmeshHealthDocument,
      map: (data) => map.health(data, mesh.figures.sheet(), mesh.states()),
      answer: wire.health,
    }),
    get({
      path: '/api/v1/websocket/metrics',
      summary: 'What was counted of the sockets of ArchMesh since the start.',
      document: ArchmeshMetricsDocument,
      map: (data) => map.metrics(data, mesh.figures.sheet(), mesh.states()),
      answer: wire.metrics,
    }),
  ];
}
