import {
  answer,
  event,
  gauge,
  get,
  greeting,
  type Dialect,
  type FeedSpec,
  type RestRoute,
} from '../dialect.ts';
import {
  MlopsActivitiesDocument,
  MlopsActivityEventsDocument,
  MlopsAlertEventsDocument,
  MlopsFileEventsDocument,
  MlopsHostEventsDocument,
  MlopsModelEventsDocument,
  MlopsModelsDocument,
  MlopsStatusEveryDocument,
  MlopsStatusNowDocument,
  MlopsSystemDocument,
  MlopsTrainingEventsDocument,
} from '../documents.generated.ts';
import * as map from './map.ts';
import * as wire from './wire.ts';

const metricsEveryMs = 5_000;
/** A client that asks for the metrics more often than that is answered this often. */
const askedEveryMs = 1_000;

/** Kinds of messages with one source are one part, so that a run's end comes after its progress. */
const feed: FeedSpec = {
  path: '/ws',
  summary: 'Models, training, files, activity, alerts and the host, all on one socket.',
  needs: [],
  takes: (url) => !url.searchParams.has('token'), // with one it is another system's
  parts: [
    // At connect it is looked at for this client, so that the sockets it counts are those that are open by then.
    greeting({
      name: 'first_system_metrics',
      document: MlopsStatusNowDocument,
      map: map.systemMetrics,
      messages: wire.systemMetrics,
    }),
    gauge({
      name: 'system_metrics',
      document: MlopsStatusEveryDocument,
      variables: { everyMs: metricsEveryMs },
      map: map.systemMetrics,
      messages: wire.systemMetrics,
      atConnect: () => false,
    }),
    event({
      name: 'health_change',
      document: MlopsHostEventsDocument,
      map: map.healthChange,
      messages: wire.healthChange,
      cursor: ({ hostEvents }) => hostEvents.cursor,
      replayed: false,
    }),
    event({
      name: 'models',
      document: MlopsModelEventsDocument,
      map: map.modelEvent,
      messages: wire.modelEvents,
      cursor: ({ modelEvents }) => modelEvents.cursor,
      replayed: true,
    }),
    event({
      name: 'training',
      document: MlopsTrainingEventsDocument,
      map: map.trainingEvent,
      messages: wire.trainingEvents,
      cursor: ({ trainingEvents }) => trainingEvents.cursor,
      replayed: true,
    }),
    event({
      name: 'files',
      document: MlopsFileEventsDocument,
      map: map.fileEvent,
      messages: wire.fileEvents,
      cursor: ({ fileEvents }) => fileEvents.cursor,
      replayed: true,
    }),
    event({
      name: 'activity_update',
      document: MlopsActivityEventsDocument,
      map: map.activityUpdate,
      messages: wire.activityUpdate,
      cursor: ({ activityEvents }) => activityEvents.cursor,
      replayed: true,
    }),
    event({
      name: 'system_alert',
      document: MlopsAlertEventsDocument,
      map: map.systemAlert,
      messages: wire.systemAlert,
      cursor: ({ alertEvents }) => alertEvents.cursor,
      replayed: true,
    }),
  ],
  answers: [
    answer({
      name: 'request_metrics',
      document: MlopsStatusNowDocument,
      map: map.systemMetrics,
      messages: wire.systemMetrics,
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
    document: MlopsModelsDocument,
    map: map.models,
    answer: wire.models,
  }),
  get({
    path: '/api/monitoring/system',
    summary: 'The system metrics, and how much there is of models and training.',
    needs: ['FEATURE_SYSTEM_MONITORING', polling],
    document: MlopsSystemDocument,
    map: map.system,
    answer: wire.system,
  }),
  get({
    path: '/api/activity',
    summary: 'What was done, newest first.',
    needs: [polling],
    parameters: {
      limit: { kind: 'int', default: 50, min: 1, max: 500, description: 'Activities in the answer.' },
    },
    document: MlopsActivitiesDocument,
    variables: ({ limit }) => ({ first: limit }),
    map: map.activities,
    answer: wire.activities,
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
  voice: {
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
