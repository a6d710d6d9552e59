import type { Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { builder, type GraphTypes } from '../../graph/builder.ts';
import type { GraphContext, Jobs } from '../../graph/context.ts';
import { describedEnum, eventEnum } from '../../graph/event-enum.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import {
  boolean,
  dateTime,
  exposedFields,
  id,
  nullable,
  of,
  payloadFields,
  string,
} from '../../graph/exposed-fields.ts';
import { NotFound } from '../../graph/failures.ts';
import { keysetConnection } from '../../graph/keyset-connection.ts';
import { capitalized } from '../../lib/camel-case.ts';
import { camelKeys } from '../../lib/case-keys.ts';
import { jobEvents, type JobFinished, type JobOutcome } from './events.ts';
import { jobRunList, readJobStates, type JobState } from './store.ts';

type KnownJob = Jobs['known'][number];

/** A job with its state. */
interface JobView extends KnownJob, JobState {}

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
  ABORTED: 'A user cancelled the run, or its server stopped or was killed during the run.',
});

const jobId = 'Id of the job, as in `database_cleanup`.';

const Job = builder.objectRef<JobView>('Job').implement({
  description:
    'A scheduled job. One of the servers that share the database runs it at each of its times, and its runs never ' +
    'overlap. Source: the list of jobs of the server, and the table job_state.',
  fields: (t) => ({
    ...exposedFields(t, {
      id: id(jobId),
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
      runningSince: nullable.dateTime('Start of the run in progress. Null if no run is in progress.'),
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

const JobTriggering = describedEnum('JobTriggering', 'Result of triggering a job.', {
  TRIGGERED: 'A run was started.',
  ALREADY_RUNNING:
    'A run was already in progress on one of the servers. No run was started, and nothing was audited.',
});

interface TriggeredJob extends JobView {
  readonly triggering: 'TRIGGERED' | 'ALREADY_RUNNING';
  readonly at: Date;
}

const TriggerJobInput = builder.inputType('TriggerJobInput', {
  description: 'The job to run.',
  fields: (t) => ({ jobId: t.id({ required: true, description: jobId }) }),
});

builder.mutationField('triggerJob', (t) =>
  t.field({
    type: Job,
    requires: 'execute',
    description:
      'Starts a run of a job on this server, even if the job is disabled, and does not wait for its end. The schedule ' +
      'does not change. Audited as `job_triggered`.',
    args: { input: t.arg({ type: TriggerJobInput, required: true, description: 'The job to run.' }) },
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
    async resolve(_root, { input }, context): Promise<TriggeredJob> {
      const triggering = await context.serverInfo.jobs.trigger(input.jobId, context.viewer.subject);
      if (triggering === null) throw new NotFound('job', input.jobId);
      const at = new Date();
      return { ...(await viewJob(context, input.jobId)), triggering, at };
    },
  }),
);

/** @throws NotFound if this server does not have the job. */
async function viewJob({ db, serverInfo }: GraphContext, of: string): Promise<JobView> {
  const [job] = await viewJobs(
    db,
    serverInfo.jobs.known.filter((known) => known.id === of),
  );
  if (job === undefined) throw new NotFound('job', of);
  return job;
}

interface ChangedJob extends JobView {
  readonly changed: boolean;
}

/** The result of a mutation that changes nothing if it is repeated. */
function changedResult(description: string, unchanged: string) {
  return {
    types: [NotFound],
    dataField: { name: 'job', description: 'The job after the call.' },
    result: {
      description,
      fields: (r: PothosSchemaTypes.ObjectFieldBuilder<GraphTypes, JobView>) => ({
        changed: r.boolean({
          description: `${unchanged} Then no event and no audit entry was stored.`,
          resolve: (job) => (job as ChangedJob).changed,
        }),
      }),
    },
  };
}

switchMutation('enableJob', true, {
  description:
    'Makes a job run on its schedule again, on all servers that share the database, from its next time on. Times that ' +
    'passed while it was disabled are not made up. Audited as `job_enabled`.',
  input: 'Identifies the job whose schedule starts again.',
  success: 'The job is enabled.',
});

switchMutation('disableJob', false, {
  description:
    'Stops the schedule of a job on all servers that share the database, until `enableJob`; a restart does not enable ' +
    'it. A run in progress continues, and the job can still be triggered. Audited as `job_disabled`.',
  input: 'Identifies the job whose schedule stops.',
  success: 'The job is disabled.',
});

function switchMutation(
  name: 'enableJob' | 'disableJob',
  enabled: boolean,
  { description, input, success }: Readonly<Record<'description' | 'input' | 'success', string>>,
): void {
  const Input = builder.inputType(`${capitalized(name)}Input`, {
    description: input,
    fields: (t) => ({ jobId: t.id({ required: true, description: jobId }) }),
  });
  builder.mutationField(name, (t) =>
    t.field({
      type: Job,
      requires: 'execute',
      description,
      args: { input: t.arg({ type: Input, required: true, description: input }) },
      errors: changedResult(success, `False if the job was ${enabled ? 'enabled' : 'disabled'} before.`),
      async resolve(_root, args, context): Promise<ChangedJob> {
        const { viewer, serverInfo } = context;
        const changed = await serverInfo.jobs.setEnabled(args.input.jobId, enabled, viewer.subject);
        if (changed === null) throw new NotFound('job', args.input.jobId);
        return { ...(await viewJob(context, args.input.jobId)), changed };
      },
    }),
  );
}

const CancelJobRunInput = builder.inputType('CancelJobRunInput', {
  description: 'Identifies the run in progress that is aborted.',
  fields: (t) => ({
    runId: t.id({ required: true, description: 'Id of the run: `Job.currentRunId`.' }),
  }),
});

builder.mutationField('cancelJobRun', (t) =>
  t.field({
    type: Job,
    requires: 'execute',
    description:
      'Aborts a run in progress, on whichever server it runs, and does not wait for its end. The run ends as `ABORTED`; ' +
      'the schedule does not change. Audited as `job_run_cancelled`.',
    args: {
      input: t.arg({
        type: CancelJobRunInput,
        required: true,
        description: 'Identifies the run in progress that is aborted.',
      }),
    },
    errors: changedResult('The run is being aborted.', 'False if the run was cancelled before.'),
    async resolve(_root, { input }, context): Promise<ChangedJob> {
      const cancelled = await context.serverInfo.jobs.cancel(input.runId, context.viewer.subject);
      if (cancelled === null) throw new NotFound('job run in progress', input.runId);
      return { ...(await viewJob(context, cancelled.jobId)), changed: cancelled.changed };
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
      jobId: id(jobId),
      jobName: string('Display name of the job at the time of the run.'),
      triggeredBy: nullable.id('User who triggered the run. Null for a scheduled run.'),
      cancelledBy: nullable.id('User who cancelled the run. Null if it was not cancelled.'),
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
  followedBy: 'jobEvents',
  page: 'A page of runs.',
  edge: 'A run and its cursor.',
  totalCount: 'Number of stored runs that match the filter.',
  args: (t) => ({ jobId: t.id({ description: 'Returns only runs of this job. Default: all jobs.' }) }),
  filter: ({ jobId = null }) => ({ jobId }),
});

const JobEventType = eventEnum('JobEventType', 'What happened to a job or to one of its runs.', {
  RUN_FINISHED: ['jobFinished', 'A run ended, also one that was cancelled.'],
  RUN_CANCELLED: ['jobRunCancelled', 'A user cancelled a run, which is then aborted.'],
  ENABLED: ['jobEnabled', 'A user enabled the job.'],
  DISABLED: ['jobDisabled', 'A user disabled the job.'],
});

const JobEvent = eventType('JobEvent', jobEvents, {
  kind: 'JOB',
  description: 'A run of a job ended, or a user changed a job.',
  types: JobEventType,
  fields: (t) => ({
    ...payloadFields(t, {
      jobId: id(jobId),
      actorId: nullable.id(
        'User who cancelled the run, or who enabled or disabled the job. Null for `RUN_FINISHED`.',
      ),
      runId: nullable.id('The run. Null for `ENABLED` and `DISABLED`.'),
    }),
    run: t.field({
      type: JobRun,
      nullable: true,
      description: 'The run that ended. Null for other types than `RUN_FINISHED`.',
      resolve: ({ type, payload }) => (type === 'jobFinished' ? (payload as JobFinished) : null),
    }),
  }),
});

eventSubscription('jobEvents', {
  type: JobEvent,
  topic: jobEvents,
  description: 'Each end and each cancellation of a run, and each time a job is enabled or disabled',
  types: JobEventType,
  ofKey: ['jobId', 'Returns only events of this job. Default: all jobs.'],
});
