import { builder } from '../../graph/builder.ts';
import { Event, eventRef } from '../../graph/event.ts';
import { eventMember, refuse } from '../../graph/event-input.ts';
import { paceOf, stream, throughTheDoor } from '../../graph/stream.ts';
import type { Draft, Entry } from '../../journal/topic.ts';
import {
  modelEvents,
  modelServerChanged,
  modelStatusChanged,
  type ModelEventPayload,
  type ModelReport,
  type ModelServerStatus,
  type ModelStatus,
} from './events.ts';

const ModelStatusType = builder.enumType('ModelStatus', {
  description: 'Whether a model can be asked.',
  values: {
    LOADED: { description: 'In memory.' },
    LOADING: { description: 'On its way into memory, as reported.' },
    UNLOADED: { description: 'Known to its server, not in memory.' },
    ERROR: { description: 'It was loaded and its server does not answer, or it was reported so.' },
  } as const,
});

const Model = builder.objectRef<ModelStatus>('Model').implement({
  description:
    'An AI model. Source: its server’s own interface; measured values from there or from `modelReport`. MB are 2^20 bytes.',
  fields: (t) => ({
    id: t.exposeID('modelId', { description: '`<server>:<name>`, as `ollama:llama3`.' }),
    name: t.exposeString('modelName', { description: 'For people.' }),
    server: t.exposeString('server', { description: 'The model server.' }),
    status: t.field({
      type: ModelStatusType,
      description: 'Whether it can be asked.',
      resolve: ({ status }) => status,
    }),
    memoryUsageMb: t.exposeFloat('memoryUsageMb', { nullable: true, description: 'Memory it takes.' }),
    memoryTotalMb: t.exposeFloat('memoryTotalMb', {
      nullable: true,
      description: 'Memory of the device that holds it.',
    }),
    inferenceTimeMs: t.exposeFloat('inferenceTimeMs', {
      nullable: true,
      description: 'Milliseconds of the last inference that is known.',
    }),
    tokensPerSecond: t.exposeFloat('tokensPerSecond', {
      nullable: true,
      description: 'Tokens a second of the last inference that is known.',
    }),
    activeSessions: t.exposeInt('activeSessions', { nullable: true, description: 'Requests in work.' }),
    updatedAt: t.field({
      type: 'DateTime',
      description: 'When it was looked at or reported last.',
      resolve: ({ updatedAt }) => new Date(updatedAt),
    }),
  }),
});

const ModelServerKind = builder.enumType('ModelServerKind', {
  description: 'What a model server speaks.',
  values: {
    OLLAMA: { description: 'Ollama.' },
    OPENAI: { description: 'Any OpenAI-compatible server.' },
  } as const,
});

const ModelServerError = builder.enumType('ModelServerError', {
  description: 'Why a model server could not be asked.',
  values: {
    CONNECTION_REFUSED: { description: 'Nobody listens.' },
    CONNECTION_TIMEOUT: { description: 'No answer in time, no such name, or not reachable.' },
    AUTHENTICATION_FAILED: { description: 'It answered 401 or 403.' },
    RATE_LIMITED: { description: 'It answered 429.' },
    INVALID_RESPONSE: { description: 'It answered something else than it should.' },
  } as const,
});

const ModelServer = builder.objectRef<ModelServerStatus>('ModelServer').implement({
  description: 'A server of models that is probed. Source: OLLAMA_URL and MODEL_SERVERS.',
  fields: (t) => ({
    name: t.exposeString('server', { description: 'As configured; `ollama` for the one at OLLAMA_URL.' }),
    url: t.exposeString('url', { description: 'Its address, without credentials.' }),
    kind: t.field({ type: ModelServerKind, description: 'What it speaks.', resolve: ({ kind }) => kind }),
    reachable: t.exposeBoolean('reachable', {
      nullable: true,
      description: 'Whether the last probe succeeded; null before the first.',
    }),
    errorCode: t.field({
      type: ModelServerError,
      nullable: true,
      description: 'Why not.',
      resolve: ({ errorCode }) => errorCode,
    }),
    errorMessage: t.exposeString('errorMessage', { nullable: true, description: 'Why not, in words.' }),
    lastProbeAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was probed last.',
      resolve: ({ lastProbeAt }) => (lastProbeAt === null ? null : new Date(lastProbeAt)),
    }),
    responseTimeMs: t.exposeFloat('responseTimeMs', {
      nullable: true,
      description: 'Milliseconds of the last probe that succeeded.',
    }),
  }),
});

