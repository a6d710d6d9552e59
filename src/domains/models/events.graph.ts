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

const ModelEventType = eventEnum<EventType>(
  'ModelEventType',
  'What can happen to models and their servers.',
  {
    MODEL_LOADED: ['modelLoaded', 'A model came into memory.'],
    MODEL_UNLOADED: ['modelUnloaded', 'A model left memory.'],
    MODEL_REPORTED: ['modelReported', 'A producer reported on a model.'],
    SERVER_UNREACHABLE: ['modelServerUnreachable', 'A model server stopped answering.'],
    SERVER_RECOVERED: ['modelServerRecovered', 'A model server answers again.'],
    MODEL_DEPLOYED: ['modelDeployed', 'A version of a model was put in service, as reported.'],
    MODEL_STATUS_REPORTED: ['modelStatusReported', 'A producer reported how a model in service does.'],
    PREDICTIONS_REPORTED: ['predictionsReported', 'A producer reported predictions of a model.'],
    PREDICTION_VOLUME_CHANGED: [
      'predictionVolumeChanged',
      'The predictions of all models passed a multiple of PREDICTION_MILESTONE, or their rate differs by at least half ' +
        'and by at least 10 a minute from the one told last.',
    ],
  },
);

const ModelEvent = eventType('ModelEvent', modelEvents, {
  kind: 'MODEL',
  description:
    'Something that happened to a model or to a model server. Null is what is not known, or what this type does not have.',
  types: ModelEventType,
  fields: (t) => ({
    ...payloadFields(t, {
      modelId: nullable.id('The model; null for events of a server and of all models.'),
      server: nullable.string('The model server.'),
      errorCode: nullable.of(ModelServerError, 'Why a server cannot be asked.'),
      errorMessage: nullable.string('The same in words.'),
      modelName: nullable.string('The model’s name for people.'),
      modelVersion: nullable.string('MODEL_DEPLOYED: the version put in service.'),
      modelSizeBytes: nullable.float('MODEL_DEPLOYED: bytes of the model.'),
      healthScore: nullable.float('MODEL_STATUS_REPORTED: 0 to 1.'),
      lastPredictionAt: nullable.dateTime('MODEL_STATUS_REPORTED: when it predicted last.'),
      avgResponseTimeMs: nullable.float('PREDICTIONS_REPORTED: their mean response time, milliseconds.'),
      totalPredictions: nullable.float(
        'PREDICTION_VOLUME_CHANGED: ever reported, over all models; a whole number.',
      ),
      predictionsPerMinute: nullable.float(
        'PREDICTION_VOLUME_CHANGED: reported for the last 60 seconds, over all models.',
      ),
      milestoneReached: nullable.float(
        'PREDICTION_VOLUME_CHANGED: the milestone passed; null when the rate was the reason.',
      ),
      message: nullable.string('PREDICTION_VOLUME_CHANGED: the same in words.'),
    }),
    accuracy: t.float({
      nullable: true,
      description: 'MODEL_DEPLOYED, MODEL_STATUS_REPORTED: 0 to 1.',
      resolve: ({ payload }) => {
        const { modelAccuracy, accuracy }: Partial<ModelDeployment & OperationalReport> = payload as object;
        return modelAccuracy ?? accuracy;
      },
    }),
    operationalStatus: t.field({
      type: OperationalStatusType,
      nullable: true,
      description: 'MODEL_STATUS_REPORTED: how it does.',
      // `status` of a report on a model means something else
      resolve: ({ type, payload }) =>
        type === 'modelStatusReported' ? (payload as OperationalReport).status : null,
    }),
    predictions: t.int({
      nullable: true,
      description: 'PREDICTIONS_REPORTED: how many since the report before.',
      resolve: ({ payload }) => ('count' in payload ? payload.count : null),
    }),
  }),
});

/** Types that producers cause, whether any server is asked or not. */
const reportedTypes: ReadonlySet<string> = new Set<EventType>([
  'modelReported',
  'modelDeployed',
  'modelStatusReported',
  'predictionsReported',
  'predictionVolumeChanged',
]);
/** Slower than any source runs in the background. */
const restMs = 3_600_000;

eventSubscription('modelEvents', {
  type: ModelEvent,
  topic: modelEvents,
  description: 'What happens to models and their servers',
  args: (t) => ({
    modelIds: t.idList({
      bounds: { items: 1_000 },
      description: 'Only of these models; default all, and the servers too.',
    }),
  }),
  types: ModelEventType,
  // a server's change of state is an event only once the server is asked
  watches: ({ types }, { serverInfo }) => ({
    topic: modelStatusChanged.name,
    everyMs: types?.every((type) => reportedTypes.has(type)) ? restMs : serverInfo.intervals.modelStatusMs,
  }),
  matches:
    ({ modelIds }) =>
    ({ payload }) =>
      !modelIds || modelIds.includes('modelId' in payload ? payload.modelId : ''),
});
