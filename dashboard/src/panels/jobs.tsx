import { signal } from '@preact/signals';
import { JobLiveDocument, JobsDocument, TriggerJobDocument } from '../documents.generated.ts';
import type { JobsQuery } from '../documents.generated.ts';
import { age, ago, duration, milliseconds, words } from '../data/format.ts';
import { query } from '../data/graph.ts';
import { nodesOf, upsert, upsertNodes } from '../data/lists.ts';
import { can, msSince } from '../data/overall.ts';
import { live, useResource } from '../data/resource.ts';
import { Panel, usePanel } from '../ui/panel.tsx';
import { Table } from '../ui/table.tsx';
import { levelOf, State } from '../ui/state.tsx';

const runsMax = 12;
const failure = signal<string | null>(null);

export function JobsPanel() {
  const panel = usePanel();
  const store = useResource(
    {
      document: JobsDocument,
      variables: {},
      everyMs: 10_000, // the start of a run has no event
      live: [
        live({
          document: JobLiveDocument,
          variables: (data: JobsQuery) => ({ after: data.jobRuns?.liveCursor ?? null }),
          apply: (data, { jobEventBatches }): JobsQuery => ({
            jobs: upsert(
              data.jobs ?? [],
              jobEventBatches.map(({ job }) => job),
              { key: ({ jobId }) => jobId, append: true },
            ),
            jobRuns: {
              liveCursor: data.jobRuns?.liveCursor ?? '',
              ...upsertNodes(
                data.jobRuns,
                jobEventBatches.map((event) => ('jobRun' in event ? event.jobRun : null)),
                { key: ({ jobRunId }) => jobRunId, max: runsMax },
              ),
            },
          }),
        }),
      ],
    },
    panel.active,
  );
  const { reading } = store;
  const jobs = reading.value.value?.jobs ?? [];
  const runs = nodesOf(reading.value.value?.jobRuns);

  async function trigger(jobId: string): Promise<void> {
    failure.value = null;
    const { data, errors } = await query(TriggerJobDocument, { jobId });
    const result = data?.triggerJob;
    if (result === undefined || result === null)
      failure.value = errors[0]?.message ?? 'The server did not answer.';
    else if ('message' in result) failure.value = result.message;
    else if ('job' in result) {
      const { job } = result;
      store.change((current) => ({
        ...current,
        jobs: upsert(current.jobs ?? [], [job], { key: (one) => one.jobId }),
      }));
    }
  }

  const mayTrigger = can('execute');
  return (
    <Panel panel={panel} title="Jobs" reading={reading.value}>
      {failure.value === null ? null : (
        <p class="note note-critical" role="alert">
          {failure.value}
        </p>
      )}
      <Table
        caption="Scheduled jobs"
        rows={jobs}
        id={({ jobId }) => jobId}
        columns={[
          { title: 'Job', cell: ({ name }) => name },
          {
            title: 'Schedule',
            cell: ({ enabled, trigger: schedule }) => (enabled ? schedule : `disabled (${schedule})`),
          },
          {
            title: 'Last run',
            cell: (job) => (
              <>
                <State level={job.running ? 'ok' : levelOf(job.lastOutcome)} />{' '}
                {job.running
                  ? `running for ${duration(msSince(job.currentRunStartedAt ?? ''))}`
                  : job.lastRunAt === null
                    ? 'never'
                    : `${words(job.lastOutcome ?? '')}, ${ago(msSince(job.lastRunAt))}`}
              </>
            ),
          },
          { title: 'Took', number: true, cell: ({ lastDurationMs }) => milliseconds(lastDurationMs) },
          {
            title: 'Next',
            number: true,
            cell: ({ nextRunAt: at }) => (at === null ? '–' : `in ${duration(Date.parse(at) - Date.now())}`),
          },
          {
            title: 'Action',
            untitled: true,
            class: 'actions',
            cell: ({ jobId, name, running }) => (
              <button
                type="button"
                disabled={!mayTrigger || running}
                title={mayTrigger ? `Run ${name} now` : 'Requires the capability execute'}
                onClick={() => void trigger(jobId)}
              >
                Run
              </button>
            ),
          },
        ]}
      />
      <h3>Recent runs</h3>
      {runs.length === 0 ? <p class="hint">No run has ended yet.</p> : null}
      <ul class="lines feed">
        {runs.map((run) => (
          <li key={run.jobRunId}>
            <State level={levelOf(run.outcome)} label={words(run.outcome ?? 'running')} />
            <span class="name">
              {run.jobName}{' '}
              <small>{run.triggeredBy === null ? 'on schedule' : `started by ${run.triggeredBy}`}</small>
              {run.error === null ? null : <span class="detail">{run.error}</span>}
            </span>
            <span>{milliseconds(run.durationMs)}</span>
            <time dateTime={run.finishedAt ?? run.startedAt}>
              {age(msSince(run.finishedAt ?? run.startedAt))}
            </time>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
