import { builder } from '../../graph/builder.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { NotFound } from '../../graph/failures.ts';
import { Job, viewJobs, type JobView } from './job.graph.ts';

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
    async resolve(_root, { id }, { viewer, db, facts }): Promise<TriggeredJob> {
      const triggering = await facts.jobs.trigger(id, viewer.subject);
      const known = facts.jobs.known.filter((job) => job.id === id);
      const at = new Date();
      const [job] = triggering === null ? [] : await viewJobs(db, known);
      if (triggering === null || job === undefined) throw new NotFound('job', id);
      return { ...job, triggering, at };
    },
  }),
);
