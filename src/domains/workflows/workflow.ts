import type { Entry } from '../../journal/topic.ts';
import type { WorkflowUpdate } from './events.ts';
import type { WorkflowsTable } from './store.ts';

/**
 * What is known of a workflow once a report is added. One that is older than what is known changes nothing but the
 * owner, who is always the one that was named last.
 */
export function afterUpdate(
  workflow: WorkflowsTable | undefined,
  { key, occurredAt, recordedAt, payload }: Entry<WorkflowUpdate>,
): WorkflowsTable {
  const at = new Date(occurredAt);
  const known = {
    owner_user_id: payload.ownerUserId,
    started_at: workflow === undefined || at < workflow.started_at ? at : workflow.started_at,
    recorded_at: new Date(recordedAt),
  };
  if (workflow !== undefined && at < workflow.updated_at) return { ...workflow, ...known };
  return {
    ...known,
    workflow_id: key,
    status: payload.status,
    stage: payload.stage,
    progress: payload.progress,
    message: payload.message,
    estimated_completion: payload.estimatedCompletion === null ? null : new Date(payload.estimatedCompletion),
    updated_at: at,
  };
}
