import { AppError } from '../../errors.ts';
import { builder } from '../../graph/builder.ts';
import { readCurrent, readDeployed } from './deployments.store.ts';
import type { DeployedModel } from './events.ts';

export const OperationalStatusType = builder.enumType('OperationalStatus', {
  description: 'How a model in service does.',
  values: {
    ACTIVE: {
      description: 'It serves. A model is, from its deployment on, until something else is reported.',
    },
    TRAINING: { description: 'It is being trained anew.' },
    ERROR: { description: 'It fails.' },
    INACTIVE: { description: 'It is out of service.' },
  } as const,
});

export const DeployedModelType = builder.objectRef<DeployedModel>('DeployedModel').implement({
  description:
    'A model of the pipeline: put in service, or reported on as if it were. Null is what was not reported. Source: ' +
    '`modelDeployed`, `modelStatus` and `predictions`, put together in the table deployed_models.',
  fields: (t) => ({
    modelId: t.exposeID('modelId', { description: 'As its producer names it.' }),
    modelName: t.exposeString('modelName', {
      nullable: true,
      description: 'For people; null before the first deployment.',
    }),
    modelVersion: t.exposeString('modelVersion', {
      nullable: true,
      description: 'The version deployed last; null before the first deployment.',
    }),
    operationalStatus: t.field({
      type: OperationalStatusType,
      description: 'As reported last.',
      resolve: ({ operationalStatus }) => operationalStatus,
    }),
    accuracy: t.exposeFloat('accuracy', {
      nullable: true,
      description: '0 to 1: of the deployment, or as reported since.',
    }),
    healthScore: t.exposeFloat('healthScore', {
      nullable: true,
      description: '0 to 1; null until it is reported of the version in service.',
    }),
    totalPredictions: t.exposeFloat('totalPredictions', {
      description: 'Predictions ever reported, of all its versions; a whole number.',
    }),
    predictionsPerMinute: t.exposeFloat('predictionsPerMinute', {
      nullable: true,
      description: 'Predictions reported for the last 60 seconds; null until the first report ever.',
    }),
    meanResponseTimeMs: t.exposeFloat('meanResponseTimeMs', {
      nullable: true,
      description: 'Milliseconds, mean of all predictions ever for which a time was reported.',
    }),
    deployedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was deployed last; null when that was not reported.',
      resolve: ({ deployedAt }) => (deployedAt === null ? null : new Date(deployedAt)),
    }),
    lastPredictionAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it predicted last, by whatever report says the latest.',
      resolve: ({ lastPredictionAt }) => (lastPredictionAt === null ? null : new Date(lastPredictionAt)),
    }),
    modelSizeBytes: t.exposeFloat('modelSizeBytes', {
      nullable: true,
      description: 'Bytes of the version deployed last.',
    }),
    isCurrent: t.exposeBoolean('isCurrent', {
      description: 'Whether it was deployed last of all, whatever its status is now.',
    }),
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
      const limit = first ?? 100;
      if (limit < 1 || limit > firstMax)
        throw new AppError('BAD_USER_INPUT', `first must lie between 1 and ${firstMax}.`, {
          details: { argument: 'first', minimum: 1, maximum: firstMax },
        });
      return [...(await readDeployed(db, { now: Date.now(), limit }))];
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
    resolve: async (_root, { id }, { db }) => (await readDeployed(db, { now: Date.now(), limit: 1, id }))[0],
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