builder.queryField('models', (t) =>
  t.field({
    type: [Model],
    description: 'All models that are known, by id.',
    resolve: async (_root, _args, { journal }) => {
      await journal.demand.freshen(modelStatusChanged.name, 2_000, 1_000);
      return journal.gauges
        .all(modelStatusChanged)
        .map(({ payload }) => payload)
        .sort((a, b) => (a.modelId < b.modelId ? -1 : 1));
    },
  }),
);

builder.queryField('model', (t) =>
  t.field({
    type: Model,
    nullable: true,
    description: 'One model, or null when it is not known.',
    args: { id: t.arg.id({ required: true, description: '`<server>:<name>`.' }) },
    resolve: async (_root, { id }, { journal }) => {
      await journal.demand.freshen(modelStatusChanged.name, 2_000, 1_000);
      return journal.gauges.newest(modelStatusChanged, id)?.payload;
    },
  }),
);

builder.queryField('modelServers', (t) =>
  t.field({
    type: [ModelServer],
    description: 'The model servers that are configured, and how their last probe went.',
    resolve: async (_root, _args, { journal }) => {
      await journal.demand.freshen(modelStatusChanged.name, 2_000, 1_000);
      return journal.gauges.all(modelServerChanged).map(({ payload }) => payload);
    },
  }),
);

builder.subscriptionField('modelStatus', (t) =>
  t.field({
    type: Model,
    description:
      'LATEST. Each model’s status, all of them at once first; a change of more than measured values comes at once.',
    args: {
      modelIds: t.arg.idList({
        description: 'Which models; default all, also those that come to be known later.',
      }),
      everyMs: t.arg.int({
        description: 'Milliseconds between rounds, 100 to 3600000. Default: 3000, or as configured.',
      }),
    },
    extensions: stream({
      delivery: 'LATEST',
      feature: 'FEATURE_AI_SYSTEM_PANEL',
      topic: modelStatusChanged.name,
      keys: ({ modelIds }) => (modelIds as readonly string[] | null | undefined) ?? null,
      everyMs: (args, { facts }) => paceOf(args, facts.intervals.modelStatusMs),
    }),
    subscribe: throughTheDoor<ModelStatus>,
    resolve: (entry) => entry.payload,
  }),
);

const eventTypes = {
  MODEL_LOADED: 'modelLoaded',
  MODEL_UNLOADED: 'modelUnloaded',
  MODEL_REPORTED: 'modelReported',
  SERVER_UNREACHABLE: 'modelServerUnreachable',
  SERVER_RECOVERED: 'modelServerRecovered',
} as const;

type EventTypeName = keyof typeof eventTypes;

const typeNames = new Map<string, EventTypeName>(
  Object.entries(eventTypes).map(([name, type]) => [type, name as EventTypeName]),
);

const ModelEventType = builder.enumType('ModelEventType', {
  description: 'What can happen to models and their servers.',
  values: {
    MODEL_LOADED: { description: 'A model came into memory.' },
    MODEL_UNLOADED: { description: 'A model left memory.' },
    MODEL_REPORTED: { description: 'A producer reported on a model.' },
    SERVER_UNREACHABLE: { description: 'A model server stopped answering.' },
    SERVER_RECOVERED: { description: 'A model server answers again.' },
  } as const,
});

const ModelEvent = eventRef('ModelEvent', modelEvents, { kind: 'MODEL' });

