import type { GraphTypes } from '../../graph/builder.ts';
import { eventConnection, eventsLink } from '../../graph/event-links.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventVariants } from '../../graph/event.ts';
import { float, id, nullable, payloadFields, safeInt, string } from '../../graph/exposed-fields.ts';
import { linkField } from '../../graph/links.ts';
import type { Entry } from '../../journal/topic.ts';
import { DeployedModelType, OperationalStatusType } from './deployments.graph.ts';
import {
  modelEvents,
  modelStatusChanged,
  type ModelEventPayloads,
  type ModelEventType as EventType,
} from './events.ts';
import { Model, ModelServer, ModelServerError } from './graph.ts';

const modelId = id('Identifier of the model.');
const modelName = nullable.string('Display name of the model. Null if the producer gave none.');

type Fields<Payload> = PothosSchemaTypes.ObjectFieldBuilder<GraphTypes, Entry<Payload>>;

function serverFields<Payload extends { readonly server: string }>(t: Fields<Payload>) {
  return {
    serverName: t.string({
      description: 'Configured name of the model server; `ollama` for the server at OLLAMA_URL.',
      resolve: ({ payload }) => payload.server,
    }),
    server: linkField<Entry<Payload>>(t, {
      to: ModelServer,
      description: 'The present state of the model server. Null if it is no longer configured.',
      key: ({ payload }) => payload.server,
    }),
  };
}

function modelLink<Payload extends { readonly modelId: string }>(t: Fields<Payload>) {
  return linkField<Entry<Payload>>(t, {
    to: Model,
    description: 'The present state of the model. Null if it is unknown.',
    key: ({ payload }) => payload.modelId,
  });
}

function deployedModelLink<Payload extends { readonly modelId: string }>(t: Fields<Payload>) {
  return linkField<Entry<Payload>>(t, {
    to: DeployedModelType,
    description: 'The present state of the deployed model.',
    key: ({ payload }) => payload.modelId,
  });
}

