import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { builder, type GraphTypes } from '../../graph/builder.ts';
import type { Jobs } from '../../graph/context.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { eventConnection, eventsLink } from '../../graph/event-links.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventVariants } from '../../graph/event.ts';
import {
  boolean,
  dateTime,
  exposedFields,
  id,
  named,
  nullable,
  of,
  payloadFields,
  string,
} from '../../graph/exposed-fields.ts';
import { keysetConnection, searchedPages } from '../../graph/keyset-connection.ts';
import { timeRangeFields } from '../../graph/time-range-fields.ts';
import { linkField } from '../../graph/links.ts';
import { nodeType } from '../../graph/node.ts';
import { camelKeys } from '../../lib/case-keys.ts';
import type { Entry } from '../../journal/topic.ts';
import { jobEvents, type JobEventPayloads, type JobFinished, type JobOutcome } from './events.ts';
import { jobRunList, readJobRuns, readJobStates, type JobState, type StoredRun } from './store.ts';

type KnownJob = Jobs['known'][number];

/** A job with its state. */
export interface JobView extends KnownJob, JobState {}

/** The state of a job that the server has not announced yet. */
const unannounced: Omit<JobView, keyof KnownJob> = {
  nextRunAt: null,
  enabled: true,
  enabledChangedAt: null,
  enabledChangedBy: null,
  currentRunId: null,
  runningSince: null,
  lastRunAt: null,
  lastOutcome: null,
  lastDurationMs: null,
};

/** The jobs with their current states, in the given order. */
export async function viewJobs(db: Kysely<Database>, jobs: readonly KnownJob[]): Promise<readonly JobView[]> {
  const states = await readJobStates(
    db,
    jobs.map(({ id: jobId }) => jobId),
  );
  return jobs.map((job) => ({ ...job, ...(states.get(job.id) ?? unannounced) }));
}

const JobOutcomeType = describedEnum<JobOutcome>('JobOutcome', 'Outcome of a run of a job.', {
  SUCCESS: 'The run completed.',
  FAILED: 'The run failed. The job runs again at its next time.',
  ABORTED: 'A user cancelled the run, or its server stopped or was killed during the run.',
});

export const jobIdText = 'Identifies the job, as in `database_cleanup`.';

