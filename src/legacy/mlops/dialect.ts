import type { Dialect, FeedSpec } from '../dialect.ts';
import { eventPart, gaugePart, queryPart, requestPart } from '../feed-parts.ts';
import { get, type RestRoute } from '../rest-route.ts';
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
  matches: (url) => !url.searchParams.has('token'), // with one it is another system's
  parts: [
    // At connect it is looked at for this client, so that the sockets it counts are those that are open by then.
    queryPart({
      name: 'first_system_metrics',
      document: MlopsStatusNowDocument,
      map: map.systemMetrics,
      messages: wire.systemMetrics,
    }),
    gaugePart({
      name: 'system_metrics',
      document: MlopsStatusEveryDocument,
      variables: { everyMs: metricsEveryMs },
      map: map.systemMetrics,
      messages: wire.systemMetrics,
      atConnect: () => false,
    }),
    eventPart({
      name: 'health_change',
      document: MlopsHostEventsDocument,
      map: map.healthChange,
      messages: wire.healthChange,
    }),
    eventPart({
      name: 'models',
      document: MlopsModelEventsDocument,
      map: map.modelEvent,
      messages: wire.modelEvents,
      replayed: true,
    }),
    eventPart({
      name: 'training',
      document: MlopsTrainingEventsDocument,
      map: map.trainingEvent,
      messages: wire.trainingEvents,
      replayed: true,
    }),
    eventPart({
      name: 'files',
      document: MlopsFileEventsDocument,
      map: map.fileEvent,
      messages: wire.fileEvents,
      replayed: true,
    }),
    eventPart({
      name: 'activity_update',
      document: MlopsActivityEventsDocument,
      map: map.activityUpdate,
      messages: wire.activityUpdate,
      replayed: true,
    }),
    eventPart({
      name: 'system_alert',
      document: MlopsAlertEventsDocument,
      map: map.systemAlert,
      messages: wire.systemAlert,
      replayed: true,
    }),
  ],
  requests: [
    requestPart({
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
    response: wire.models,
  }),
  get({
    path: '/api/monitoring/system',
    summary: 'The system metrics, and how much there is of models and training.',
    needs: ['FEATURE_SYSTEM_MONITORING', polling],
    document: MlopsSystemDocument,
    map: map.system,
    response: wire.system,
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
    response: wire.activities,
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
