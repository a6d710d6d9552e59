import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { boolean, dateTime, exposedFields, float, id, nullable, of } from '../../graph/exposed-fields.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { producerEvent, type InputFieldBuilder } from '../../graph/producer-event.ts';
import { requireNotNegative, requirePast, requireRatio, requireWhole } from '../../graph/reported-values.ts';
import { within } from '../../graph/within.ts';
import { hostSampled } from '../host/events.ts';
import { SystemMetrics } from '../host/graph.ts';
import { Connections, newestConnections } from '../server/connections.graph.ts';
import { trainingActivityChanged, trainingActivityKey } from '../training/events.ts';
import { readCurrent, readDeployed } from './deployments.store.ts';
import {
  deploymentsKey,
  deploymentsSampled,
  modelEvents,
  pipelineLookedAt,
  type DeployedModel,
  type Deployments,
  type OperationalStatus,
  type PipelineLook,
} from './events.ts';

export const OperationalStatusType = describedEnum<OperationalStatus>(
  'OperationalStatus',
  'How a model in service does.',
  {
    ACTIVE: 'It serves. A model is, from its deployment on, until something else is reported.',
    TRAINING: 'It is being trained anew.',
    ERROR: 'It fails.',
    INACTIVE: 'It is out of service.',
  },
);

const DeployedModelType = builder.objectRef<DeployedModel>('DeployedModel').implement({
  description:
    'A model of the pipeline: put in service, or reported on as if it were. Null is what was not reported. Source: ' +
    '`modelDeployed`, `modelStatus` and `predictions`, put together in the table deployed_models.',
  fields: (t) =>
    exposedFields(t, {
      modelId: id('As its producer names it.'),
      modelName: nullable.string('For people; null before the first deployment.'),
      modelVersion: nullable.string('The version deployed last; null before the first deployment.'),
      operationalStatus: of(OperationalStatusType, 'As reported last.'),
      accuracy: nullable.float('0 to 1: of the deployment, or as reported since.'),
      healthScore: nullable.float('0 to 1; null until it is reported of the version in service.'),
      totalPredictions: float('Predictions ever reported, of all its versions; a whole number.'),
      predictionsPerMinute: nullable.float(
        'Predictions reported for the last 60 seconds; null until the first report ever.',
      ),
      meanResponseTimeMs: nullable.float(
        'Milliseconds, mean of all predictions ever for which a time was reported.',
      ),
      deployedAt: nullable.dateTime('When it was deployed last; null when that was not reported.'),
      lastPredictionAt: nullable.dateTime('When it predicted last, by whatever report says the latest.'),
      modelSizeBytes: nullable.float('Bytes of the version deployed last.'),
      isCurrent: boolean('Whether it was deployed last of all, whatever its status is now.'),
    }),
});

const firstMax = 1_000;

builder.queryField('deployedModels', (t) =>
  t.field({
    type: [DeployedModelType],
    requires: 'read',
    description:
      'The models of the pipeline: the current one first, then by time of deployment, those never deployed last. Source: ' +
      'the table deployed_models.',
    args: { first: t.arg.int({ description: `How many at most, 1 to ${firstMax}. Default: 100.` }) },
    resolve: async (_root, { first }, { db }) => {
      const limit = within('first', first, { max: firstMax, fallback: 100 });
      return readDeployed(db, { now: Date.now(), limit });
    },
  }),
);

builder.queryField('deployedModel', (t) =>
  t.field({
    type: DeployedModelType,
    nullable: true,
    requires: 'read',
    description: 'One model of the pipeline, or null when it is not known.',
    args: { id: t.arg.id({ required: true, description: 'The model.' }) },
    resolve: async (_root, args, { db }) =>
      (await readDeployed(db, { now: Date.now(), limit: 1, id: args.id }))[0],
  }),
);

builder.queryField('currentModel', (t) =>
  t.field({
    type: DeployedModelType,
    nullable: true,
    requires: 'read',
    description: 'The model deployed last, whatever its status is now; null before the first deployment.',
    resolve: async (_root, _args, { db }) => readCurrent(db, Date.now()),
  }),
);

function deploymentsOf({ journal }: GraphContext): Deployments | undefined {
  return journal.gauges.newest(deploymentsSampled, deploymentsKey)?.payload;
}

