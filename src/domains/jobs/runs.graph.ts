import { resolveCursorConnection, type ResolveCursorConnectionArgs } from '@pothos/plugin-relay';
import type { Selectable } from 'kysely';
import { builder } from '../../graph/builder.ts';
import { dateTime, exposedFields, id, nullable, of, string } from '../../graph/exposed-fields.ts';
import { Event, eventRef } from '../../graph/event.ts';
import { keyText, parseKey } from '../../graph/list-key.ts';
import { selects } from '../../graph/selects.ts';
import { stream, throughTheDoor } from '../../graph/stream.ts';
import type { Entry } from '../../journal/topic.ts';
import { jobEvents, type JobFinished } from './events.ts';
import { JobOutcomeType } from './job.graph.ts';
import { countRuns, readRuns, type JobRunsTable } from './store.ts';

/** A run that ended, without what only its activity needs. */
type Run = Omit<JobFinished, 'notable'>;

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

interface ListedRun extends Run {
  readonly seq: number;
}

function listed(row: Selectable<JobRunsTable>): ListedRun {
  return {
    seq: row.seq,
    runId: row.run_id,
    jobId: row.job_id,
    jobName: row.job_name,
    triggeredBy: row.triggered_by,
    startedAt: row.started_at.getTime(),
    finishedAt: row.finished_at.getTime(),
    durationMs: row.duration_ms,
    outcome: row.outcome,
    error: row.error,
  };
}

const pageMax = 1_000;

builder.queryField('jobRuns', (t) =>
  t.connection(
    {
      type: JobRun,
      requires: 'read',
      description:
        'Runs that ended, newest first by the time they ended. Paged by keyset. Source: the table job_runs.',
      args: { jobId: t.arg.id({ description: 'Only of this job; default: of all.' }) },
      resolve: async (_root, args, { db }, info) => {
        const jobId = args.jobId ?? null;
        const page = await resolveCursorConnection(
          {
            args,
            defaultSize: 100,
            maxSize: pageMax,
            toCursor: (run: ListedRun) => keyText({ at: run.finishedAt, seq: run.seq }),
          },
          async ({ before, after, limit, inverted }: ResolveCursorConnectionArgs) => {
            const rows = await readRuns(db, {
              jobId,
              limit,
              newestFirst: !inverted,
              olderThan: parseKey(after, 'after'),
              newerThan: parseKey(before, 'before'),
            });
            return rows.map(listed);
          },
        );
        return { ...page, totalCount: selects(info, 'totalCount') ? await countRuns(db, jobId) : 0 };
      },
    },
    {
      name: 'JobRunConnection',
      description: 'A page of runs.',
      fields: (c) => ({
        totalCount: c.int({
          description: 'All runs that are kept, of that job where one is named. Counted only when asked for.',
          resolve: (connection) => connection.totalCount,
        }),
      }),
    },
    { name: 'JobRunEdge', description: 'A run and its place in the list.' },
  ),
);

const JobEvent = eventRef('JobEvent', jobEvents, { kind: 'JOB' });

builder.objectType(JobEvent, {
  description: 'A run of a job ended.',
  interfaces: [Event],
  fields: (t) => ({
    run: t.expose('payload', { type: JobRun, description: 'The run.' }),
  }),
});

builder.subscriptionField('jobEvents', (t) =>
  t.field({
    type: JobEvent,
    requires: 'read',
    description: 'EVERY. Runs that end, after the cursor `after` or from now on.',
    args: {
      jobId: t.arg.id({ description: 'Only of this job; default: of all.' }),
      after: t.arg({
        type: 'Cursor',
        description: 'Go on behind this cursor; `earliest`: from the oldest event kept.',
      }),
    },
    extensions: stream({
      delivery: 'EVERY',
      topics: [jobEvents.name],
      types: () => null,
      matches:
        ({ jobId }) =>
        (entry: Entry) =>
          jobId === undefined || jobId === null || entry.key === jobId,
    }),
    subscribe: throughTheDoor<JobFinished>,
    resolve: (entry) => entry,
  }),
);
