import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import {
  boolean,
  dateTime,
  exposedFields,
  id,
  int,
  nullable,
  of,
  safeInt,
} from '../../graph/exposed-fields.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { producerEvent, type InputFieldBuilder } from '../../graph/producer-event.ts';
import { requireNotNegative, requirePast, requireRatio, requireWhole } from '../../graph/reported-values.ts';
import { keysetConnection } from '../../graph/keyset-connection.ts';
import { fromList, nodeType } from '../../graph/node.ts';
import { hostSampled } from '../host/events.ts';
import { SystemMetrics } from '../host/graph.ts';
import { Connections, newestConnections } from '../server/connections.graph.ts';
import { trainingActivityChanged, trainingActivityKey } from '../training/events.ts';
import { deployedModelList, readCurrent } from './deployments.store.ts';
import {
  deploymentsKey,
  deploymentsSampled,
  modelEvents,
  pipelineSampled,
  type DeployedModel,
  type Deployments,
  type OperationalStatus,
  type PipelineSample,
} from './events.ts';

export const OperationalStatusType = describedEnum<OperationalStatus>(
  'OperationalStatus',
  'The status of a deployed model.',
  {
    ACTIVE: 'The model serves predictions. This is also the status after a deployment.',
    TRAINING: 'The model is being retrained.',
    ERROR: 'The model fails to serve predictions.',
    INACTIVE: 'The model is out of service.',
  },
);

export const DeployedModelType = nodeType<DeployedModel>('DeployedModel', {
  description:
    'A model that was deployed, or for which a producer has reported a status or predictions. A field is null if no ' +
    'producer has reported its value. Source: the producer events `modelDeployed`, `modelStatus` and `predictions`, stored ' +
    'in the table deployed_models.',
  key: ({ modelId }) => modelId,
  load: fromList(deployedModelList, ({ model }) => model),
  fields: (t) =>
    exposedFields(t, {
      modelId: id('Identifier of the model, chosen by its producer.'),
      modelName: nullable.string('Display name. Null before the first deployment.'),
      modelVersion: nullable.string('Most recently deployed version. Null before the first deployment.'),
      operationalStatus: of(OperationalStatusType, 'Last reported status.'),
      accuracy: nullable.float('Last reported accuracy of the deployed version, 0 to 1.'),
      healthScore: nullable.float('Last reported health of the deployed version, 0 to 1.'),
      predictionCount: safeInt('Number of predictions of all versions so far.'),
      predictionsPerMinute: nullable.float(
        'Predictions in the last 60 seconds. Null before the first report.',
      ),
      avgResponseTimeMs: nullable.float('Mean of all predictions with a reported response time.'),
      deployedAt: nullable.dateTime('Time of the most recent deployment. Null before the first deployment.'),
      lastPredictionAt: nullable.dateTime('Latest reported time of a prediction.'),
      modelSizeBytes: nullable.safeInt('Size of the deployed version.'),
      isCurrent: boolean('Whether this is the most recently deployed model, whatever its status.'),
    }),
});

const DeployedModelFilterInput = builder.inputType('DeployedModelFilter', {
  description: 'Selects deployed models.',
  fields: (t) => ({
    operationalStatuses: t.field({
      type: [OperationalStatusType],
      description: 'Only models with one of these statuses.',
    }),
  }),
});

export const deployedModels = keysetConnection('deployedModels', {
  name: 'DeployedModel',
  type: DeployedModelType,
  list: deployedModelList,
  node: ({ model }) => model,
  description:
    'Returns deployed models, the most recently deployed first, models without a deployment last. Source: the table ' +
    'deployed_models.',
  followedBy: 'modelEvents',
  page: 'A page of deployed models.',
  edge: 'A deployed model and its cursor.',
  totalCount: 'Number of deployed models that match the filter.',
  filterInput: DeployedModelFilterInput,
  one: {
    field: 'deployedModel',
    description: 'Returns a deployed model, or null if it is unknown.',
    key: 'modelId',
    keyDescription: 'Identifier of the model, chosen by its producer.',
  },
});

builder.queryField('currentModel', (t) =>
  t.field({
    type: DeployedModelType,
    nullable: true,
    requires: 'read',
    description:
      'Returns the most recently deployed model, whatever its status. Null before the first deployment.',
    resolve: async (_root, _args, { db }) => readCurrent(db, Date.now()),
  }),
);

function deploymentsOf({ gauges }: Pick<GraphContext['journal'], 'gauges'>): Deployments | undefined {
  return gauges.newest(deploymentsSampled, deploymentsKey)?.payload;
}

/** What `pipelineStatus` shows besides other gauges, of their newest values. */
export function pipelineOf(journal: Pick<GraphContext['journal'], 'gauges'>): PipelineSample {
  const deployments = deploymentsOf(journal);
  const training = journal.gauges.newest(trainingActivityChanged, trainingActivityKey)?.payload;
  return {
    sampledAt: Date.now(),
    modelAccuracy: deployments?.current?.accuracy ?? null,
    modelCount: deployments?.modelCount ?? 0,
    predictionCount: deployments?.predictionCount ?? 0,
    predictionsPerMinute: deployments?.predictionsPerMinute ?? null,
    activeTrainingRunCount: training?.running ?? 0,
  };
}