/** What the payloads of the several types have; a type that has not got it leaves it out. */
interface AnyFields {
  readonly modelId?: string;
  readonly server?: string;
  readonly errorCode?: ModelServerStatus['errorCode'];
  readonly errorMessage?: string | null;
}

function fieldsOf({ payload }: Entry<ModelEventPayload>): AnyFields {
  return payload;
}

builder.objectType(ModelEvent, {
  description: 'Something that happened to a model or to a model server.',
  interfaces: [Event],
  fields: (t) => ({
    type: t.field({
      type: ModelEventType,
      description: 'What happened.',
      resolve: ({ type }) => typeNames.get(type) ?? 'MODEL_REPORTED',
    }),
    modelId: t.id({
      nullable: true,
      description: 'The model; null for events of a server.',
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
  }),
});

function typesOf(args: Readonly<Record<string, unknown>>): readonly string[] | null {
  const names = args['types'] as readonly EventTypeName[] | null | undefined;
  return names?.map((name) => eventTypes[name]) ?? null;
}

builder.subscriptionField('modelEvents', (t) =>
  t.field({
    type: ModelEvent,
    description: 'EVERY. What happens to models and their servers, after the cursor `after` or from now on.',
    args: {
      modelIds: t.arg.idList({ description: 'Only of these models; default all, and the servers too.' }),
      types: t.arg({ type: [ModelEventType], description: 'Only of these types; default all.' }),
      after: t.arg({
        type: 'Cursor',
        description: 'Go on behind this cursor; `earliest`: from the oldest event kept.',
      }),
    },
    extensions: stream({
      delivery: 'EVERY',
      topics: [modelEvents.name],
      // servers change state while nobody looks, unless somebody is known to wait for it
      watches: (_args, { facts }) => ({
        topic: modelStatusChanged.name,
        everyMs: facts.intervals.modelStatusMs,
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

const ModelReportInput = builder.inputType('ModelReportInput', {
  description: 'What a producer measured of a model. What is left out stays as it was reported before.',
  fields: (t) => ({
    id: t.id({ description: 'Idempotency key: a second event with it is accepted and not stored again.' }),
    at: t.field({ type: 'DateTime', description: 'When it was measured. Default: now.' }),
    modelId: t.id({ required: true, description: '`<server>:<name>`, 1 to 256 characters.' }),
    modelName: t.string({ description: 'For people.' }),
    status: t.field({
      type: ModelStatusType,
      description: 'Counts for models that no configured server knows.',
    }),
    memoryUsageMb: t.float({ description: 'MB of 2^20 bytes, not negative.' }),
    memoryTotalMb: t.float({ description: 'MB of 2^20 bytes, not negative.' }),
    inferenceTimeMs: t.float({ description: 'Milliseconds, not negative.' }),
    tokensPerSecond: t.float({ description: 'Not negative.' }),
    activeSessions: t.int({ description: 'Not negative.' }),
  }),
});

const measured = [
  'memoryUsageMb',
  'memoryTotalMb',
  'inferenceTimeMs',
  'tokensPerSecond',
  'activeSessions',
] as const;

eventMember({
  name: 'modelReport',
  input: ModelReportInput,
  description: 'What a producer measured of a model.',
  draft: (fields, common): Draft<ModelEventPayload> => {
    const { modelId } = fields;
    if (modelId.length < 1 || modelId.length > 256) refuse('modelId', '1 to 256 characters');
    for (const name of measured) if ((fields[name] ?? 0) < 0) refuse(name, 'zero or more');
    const report: ModelReport = {
      modelId,
      ...(fields.modelName ? { modelName: fields.modelName } : {}),
      ...(fields.status ? { status: fields.status } : {}),
      ...Object.fromEntries(
        measured.flatMap((name) => (typeof fields[name] === 'number' ? [[name, fields[name]]] : [])),
      ),
    };
    return { topic: modelEvents, key: modelId, type: eventTypes.MODEL_REPORTED, ...common, payload: report };
  },
});
