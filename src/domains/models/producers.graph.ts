import { builder } from '../../graph/builder.ts';
import { eventMember } from '../../graph/event-input.ts';
import { requireNotNegative, requirePast, requireRatio, requireWhole } from '../../graph/reported-values.ts';
import type { Draft } from '../../journal/topic.ts';
import { OperationalStatusType } from './deployments.graph.ts';
import {
  modelEvents,
  type ModelDeployment,
  type ModelEventPayload,
  type OperationalReport,
  type PredictionsReport,
} from './events.ts';

/** What producers report of models in service. */

const nameBounds = { chars: [1, 256] } as const;

const idempotency = 'Idempotency key: a second event with it is accepted and not stored again.';
const when = 'When it happened. Default: now.';
const whichModel = 'The model, as its producer names it.';

const ModelDeployedInput = builder.inputType('ModelDeployedInput', {
  description:
    'A version of a model was put in service; it is the current model then. What is left out is unknown.',
  fields: (t) => ({
    id: t.id({ description: idempotency }),
    at: t.field({ type: 'DateTime', description: when }),
    modelId: t.id({ required: true, bounds: nameBounds, description: whichModel }),
    modelName: t.string({ required: true, bounds: nameBounds, description: 'For people.' }),
    modelVersion: t.string({
      required: true,
      bounds: nameBounds,
      description: 'The version, as its producer numbers it.',
    }),
    modelAccuracy: t.float({ description: '0 to 1.' }),
    modelSizeBytes: t.float({ description: 'Whole bytes, not negative.' }),
  }),
});

eventMember({
  name: 'modelDeployed',
  input: ModelDeployedInput,
  description: 'A version of a model was put in service.',
  draft: (fields, common): Draft<ModelEventPayload> => {
    requireRatio('modelAccuracy', fields.modelAccuracy);
    requireWhole('modelSizeBytes', fields.modelSizeBytes);
    return {
      topic: modelEvents,
      key: fields.modelId,
      type: 'modelDeployed',
      ...common,
      payload: {
        modelId: fields.modelId,
        modelName: fields.modelName,
        modelVersion: fields.modelVersion,
        modelAccuracy: fields.modelAccuracy ?? null,
        modelSizeBytes: fields.modelSizeBytes ?? null,
      } satisfies ModelDeployment,
    };
  },
});

const ModelStatusInput = builder.inputType('ModelStatusInput', {
  description: 'How a model in service does. What is left out stays as it was reported before.',
  fields: (t) => ({
    id: t.id({ description: idempotency }),
    at: t.field({ type: 'DateTime', description: when }),
    modelId: t.id({ required: true, bounds: nameBounds, description: whichModel }),
    status: t.field({ type: OperationalStatusType, required: true, description: 'How it does.' }),
    healthScore: t.float({ description: '0 to 1.' }),
    lastPrediction: t.field({ type: 'DateTime', description: 'When it predicted last.' }),
    accuracy: t.float({ description: '0 to 1, as measured in service.' }),
  }),
});

eventMember({
  name: 'modelStatus',
  input: ModelStatusInput,
  description: 'How a model in service does.',
  draft: (fields, common): Draft<ModelEventPayload> => {
    requirePast('lastPrediction', fields.lastPrediction);
    requireRatio('healthScore', fields.healthScore);
    requireRatio('accuracy', fields.accuracy);
    return {
      topic: modelEvents,
      key: fields.modelId,
      type: 'modelStatusReported',
      ...common,
      payload: {
        modelId: fields.modelId,
        status: fields.status,
        healthScore: fields.healthScore ?? null,
        lastPredictionAt: fields.lastPrediction?.getTime() ?? null,
        accuracy: fields.accuracy ?? null,
      } satisfies OperationalReport,
    };
  },
});

const PredictionsInput = builder.inputType('PredictionsInput', {
  description: 'Predictions that a model has made since its producer reported last.',
  fields: (t) => ({
    id: t.id({ description: idempotency }),
    at: t.field({ type: 'DateTime', description: `${when} Rates go by it.` }),
    modelId: t.id({ required: true, bounds: nameBounds, description: whichModel }),
    count: t.int({ required: true, description: 'How many, 1 or more.' }),
    avgResponseTimeMs: t.float({ description: 'Their mean response time, milliseconds, not negative.' }),
  }),
});

eventMember({
  name: 'predictions',
  input: PredictionsInput,
  description: 'Predictions that a model has made.',
  draft: (fields, common): Draft<ModelEventPayload> => {
    requireWhole('count', fields.count, 1);
    requireNotNegative('avgResponseTimeMs', fields.avgResponseTimeMs);
    return {
      topic: modelEvents,
      key: fields.modelId,
      type: 'predictionsReported',
      ...common,
      payload: {
        modelId: fields.modelId,
        count: fields.count,
        avgResponseTimeMs: fields.avgResponseTimeMs ?? null,
      } satisfies PredictionsReport,
    };
  },
});
