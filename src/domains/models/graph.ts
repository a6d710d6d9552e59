import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { dateTime, exposedFields, nullable, of, string } from '../../graph/exposed-fields.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { producerEvent } from '../../graph/producer-event.ts';
import { rejectField, requireNotNegative } from '../../graph/reported-values.ts';
import { fromGauge, nodeType } from '../../graph/node.ts';
import {
  modelEvents,
  modelServerChanged,
  modelStatusChanged,
  probeIntervalMinMs,
  reportedModelsMax,
  reportedModelStaleMs,
  type ModelReport,
  type ModelServerErrorCode,
  type ModelServerKind,
  type ModelServerStatus,
  type ModelState,
  type ModelStatus,
} from './events.ts';

const ModelStatusType = describedEnum<ModelState>('ModelStatus', 'Whether a model is ready for requests.', {
  LOADED: 'The model is in memory.',
  LOADING: 'The model is being loaded into memory.',
  UNLOADED: 'The server has the model, but not in memory.',
  ERROR: 'The model was loaded when its server stopped responding, or a producer reported an error.',
});

export const Model = nodeType<ModelStatus>('Model', {
  description:
    'An AI model. Measurements are null if they are unknown. Source: the API of its model server, and ' +
    'the producer event `modelReport` for values that the server does not provide.',
  key: ({ modelId }) => modelId,
  load: async (keys, context) => {
    await refreshModels(context);
    return fromGauge(modelStatusChanged)(keys, context);
  },
  fields: (t) => ({
    modelId: t.exposeID('modelId', { description: 'Identifier `<server>:<name>`, such as `ollama:llama3`.' }),
    name: t.exposeString('modelName', { description: 'Display name.' }),
    serverName: t.exposeString('server', {
      description: 'Name of the model server: the part of `modelId` before the colon, or an empty text.',
    }),
    ...exposedFields(t, {
      status: of(ModelStatusType, 'Whether the model is ready for requests.'),
      memoryUsedBytes: nullable.safeInt('RAM and GPU memory that the loaded model occupies, in bytes.'),
      memoryTotalBytes: nullable.safeInt('Total memory of the GPU or host that holds the model, in bytes.'),
      inferenceTimeMs: nullable.float('Mean duration of recent inferences.'),
      tokensPerSecond: nullable.float('Generation speed while the model last generated.'),
      activeSessionCount: nullable.int('Number of requests in progress.'),
      updatedAt: dateTime('Time of the last probe of the server or of the last report, whichever is later.'),
    }),
  }),
});

function refreshModels({ journal }: GraphContext): Promise<void> {
  return journal.demand.refresh(modelStatusChanged.name, 2_000, 1_000);
}

/** All known models, ordered by id. */
export async function currentModels(context: GraphContext): Promise<readonly ModelStatus[]> {
  await refreshModels(context);
  return context.journal.gauges
    .all(modelStatusChanged)
    .map(({ payload }) => payload)
    .sort((a, b) => (a.modelId < b.modelId ? -1 : 1));
}

builder.queryField('models', (t) =>
  t.field({
    type: [Model],
    requires: 'read',
    description: 'Returns all known models, ordered by id.',
    resolve: async (_root, _args, context) => [...(await currentModels(context))],
  }),
);

builder.queryField('model', (t) =>
  t.field({
    type: Model,
    nullable: true,
    requires: 'read',
    description: 'Returns a model, or null if it is unknown.',
    args: { modelId: t.arg.id({ required: true, description: 'Identifier `<server>:<name>`.' }) },
    resolve: async (_root, { modelId }, context) => {
      await refreshModels(context);
      return context.journal.gauges.newest(modelStatusChanged, modelId)?.payload;
    },
  }),
);

gaugeSubscription('modelStatus', {
  type: Model,
  topic: modelStatusChanged,
  description:
    'The status of each model, first of all models. A change of more than measurements is sent immediately.',
  args: (t) => ({
    modelIds: t.idList({
      bounds: { items: 1_000 },
      description: 'Sends only these models. Default: all models, including those that become known later.',
    }),
  }),
  keys: ({ modelIds }) => modelIds ?? null,
  everyMs: {
    defaultMs: 3_000,
    configured: 'modelStatusMs',
    between: 'rounds',
    note: `Model servers are probed at most every ${probeIntervalMinMs} ms.`,
  },
  feature: 'FEATURE_AI_SYSTEM_PANEL',
});

const ModelServerKindType = describedEnum<ModelServerKind>('ModelServerKind', 'The API of a model server.', {
  OLLAMA: 'The API of Ollama.',
  OPENAI: 'An OpenAI-compatible API.',
});

