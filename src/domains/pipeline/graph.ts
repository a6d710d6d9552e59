import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { everyMsDescription, paceOf, stream, throughTheDoor } from '../../graph/stream.ts';
import { censusTaken } from '../connections/events.ts';
import { Connections, emptyCensus } from '../connections/graph.ts';
import { hostSampled } from '../host/events.ts';
import { SystemMetrics } from '../host/graph.ts';
import { deploymentsKey, deploymentsSampled, type Deployments } from '../models/events.ts';
import { DeployedModelType } from '../models/deployments.graph.ts';
import { trainingActivityChanged, trainingActivityKey } from '../training/events.ts';
import { pipelineLookedAt, type PipelineLook } from './events.ts';

function deploymentsOf({ journal }: GraphContext): Deployments | undefined {
  return journal.gauges.newest(deploymentsSampled, deploymentsKey)?.payload;
}

const PipelineStatus = builder.objectRef<PipelineLook>('PipelineStatus').implement({
  description:
    'A machine learning pipeline at a glance: the model in service, training, this host, who is connected.',
  fields: (t) => ({
    sampledAt: t.expose('sampledAt', { type: 'DateTime', description: 'When all of it was looked at.' }),
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
      resolve: (_look, _args, { journal, facts }) =>
        journal.gauges.newest(hostSampled, facts.hostId)?.payload,
    }),
    connections: t.field({
      type: Connections,
      description: 'Who is connected to this instance.',
      resolve: (_look, _args, { journal, facts }) =>
        journal.gauges.newest(censusTaken, facts.hostId)?.payload ?? emptyCensus(),
    }),
    uptimeSeconds: t.float({
      description: 'Seconds since this process started.',
      resolve: (look, _args, { facts }) => Math.floor((look.sampledAt - facts.startedAt) / 1_000),
    }),
  }),
});

builder.queryField('pipelineStatus', (t) =>
  t.field({
    type: PipelineStatus,
    requires: 'read',
    description: 'A machine learning pipeline at a glance, looked at for this query.',
    resolve: async (_root, _args, { journal, facts }) => {
      await journal.demand.freshen(pipelineLookedAt.name, 0, 2_000);
      const look = journal.gauges.newest(pipelineLookedAt, facts.hostId)?.payload;
      return look ?? { sampledAt: Date.now() };
    },
  }),
);

const everyMsDefault = 5_000;

builder.subscriptionField('pipelineStatus', (t) =>
  t.field({
    type: PipelineStatus,
    requires: 'read',
    description:
      'LATEST, not again while it stays the same. A machine learning pipeline at a glance, looked at again every `everyMs`.',
    args: {
      everyMs: t.arg.int({ description: everyMsDescription({ defaultMs: 5_000 }) }),
    },
    extensions: stream({
      delivery: 'LATEST',
      topic: pipelineLookedAt.name,
      keys: (_args, { facts }) => [facts.hostId],
      everyMs: (args) => paceOf(args, everyMsDefault),
    }),
    subscribe: throughTheDoor<PipelineLook>,
    resolve: (entry) => entry.payload,
  }),
);
