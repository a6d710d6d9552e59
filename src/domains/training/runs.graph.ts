import { resolveCursorConnection, type ResolveCursorConnectionArgs } from '@pothos/plugin-relay';
import { builder } from '../../graph/builder.ts';
import { parsePlace, placeText } from '../../graph/place.ts';
import { selects } from '../../graph/selects.ts';
import type { TrainingCompletion, TrainingFailure } from './events.ts';
import { stageInWords } from './run.ts';
import { TrainingStageType } from './stage.graph.ts';
import { countRuns, readRunPage, readRuns, type TrainingRunsTable } from './store.ts';

const TrainingStatus = builder.enumType('TrainingStatus', {
  description: 'Whether a training run goes on.',
  values: {
    RUNNING: { description: 'No end was reported.' },
    COMPLETED: { description: 'It ended well.' },
    FAILED: { description: 'It ended badly.' },
  } as const,
});

function completionOf({ state, ending }: TrainingRunsTable): TrainingCompletion | null {
  return state === 'COMPLETED' ? (ending as TrainingCompletion) : null;
}

function failureOf({ state, ending }: TrainingRunsTable): TrainingFailure | null {
  return state === 'FAILED' ? (ending as TrainingFailure) : null;
}

function progressOf(run: TrainingRunsTable): number | null {
  if (run.state === 'COMPLETED') return 100;
  return failureOf(run)?.progressWhenFailed ?? run.progress?.progress ?? null;
}

const TrainingRun = builder.objectRef<TrainingRunsTable>('TrainingRun').implement({
  description:
    'A training run as its trainer reports it: the newest of what was said. Null is what was not. An ended run is not ' +
    'opened again by progress that is reported late. Source: the table training_runs.',
  fields: (t) => ({
    id: t.exposeID('run_id', { description: 'As its trainer names it.' }),
    modelId: t.exposeID('model_id', { nullable: true, description: 'The model that is trained.' }),
    status: t.field({
      type: TrainingStatus,
      description: 'Whether it goes on.',
      resolve: ({ state }) => state,
    }),
    startedAt: t.field({
      type: 'DateTime',
      description: 'Time of the first report.',
      resolve: (run) => run.started_at,
    }),
    updatedAt: t.field({
      type: 'DateTime',
      description: 'Time of the newest report.',
      resolve: (run) => run.updated_at,
    }),
    endedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Time of the report of its end; null while it goes on.',
      resolve: (run) => run.ended_at,
    }),
    progress: t.float({
      nullable: true,
      description: 'Percent, 0 to 100: 100 once it is completed, where it stood once it has failed.',
      resolve: progressOf,
    }),
    stage: t.field({
      type: TrainingStageType,
      nullable: true,
      description: 'Where it is, or where it failed.',
      resolve: (run) => failureOf(run)?.stageFailed ?? run.progress?.stage,
    }),
    currentStage: t.string({
      nullable: true,
      description: 'The stage reported last in words: the trainer’s, else its name.',
      resolve: ({ progress }) => (progress === null ? null : stageInWords(progress)),
    }),
    estimatedTimeRemainingSeconds: t.float({
      nullable: true,
      description: 'Seconds, as estimated in the newest report; null once it has ended.',
      resolve: ({ state, progress }) =>
        state === 'RUNNING' ? progress?.estimatedTimeRemainingSeconds : null,
    }),
    currentEpoch: t.float({
      nullable: true,
      description: 'The epoch reported last.',
      resolve: ({ progress }) => progress?.currentEpoch,
    }),
    totalEpochs: t.float({
      nullable: true,
      description: 'Epochs in all.',
      resolve: (run) => completionOf(run)?.totalEpochs ?? run.progress?.totalEpochs,
    }),
    currentLoss: t.float({
      nullable: true,
      description: 'The loss reported last.',
      resolve: ({ progress }) => progress?.currentLoss,
    }),
    message: t.string({
      nullable: true,
      description: 'For people, of the newest report.',
      resolve: (run) =>
        run.state === 'RUNNING' ? run.progress?.message : (completionOf(run)?.message ?? null),
    }),
    finalAccuracy: t.float({
      nullable: true,
      description: '0 to 1, once it is completed.',
      resolve: (run) => completionOf(run)?.finalAccuracy,
    }),
    validationScore: t.float({
      nullable: true,
      description: 'As its trainer measures it, once it is completed.',
      resolve: (run) => completionOf(run)?.validationScore,
    }),
    trainingTimeSeconds: t.float({
      nullable: true,
      description: 'Seconds, as its trainer measured them, once it is completed.',
      resolve: (run) => completionOf(run)?.trainingTimeSeconds,
    }),
    modelSizeBytes: t.float({
      nullable: true,
      description: 'Bytes of the trained model, once it is completed.',
      resolve: (run) => completionOf(run)?.modelSizeBytes,
    }),
    error: t.string({
      nullable: true,
      description: 'Why it failed, in words.',
      resolve: (run) => failureOf(run)?.error,
    }),
    errorCode: t.string({
      nullable: true,
      description: 'The same for programs, as its trainer names it.',
      resolve: (run) => failureOf(run)?.errorCode,
    }),
    suggestions: t.stringList({
      description: 'What might help once it has failed; else empty.',
      resolve: (run) => [...(failureOf(run)?.suggestions ?? [])],
    }),
  }),
});

function placeOf(run: TrainingRunsTable): string {
  return placeText({ at: run.started_at, id: run.run_id });
}

const pageMax = 1_000;

builder.queryField('trainingRuns', (t) =>
  t.connection(
    {
      type: TrainingRun,
      requires: 'read',
      description:
        'Training runs, the one that began last first. Paged by keyset: a page deep inside costs what the first one ' +
        'costs. Source: the table training_runs, kept RETENTION_DAYS after the last report.',
      args: { status: t.arg({ type: TrainingStatus, description: 'Only such runs; default all.' }) },
      resolve: async (_root, args, { db }, info) => {
        const state = args.status ?? null;
        const page = await resolveCursorConnection(
          { args, defaultSize: 100, maxSize: pageMax, toCursor: placeOf },
          async ({ before, after, limit, inverted }: ResolveCursorConnectionArgs) => [
            ...(await readRunPage(db, {
              state,
              limit,
              newestFirst: !inverted,
              olderThan: parsePlace(after, 'after'),
              newerThan: parsePlace(before, 'before'),
            })),
          ],
        );
        return { ...page, totalCount: selects(info, 'totalCount') ? await countRuns(db, state) : 0 };
      },
    },
    {
      name: 'TrainingRunConnection',
      description: 'A page of training runs.',
      fields: (c) => ({
        totalCount: c.int({
          description: 'All such runs. Counted only when asked for.',
          resolve: (connection) => connection.totalCount,
        }),
      }),
    },
    { name: 'TrainingRunEdge', description: 'A run and its place in the list.' },
  ),
);

builder.queryField('trainingRun', (t) =>
  t.field({
    type: TrainingRun,
    nullable: true,
    requires: 'read',
    description: 'One training run; null when it is not known (any more).',
    args: { id: t.arg.id({ required: true, description: 'The run.' }) },
    resolve: async (_root, { id }, { db }) => (await readRuns(db, [id]))[0],
  }),
);
