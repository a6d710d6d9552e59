import type { Dialect, FeedSpec } from '../dialect.ts';
import { eventPart, gaugePart, queryPart, requestPart } from '../feed-parts.ts';
import { get, type RestRoute } from '../rest-route.ts';
import * as documents from '../documents.generated.ts';
import * as map from './map.ts';
import * as schemas from './message-schemas.ts';

const metricsEveryMs = 5_000;
/** A client that asks for the metrics more often than that is answered this often. */
const askedEveryMs = 1_000;

/** Kinds of messages with one source are one part, so that a run's end comes after its progress. */
const feed: FeedSpec = {
  path: '/ws',
  summary: 'Models, training, files, activity, alerts and the host, all on one socket.',
  matches: (url) => !url.searchParams.has('token'), // with one it is another system's
  parts: [
    // At connect it is looked at for this client, so that the sockets it counts are those that are open by then.
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
    summary: 'The models of the pipeline, the one deployed last first.',
    needs: [polling],
    document: documents.MlopsModelsDocument,
    map: map.models,
    response: schemas.models,
  }),
  get({
    path: '/api/monitoring/system',
    summary: 'The system metrics, and how much there is of models and training.',
    needs: ['FEATURE_SYSTEM_MONITORING', polling],
    document: documents.MlopsSystemDocument,
    map: map.system,
    response: schemas.system,
  }),
  get({
    path: '/api/activity',
    summary: 'What was done, newest first.',
    needs: [polling],
    parameters: {
      limit: { kind: 'int', default: 50, min: 1, max: 500, description: 'Activities in the answer.' },
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
    // Clients measure by their own; what is no time is not said again.
    pong: (atMs, { timestamp }) => ({ type: 'pong', timestamp: isTime(timestamp) ? timestamp : atMs }),
  },
});

function isTime(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'string';
}
