import { builder } from '../../graph/builder.ts';
import { Event, eventRef } from '../../graph/event.ts';
import { stream, throughTheDoor } from '../../graph/stream.ts';
import type { Entry } from '../../journal/topic.ts';
import { OperationalStatusType } from './deployments.graph.ts';
import {
  modelEvents,
  modelStatusChanged,
  type ModelDeployment,
  type ModelEventPayload,
  type ModelEventType,
  type ModelServerStatus,
  type OperationalReport,
  type PredictionVolume,
  type PredictionsReport,
} from './events.ts';
import { ModelServerError } from './servers.graph.ts';

const eventTypes = {
  MODEL_LOADED: 'modelLoaded',
  MODEL_UNLOADED: 'modelUnloaded',
  MODEL_REPORTED: 'modelReported',
  SERVER_UNREACHABLE: 'modelServerUnreachable',
  SERVER_RECOVERED: 'modelServerRecovered',
  MODEL_DEPLOYED: 'modelDeployed',
  MODEL_STATUS_REPORTED: 'modelStatusReported',
  PREDICTIONS_REPORTED: 'predictionsReported',
  PREDICTION_VOLUME_CHANGED: 'predictionVolumeChanged',
} as const;

type EventTypeName = keyof typeof eventTypes;

const typeNames = new Map<string, EventTypeName>(
  Object.entries(eventTypes).map(([name, type]) => [type, name as EventTypeName]),
);

const ModelEventTypeEnum = builder.enumType('ModelEventType', {
  description: 'What can happen to models and their servers.',
  values: {
    MODEL_LOADED: { description: 'A model came into memory.' },
    MODEL_UNLOADED: { description: 'A model left memory.' },
    MODEL_REPORTED: { description: 'A producer reported on a model.' },
    SERVER_UNREACHABLE: { description: 'A model server stopped answering.' },
    SERVER_RECOVERED: { description: 'A model server answers again.' },
    MODEL_DEPLOYED: { description: 'A version of a model was put in service, as reported.' },
    MODEL_STATUS_REPORTED: { description: 'A producer reported how a model in service does.' },
    PREDICTIONS_REPORTED: { description: 'A producer reported predictions of a model.' },
    PREDICTION_VOLUME_CHANGED: {
      description:
        'The predictions of all models passed a multiple of PREDICTION_MILESTONE, or their rate differs by at least half ' +
        'and by at least 10 a minute from the one told last.',
    },
  } as const,
});

const ModelEvent = eventRef('ModelEvent', modelEvents, { kind: 'MODEL' });

type AnyFields = Partial<
  Omit<ModelDeployment, 'modelName'> &
    OperationalReport &
    PredictionsReport &
    PredictionVolume &
    Pick<ModelServerStatus, 'server' | 'errorCode' | 'errorMessage'> & { readonly modelName: string | null }
>;

/** What the payloads of the several types have; a type that has not got it leaves it out. */
function fieldsOf({ payload }: Entry<ModelEventPayload>): AnyFields {
  return payload as AnyFields;
}

/** `status` is a word of several types. */
function operationalStatusOf({
  type,
  payload,
}: Entry<ModelEventPayload>): OperationalReport['status'] | null {
  return type === 'modelStatusReported' ? (payload as OperationalReport).status : null;
}

