import { eventEnum } from '../../graph/event-enum.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import { nullable, payloadFields } from '../../graph/exposed-fields.ts';
import { OperationalStatusType } from './deployments.graph.ts';
import {
  modelEvents,
  modelStatusChanged,
  type ModelDeployment,
  type ModelEventType as EventType,
  type OperationalReport,
} from './events.ts';
import { ModelServerError } from './graph.ts';

const ModelEventType = eventEnum<EventType>('ModelEventType', 'What happened to a model or a model server.', {
  MODEL_LOADED: ['modelLoaded', 'A model was loaded into memory.'],
  MODEL_UNLOADED: ['modelUnloaded', 'A model was unloaded from memory.'],
  MODEL_REPORTED: ['modelReported', 'A producer reported measurements of a model.'],
  SERVER_UNREACHABLE: ['modelServerUnreachable', 'A model server stopped responding.'],
  SERVER_RECOVERED: ['modelServerRecovered', 'A model server responds again.'],
  MODEL_DEPLOYED: ['modelDeployed', 'A producer reported the deployment of a version of a model.'],
  MODEL_STATUS_REPORTED: ['modelStatusReported', 'A producer reported the status of a deployed model.'],
  PREDICTIONS_REPORTED: ['predictionsReported', 'A producer reported the predictions of a model.'],
  PREDICTION_VOLUME_CHANGED: [
    'predictionVolumeChanged',
    'The number of predictions of all models passed a multiple of PREDICTION_MILESTONE, or their rate has changed by at ' +
      'least 50 % and at least 10 per minute since the last event of this type.',
  ],
});

const ModelEvent = eventType('ModelEvent', modelEvents, {
  kind: 'MODEL',
  description:
    'An event of a model or a model server. A field is null if its value is unknown, or if events of this type do not ' +
    'have it. Source: probes of model servers, and the producer events `modelReport`, `modelDeployed`, `modelStatus` and ' +
    '`predictions`.',
  types: ModelEventType,
  fields: (t) => ({
    ...payloadFields(t, {
      modelId: nullable.id('Identifier of the model. Null for events of a server or of all models.'),
      server: nullable.string('Name of the model server. Null for events that producers report.'),
      errorCode: nullable.of(ModelServerError, 'SERVER_UNREACHABLE: why the probe failed.'),
      errorMessage: nullable.string('SERVER_UNREACHABLE: message about why the probe failed.'),
      modelName: nullable.string('Display name of the model.'),
      modelVersion: nullable.string('MODEL_DEPLOYED: the deployed version.'),
      modelSizeBytes: nullable.float('MODEL_DEPLOYED: size of the model, an integer.'),
      healthScore: nullable.float('MODEL_STATUS_REPORTED: health of the model, 0 to 1.'),
      lastPredictionAt: nullable.dateTime('MODEL_STATUS_REPORTED: time of the last prediction.'),
      avgResponseTimeMs: nullable.float('PREDICTIONS_REPORTED: mean response time of the predictions.'),
      totalPredictions: nullable.float('PREDICTION_VOLUME_CHANGED: all predictions of all models so far.'),
      predictionsPerMinute: nullable.float(
        'PREDICTION_VOLUME_CHANGED: predictions of all models in the last 60 seconds.',
      ),
      milestoneReached: nullable.float(
        'PREDICTION_VOLUME_CHANGED: the multiple of PREDICTION_MILESTONE that was passed. Null if the rate has changed.',
      ),
      message: nullable.string('PREDICTION_VOLUME_CHANGED: message for people.'),
    }),
    accuracy: t.float({
      nullable: true,
      description: 'MODEL_DEPLOYED, MODEL_STATUS_REPORTED: accuracy of the model, 0 to 1.',
      resolve: ({ payload }) => {
        const { modelAccuracy, accuracy }: Partial<ModelDeployment & OperationalReport> = payload as object;
        return modelAccuracy ?? accuracy;
      },
    }),
    operationalStatus: t.field({
      type: OperationalStatusType,
      nullable: true,
      description: 'MODEL_STATUS_REPORTED: status of the deployed model.',
      // The `status` in `modelReported` is that on the model server.
      resolve: ({ type, payload }) =>
        type === 'modelStatusReported' ? (payload as OperationalReport).status : null,
    }),
    predictions: t.int({
      nullable: true,
      description: 'PREDICTIONS_REPORTED: number of predictions since the previous report.',
      resolve: ({ payload }) => ('count' in payload ? payload.count : null),
    }),
  }),
});

/** Types of events that do not depend on probes of model servers. */
const reportedTypes: ReadonlySet<string> = new Set<EventType>([
  'modelReported',
  'modelDeployed',
  'modelStatusReported',
  'predictionsReported',
  'predictionVolumeChanged',
]);
/** Longer than the interval of probes without subscribers, so it does not cause additional probes. */
const noProbesMs = 3_600_000;

eventSubscription('modelEvents', {
  type: ModelEvent,
  topic: modelEvents,
  description: 'Events of models and model servers',
  args: (t) => ({
    modelIds: t.idList({
      bounds: { items: 1_000 },
      description: 'Sends only events of these models. Default: events of all models and servers.',
    }),
  }),
  types: ModelEventType,
  // Changes of a model server become events only when the server is probed.
  demands: ({ types }, { serverInfo }) => ({
    topic: modelStatusChanged.name,
    everyMs: types?.every((type) => reportedTypes.has(type))
      ? noProbesMs
      : serverInfo.intervals.modelStatusMs,
  }),
  matches:
    ({ modelIds }) =>
    ({ payload }) =>
      !modelIds || modelIds.includes('modelId' in payload ? payload.modelId : ''),
});