const modelEvent = eventVariants<ModelEventPayloads>('ModelEvent', modelEvents, {
  kind: 'MODEL',
  description:
    'An event of a model or a model server. Source: probes of model servers, and the producer events `modelReport`, ' +
    '`modelDeployed`, `modelStatus` and `predictions`.',
  typesDescription: 'What happened to a model or a model server.',
  variants: (of) => ({
    MODEL_LOADED: of('modelLoaded', 'ModelLoaded', 'A model was loaded into memory.', (t) => ({
      ...payloadFields(t, { modelId, modelName }),
      ...serverFields(t),
      model: modelLink(t),
    })),
    MODEL_UNLOADED: of('modelUnloaded', 'ModelUnloaded', 'A model was unloaded from memory.', (t) => ({
      ...payloadFields(t, { modelId, modelName }),
      ...serverFields(t),
      model: modelLink(t),
    })),
    MODEL_REPORTED: of(
      'modelReported',
      'ModelReported',
      'A producer reported measurements of a model, which the query `model` returns.',
      (t) => ({ ...payloadFields(t, { modelId, modelName }), model: modelLink(t) }),
    ),
    SERVER_UNREACHABLE: of(
      'modelServerUnreachable',
      'ModelServerUnreachable',
      'A model server stopped responding.',
      (t) => ({
        ...serverFields(t),
        ...payloadFields(t, {
          errorMessage: nullable.string('Message about why the probe failed. Null if there is none.'),
        }),
        probeError: t.field({
          type: ModelServerError,
          nullable: true,
          description: 'Why the probe failed. Null if it is unknown.',
          resolve: ({ payload }) => payload.errorCode,
        }),
      }),
    ),
    SERVER_RECOVERED: of(
      'modelServerRecovered',
      'ModelServerRecovered',
      'A model server responds again.',
      (t) => serverFields(t),
    ),
    MODEL_DEPLOYED: of(
      'modelDeployed',
      'ModelDeployed',
      'A producer reported the deployment of a version of a model.',
      (t) => ({
        deployedModel: deployedModelLink(t),
        ...payloadFields(t, {
          modelId,
          modelName: nullable.string('Display name of the model. Never null.'),
          modelVersion: string('The version that serves predictions from now on.'),
          modelSizeBytes: nullable.safeInt('Size of the model. Null if it was not reported.'),
        }),
        accuracy: t.float({
          nullable: true,
          description: 'Accuracy before the deployment, 0 to 1. Null if it was not reported.',
          resolve: ({ payload }) => payload.modelAccuracy,
        }),
      }),
    ),
    MODEL_STATUS_REPORTED: of(
      'modelStatusReported',
      'ModelStatusReported',
      'A producer reported the status of a deployed model.',
      (t) => ({
        deployedModel: deployedModelLink(t),
        ...payloadFields(t, {
          modelId,
          healthScore: nullable.float('Health of the model, 0 to 1. Null if it was not reported.'),
          lastPredictionAt: nullable.dateTime('Time of the last prediction. Null if it was not reported.'),
          accuracy: nullable.float('Accuracy after the deployment, 0 to 1. Null if it was not reported.'),
        }),
        operationalStatus: t.field({
          type: OperationalStatusType,
          description: 'Status of the deployed model.',
          resolve: ({ payload }) => payload.status,
        }),
      }),
    ),
    PREDICTIONS_REPORTED: of(
      'predictionsReported',
      'PredictionsReported',
      'A producer reported the predictions of a model.',
      (t) => ({
        deployedModel: deployedModelLink(t),
        ...payloadFields(t, {
          modelId,
          avgResponseTimeMs: nullable.float(
            'Mean response time of the predictions. Null if it was not reported.',
          ),
        }),
        predictionCount: t.field({
          type: 'SafeInt',
          description: 'Number of predictions since the previous report.',
          resolve: ({ payload }) => payload.count,
        }),
      }),
    ),
    PREDICTION_VOLUME_CHANGED: of(
      'predictionVolumeChanged',
      'PredictionVolumeChanged',
      'The number of predictions of all models passed a multiple of PREDICTION_MILESTONE, or their rate has changed by ' +
        'at least 50 % and at least 10 per minute since the last event of this type.',
      (t) => ({
        ...payloadFields(t, {
          predictionCount: safeInt('Number of predictions of all models so far.'),
          predictionsPerMinute: float('Number of predictions of all models in the last 60 seconds.'),
          milestonePredictionCount: nullable.safeInt(
            'The multiple of PREDICTION_MILESTONE that was passed. Null if the rate has changed.',
          ),
        }),
        statusMessage: t.string({
          nullable: true,
          description: 'Message for people. Null if the rate has changed.',
          resolve: ({ payload }) => payload.message,
        }),
      }),
    ),
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
  ...modelEvent,
  description: 'Events of models and model servers',
  args: (t) => ({
    modelIds: t.idList({
      bounds: { items: 1_000 },
      description: 'Sends only events of these models. Default: events of all models and servers.',
    }),
  }),
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

const events = eventConnection('ModelEvent', { ...modelEvent, followedBy: 'modelEvents' });

eventsLink(Model, events, {
  description: 'The loads and unloads of the model, and the reports of its measurements',
  of: ({ modelId: key }) => ({ key }),
  types: ['modelLoaded', 'modelUnloaded', 'modelReported'] satisfies readonly EventType[],
});

eventsLink(ModelServer, events, {
  description: 'The failures and recoveries of the model server',
  of: ({ server }) => ({ key: server }),
  types: ['modelServerUnreachable', 'modelServerRecovered'] satisfies readonly EventType[],
});

eventsLink(DeployedModelType, events, {
  description: 'The deployments of the model, and the reports of its status and predictions',
  of: ({ modelId: key }) => ({ key }),
  types: ['modelDeployed', 'modelStatusReported', 'predictionsReported'] satisfies readonly EventType[],
});
