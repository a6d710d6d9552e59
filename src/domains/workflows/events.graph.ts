import { builder } from '../../graph/builder.ts';
import { Event, eventRef } from '../../graph/event.ts';
import { stream, throughTheDoor } from '../../graph/stream.ts';
import type { Entry } from '../../journal/topic.ts';
import { workflowEvents, type WorkflowUpdate } from './events.ts';
import { told, WorkflowStageType, WorkflowStatusType } from './state.graph.ts';

const WorkflowEvent = eventRef('WorkflowEvent', workflowEvents, { kind: 'WORKFLOW' });

builder.objectType(WorkflowEvent, {
  description: 'A report of how a workflow stands. Source: `workflow` of producers.',
  interfaces: [Event],
  fields: (t) => ({
    workflowId: t.id({ description: told.workflowId, resolve: ({ payload }) => payload.workflowId }),
    status: t.field({
      type: WorkflowStatusType,
      description: told.status,
      resolve: ({ payload }) => payload.status,
    }),
    stage: t.field({
      type: WorkflowStageType,
      description: told.stage,
      resolve: ({ payload }) => payload.stage,
    }),
    progress: t.int({ description: told.progress, resolve: ({ payload }) => payload.progress }),
    message: t.string({
      nullable: true,
      description: told.message,
      resolve: ({ payload }) => payload.message,
    }),
    estimatedCompletion: t.field({
      type: 'DateTime',
      nullable: true,
      description: told.estimatedCompletion,
      resolve: ({ payload: { estimatedCompletion } }) =>
        estimatedCompletion === null ? null : new Date(estimatedCompletion),
    }),
    ownerUserId: t.id({
      nullable: true,
      description: `${told.ownerUserId} Of a report that names none it is the one named before.`,
      resolve: ({ payload }) => payload.ownerUserId,
    }),
  }),
});

const after = 'Go on behind this cursor; `earliest`: from the oldest event kept.';

builder.subscriptionField('workflowEvents', (t) =>
  t.field({
    type: WorkflowEvent,
    requires: 'read',
    description: 'EVERY. Reports of workflows of all owners, after the cursor `after` or from now on.',
    args: {
      workflowId: t.arg.id({ description: 'Only of this workflow; default all.' }),
      after: t.arg({ type: 'Cursor', description: after }),
    },
    extensions: stream({
      delivery: 'EVERY',
      topics: [workflowEvents.name],
      types: () => null,
      matches: ({ workflowId }) => {
        const wanted = workflowId as string | null | undefined;
        return ({ key }) => !wanted || key === wanted;
      },
    }),
    subscribe: throughTheDoor<WorkflowUpdate>,
    resolve: (entry) => entry,
  }),
);

// A field of its own and no argument of the one above: that one is the same for everybody, so all its readers share.
builder.subscriptionField('myWorkflowEvents', (t) =>
  t.field({
    type: WorkflowEvent,
    requires: 'read',
    viewerDependent: true,
    description:
      'EVERY. Reports of workflows that the viewer owns and of those without an owner, after the cursor `after` or from ' +
      'now on.',
    args: { after: t.arg({ type: 'Cursor', description: after }) },
    extensions: stream({
      delivery: 'EVERY',
      topics: [workflowEvents.name],
      types: () => null,
      matches: (_args, { viewer }) => {
        const { subject } = viewer;
        return (entry) => {
          const { ownerUserId } = (entry as Entry<WorkflowUpdate>).payload;
          return ownerUserId === null || ownerUserId === subject;
        };
      },
    }),
    subscribe: throughTheDoor<WorkflowUpdate>,
    resolve: (entry) => entry,
  }),
);
