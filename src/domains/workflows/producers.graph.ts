import { builder } from '../../graph/builder.ts';
import { eventMember } from '../../graph/event-input.ts';
import { requirePercent } from '../../graph/reported-values.ts';
import type { Draft } from '../../journal/topic.ts';
import { workflowEvents, workflowUpdated, type WorkflowUpdate } from './events.ts';
import { WorkflowStageType, WorkflowStatusType } from './state.graph.ts';

/** What those report who carry workflows out. */

const idBounds = { chars: [1, 256] } as const;

const WorkflowInput = builder.inputType('WorkflowInput', {
  description: 'How a workflow stands. What is left out is unknown, but for the owner.',
  fields: (t) => ({
    id: t.id({ description: 'Idempotency key: a second event with it is accepted and not stored again.' }),
    at: t.field({
      type: 'DateTime',
      description:
        'When it happened. Default: now. A report that is older than a known one is told, and changes no state.',
    }),
    workflowId: t.id({
      required: true,
      bounds: idBounds,
      description: 'The workflow, as its producer names it.',
    }),
    status: t.field({
      type: WorkflowStatusType,
      required: true,
      description: 'Whether it runs, and how it ended.',
    }),
    stage: t.field({ type: WorkflowStageType, required: true, description: 'What it is at.' }),
    progress: t.int({ required: true, description: 'Percent that is done, whole, 0 to 100.' }),
    message: t.string({ bounds: { chars: 4_096 }, description: 'In words.' }),
    estimatedCompletion: t.field({ type: 'DateTime', description: 'When it should be done.' }),
    ownerUserId: t.id({
      bounds: idBounds,
      description:
        'The subject of a credential whose workflow it is. Left out or null: the one that was named last, if any.',
    }),
  }),
});

eventMember({
  name: 'workflow',
  input: WorkflowInput,
  description: 'How a workflow stands.',
  draft: (fields, common): Draft<WorkflowUpdate> => {
    requirePercent('progress', fields.progress);
    return {
      topic: workflowEvents,
      key: fields.workflowId,
      type: workflowUpdated,
      ...common,
      payload: {
        workflowId: fields.workflowId,
        status: fields.status,
        stage: fields.stage,
        progress: fields.progress,
        message: fields.message ?? null,
        estimatedCompletion: fields.estimatedCompletion?.getTime() ?? null,
        ownerUserId: fields.ownerUserId ?? null,
      },
    };
  },
});
