import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { eventMember, refuse } from '../../graph/event-input.ts';
import { everyMsDescription, paceOf, stream, throughTheDoor } from '../../graph/stream.ts';
import type { Draft } from '../../journal/topic.ts';
import './deployments.graph.ts';
import './events.graph.ts';
import './producers.graph.ts';
import './servers.graph.ts';
import {
  modelEvents,
  modelStatusChanged,
  reportedModelsMax,
  reportedModelStaleMs,
  type ModelEventPayload,
  type ModelReport,
  type ModelStatus,
  serversAskedMinMs,
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

builder.queryField('models', (t) =>
  t.field({
    type: [Model],
    requires: 'read',
    description: 'All models that are known, by id.',
    resolve: async (_root, _args, { journal }) => {
      await journal.demand.refresh(modelStatusChanged.name, 2_000, 1_000);
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
    requires: 'read',
    description: 'One model, or null when it is not known.',
    args: { id: t.arg.id({ required: true, description: '`<server>:<name>`.' }) },
    resolve: async (_root, { id }, { journal }) => {
      await journal.demand.refresh(modelStatusChanged.name, 2_000, 1_000);
      return journal.gauges.newest(modelStatusChanged, id)?.payload;
    },
  }),
);

builder.subscriptionField('modelStatus', (t) =>
  t.field({
    type: Model,
    requires: 'read',
    description:
      'LATEST, not again while it stays the same. Each model’s status, all of them at once first; a change of more than measured values comes at once.',
    args: {
      modelIds: t.arg.idList({
        bounds: { items: 1_000 },
        description: 'Which models; default all, also those that come to be known later.',
      }),
      everyMs: t.arg.int({
        description:
          everyMsDescription({ defaultMs: 3_000, configured: true, between: 'rounds' }) +
          ` Model servers are asked at most every ${serversAskedMinMs} ms.`,
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

const ModelReportInput = builder.inputType('ModelReportInput', {
  description: 'What a producer measured of a model. What is left out stays as it was reported before.',
  fields: (t) => ({
    id: t.id({ description: 'Idempotency key: a second event with it is accepted and not stored again.' }),
    at: t.field({ type: 'DateTime', description: 'When it was measured. Default: now.' }),
    modelId: t.id({
      required: true,
      bounds: { chars: [1, 256] },
      description: `\`<server>:<name>\`. At most ${reportedModelsMax} models are kept; one that was not reported for a day makes room for another.`,
    }),
    modelName: t.string({ bounds: { chars: 256 }, description: 'For people.' }),
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
  draft: (fields, common, context): Draft<ModelEventPayload> => {
    const { modelId } = fields;
    requireRoom(modelId, context);
    for (const name of measured) if ((fields[name] ?? 0) < 0) refuse(name, 'zero or more');
    const report: ModelReport = {
      modelId,
      ...(fields.modelName ? { modelName: fields.modelName } : {}),
      ...(fields.status ? { status: fields.status } : {}),
      ...Object.fromEntries(
        measured.flatMap((name) => (typeof fields[name] === 'number' ? [[name, fields[name]]] : [])),
      ),
    };
    return { topic: modelEvents, key: modelId, type: 'modelReported', ...common, payload: report };
  },
});

/** Names that a batch has reported first, so that a batch cannot go beyond the bound either. */
const newInBatch = new WeakMap<GraphContext, Set<string>>();

/** Refuses a model that is not known yet when as many are known by reports as may be, and none of them is stale. */
function requireRoom(modelId: string, context: GraphContext): void {
  const { gauges } = context.journal;
  const isReported = (gauges.newest(modelStatusChanged, modelId)?.payload.lastReportedAt ?? null) !== null;
  const fresh = newInBatch.get(context) ?? new Set();
  if (isReported || fresh.has(modelId)) return;
  const staleBefore = Date.now() - reportedModelStaleMs;
  const kept = gauges
    .all(modelStatusChanged)
    .filter(({ payload }) => (payload.lastReportedAt ?? 0) > staleBefore).length;
  if (kept + fresh.size >= reportedModelsMax)
    refuse(
      'modelId',
      `one of the ${reportedModelsMax} models that were reported within a day, as no more are kept`,
    );
  newInBatch.set(context, fresh.add(modelId));
}