const PipelineStatus = builder.objectRef<PipelineSample>('PipelineStatus').implement({
  description:
    'A summary of a machine learning pipeline: the deployed models, training, this host and its connections.',
  fields: (t) => ({
    ...exposedFields(t, {
      sampledAt: dateTime('Time of the sample of all values.'),
      modelAccuracy: nullable.float('Last reported accuracy of `currentModel`, 0 to 1.'),
      predictionsPerMinute: nullable.float(
        'Predictions of all models in the last 60 seconds. Null before the first report.',
      ),
      predictionCount: safeInt('Number of predictions of all models so far.'),
      activeTrainingRunCount: int('Number of training runs that have neither completed nor failed.'),
      modelCount: int('Number of models in `deployedModels`.'),
    }),
    currentModel: t.field({
      type: DeployedModelType,
      nullable: true,
      description: 'Most recently deployed model. Null before the first deployment.',
      resolve: (_sample, _args, { journal }) => deploymentsOf(journal)?.current,
    }),
    system: t.field({
      type: SystemMetrics,
      nullable: true,
      description: 'Metrics of this host. Null if FEATURE_SYSTEM_MONITORING is false.',
      resolve: (_sample, _args, { journal, serverInfo }) =>
        journal.gauges.newest(hostSampled, serverInfo.hostId)?.payload,
    }),
    connections: t.field({
      type: Connections,
      description: 'Connections of this instance.',
      resolve: (_sample, _args, context) => newestConnections(context),
    }),
    uptimeMs: t.float({
      description: 'Milliseconds since the start of this process.',
      resolve: (sample, _args, { serverInfo }) => sample.sampledAt - serverInfo.startedAt,
    }),
  }),
});

gaugeSubscription('pipelineStatus', {
  type: PipelineStatus,
  topic: pipelineSampled,
  description: 'A summary of a machine learning pipeline, sampled every `everyMs`.',
  keys: (_args, { serverInfo }) => [serverInfo.hostId],
  everyMs: { defaultMs: 5_000 },
  query: {
    description: 'Returns a summary of a machine learning pipeline, sampled for this query.',
    maxAgeMs: 0,
    waitMs: 2_000,
    fallback: ({ journal }) => pipelineOf(journal),
  },
});

const nameBounds = { chars: [1, 256] } as const;

const modelIdField = (t: InputFieldBuilder) =>
  t.id({
    required: true,
    bounds: nameBounds,
    description: 'Identifier of the model, chosen by the producer.',
  });

producerEvent('modelDeployed', {
  description: 'The deployment of a version of a model, which becomes the current model.',
  topic: modelEvents,
  fields: (t) => ({
    modelId: modelIdField(t),
    modelName: t.string({ required: true, bounds: nameBounds, description: 'Display name.' }),
    modelVersion: t.string({ required: true, bounds: nameBounds, description: 'The deployed version.' }),
    accuracy: t.float({ description: 'Accuracy measured before the deployment, 0 to 1.' }),
    modelSizeBytes: t.field({ type: 'SafeInt', description: 'Size of the deployed version, not negative.' }),
  }),
  draft: ({ accuracy, ...fields }) => {
    const payload = { ...fields, modelAccuracy: accuracy };
    requireRatio('accuracy', accuracy);
    requireWhole('modelSizeBytes', payload.modelSizeBytes);
    return { key: payload.modelId, payload };
  },
});

producerEvent('modelStatus', {
  description: 'The status of a deployed model.',
  inputDescription: 'The status of a deployed model. Omitted fields keep their last reported value.',
  topic: modelEvents,
  type: 'modelStatusReported',
  fields: (t) => ({
    modelId: modelIdField(t),
    operationalStatus: t.field({
      type: OperationalStatusType,
      required: true,
      description: 'Current status.',
    }),
    healthScore: t.float({ description: 'Health of the model, 0 to 1.' }),
    lastPredictionAt: t.field({ type: 'DateTime', description: 'Time of the last prediction.' }),
    accuracy: t.float({ description: 'Accuracy measured since the deployment, 0 to 1.' }),
  }),
  draft: ({ lastPredictionAt, operationalStatus: status, ...report }) => {
    requirePast('lastPredictionAt', lastPredictionAt);
    requireRatio('healthScore', report.healthScore);
    requireRatio('accuracy', report.accuracy);
    return {
      key: report.modelId,
      payload: { ...report, status, lastPredictionAt: lastPredictionAt?.getTime() ?? null },
    };
  },
});

producerEvent('predictions', {
  description: 'The predictions of a model since the previous report.',
  topic: modelEvents,
  type: 'predictionsReported',
  instant: { note: 'The server computes rates from it.' },
  fields: (t) => ({
    modelId: modelIdField(t),
    predictionCount: t.int({ required: true, description: 'Number of predictions, at least 1.' }),
    avgResponseTimeMs: t.float({ description: 'Mean response time of the predictions, not negative.' }),
  }),
  draft: ({ predictionCount: count, ...fields }) => {
    requireWhole('predictionCount', count, 1);
    requireNotNegative('avgResponseTimeMs', fields.avgResponseTimeMs);
    return { key: fields.modelId, payload: { ...fields, count } };
  },
});
