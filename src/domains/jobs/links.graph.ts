import { connectionLink, nodeLink } from '../../graph/links.ts';
import { Job, JobRun, jobRuns } from './graph.ts';

nodeLink(JobRun, 'job', {
  to: Job,
  description: 'The job. Null if this server does not have it.',
  key: ({ jobId }) => jobId,
});

nodeLink(Job, 'currentRun', {
  to: JobRun,
  description: 'The run in progress. Null if no run is in progress.',
  key: ({ currentRunId }) => currentRunId,
});

connectionLink(Job, 'runs', jobRuns, {
  description: 'The runs of the job that have ended, the last ended first.',
  of: ({ id }) => ({ jobId: id }),
});
