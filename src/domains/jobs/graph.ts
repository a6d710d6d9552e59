import type { Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { builder } from '../../graph/builder.ts';
import type { Jobs } from '../../graph/context.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import { dateTime, exposedFields, id, nullable, of, string } from '../../graph/exposed-fields.ts';
import { NotFound } from '../../graph/failures.ts';
import { keysetConnection } from '../../graph/keyset-connection.ts';
import { camelKeys } from '../../lib/case-keys.ts';
import { jobEvents, type JobFinished, type JobOutcome } from './events.ts';
import { jobRunList, readJobStates, type JobState } from './store.ts';

type KnownJob = Jobs['known'][number];

/** A job with its state. `nextRunAt` is null if the server has not announced the job yet. */
interface JobView extends KnownJob, Omit<JobState, 'nextRunAt'> {
  readonly nextRunAt: Date | null;
}

const unannounced: Omit<JobView, keyof KnownJob> = {
  nextRunAt: null,
  runningSince: null,
  lastRunAt: null,
  lastOutcome: null,
  lastDurationMs: null,
};

/** The jobs with their current states, in the given order. */
async function viewJobs(db: Kysely<Database>, jobs: readonly KnownJob[]): Promise<readonly JobView[]> {
  const states = await readJobStates(
    db,
    jobs.map(({ id: jobId }) => jobId),
  );
  return jobs.map((job) => ({ ...job, ...(states.get(job.id) ?? unannounced) }));
}

const JobOutcomeType = describedEnum<JobOutcome>('JobOutcome', 'Outcome of a run of a job.', {
  SUCCESS: 'The run completed.',
  FAILED: 'The run failed. The job runs again at its next time.',
  ABORTED: 'The server of the run stopped or was killed during the run.',
});

const Job = builder.objectRef<JobView>('Job').implement({
  description:
    'A scheduled job. One of the servers that share the database runs it at each of its times, and its runs never ' +
    'overlap. Source: the list of jobs of the server, and the table job_state.',
  fields: (t) => ({
    ...exposedFields(t, {
      id: id('Id of the job, as in `database_cleanup`.'),
      name: string('Display name of the job.'),
      trigger: string(
        "Schedule of the job: an interval as in `every 5 min`, or a crontab expression in the server's time zone as in " +
          '`cron 0 3 * * *`.',
      ),
      nextRunAt: nullable.dateTime(
        'Time when the next scheduled run is due. A time in the past: as soon as the current run has ended. Null while ' +
          'the server is starting.',
      ),
      lastRunAt: nullable.dateTime('Start of the last run that has ended. Null before the first.'),
      lastOutcome: nullable.of(
        JobOutcomeType,
        'Outcome of the last run that has ended. Null before the first.',
      ),
      lastDurationMs: nullable.float(
        'Duration of the last run that has ended, in milliseconds. Null before the first, and if its server was killed.',
      ),
      runningSince: nullable.dateTime('Start of the run in progress. Null if no run is in progress.'),
    }),
    running: t.boolean({
      description: 'Whether a run is in progress, on any server.',
      resolve: ({ runningSince }) => runningSince !== null,
    }),
  }),
});

builder.queryField('jobs', (t) =>
  t.field({
    type: [Job],
    requires: 'read',
    description: 'Returns the scheduled jobs of this server.',
    resolve: async (_root, _args, { db, serverInfo }) => [...(await viewJobs(db, serverInfo.jobs.known))],
  }),
);

const JobTriggering = describedEnum('JobTriggering', 'Result of triggering a job.', {
  TRIGGERED: 'A run was started.',
  ALREADY_RUNNING:
    'A run was already in progress on one of the servers. No run was started, and nothing was audited.',
});

interface TriggeredJob extends JobView {
  readonly triggering: 'TRIGGERED' | 'ALREADY_RUNNING';
  readonly at: Date;
}

builder.mutationField('triggerJob', (t) =>
  t.field({
    type: Job,
    requires: 'execute',
    description:
      'Starts a run of a job on this server and does not wait for its end. The schedule does not change. Audited as ' +
      '`job_triggered`.',
    args: { id: t.arg.id({ required: true, description: 'Id of the job, as in `database_cleanup`.' }) },
    errors: {
      types: [NotFound],
      dataField: { name: 'job', description: 'The job after the call.' },
      result: {
        description: 'A run of the job is in progress.',
        fields: (r) => ({
          status: r.field({
            type: JobTriggering,
            description: 'Whether this call started the run.',
            resolve: (job) => (job as TriggeredJob).triggering,
          }),
          at: r.field({
            type: 'DateTime',
            description: 'Time of the call.',
            resolve: (job) => (job as TriggeredJob).at,
          }),
        }),
      },
    },
    async resolve(_root, { id }, { viewer, db, serverInfo }): Promise<TriggeredJob> {
      const triggering = await serverInfo.jobs.trigger(id, viewer.subject);
      const known = serverInfo.jobs.known.filter((job) => job.id === id);
      const at = new Date();
      const [job] = triggering === null ? [] : await viewJobs(db, known);
      if (triggering === null || job === undefined) throw new NotFound('job', id);
      return { ...job, triggering, at };
    },
  }),
);

/** A run that ended, from an event or from a row. */
type Run = Omit<JobFinished, 'notable' | 'startedAt' | 'finishedAt'> & {
  readonly startedAt: Date | number;
  readonly finishedAt: Date | number;
};

const JobRun = builder.objectRef<Run>('JobRun').implement({
  description: 'A run of a job that ended. Source: the server that ran it.',
  fields: (t) => ({
    ...exposedFields(t, {
      jobId: id('Id of the job, as in `database_cleanup`.'),
      jobName: string('Display name of the job at the time of the run.'),
      triggeredBy: nullable.id('User who triggered the run. Null for a scheduled run.'),
      startedAt: dateTime('Start of the run.'),
      finishedAt: dateTime(
        'End of the run. If its server was killed, the time when another server detected that.',
      ),
      durationMs: nullable.float('Duration in milliseconds. Null if the server of the run was killed.'),
      outcome: of(JobOutcomeType, 'Whether the run succeeded, failed or was aborted.'),
      error: nullable.string('Error of the run, for people, with secrets masked. Null if the run succeeded.'),
    }),
    id: t.exposeID('runId', { description: 'Unique and stable id of the run.' }),
  }),
});

keysetConnection('jobRuns', {
  name: 'JobRun',
  type: JobRun,
  list: jobRunList,
  node: camelKeys,
  description:
    'Returns runs that have ended, the last ended first. Paged by keyset. Source: the table job_runs.',
  page: 'A page of runs.',
  edge: 'A run and its cursor.',
  totalCount: 'Number of stored runs that match the filter.',
  args: (t) => ({ jobId: t.id({ description: 'Returns only runs of this job. Default: all jobs.' }) }),
  filter: ({ jobId = null }) => ({ jobId }),
});

const JobEvent = eventType('JobEvent', jobEvents, {
  kind: 'JOB',
  description: 'A run of a job ended.',
  fields: (t) => ({
    run: t.expose('payload', { type: JobRun, description: 'The run that ended.' }),
  }),
});

eventSubscription('jobEvents', {
  type: JobEvent,
  topic: jobEvents,
  description: 'Each end of a run',
  ofKey: ['jobId', 'Returns only runs of this job. Default: all jobs.'],
});
