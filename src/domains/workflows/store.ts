import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { indexed, rowsInOrder, type List } from '../../db/list-page.ts';
import type { Retained } from '../../db/retained.ts';
import { foldedTable } from '../../journal/folded-table.ts';
import { workflowEvents, type WorkflowStage, type WorkflowStatus } from './events.ts';
import { afterUpdate } from './workflow.ts';

declare module '../../db/database.ts' {
  interface Database {
    workflows: WorkflowsTable;
  }
}

export interface WorkflowsTable {
  workflow_id: string;
  status: WorkflowStatus;
  stage: WorkflowStage;
  /** Percent, whole, 0 to 100. */
  progress: number;
  message: string | null;
  estimated_completion: Date | null;
  owner_user_id: string | null;
  /** Of the report with the earliest time. Pages are ordered by it. */
  started_at: Date;
  /** Of the report with the latest time. */
  updated_at: Date;
  /** When anything of it was stored last. */
  recorded_at: Date;
}

type Db = Kysely<Database>;

/** The table of workflows. A report that names no owner is about the owner's workflow all the same. */
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

export async function readWorkflows(db: Db, ids: readonly string[]): Promise<readonly WorkflowsTable[]> {
  return db
    .selectFrom('workflows')
    .selectAll()
    .where(sql<boolean>`workflow_id = any(${ids}::text[])`)
    .execute();
}

export interface WorkflowPage {
  /** Null: whatever it is. */
  readonly status: WorkflowStatus | null;
  readonly limit: number;
  /** Newest first, or oldest first when reading backwards. */
  readonly newestFirst: boolean;
  readonly olderThan: { readonly at: Date; readonly id: string } | null;
  readonly newerThan: { readonly at: Date; readonly id: string } | null;
}

const list: List = { table: 'workflows', at: 'started_at', id: 'workflow_id' };

/** One page by keyset, by the start of the workflows. */
export async function readWorkflowPage(
  db: Db,
  { status, ...page }: WorkflowPage,
): Promise<readonly WorkflowsTable[]> {
  const conditions = status === null ? [] : [indexed('status', [status])];
  return (await sql<WorkflowsTable>`${rowsInOrder(list, { ...page, conditions })}`.execute(db)).rows;
}

export async function countWorkflows(db: Db, status: WorkflowStatus | null): Promise<number> {
  const row = await withStatus(db, status)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirst();
  return row?.count ?? 0;
}

function withStatus(db: Db, status: WorkflowStatus | null) {
  const query = db.selectFrom('workflows');
  return status === null ? query : query.where('status', '=', status);
}

/** Workflows whose last report is old, whether they ended or not. */
export const retainedWorkflows: Retained = {
  table: 'workflows',
  by: 'recorded_at',
  key: { workflow_id: 'text' },
};
