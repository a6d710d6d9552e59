import { isoControlMessages } from '../control-messages.ts';
import type { Dialect, FeedSpec } from '../dialect.ts';
import { eventPart, gaugePart, queryPart, requestPart } from '../feed-parts.ts';
import { get, type RestRoute } from '../rest-route.ts';
import * as documents from '../documents.generated.ts';
import * as map from './map.ts';
import * as schemas from './message-schemas.ts';

const metricsEveryMs = 5_000;
/** Requests of a client within this time after its last request are ignored. */
const requestEveryMs = 1_000;

/** Messages of one source are one part, so that their order is preserved. */
const feed: FeedSpec = {
  path: '/ws',
  summary: 'Models, training, files, activity, alerts and the host, all on one socket.',
  matches: (url) => !url.searchParams.has('token'), // a URL with a token belongs to another system
  messages: schemas.messages,
  parts: [
    // queried at connect for each client, so that the connection count includes the client
    queryPart({
      name: 'first_system_metrics',
      document: documents.MlopsStatusNowDocument,
      map: map.systemMetrics,
    }),
    gaugePart({
      name: 'system_metrics',
      document: documents.MlopsStatusEveryDocument,
      variables: { everyMs: metricsEveryMs },
      map: map.systemMetrics,
      atConnect: () => false,
    }),
    eventPart({
      name: 'health_change',
      document: documents.MlopsHostEventsDocument,
      map: map.healthChange,
    }),
    eventPart({
      name: 'models',
      document: documents.MlopsModelEventsDocument,
      map: map.modelEvent,
      replayed: true,
    }),
    eventPart({
      name: 'training',
      document: documents.MlopsTrainingEventsDocument,
      map: map.trainingEvent,
      replayed: true,
    }),
    eventPart({
      name: 'files',
      document: documents.MlopsFileEventsDocument,
      map: map.fileEvent,
      replayed: true,
    }),
    eventPart({
      name: 'activity_update',
      document: documents.MlopsActivityEventsDocument,
      map: map.activityUpdate,
      replayed: true,
    }),
    eventPart({
      name: 'system_alert',
      document: documents.MlopsAlertEventsDocument,
      map: map.systemAlert,
      replayed: true,
    }),
  ],
  requests: [
    requestPart({
      name: 'request_metrics',
      document: documents.MlopsStatusNowDocument,
      map: map.systemMetrics,
      response: 'system_metrics',
      everyMs: requestEveryMs,
    }),
  ],
};

const polling = 'FEATURE_WEBSOCKET_FALLBACK';

const routes: readonly RestRoute[] = [
  get({
    path: '/api/models',
    summary: 'The deployed models, newest deployment first.',
    needs: [polling],
    document: documents.MlopsModelsDocument,
    map: map.models,
    response: schemas.models,
  }),
  get({
    path: '/api/monitoring/system',
    summary: 'System metrics, and the numbers of models and training jobs.',
    needs: ['FEATURE_SYSTEM_MONITORING', polling],
    document: documents.MlopsSystemDocument,
    map: map.system,
    response: schemas.system,
  }),
  get({
    path: '/api/activity',
    summary: 'The activity log, newest first.',
    needs: [polling],
    parameters: {
      limit: { kind: 'int', default: 50, min: 1, max: 500, description: 'Maximum number of activities.' },
    },
    document: documents.MlopsActivitiesDocument,
    variables: ({ limit }) => ({ first: limit }),
    map: map.activities,
    response: schemas.activities,
  }),
];

/** The MLOps pipeline dashboard. */
export const mlopsDialect = ({ origins }: Pick<Dialect, 'origins'>): Dialect => ({
  name: 'mlops',
  origins,
  title: 'MLOps pipeline dashboard',
  credentials: false,
  feeds: [feed],
  routes,
  controlMessages: {
    ...isoControlMessages,
    // clients measure latency with their own timestamp, so the pong returns it unless it is no time
    pong: (atMs, { timestamp }) => ({ type: 'pong', timestamp: isTime(timestamp) ? timestamp : atMs }),
    schemas: { ...isoControlMessages.schemas, ...schemas.pong },
  },
});

function isTime(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'string';
}
