import { builder } from '../../graph/builder.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import { dateTime, exposedFields, id, int, nullable, of, payloadFields } from '../../graph/exposed-fields.ts';
import { keysetConnection } from '../../graph/keyset-connection.ts';
import { producerEvent } from '../../graph/producer-event.ts';
import { requirePercent } from '../../graph/reported-values.ts';
import { camelKeys, type CamelKeys } from '../../lib/case-keys.ts';
import { workflowEvents, workflowUpdated, type WorkflowStage, type WorkflowStatus } from './events.ts';
import { workflowList, type WorkflowsTable } from './store.ts';

const WorkflowStatusType = describedEnum<WorkflowStatus>(
  'WorkflowStatus',
  'Whether a workflow runs, and how it ended.',
  {
    PENDING: 'It has not begun.',
    IN_PROGRESS: 'It runs.',
    COMPLETED: 'It ended well.',
    FAILED: 'It ended badly.',
    CANCELLED: 'Somebody ended it.',
  },
);

const WorkflowStageType = describedEnum<WorkflowStage>(
  'WorkflowStage',
  'What a workflow is at, in the usual order.',
  {
    REQUIREMENTS_ANALYSIS: 'What is wanted is found out.',
    ARCHITECTURE_DESIGN: 'How it shall be built is decided.',
    COMPONENT_GENERATION: 'Its parts are made.',
    VALIDATION: 'What was made is checked.',
    REVIEW: 'People look at it.',
  },
);

/** What a report, a workflow and the input for producers have in common. */
const workflowId = 'The workflow, as its producer names it.';
const reported = {
  status: of(WorkflowStatusType, 'Whether it runs, and how it ended.'),
  stage: of(WorkflowStageType, 'What it is at.'),
  progress: int('Percent that is done, whole, 0 to 100.'),
  message: nullable.string('In words; null when nothing was said.'),
};
const estimatedCompletion = 'When it should be done; null when nobody knows.';
const owner = 'The subject of a credential whose workflow it is; null: nobody’s in particular.';

const Workflow = builder.objectRef<CamelKeys<WorkflowsTable>>('Workflow').implement({
  description: 'A workflow as the newest report tells of it. Source: `workflow` of producers.',
  fields: (t) => ({
    id: t.exposeID('workflowId', { description: workflowId }),
    ...exposedFields(t, {
      ...reported,
      estimatedCompletion: nullable.dateTime(estimatedCompletion),
      ownerUserId: nullable.id(owner),
      startedAt: dateTime('Time of the first report.'),
      updatedAt: dateTime('Time of the newest report.'),
    }),
  }),
});

keysetConnection('workflows', {
  name: 'Workflow',
  type: Workflow,
  list: workflowList,
  node: camelKeys,
  description:
    'Workflows of all owners, the one that began last first. Paged by keyset: a page deep inside costs what the first ' +
    'one costs. Source: the table workflows, kept RETENTION_DAYS after the last report.',
  page: 'A page of workflows.',
  edge: 'A workflow and its place in the list.',
  totalCount: 'All workflows, of the status if one is named.',
  args: (t) => ({
    status: t({ type: WorkflowStatusType, description: 'Only with this status; default all.' }),
  }),
  filter: ({ status = null }) => ({ status }),
  one: {
    field: 'workflow',
    description: 'One workflow; null when it is not known (any more).',
    idDescription: 'The workflow.',
  },
});

const WorkflowEvent = eventType('WorkflowEvent', workflowEvents, {
  kind: 'WORKFLOW',
  description: 'A report of how a workflow stands. Source: `workflow` of producers.',
  fields: (t) =>
    payloadFields(t, {
      ...reported,
      workflowId: id(workflowId),
      estimatedCompletion: nullable.dateTime(estimatedCompletion),
      ownerUserId: nullable.id(`${owner} Of a report that names none it is the one named before.`),
    }),
});

eventSubscription('workflowEvents', {
  type: WorkflowEvent,
  topic: workflowEvents,
  description: 'Reports of workflows of all owners',
  ofKey: ['workflowId', 'Only of this workflow; default all.'],
});

// A field of its own, since the one above gives all viewers the same, so that all its subscribers share one execution.
eventSubscription('myWorkflowEvents', {
  type: WorkflowEvent,
  topic: workflowEvents,
  description: 'Reports of workflows that the viewer owns and of those without an owner',
  viewerDependent: true,
  matches:
    (_args, { viewer }) =>
    ({ payload: { ownerUserId } }) =>
      ownerUserId === null || ownerUserId === viewer.subject,
});

const idBounds = { chars: [1, 256] } as const;

producerEvent('workflow', {
  description: 'How a workflow stands.',
  inputDescription: 'How a workflow stands. What is left out is unknown, but for the owner.',
  topic: workflowEvents,
  type: workflowUpdated,
  notes: { at: 'A report that is older than a known one is told, and changes no state.' },
  fields: (t) => ({
    workflowId: t.id({ required: true, bounds: idBounds, description: workflowId }),
    status: t.field({ type: WorkflowStatusType, required: true, description: reported.status.description }),
    stage: t.field({ type: WorkflowStageType, required: true, description: reported.stage.description }),
    progress: t.int({ required: true, description: reported.progress.description }),
    message: t.string({ bounds: { chars: 4_096 }, description: 'In words.' }),
    estimatedCompletion: t.field({ type: 'DateTime', description: 'When it should be done.' }),
    ownerUserId: t.id({
      bounds: idBounds,
      description:
        'The subject of a credential whose workflow it is. Left out or null: the one that was named last, if any.',
    }),
  }),
  draft: (fields) => {
    requirePercent('progress', fields.progress);
    const completion = fields.estimatedCompletion?.getTime() ?? null;
    return { key: fields.workflowId, payload: { ...fields, estimatedCompletion: completion } };
  },
});
