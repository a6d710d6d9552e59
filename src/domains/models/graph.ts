import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { dateTime, exposedFields, nullable, of, string } from '../../graph/exposed-fields.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { producerEvent } from '../../graph/producer-event.ts';
import { refuse, requireNotNegative } from '../../graph/reported-values.ts';
import {
  modelEvents,
  modelServerChanged,
  modelStatusChanged,
  reportedModelsMax,
  reportedModelStaleMs,
  serversAskedMinMs,
  type ModelReport,
  type ModelServerErrorCode,
  type ModelServerKind,
  type ModelServerStatus,
  type ModelState,
  type ModelStatus,
} from './events.ts';

const ModelStatusType = describedEnum<ModelState>('ModelStatus', 'Whether a model can be asked.', {
  LOADED: 'In memory.',
  LOADING: 'On its way into memory, as reported.',
  UNLOADED: 'Known to its server, not in memory.',
  ERROR: 'It was loaded and its server does not answer, or it was reported so.',
});

const Model = builder.objectRef<ModelStatus>('Model').implement({
  description:
    'An AI model. Source: its server’s own interface; measured values from there or from `modelReport`. MB are 2^20 bytes.',
  fields: (t) => ({
    id: t.exposeID('modelId', { description: '`<server>:<name>`, as `ollama:llama3`.' }),
    name: t.exposeString('modelName', { description: 'For people.' }),
    ...exposedFields(t, {
      server: string('The model server.'),
      status: of(ModelStatusType, 'Whether it can be asked.'),
      memoryUsageMb: nullable.float('Memory it takes.'),
      memoryTotalMb: nullable.float('Memory of the device that holds it.'),
      inferenceTimeMs: nullable.float('Milliseconds of the last inference that is known.'),
      tokensPerSecond: nullable.float('Tokens a second of the last inference that is known.'),
      activeSessions: nullable.int('Requests in work.'),
      updatedAt: dateTime('When it was looked at or reported last.'),
    }),
  }),
});

function refreshed({ journal }: GraphContext): Promise<void> {
  return journal.demand.refresh(modelStatusChanged.name, 2_000, 1_000);
}

builder.queryField('models', (t) =>
  t.field({
    type: [Model],
    requires: 'read',
    description: 'All models that are known, by id.',
    resolve: async (_root, _args, context) => {
      await refreshed(context);
      return context.journal.gauges
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
    resolve: async (_root, { id }, context) => {
      await refreshed(context);
      return context.journal.gauges.newest(modelStatusChanged, id)?.payload;
    },
  }),
);

gaugeSubscription('modelStatus', {
  type: Model,
  topic: modelStatusChanged,
  description:
    'Each model’s status, all of them at once first; a change of more than measured values comes at once.',
  args: (t) => ({
    modelIds: t.idList({
      bounds: { items: 1_000 },
      description: 'Which models; default all, also those that come to be known later.',
    }),
  }),
  keys: ({ modelIds }) => modelIds ?? null,
  everyMs: {
    defaultMs: 3_000,
    configured: 'modelStatusMs',
    between: 'rounds',
    note: `Model servers are asked at most every ${serversAskedMinMs} ms.`,
  },
  feature: 'FEATURE_AI_SYSTEM_PANEL',
});

const ModelServerKindType = describedEnum<ModelServerKind>('ModelServerKind', 'What a model server speaks.', {
  OLLAMA: 'Ollama.',
  OPENAI: 'Any OpenAI-compatible server.',
});

export const ModelServerError = describedEnum<ModelServerErrorCode>(
  'ModelServerError',
  'Why a model server could not be asked.',
  {
    CONNECTION_REFUSED: 'Nobody listens.',
    CONNECTION_TIMEOUT: 'No answer in time, no such name, or not reachable.',
    AUTHENTICATION_FAILED: 'It answered 401 or 403.',
    RATE_LIMITED: 'It answered 429.',
    INVALID_RESPONSE: 'It answered something else than it should.',
  },
);

const ModelServer = builder.objectRef<ModelServerStatus>('ModelServer').implement({
  description: 'A server of models that is probed. Source: OLLAMA_URL and MODEL_SERVERS.',
  fields: (t) => ({
    name: t.exposeString('server', { description: 'As configured; `ollama` for the one at OLLAMA_URL.' }),
    ...exposedFields(t, {
      url: string('Its address, without credentials.'),
      kind: of(ModelServerKindType, 'What it speaks.'),
      reachable: nullable.boolean('Whether the last probe succeeded; null before the first.'),
      errorCode: nullable.of(ModelServerError, 'Why not.'),
      errorMessage: nullable.string('Why not, in words.'),
      lastProbeAt: nullable.dateTime('When it was probed last.'),
      responseTimeMs: nullable.float('Milliseconds of the last probe that succeeded.'),
    }),
  }),
});

builder.queryField('modelServers', (t) =>
  t.field({
    type: [ModelServer],
    requires: 'read',
    description: 'The model servers that are configured, and how their last probe went.',
    resolve: async (_root, _args, context) => {
      await refreshed(context);
      return context.journal.gauges.all(modelServerChanged).map(({ payload }) => payload);
    },
  }),
);

const measured = [
  'memoryUsageMb',
  'memoryTotalMb',
  'inferenceTimeMs',
  'tokensPerSecond',
  'activeSessions',
] as const;

producerEvent('modelReport', {
  description: 'What a producer measured of a model.',
  inputDescription: 'What a producer measured of a model. What is left out stays as it was reported before.',
  topic: modelEvents,
  type: 'modelReported',
  at: 'When it was measured.',
  fields: (t) => ({
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
  draft: ({ modelId, ...values }, context) => {
    requireRoom(modelId, context);
    for (const name of measured) requireNotNegative(name, values[name]);
    const given = Object.entries(values).filter(([, value]) => value !== null && value !== '');
    const payload: ModelReport = { modelId, ...Object.fromEntries(given) };
    return { key: modelId, payload };
  },
});

/** New names in a batch of reports, so that a batch cannot exceed the bound either. */
const newInBatch = new WeakMap<GraphContext, Set<string>>();

/** Rejects a new model when the most models that may be known by reports were all reported within a day. */
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
