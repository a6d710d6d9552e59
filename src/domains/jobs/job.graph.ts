import type { Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { builder } from '../../graph/builder.ts';
import { exposedFields, id, string } from '../../graph/exposed-fields.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import type { Jobs } from '../../graph/context.ts';
import type { JobOutcome } from './events.ts';
import { readStandings, type JobStanding } from './store.ts';

export type KnownJob = Jobs['known'][number];

/** A job and how it stands. */
export interface JobView extends KnownJob {
  /** null: this server has not announced it yet. */
  readonly standing: JobStanding | null;
}

/** Jobs as they stand now, in their order. */
export async function viewJobs(db: Kysely<Database>, jobs: readonly KnownJob[]): Promise<readonly JobView[]> {
  const ids = jobs.map(({ id }) => id);
  const standings = new Map((await readStandings(db, ids)).map((standing) => [standing.jobId, standing]));
  return jobs.map((job) => ({ ...job, standing: standings.get(job.id) ?? null }));
}

export const JobOutcomeType = describedEnum<JobOutcome>('JobOutcome', 'How a run of a job ended.', {
  SUCCESS: 'It did all that it had to do.',
  FAILED: 'It failed; the job runs again at its next time.',
  ABORTED: 'Its server stopped or was killed before it ended.',
});

export const Job = builder.objectRef<JobView>('Job').implement({
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
