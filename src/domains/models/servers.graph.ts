import { builder } from '../../graph/builder.ts';
import { modelServerChanged, modelStatusChanged, type ModelServerStatus } from './events.ts';

const ModelServerKind = builder.enumType('ModelServerKind', {
  description: 'What a model server speaks.',
  values: {
    OLLAMA: { description: 'Ollama.' },
    OPENAI: { description: 'Any OpenAI-compatible server.' },
  } as const,
});

export const ModelServerError = builder.enumType('ModelServerError', {
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

builder.queryField('modelServers', (t) =>
  t.field({
    type: [ModelServer],
    requires: 'read',
    description: 'The model servers that are configured, and how their last probe went.',
    resolve: async (_root, _args, { journal }) => {
      await journal.demand.refresh(modelStatusChanged.name, 2_000, 1_000);
      return journal.gauges.all(modelServerChanged).map(({ payload }) => payload);
    },
  }),
);
