import { keysetList } from '../../db/keyset-list.ts';
import { indexedIf } from '../../db/list-conditions.ts';
import type { Retained } from '../../db/retained.ts';
import { foldedTable } from '../../journal/folded-table.ts';
import type { Entry } from '../../journal/topic.ts';
import { snakeKeys, type SnakeKeys } from '../../lib/case-keys.ts';
import { workflowEvents, type WorkflowStatus, type WorkflowUpdate } from './events.ts';

declare module '../../db/database.ts' {
  interface Database {
    workflows: WorkflowsTable;
  }
}

export type WorkflowsTable = SnakeKeys<Omit<WorkflowUpdate, 'estimatedCompletion'>> & {
  estimated_completion: Date | null;
  /** The time of the earliest report. The list is ordered by it. */
  started_at: Date;
  /** The time of the most recent report. */
  updated_at: Date;
  /** When the last report was stored. */
  recorded_at: Date;
};

/** Maintains the table of workflows. A report without an owner gets the owner of the previous report. */
export const workflowTable = foldedTable({
  topics: [workflowEvents],
  table: 'workflows',
  key: 'workflow_id',
  fold: afterUpdate,
  enrich(drafts, workflows) {
    const owners = new Map([...workflows.values()].map((row) => [row.workflow_id, row.owner_user_id]));
    return drafts.map((draft) => {
      const ownerUserId = draft.payload.ownerUserId ?? owners.get(draft.key) ?? null;
      owners.set(draft.key, ownerUserId);
      return { ...draft, payload: { ...draft.payload, ownerUserId } };
    });
  },
});

/** A report that is older than the most recent one changes only the owner and, if it is the earliest, the start. */
function afterUpdate(
  workflow: WorkflowsTable | undefined,
  { occurredAt, recordedAt, payload }: Entry<WorkflowUpdate>,
): WorkflowsTable {
  const at = new Date(occurredAt);
  const { estimatedCompletion: completion, ...state } = payload;
  const reported = {
    ...snakeKeys(state),
    estimated_completion: completion === null ? null : new Date(completion),
    updated_at: at,
  };
  return {
    ...(workflow !== undefined && at < workflow.updated_at ? workflow : reported),
    owner_user_id: payload.ownerUserId,
    started_at: workflow === undefined || at < workflow.started_at ? at : workflow.started_at,
    recorded_at: new Date(recordedAt),
  };
}

export interface WorkflowFilter {
  readonly statuses?: readonly WorkflowStatus[] | null | undefined;
  readonly ownerUserId?: string | null | undefined;
  readonly since?: Date | null | undefined;
  readonly until?: Date | null | undefined;
}

export const workflowList = keysetList({
  table: 'workflows',
  at: 'started_at',
  id: 'workflow_id',
  orders: { UPDATED_AT: { column: 'updated_at' } },
  filter: ({ statuses, ownerUserId, since, until }: WorkflowFilter) => ({
    conditions: [...indexedIf('status', statuses), ...indexedIf('owner_user_id', ownerUserId)],
    since,
    until,
  }),
});

/** A workflow is removed a while after its last report, whatever its status. */
export const retainedWorkflows: Retained = {
  table: 'workflows',
  by: 'recorded_at',
  key: { workflow_id: 'text' },
};