export const Job = nodeType<JobView>('Job', {
  description:
    'A scheduled job. One of the servers that share the database runs it at each of its times, and its runs never ' +
    'overlap. Source: the list of jobs of the server, and the table job_state.',
  key: ({ id: jobId }) => jobId,
  load: async (keys, { db, serverInfo }) => {
    const jobs = await viewJobs(
      db,
      serverInfo.jobs.known.filter((job) => keys.includes(job.id)),
    );
    return new Map(jobs.map((job) => [job.id, job]));
  },
  fields: (t) => ({
    jobId: t.exposeID('id', { description: jobIdText }),
    ...exposedFields(t, {
      name: string('Display name of the job.'),
      trigger: string(
        "Schedule of the job: an interval as in `every 5 min`, or a crontab expression in the server's time zone as in " +
          '`cron 0 3 * * *`.',
      ),
      nextRunAt: nullable.dateTime(
        'Time when the next scheduled run is due. A time in the past: as soon as the current run has ended. Null if the ' +
          'job is disabled, and while the server is starting.',
      ),
      enabled: boolean(
        'Whether the job runs on its schedule. A disabled job runs only when it is triggered. The same for all servers ' +
          'that share the database.',
      ),
      enabledChangedAt: nullable.dateTime(
        'When the job was last enabled or disabled. Null if it has been enabled from the start.',
      ),
      enabledChangedBy: nullable.id(
        'User who last enabled or disabled the job, a subject of a credential. Null if it has been enabled from the start.',
      ),
      lastRunAt: nullable.dateTime('Start of the last run that has ended. Null before the first.'),
      lastOutcome: nullable.of(
        JobOutcomeType,
        'Outcome of the last run that has ended. Null before the first.',
      ),
      lastDurationMs: nullable.float(
        'Duration of the last run that has ended, in milliseconds. Null before the first, and if its server was killed.',
      ),
      runningSince: named(
        'currentRunStartedAt',
        nullable.dateTime('Start of the run in progress. Null if no run is in progress.'),
      ),
      currentRunId: nullable.id(
        'Id of the run in progress, for `cancelJobRun`. Null if no run is in progress.',
      ),
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

const jobRunId = 'Identifies the run.';
const finishedAt = 'End of the run. If its server was killed, the time when another server detected that.';
const durationMs = 'Duration in milliseconds. Null if the server of the run was killed';
const outcome = 'Whether the run succeeded, failed or was aborted.';
const error = 'Error of the run, for people, with secrets masked. Null if the run succeeded';

/** The fields that a run has in common with the snapshots in events. */
const runFields = {
  jobName: string('Display name of the job at the time of the run.'),
  triggeredBy: nullable.id('User who triggered the run. Null for a scheduled run.'),
  cancelledBy: nullable.id('User who cancelled the run. Null if it was not cancelled.'),
  startedAt: dateTime('Start of the run.'),
};

export const JobRun = nodeType<StoredRun>('JobRun', {
  description:
    'A run of a job, in progress or ended. Source: the table job_runs, and the table job_state for a run in progress.',
  key: ({ runId }) => runId,
  load: async (keys, { db, serverInfo }) => {
    const names = new Map(serverInfo.jobs.known.map((job) => [job.id, job.name]));
    const runs = await readJobRuns(db, keys);
    return new Map(
      runs.map((run) => [run.runId, { ...run, jobName: run.jobName ?? names.get(run.jobId) ?? run.jobId }]),
    );
  },
  fields: (t) => ({
    ...exposedFields(t, {
      runId: named('jobRunId', id(jobRunId)),
      jobId: id(jobIdText),
      ...runFields,
      finishedAt: nullable.dateTime(`${finishedAt} Null while the run is in progress.`),
      durationMs: nullable.float(`${durationMs}, and while it is in progress.`),
      outcome: nullable.of(JobOutcomeType, `${outcome} Null while it is in progress.`),
      error: nullable.string(`${error}, and while it is in progress.`),
    }),
  }),
});

const JobRunSnapshot = builder.objectRef<JobFinished>('JobRunSnapshot').implement({
  description: 'A run of a job at its end. Source: the log.',
  fields: (t) =>
    exposedFields(t, {
      ...runFields,
      finishedAt: dateTime(finishedAt),
      durationMs: nullable.float(`${durationMs}.`),
      outcome: of(JobOutcomeType, outcome),
      error: nullable.string(`${error}.`),
    }),
});

const JobRunFilterInput = builder.inputType('JobRunFilter', {
  description: 'Selects runs that match all given conditions.',
  fields: (t) => ({
    jobId: t.id({ description: 'Only runs of this job.' }),
    outcomes: t.field({ type: [JobOutcomeType], description: 'Only runs with one of these outcomes.' }),
    triggeredBy: t.id({ description: 'Only runs that this user triggered.' }),
    ...timeRangeFields(t, 'runs that ended'),
  }),
});

export const jobRuns = keysetConnection('jobRuns', {
  name: 'JobRun',
  type: JobRun,
  list: jobRunList,
  node: (row): StoredRun => camelKeys(row),
  description:
    'Returns runs that have ended, the last ended first. Source: the table job_runs. ' +
    searchedPages('jobId, outcomes and triggeredBy, or with triggeredBy'),
  followedBy: 'jobEvents',
  page: 'A page of runs.',
  edge: 'A run and its cursor.',
  totalCount: 'Number of stored runs that match the filter.',
  filterInput: JobRunFilterInput,
  orders: { FINISHED_AT: 'When the run ended.', STARTED_AT: 'When the run started.' },
});

const actorId = (description: string) => ({ actorId: id(description) });

function jobRunFields<Payload extends { readonly runId: string }>(
  t: PothosSchemaTypes.ObjectFieldBuilder<GraphTypes, Entry<Payload>>,
) {
  return {
    jobRunId: t.id({ description: jobRunId, resolve: ({ payload }) => payload.runId }),
    jobRun: linkField<Entry<Payload>>(t, {
      to: JobRun,
      description: 'The present state of the run. Null if it is no longer retained.',
      key: ({ payload }) => payload.runId,
    }),
  };
}

const jobEvent = eventVariants<JobEventPayloads>('JobEvent', jobEvents, {
  kind: 'JOB',
  description: 'A run of a job ended, or a user changed a job.',
  typesDescription: 'What happened to a job or to one of its runs.',
  fields: (t) => ({
    ...payloadFields(t, { jobId: id(jobIdText) }),
    job: linkField(t, {
      to: Job,
      description: 'The present state of the job. Null if this server does not have it.',
      key: ({ payload }) => payload.jobId,
    }),
  }),
  variants: (of) => ({
    RUN_FINISHED: of('jobFinished', 'JobRunFinished', 'A run ended, also one that was cancelled.', (t) => ({
      ...jobRunFields(t),
      jobRunSnapshot: t.expose('payload', { type: JobRunSnapshot, description: 'The run at its end.' }),
    })),
    RUN_CANCELLED: of(
      'jobRunCancelled',
      'JobRunCancelled',
      'A user cancelled a run, which is then aborted.',
      (t) => ({
        ...payloadFields(t, actorId('User who cancelled the run.')),
        ...jobRunFields(t),
      }),
    ),
    ENABLED: of('jobEnabled', 'JobEnabled', 'A user enabled the job.', (t) =>
      payloadFields(t, actorId('User who enabled the job.')),
    ),
    DISABLED: of('jobDisabled', 'JobDisabled', 'A user disabled the job.', (t) =>
      payloadFields(t, actorId('User who disabled the job.')),
    ),
  }),
});

eventSubscription('jobEvents', {
  ...jobEvent,
  description: 'Each end and each cancellation of a run, and each time a job is enabled or disabled',
  ofKey: ['jobId', 'Returns only events of this job. Default: all jobs.'],
});

eventsLink(
  JobRun,
  eventConnection('JobRunEvent', {
    ...jobEvent,
    followedBy: 'jobEvents',
    // the key of the events is the job
    about: sql`examined.payload ->> 'runId' = wanted.subject`,
  }),
  {
    description: 'The end of the run, and its cancellation',
    of: ({ runId, jobId: key, seq }) => ({ key, subject: runId, ...(seq === null ? {} : { to: seq }) }),
  },
);

eventsLink(Job, eventConnection('JobEvent', { ...jobEvent, followedBy: 'jobEvents' }), {
  description: 'The events of the job',
  of: ({ id: jobId }) => ({ key: jobId }),
});