const PipelineStatus = builder.objectRef<PipelineLook>('PipelineStatus').implement({
  description:
    'A machine learning pipeline at a glance: the model in service, training, this host, who is connected.',
  fields: (t) => ({
    ...exposedFields(t, { sampledAt: dateTime('When all of it was looked at.') }),
    currentModel: t.field({
      type: DeployedModelType,
      nullable: true,
      description: 'The model deployed last; null before the first deployment.',
      resolve: (_look, _args, context) => deploymentsOf(context)?.current,
    }),
    modelAccuracy: t.float({
      nullable: true,
      description: 'Accuracy of the current model as reported last, 0 to 1.',
      resolve: (_look, _args, context) => deploymentsOf(context)?.current?.accuracy,
    }),
    predictionsPerMinute: t.float({
      nullable: true,
      description:
        'Predictions reported for the last 60 seconds, over all models; null until the first report ever.',
      resolve: (_look, _args, context) => deploymentsOf(context)?.predictionsPerMinute,
    }),
    totalPredictions: t.float({
      description: 'Predictions ever reported, over all models; a whole number.',
      resolve: (_look, _args, context) => deploymentsOf(context)?.totalPredictions ?? 0,
    }),
    activeTrainingRuns: t.int({
      description: 'Training runs that have neither completed nor failed.',
      resolve: (_look, _args, { journal }) =>
        journal.gauges.newest(trainingActivityChanged, trainingActivityKey)?.payload.running ?? 0,
    }),
    modelCount: t.int({
      description: 'Models of the pipeline, as `deployedModels` lists them.',
      resolve: (_look, _args, context) => deploymentsOf(context)?.modelCount ?? 0,
    }),
    system: t.field({
      type: SystemMetrics,
      nullable: true,
      description: 'This host; null while FEATURE_SYSTEM_MONITORING is off.',
      resolve: (_look, _args, { journal, serverInfo }) =>
        journal.gauges.newest(hostSampled, serverInfo.hostId)?.payload,
    }),
    connections: t.field({
      type: Connections,
      description: 'Who is connected to this instance.',
      resolve: (_look, _args, context) => newestConnections(context),
    }),
    uptimeSeconds: t.float({
      description: 'Seconds since this process started.',
      resolve: (look, _args, { serverInfo }) => Math.floor((look.sampledAt - serverInfo.startedAt) / 1_000),
    }),
  }),
});

gaugeSubscription('pipelineStatus', {
  type: PipelineStatus,
  topic: pipelineLookedAt,
  description: 'A machine learning pipeline at a glance, looked at again every `everyMs`.',
  keys: (_args, { serverInfo }) => [serverInfo.hostId],
  everyMs: { defaultMs: 5_000 },
  query: {
    description: 'A machine learning pipeline at a glance, looked at for this query.',
    maxAgeMs: 0,
    waitMs: 2_000,
    fallback: () => ({ sampledAt: Date.now() }),
  },
});

// What producers report of models in service.

const nameBounds = { chars: [1, 256] } as const;

const whichModel = (t: InputFieldBuilder) =>
  t.id({ required: true, bounds: nameBounds, description: 'The model, as its producer names it.' });

producerEvent('modelDeployed', {
  description: 'A version of a model was put in service.',
  inputDescription:
    'A version of a model was put in service; it is the current model then. What is left out is unknown.',
  topic: modelEvents,
  type: 'modelDeployed',
  fields: (t) => ({
    modelId: whichModel(t),
    modelName: t.string({ required: true, bounds: nameBounds, description: 'For people.' }),
    modelVersion: t.string({
      required: true,
      bounds: nameBounds,
      description: 'The version, as its producer numbers it.',
    }),
    modelAccuracy: t.float({ description: '0 to 1.' }),
    modelSizeBytes: t.float({ description: 'Whole bytes, not negative.' }),
  }),
  draft: (payload) => {
    requireRatio('modelAccuracy', payload.modelAccuracy);
    requireWhole('modelSizeBytes', payload.modelSizeBytes);
    return { key: payload.modelId, payload };
  },
});

producerEvent('modelStatus', {
  description: 'How a model in service does.',
  inputDescription: 'How a model in service does. What is left out stays as it was reported before.',
  topic: modelEvents,
  type: 'modelStatusReported',
  fields: (t) => ({
    modelId: whichModel(t),
    status: t.field({ type: OperationalStatusType, required: true, description: 'How it does.' }),
    healthScore: t.float({ description: '0 to 1.' }),
    lastPrediction: t.field({ type: 'DateTime', description: 'When it predicted last.' }),
    accuracy: t.float({ description: '0 to 1, as measured in service.' }),
  }),
  draft: ({ lastPrediction, ...report }) => {
    requirePast('lastPrediction', lastPrediction);
    requireRatio('healthScore', report.healthScore);
    requireRatio('accuracy', report.accuracy);
    return {
      key: report.modelId,
      payload: { ...report, lastPredictionAt: lastPrediction?.getTime() ?? null },
    };
  },
});

producerEvent('predictions', {
  description: 'Predictions that a model has made.',
  inputDescription: 'Predictions that a model has made since its producer reported last.',
  topic: modelEvents,
  type: 'predictionsReported',
  notes: { at: 'Rates go by it.' },
  fields: (t) => ({
    modelId: whichModel(t),
    count: t.int({ required: true, description: 'How many, 1 or more.' }),
    avgResponseTimeMs: t.float({ description: 'Their mean response time, milliseconds, not negative.' }),
  }),
  draft: (payload) => {
    requireWhole('count', payload.count, 1);
    requireNotNegative('avgResponseTimeMs', payload.avgResponseTimeMs);
    return { key: payload.modelId, payload };
  },
});