builder.objectType(ModelEvent, {
  description:
    'Something that happened to a model or to a model server. Null is what is not known, or what this type does not have.',
  interfaces: [Event],
  fields: (t) => ({
    type: t.field({
      type: ModelEventTypeEnum,
      description: 'What happened.',
      resolve: ({ type }) => typeNames.get(type) ?? 'MODEL_REPORTED',
    }),
    modelId: t.id({
      nullable: true,
      description: 'The model; null for events of a server and of all models.',
      resolve: (entry) => fieldsOf(entry).modelId,
    }),
    server: t.string({
      nullable: true,
      description: 'The model server.',
      resolve: (entry) => fieldsOf(entry).server,
    }),
    errorCode: t.field({
      type: ModelServerError,
      nullable: true,
      description: 'Why a server cannot be asked.',
      resolve: (entry) => fieldsOf(entry).errorCode,
    }),
    errorMessage: t.string({
      nullable: true,
      description: 'The same in words.',
      resolve: (entry) => fieldsOf(entry).errorMessage,
    }),
    modelName: t.string({
      nullable: true,
      description: 'The model’s name for people.',
      resolve: (entry) => fieldsOf(entry).modelName,
    }),
    modelVersion: t.string({
      nullable: true,
      description: 'MODEL_DEPLOYED: the version put in service.',
      resolve: (entry) => fieldsOf(entry).modelVersion,
    }),
    accuracy: t.float({
      nullable: true,
      description: 'MODEL_DEPLOYED, MODEL_STATUS_REPORTED: 0 to 1.',
      resolve: (entry) => fieldsOf(entry).modelAccuracy ?? fieldsOf(entry).accuracy,
    }),
    modelSizeBytes: t.float({
      nullable: true,
      description: 'MODEL_DEPLOYED: bytes of the model.',
      resolve: (entry) => fieldsOf(entry).modelSizeBytes,
    }),
    operationalStatus: t.field({
      type: OperationalStatusType,
      nullable: true,
      description: 'MODEL_STATUS_REPORTED: how it does.',
      resolve: operationalStatusOf,
    }),
    healthScore: t.float({
      nullable: true,
      description: 'MODEL_STATUS_REPORTED: 0 to 1.',
      resolve: (entry) => fieldsOf(entry).healthScore,
    }),
    lastPredictionAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'MODEL_STATUS_REPORTED: when it predicted last.',
      resolve: (entry) => {
        const at = fieldsOf(entry).lastPredictionAt ?? null;
        return at === null ? null : new Date(at);
      },
    }),
    predictions: t.int({
      nullable: true,
      description: 'PREDICTIONS_REPORTED: how many since the report before.',
      resolve: (entry) => fieldsOf(entry).count,
    }),
    avgResponseTimeMs: t.float({
      nullable: true,
      description: 'PREDICTIONS_REPORTED: their mean response time, milliseconds.',
      resolve: (entry) => fieldsOf(entry).avgResponseTimeMs,
    }),
    totalPredictions: t.float({
      nullable: true,
      description: 'PREDICTION_VOLUME_CHANGED: ever reported, over all models; a whole number.',
      resolve: (entry) => fieldsOf(entry).totalPredictions,
    }),
    predictionsPerMinute: t.float({
      nullable: true,
      description: 'PREDICTION_VOLUME_CHANGED: reported for the last 60 seconds, over all models.',
      resolve: (entry) => fieldsOf(entry).predictionsPerMinute,
    }),
    milestoneReached: t.float({
      nullable: true,
      description: 'PREDICTION_VOLUME_CHANGED: the milestone passed; null when the rate was the reason.',
      resolve: (entry) => fieldsOf(entry).milestoneReached,
    }),
    message: t.string({
      nullable: true,
      description: 'PREDICTION_VOLUME_CHANGED: the same in words.',
      resolve: (entry) => fieldsOf(entry).message,
    }),
  }),
});

/** Types that come about whether anybody looks at the servers or not. */
const reportedTypes: ReadonlySet<string> = new Set<ModelEventType>([
  'modelReported',
  'modelDeployed',
  'modelStatusReported',
  'predictionsReported',
  'predictionVolumeChanged',
]);
/** Slower than any source runs in the background. */
const restMs = 3_600_000;

function typesOf(args: Readonly<Record<string, unknown>>): readonly string[] | null {
  const names = args['types'] as readonly EventTypeName[] | null | undefined;
  return names?.map((name) => eventTypes[name]) ?? null;
}

builder.subscriptionField('modelEvents', (t) =>
  t.field({
    type: ModelEvent,
    requires: 'read',
    description: 'EVERY. What happens to models and their servers, after the cursor `after` or from now on.',
    args: {
      modelIds: t.arg.idList({
        bounds: { items: 1_000 },
        description: 'Only of these models; default all, and the servers too.',
      }),
      types: t.arg({ type: [ModelEventTypeEnum], description: 'Only of these types; default all.' }),
      after: t.arg({
        type: 'Cursor',
        description: 'Go on behind this cursor; `earliest`: from the oldest event kept.',
      }),
    },
    extensions: stream({
      delivery: 'EVERY',
      topics: [modelEvents.name],
      // servers change state while nobody looks, unless somebody is known to wait for it
      watches: (args, { facts }) => ({
        topic: modelStatusChanged.name,
        everyMs: typesOf(args)?.every((type) => reportedTypes.has(type))
          ? restMs
          : facts.intervals.modelStatusMs,
      }),
      types: typesOf,
      matches: (args) => {
        const types = typesOf(args);
        const modelIds = args['modelIds'] as readonly string[] | null | undefined;
        return (entry) =>
          (types === null || types.includes(entry.type)) &&
          (!modelIds || modelIds.includes(fieldsOf(entry as Entry<ModelEventPayload>).modelId ?? ''));
      },
    }),
    subscribe: throughTheDoor<ModelEventPayload>,
    resolve: (entry) => entry,
  }),
);
