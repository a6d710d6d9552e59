import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { gaugeSubscription } from '../../graph/gauge-subscription.ts';
import { hostSampled } from '../host/events.ts';
import { SystemMetrics } from '../host/graph.ts';
import { Connections, emptyCensus } from '../server/connections.graph.ts';
import { censusTaken } from '../server/events.ts';
import { trainingActivityChanged, trainingActivityKey } from '../training/events.ts';
import { DeployedModelType } from './deployments.graph.ts';
import {
  deploymentsKey,
  deploymentsSampled,
  pipelineLookedAt,
  type Deployments,
  type PipelineLook,
} from './events.ts';

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

gaugeSubscription('pipelineStatus', {
  type: PipelineStatus,
  topic: pipelineLookedAt,
  description: 'A machine learning pipeline at a glance, looked at again every `everyMs`.',
  keys: (_args, { facts }) => [facts.hostId],
  everyMs: { defaultMs: 5_000 },
  query: {
    description: 'A machine learning pipeline at a glance, looked at for this query.',
    maxAgeMs: 0,
    waitMs: 2_000,
    fallback: () => ({ sampledAt: Date.now() }),
  },
});
