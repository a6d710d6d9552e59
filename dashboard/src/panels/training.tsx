import { TrainingLiveDocument, TrainingRunsDocument } from '../documents.generated.ts';
import type { TrainingRunsQuery, TrainingRunSummaryFragment } from '../documents.generated.ts';
import { ago, duration, ratio, title, words } from '../data/format.ts';
import { nodesOf, upsertNodes } from '../data/lists.ts';
import { msSince } from '../data/overall.ts';
import { live, useResource } from '../data/resource.ts';
import { Panel, usePanel } from '../ui/panel.tsx';
import { Progress } from '../ui/progress.tsx';
import { levelOf, State } from '../ui/state.tsx';

function useTraining(first: number, active: boolean) {
  return useResource(
    {
      document: TrainingRunsDocument,
      variables: { first },
      live: [
        live({
          document: TrainingLiveDocument,
          variables: (data: TrainingRunsQuery) => ({ after: data.trainingRuns?.liveCursor ?? null }),
          apply: (data, { trainingEventBatches }): TrainingRunsQuery => ({
            trainingRuns: {
              liveCursor: data.trainingRuns?.liveCursor ?? '',
              ...upsertNodes(
                data.trainingRuns,
                trainingEventBatches.map(({ trainingRun }) => trainingRun),
                { key: ({ runId }) => runId, max: first },
              ),
            },
          }),
        }),
      ],
    },
    active,
  ).reading;
}

export function TrainingPanel({ first, view }: { first: number; view?: string }) {
  const panel = usePanel();
  const reading = useTraining(first, panel.active);
  const runs = nodesOf(reading.value.value?.trainingRuns);
  return (
    <Panel
      panel={panel}
      title="Training"
      {...(view === undefined ? {} : { view })}
      reading={reading.value}
      class="runs"
      empty={
        runs.length === 0 ? (
          <p>
            No training run was reported yet. Run <code>npm run demo</code>, or POST a{' '}
            <code>trainingProgress</code> event to <code>/publish</code>.
          </p>
        ) : null
      }
    >
      <ul class="lines">
        {runs.map((run) => (
          <Run key={run.runId} run={run} />
        ))}
      </ul>
    </Panel>
  );
}

function Run({ run }: { run: TrainingRunSummaryFragment }) {
  const isRunning = run.status === 'RUNNING';
  const epoch = run.currentEpoch === null ? '' : `, epoch ${run.currentEpoch} of ${run.epochCount ?? '?'}`;
  const loss = run.currentLoss === null ? '' : `, loss ${run.currentLoss.toFixed(3)}`;
  const ended =
    run.status === 'FAILED'
      ? (run.error ?? 'failed')
      : run.finalAccuracy === null
        ? 'completed'
        : `accuracy ${ratio(run.finalAccuracy)}`;
  return (
    <li class="run">
      <State level={levelOf(run.status)} label={words(run.status)} />
      <span class="name">
        {title(run.modelId ?? run.runId)}{' '}
        <small>
          {isRunning ? `${words(run.stageName ?? run.stage ?? 'running')}${epoch}${loss}` : ended}
        </small>
      </span>
      <span>
        {isRunning
          ? run.estimatedTimeRemainingMs === null
            ? `${Math.round(run.progressPercent ?? 0)} %`
            : `${duration(run.estimatedTimeRemainingMs)} left`
          : ago(msSince(run.endedAt ?? run.updatedAt))}
      </span>
      {isRunning ? (
        <Progress percent={run.progressPercent} label={`Progress of ${run.runId}`} level="ok" />
      ) : null}
    </li>
  );
}
