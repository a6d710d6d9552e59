import { builder } from '../../graph/builder.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { eventConnection, eventsLink } from '../../graph/event-links.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import {
  dateTime,
  exposedFields,
  id,
  named,
  nullable,
  of,
  payloadFields,
} from '../../graph/exposed-fields.ts';
import { keysetConnection, searchedPages } from '../../graph/keyset-connection.ts';
import { producerEvent } from '../../graph/producer-event.ts';
import { rejectField } from '../../graph/reported-values.ts';
import { timeRangeFields } from '../../graph/time-range-fields.ts';
import { linkField } from '../../graph/links.ts';
import { fromList, nodeType } from '../../graph/node.ts';
import { camelKeys, type CamelKeys } from '../../lib/case-keys.ts';
import { workflowEvents, type WorkflowStage, type WorkflowStatus } from './events.ts';
import { workflowList, type WorkflowsTable } from './store.ts';

const WorkflowStatusType = describedEnum<WorkflowStatus>('WorkflowStatus', 'Lifecycle of a workflow.', {
  PENDING: 'The workflow has not started.',
  IN_PROGRESS: 'The workflow is running.',
  COMPLETED: 'The workflow succeeded.',
  FAILED: 'The workflow stopped because of an error.',
  CANCELLED: 'The workflow was stopped before completion.',
});

const WorkflowStageType = describedEnum<WorkflowStage>('WorkflowStage', 'A stage, in the usual order.', {
  REQUIREMENTS_ANALYSIS: 'The requirements are collected and clarified.',
  ARCHITECTURE_DESIGN: 'The architecture of the result is designed.',
  COMPONENT_GENERATION: 'The components of the result are generated.',
  VALIDATION: 'The components are tested against the requirements.',
  REVIEW: 'People review the result.',
});

/** What a workflow, its events and the input of producers have in common. */
const workflowId = 'Identifies the workflow. Chosen by its producer.';
const progressPercent = 'Progress of the work, an integer from 0 to 100.';
const estimatedCompletionAt = 'Estimated completion time. Null if the report had none.';
const reported = {
  status: of(WorkflowStatusType, 'Whether the workflow is running, and how it ended.'),
  stage: of(WorkflowStageType, 'The part of the work that is being done.'),
  message: named(
    'statusMessage',
    nullable.string('Message for people, at most 4,096 characters. Null if the report had none.'),
  ),
  ownerUserId: nullable.id('The owner, a subject of a credential. Null if no report has named one.'),
};

export const Workflow = nodeType<CamelKeys<WorkflowsTable>>('Workflow', {
  description: 'A workflow, in the state of its most recent report. Source: the producer event `workflow`.',
  key: (workflow) => workflow.workflowId,
  load: fromList(workflowList, camelKeys),
  fields: (t) => ({
    ...exposedFields(t, {
      workflowId: id(workflowId),
      ...reported,
      startedAt: dateTime('Time of the earliest report.'),
      updatedAt: dateTime('Time of the most recent report.'),
    }),
    progressPercent: t.exposeFloat('progress', { description: progressPercent }),
    estimatedCompletionAt: t.expose('estimatedCompletion', {
      type: 'DateTime',
      nullable: true,
      description: estimatedCompletionAt,
    }),
  }),
});

const WorkflowFilterInput = builder.inputType('WorkflowFilter', {
  description: 'Selects workflows that match all given conditions.',
  fields: (t) => ({
    statuses: t.field({
      type: [WorkflowStatusType],
      description: 'Only workflows with one of these statuses.',
    }),
    ownerUserId: t.id({ description: 'Only workflows of this owner, a subject of a credential.' }),
    ...timeRangeFields(t, 'workflows that started'),
  }),
});

keysetConnection('workflows', {
  name: 'Workflow',
  type: Workflow,
  list: workflowList,
  node: camelKeys,
  description:
    'Returns the workflows of all owners, most recently started first. Source: the table workflows, which keeps a ' +
    `workflow for RETENTION_DAYS after its last report. ${searchedPages('`statuses` and `ownerUserId`')}`,
  followedBy: 'workflowEvents',
  page: 'A page of workflows.',
  edge: 'A workflow and its position in the list.',
  totalCount: 'Number of retained workflows that match the filter.',
  filterInput: WorkflowFilterInput,
  orders: { STARTED_AT: 'When the workflow started.', UPDATED_AT: 'When the workflow was last reported.' },
  one: {
    field: 'workflow',
    description: 'Returns one workflow. Null if it was never reported or is no longer retained.',
    key: 'workflowId',
    keyDescription: 'The id that the producer chose.',
  },
});

