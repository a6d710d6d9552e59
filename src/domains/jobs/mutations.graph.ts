import { builder, type GraphTypes } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { NotFound } from '../../graph/failures.ts';
import { capitalized } from '../../lib/camel-case.ts';
import { Job, jobIdText, viewJobs, type JobView } from './graph.ts';

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
  fields: (t) => ({ jobId: t.id({ required: true, description: jobIdText }) }),
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
          triggeredAt: r.field({
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
    fields: (t) => ({ jobId: t.id({ required: true, description: jobIdText }) }),
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
    jobRunId: t.id({ required: true, description: 'Id of the run: `Job.currentRunId`.' }),
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
      const cancelled = await context.serverInfo.jobs.cancel(input.jobRunId, context.viewer.subject);
      if (cancelled === null) throw new NotFound('job run in progress', input.jobRunId);
      return { ...(await viewJob(context, cancelled.jobId)), changed: cancelled.changed };
    },
  }),
);
