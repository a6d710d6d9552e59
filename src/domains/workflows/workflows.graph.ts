import { resolveCursorConnection, type ResolveCursorConnectionArgs } from '@pothos/plugin-relay';
import { builder } from '../../graph/builder.ts';
import { parsePlace, placeText } from '../../graph/place.ts';
import { selects } from '../../graph/selects.ts';
import { told, WorkflowStageType, WorkflowStatusType } from './state.graph.ts';
import { countWorkflows, readWorkflowPage, readWorkflows, type WorkflowsTable } from './store.ts';

const Workflow = builder.objectRef<WorkflowsTable>('Workflow').implement({
  description: 'A workflow as the newest report tells of it. Source: `workflow` of producers.',
  fields: (t) => ({
    id: t.exposeID('workflow_id', { description: told.workflowId }),
    status: t.field({ type: WorkflowStatusType, description: told.status, resolve: ({ status }) => status }),
    stage: t.field({ type: WorkflowStageType, description: told.stage, resolve: ({ stage }) => stage }),
    progress: t.exposeInt('progress', { description: told.progress }),
    message: t.exposeString('message', { nullable: true, description: told.message }),
    estimatedCompletion: t.field({
      type: 'DateTime',
      nullable: true,
      description: told.estimatedCompletion,
      resolve: (workflow) => workflow.estimated_completion,
    }),
    ownerUserId: t.exposeID('owner_user_id', { nullable: true, description: told.ownerUserId }),
    startedAt: t.field({
      type: 'DateTime',
      description: 'Time of the first report.',
      resolve: (workflow) => workflow.started_at,
    }),
    updatedAt: t.field({
      type: 'DateTime',
      description: 'Time of the newest report.',
      resolve: (workflow) => workflow.updated_at,
    }),
  }),
});

const pageMax = 1_000;

builder.queryField('workflows', (t) =>
  t.connection(
    {
      type: Workflow,
      requires: 'read',
      description:
        'Workflows of all owners, the one that began last first. Paged by keyset: a page deep inside costs what the first ' +
        'one costs. Source: the table workflows, kept RETENTION_DAYS after the last report.',
      args: {
        status: t.arg({ type: WorkflowStatusType, description: 'Only with this status; default all.' }),
      },
      resolve: async (_root, args, { db }, info) => {
        const status = args.status ?? null;
        const page = await resolveCursorConnection(
          {
            args,
            defaultSize: 100,
            maxSize: pageMax,
            toCursor: (workflow: WorkflowsTable) =>
              placeText({ at: workflow.started_at, id: workflow.workflow_id }),
          },
          async ({ before, after, limit, inverted }: ResolveCursorConnectionArgs) => [
            ...(await readWorkflowPage(db, {
              status,
              limit,
              newestFirst: !inverted,
              olderThan: parsePlace(after, 'after'),
              newerThan: parsePlace(before, 'before'),
            })),
          ],
        );
        return { ...page, totalCount: selects(info, 'totalCount') ? await countWorkflows(db, status) : 0 };
      },
    },
    {
      name: 'WorkflowConnection',
      description: 'A page of workflows.',
      fields: (c) => ({
        totalCount: c.int({
          description: 'All workflows, of the status if one is named. Counted only when asked for.',
          resolve: ({ totalCount }) => totalCount,
        }),
      }),
    },
    { name: 'WorkflowEdge', description: 'A workflow and its place in the list.' },
  ),
);

builder.queryField('workflow', (t) =>
  t.field({
    type: Workflow,
    nullable: true,
    requires: 'read',
    description: 'One workflow; null when it is not known (any more).',
    args: { id: t.arg.id({ required: true, description: 'The workflow.' }) },
    resolve: async (_root, { id }, { db }) => (await readWorkflows(db, [id]))[0],
  }),
);
