import type { Dialect, FeedSpec } from '../dialect.ts';
import { eventPart, gaugePart, queryPart, requestPart } from '../feed-parts.ts';
import { get, type RestRoute } from '../rest-route.ts';
import * as documents from '../documents.generated.ts';
import * as map from './map.ts';
import * as schemas from './message-schemas.ts';

const metricsEveryMs = 5_000;
/** A client that requests the metrics more often gets them at this interval. */
const askedEveryMs = 1_000;

/** Messages of one source are one part, so that the end of a run comes after its progress. */
const feed: FeedSpec = {
  path: '/ws',
  summary: 'Models, training, files, activity, alerts and the host, all on one socket.',
  matches: (url) => !url.searchParams.has('token'), // with one it is another system's
  parts: [
    // queried at connect for each client, so that the connection count includes the client
    queryPart({
      name: 'first_system_metrics',
      document: documents.MlopsStatusNowDocument,
      map: map.systemMetrics,
      messages: schemas.systemMetrics,
    }),
    gaugePart({
      name: 'system_metrics',
      document: documents.MlopsStatusEveryDocument,
      variables: { everyMs: metricsEveryMs },
      map: map.systemMetrics,
      messages: schemas.systemMetrics,
      atConnect: () => false,
    }),
    eventPart({
      name: 'health_change',
      document: documents.MlopsHostEventsDocument,
      map: map.healthChange,
      messages: schemas.healthChange,
    }),
    eventPart({
      name: 'models',
      document: documents.MlopsModelEventsDocument,
      map: map.modelEvent,
      messages: schemas.modelEvents,
      replayed: true,
    }),
    eventPart({
      name: 'training',
      document: documents.MlopsTrainingEventsDocument,
      map: map.trainingEvent,
      messages: schemas.trainingEvents,
      replayed: true,
    }),
    eventPart({
      name: 'files',
      document: documents.MlopsFileEventsDocument,
      map: map.fileEvent,
      messages: schemas.fileEvents,
      replayed: true,
    }),
    eventPart({
      name: 'activity_update',
      document: documents.MlopsActivityEventsDocument,
      map: map.activityUpdate,
      messages: schemas.activityUpdate,
      replayed: true,
    }),
    eventPart({
      name: 'system_alert',
      document: documents.MlopsAlertEventsDocument,
      map: map.systemAlert,
      messages: schemas.systemAlert,
      replayed: true,
    }),
  ],
  requests: [
    requestPart({
      name: 'request_metrics',
      document: documents.MlopsStatusNowDocument,
      map: map.systemMetrics,
      messages: schemas.systemMetrics,
      everyMs: askedEveryMs,
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
    error: ({ code, message }, atMs) => ({
      type: 'error',
      code,
      message,
      timestamp: new Date(atMs).toISOString(),
    }),
    // clients measure latency by their own timestamp; a value that is no time is not returned
    pong: (atMs, { timestamp }) => ({ type: 'pong', timestamp: isTime(timestamp) ? timestamp : atMs }),
  },
});

function isTime(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'string';
}