export const ModelServerError = describedEnum<ModelServerErrorCode>(
  'ModelServerError',
  'Why the probe of a model server failed.',
  {
    CONNECTION_REFUSED: 'The host refused the connection.',
    CONNECTION_TIMEOUT: 'No response in time, the host name is unknown, or the host is unreachable.',
    AUTHENTICATION_FAILED: 'The server responded with status 401 or 403.',
    RATE_LIMITED: 'The server responded with status 429.',
    INVALID_RESPONSE: 'The server responded with another error or with unexpected content.',
  },
);

export const ModelServer = nodeType<ModelServerStatus>('ModelServer', {
  description: 'A model server and its last probe. Source: the settings OLLAMA_URL and MODEL_SERVERS.',
  key: ({ server }) => server,
  load: async (keys, context) => {
    await refreshModels(context);
    return fromGauge(modelServerChanged)(keys, context);
  },
  fields: (t) => ({
    name: t.exposeString('server', {
      description: 'Configured name; `ollama` for the server at OLLAMA_URL.',
    }),
    ...exposedFields(t, {
      url: string('Address, without credentials and query.'),
      kind: of(ModelServerKindType, 'API of the server.'),
      reachable: nullable.boolean('Whether the last probe succeeded. Null before the first probe.'),
      errorCode: nullable.of(ModelServerError, 'Why the last probe failed. Null unless it failed.'),
      errorMessage: nullable.string('Message about why the last probe failed. Null unless it failed.'),
      lastProbeAt: nullable.dateTime('Time of the last probe. Null before the first probe.'),
      responseTimeMs: nullable.float('Duration of the last successful probe. Null before the first.'),
    }),
  }),
});

builder.queryField('modelServers', (t) =>
  t.field({
    type: [ModelServer],
    requires: 'read',
    description: 'Returns the configured model servers, each with its last probe.',
    resolve: async (_root, _args, context) => {
      await refreshModels(context);
      return context.journal.gauges.all(modelServerChanged).map(({ payload }) => payload);
    },
  }),
);

const measurements = [
  'memoryUsedBytes',
  'memoryTotalBytes',
  'inferenceTimeMs',
  'tokensPerSecond',
  'activeSessionCount',
] as const;

producerEvent('modelReport', {
  description: 'Measurements of a model.',
  inputDescription: 'Measurements of a model. Omitted fields keep their last reported value.',
  topic: modelEvents,
  type: 'modelReported',
  instant: { description: 'Time of the measurement.' },
  fields: (t) => ({
    modelId: t.id({
      required: true,
      bounds: { chars: [1, 256] },
      description: `Identifier \`<server>:<name>\`. At most ${reportedModelsMax} reported models are retained. A model without reports for a day is replaced when the limit is reached.`,
    }),
    modelName: t.string({ bounds: { chars: 256 }, description: 'Display name.' }),
    status: t.field({
      type: ModelStatusType,
      description: 'Ignored while a configured server reports the model.',
    }),
    memoryUsedBytes: t.field({
      type: 'SafeInt',
      description: 'Memory used by the model, in bytes, not negative.',
    }),
    memoryTotalBytes: t.field({
      type: 'SafeInt',
      description: 'Memory of its GPU or host, in bytes, not negative.',
    }),
    inferenceTimeMs: t.float({ description: 'Mean duration of inferences, not negative.' }),
    tokensPerSecond: t.float({ description: 'Generation speed, not negative.' }),
    activeSessionCount: t.int({ description: 'Number of requests in progress, not negative.' }),
  }),
  draft: ({ modelId, ...values }, context) => {
    requireCapacity(modelId, context);
    for (const name of measurements) requireNotNegative(name, values[name]);
    const given = Object.entries(values).filter(([, value]) => value !== null && value !== '');
    const payload: ModelReport = { modelId, ...Object.fromEntries(given) };
    return { key: modelId, payload };
  },
});

/** New models in the batch of a request. They count toward the limit, although they are not stored yet. */
const newInBatch = new WeakMap<GraphContext, Set<string>>();

/** Rejects a new model if the maximum number of models was reported within the last day. */
function requireCapacity(modelId: string, context: GraphContext): void {
  const { gauges } = context.journal;
  const isReported = (gauges.newest(modelStatusChanged, modelId)?.payload.lastReportedAt ?? null) !== null;
  const added = newInBatch.get(context) ?? new Set();
  if (isReported || added.has(modelId)) return;
  const staleBefore = Date.now() - reportedModelStaleMs;
  const recent = gauges
    .all(modelStatusChanged)
    .filter(({ payload }) => (payload.lastReportedAt ?? 0) > staleBefore).length;
  if (recent + added.size >= reportedModelsMax)
    rejectField('modelId', `one of the ${reportedModelsMax} models that were reported within the last day`);
  newInBatch.set(context, added.add(modelId));
}
