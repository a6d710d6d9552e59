import { builder } from '../../graph/builder.ts';
import { Job, viewJobs } from './job.graph.ts';

builder.queryField('jobs', (t) =>
  t.field({
    type: [Job],
    requires: 'read',
    description: 'What this server runs by the clock.',
    resolve: async (_root, _args, { db, facts }) => [...(await viewJobs(db, facts.jobs.known))],
  }),
);
