import { keysetList } from '../../db/keyset-list.ts';
import { indexed } from '../../db/list-page.ts';
import type { Retained } from '../../db/retained.ts';
import { foldedTable } from '../../journal/folded-table.ts';
import type { Entry } from '../../journal/topic.ts';
import type { SnakeKeys } from '../../lib/case-keys.ts';
import { workflowEvents, type WorkflowStatus, type WorkflowUpdate } from './events.ts';

declare module '../../db/database.ts' {
  interface Database {
    workflows: WorkflowsTable;
  }
}

export type WorkflowsTable = SnakeKeys<Omit<WorkflowUpdate, 'estimatedCompletion'>> & {
  estimated_completion: Date | null;
  /** Of the report with the earliest time. Pages are ordered by it. */
  started_at: Date;
  /** Of the report with the latest time. */
  updated_at: Date;
  /** When its last report was stored. */
  recorded_at: Date;
};

/** The table of workflows. A report that names no owner gets the owner of the report before. */
export const workflowTable = foldedTable({
  topics: [workflowEvents],
  table: 'workflows',
  key: 'workflow_id',
  fold: afterUpdate,
  enrich(drafts, workflows) {
    const owners = new Map([...workflows.values()].map((one) => [one.workflow_id, one.owner_user_id]));
    return drafts.map((draft) => {
      const ownerUserId = draft.payload.ownerUserId ?? owners.get(draft.key) ?? null;
      owners.set(draft.key, ownerUserId);
      return { ...draft, payload: { ...draft.payload, ownerUserId } };
    });
  },
});

/**
 * A workflow after a report. A report that is older than the last one changes only the owner: that is always the owner
 * in the report that was stored last.
 */
function afterUpdate(
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
  const { status, stage, progress, message, estimatedCompletion } = payload;
  return {
    ...known,
    workflow_id: key,
    status,
    stage,
    progress,
    message,
    estimated_completion: estimatedCompletion === null ? null : new Date(estimatedCompletion),
    updated_at: at,
  };
}

export const workflowList = keysetList({
  table: 'workflows',
  at: 'started_at',
  id: 'workflow_id',
  filter: ({ status }: { readonly status: WorkflowStatus | null }) => ({
    conditions: status === null ? [] : [indexed('status', [status])],
  }),
});

/** Workflows whose last report is old, whether they ended or not. */
export const retainedWorkflows: Retained = {
  table: 'workflows',
  by: 'recorded_at',
  key: { workflow_id: 'text' },
};
