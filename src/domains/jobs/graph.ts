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
import { jobRunList, readStandings, type JobStanding } from './store.ts';

type KnownJob = Jobs['known'][number];

/** A job and how it stands. */
interface JobView extends KnownJob {
  /** null: this server has not announced it yet. */
  readonly standing: JobStanding | null;
}

/** Jobs as they stand now, in their order. */
async function viewJobs(db: Kysely<Database>, jobs: readonly KnownJob[]): Promise<readonly JobView[]> {
  const ids = jobs.map(({ id }) => id);
  const standings = new Map((await readStandings(db, ids)).map((standing) => [standing.jobId, standing]));
  return jobs.map((job) => ({ ...job, standing: standings.get(job.id) ?? null }));
}

const JobOutcomeType = describedEnum<JobOutcome>('JobOutcome', 'How a run of a job ended.', {
  SUCCESS: 'It did all that it had to do.',
  FAILED: 'It failed; the job runs again at its next time.',
  ABORTED: 'Its server stopped or was killed before it ended.',
});

const Job = builder.objectRef<JobView>('Job').implement({
  description:
    'Work that is done by the clock: at each of its times once, by one of the servers that share the database, and never ' +
    'twice at once. Source: the servers’ list of jobs, and the table job_state.',
  fields: (t) => ({
    ...exposedFields(t, {
      id: id('As `database_cleanup`.'),
      name: string('For people.'),
      trigger: string(
        'When it runs: `every 5 min`, or `cron 0 3 * * *` with the five fields of a crontab in the server’s local time.',
      ),
    }),
    nextRunAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'When its next run by the clock is due. In the past: as soon as the run that goes on has ended. null: not known ' +
        'yet, because the server is just starting.',
      resolve: ({ standing }) => standing?.dueAt,
    }),
    lastRunAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When its last run that has ended began; null before the first.',
      resolve: ({ standing }) => standing?.lastRunAt,
    }),
    lastOutcome: t.field({
      type: JobOutcomeType,
      nullable: true,
      description: 'How that run ended; null before the first.',
      resolve: ({ standing }) => standing?.lastOutcome,
    }),
    lastDurationMs: t.float({
      nullable: true,
      description:
        'Milliseconds that it took; null before the first, and when its server was killed meanwhile.',
      resolve: ({ standing }) => standing?.lastDurationMs,
    }),
    running: t.boolean({
      description: 'Whether a run goes on, at whichever server.',
      resolve: ({ standing }) => standing !== null && standing.runningSince !== null,
    }),
    runningSince: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When that run began; null while none goes on.',
      resolve: ({ standing }) => standing?.runningSince,
    }),
  }),
});

builder.queryField('jobs', (t) =>
  t.field({
    type: [Job],
    requires: 'read',
    description: 'What this server runs by the clock.',
    resolve: async (_root, _args, { db, serverInfo }) => [...(await viewJobs(db, serverInfo.jobs.known))],
  }),
);

const JobTriggering = describedEnum('JobTriggering', 'What came of triggering a job.', {
  TRIGGERED: 'A run has begun.',
  ALREADY_RUNNING: 'A run goes on, at whichever server; nothing was begun or audited.',
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
      'Has a job run now, on this server, and does not wait for its end. Its times stay as they are. Audited as ' +
      '`job_triggered`.',
    args: { id: t.arg.id({ required: true, description: 'As `database_cleanup`.' }) },
    errors: {
      types: [NotFound],
      dataField: { name: 'job', description: 'The job as it is now.' },
      result: {
        description: 'A run goes on.',
        fields: (r) => ({
          status: r.field({
            type: JobTriggering,
            description: 'Whether it was begun now.',
            resolve: (job) => (job as TriggeredJob).triggering,
          }),
          at: r.field({
            type: 'DateTime',
            description: 'When that was found.',
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

/** A run that ended, without what only its activity needs. */
type Run = Omit<JobFinished, 'notable' | 'startedAt' | 'finishedAt'> & {
  readonly startedAt: Date | number;
  readonly finishedAt: Date | number;
};

const JobRun = builder.objectRef<Run>('JobRun').implement({
  description: 'A run of a job that ended. Source: the server that ran it.',
  fields: (t) => ({
    ...exposedFields(t, {
      jobId: id('The job.'),
      jobName: string('Its name then.'),
      triggeredBy: nullable.id('Who had it run; null: the clock.'),
      startedAt: dateTime('When it began.'),
      finishedAt: dateTime('When it ended; of a run whose server was killed, when that was noticed.'),
      durationMs: nullable.float('Milliseconds that it took; null when its server was killed.'),
      outcome: of(JobOutcomeType, 'How it ended.'),
      error: nullable.string('Why it did not succeed, with secrets masked; null when it did.'),
    }),
    id: t.exposeID('runId', { description: 'Unique and stable.' }),
  }),
});

keysetConnection('jobRuns', {
  name: 'JobRun',
  type: JobRun,
  list: jobRunList,
  node: camelKeys,
  description:
    'Runs that ended, newest first by the time they ended. Paged by keyset. Source: the table job_runs.',
  page: 'A page of runs.',
  edge: 'A run and its place in the list.',
  totalCount: 'All runs that are kept, of that job where one is named.',
  args: (t) => ({ jobId: t.id({ description: 'Only of this job; default: of all.' }) }),
  filter: ({ jobId = null }) => ({ jobId }),
});

const JobEvent = eventType('JobEvent', jobEvents, {
  kind: 'JOB',
  description: 'A run of a job ended.',
  fields: (t) => ({
    run: t.expose('payload', { type: JobRun, description: 'The run.' }),
  }),
});

eventSubscription('jobEvents', {
  type: JobEvent,
  topic: jobEvents,
  description: 'Runs that end',
  ofKey: ['jobId', 'Only of this job; default: of all.'],
});