const WorkflowEvent = eventType('WorkflowEvent', workflowEvents, {
  kind: 'WORKFLOW',
  description: 'A report of the state of a workflow. Source: the producer event `workflow`.',
  fields: (t) => ({
    ...payloadFields(t, {
      workflowId: id(workflowId),
      ownerUserId: reported.ownerUserId,
    }),
    workflow: linkField(t, {
      to: Workflow,
      description: 'The present state of the workflow. Null if it is no longer retained.',
      key: ({ payload }) => payload.workflowId,
    }),
    workflowStatus: t.field({
      type: WorkflowStatusType,
      description: reported.status.description,
      resolve: ({ payload }) => payload.status,
    }),
    workflowStage: t.field({
      type: WorkflowStageType,
      description: reported.stage.description,
      resolve: ({ payload }) => payload.stage,
    }),
    estimatedCompletionAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: estimatedCompletionAt,
      resolve: ({ payload }) => payload.estimatedCompletion,
    }),
    progressPercent: t.float({
      description: progressPercent,
      resolve: ({ payload }) => payload.progress,
    }),
    statusMessage: t.string({
      nullable: true,
      description: reported.message.description,
      resolve: ({ payload }) => payload.message,
    }),
  }),
});

eventSubscription('workflowEvents', {
  type: WorkflowEvent,
  topic: workflowEvents,
  description: 'Reports of the workflows of all owners',
  ofKey: ['workflowId', 'Returns only events of this workflow. Default: all workflows.'],
});

eventsLink(
  Workflow,
  eventConnection('WorkflowEvent', {
    type: WorkflowEvent,
    topic: workflowEvents,
    followedBy: 'workflowEvents',
  }),
  { description: 'The reports of the workflow', of: ({ workflowId }) => ({ key: workflowId }) },
);

// Separate from `workflowEvents`, whose subscribers share one execution because its result is the same for all viewers.
eventSubscription('myWorkflowEvents', {
  type: WorkflowEvent,
  topic: workflowEvents,
  description: 'Reports of the workflows that the viewer owns and of workflows without an owner',
  viewerDependent: true,
  matches:
    (_args, { viewer }) =>
    ({ payload: { ownerUserId } }) =>
      ownerUserId === null || ownerUserId === viewer.subject,
});

const idBounds = { chars: [1, 256] } as const;

producerEvent('workflow', {
  description: 'The state of a workflow. Null or absent values are stored as null, except for the owner.',
  topic: workflowEvents,
  type: 'workflowUpdated',
  instant: { note: 'A report older than the most recent one does not change the state.' },
  fields: (t) => ({
    workflowId: t.id({ required: true, bounds: idBounds, description: workflowId }),
    status: t.field({ type: WorkflowStatusType, required: true, description: reported.status.description }),
    stage: t.field({ type: WorkflowStageType, required: true, description: reported.stage.description }),
    progressPercent: t.float({ required: true, description: progressPercent }),
    statusMessage: t.string({ bounds: { chars: 4_096 }, description: 'Message for people.' }),
    estimatedCompletionAt: t.field({ type: 'DateTime', description: 'Estimated completion time.' }),
    ownerUserId: t.id({
      bounds: idBounds,
      description: 'The owner, a subject of a credential. Default: the owner in the previous report.',
    }),
  }),
  draft: ({
    estimatedCompletionAt: completion,
    progressPercent: progress,
    statusMessage: message,
    ...fields
  }) => {
    if (!Number.isInteger(progress) || progress < 0 || progress > 100)
      rejectField('progressPercent', 'an integer from 0 to 100');
    return {
      key: fields.workflowId,
      payload: { ...fields, progress, message, estimatedCompletion: completion?.getTime() ?? null },
    };
  },
});
