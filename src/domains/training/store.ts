import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { indexed, rowsInOrder, type List } from '../../db/list-page.ts';
import type { Retained } from '../../db/retained.ts';
import { foldedTable } from '../../journal/folded-table.ts';
import {
  trainingEvents,
  type TrainingCompletion,
  type TrainingFailure,
  type TrainingProgress,
  type TrainingState,
} from './events.ts';
import { afterEntry } from './run.ts';

declare module '../../db/database.ts' {
  interface Database {
    training_runs: TrainingRunsTable;
  }
}

export interface TrainingRunsTable {
  run_id: string;
  model_id: string | null;
  state: TrainingState;
  /** Of the first report. */
  started_at: Date;
  /** Of the newest report that told something. */
  updated_at: Date;
  ended_at: Date | null;
  progress: TrainingProgress | null;
  ending: TrainingCompletion | TrainingFailure | null;
  /** When anything of it was stored last. */
  recorded_at: Date;
}

type Db = Kysely<Database>;

/** The table of runs. A run's first report says that it is the first. */
export const trainingRunTable = foldedTable({
  topics: [trainingEvents],
  table: 'training_runs',
  key: 'run_id',
  fold: afterEntry,
  enrich(drafts, runs) {
    const known = new Set(runs.keys());
    return drafts.map((draft) => {
      const first = !known.has(draft.key);
      known.add(draft.key);
      if (draft.type !== 'trainingProgressed' || !first) return draft;
      return { ...draft, payload: { ...(draft.payload as TrainingProgress), first } };
    });
  },
});

export async function readRuns(db: Db, ids: readonly string[]): Promise<readonly TrainingRunsTable[]> {
  return db
    .selectFrom('training_runs')
    .selectAll()
    .where(sql<boolean>`run_id = any(${ids}::text[])`)
    .execute();
}

export interface RunPage {
  readonly state: TrainingState | null;
  readonly limit: number;
  /** Newest first, or oldest first when reading backwards. */
  readonly newestFirst: boolean;
  readonly olderThan: { readonly at: Date; readonly id: string } | null;
  readonly newerThan: { readonly at: Date; readonly id: string } | null;
}

const list: List = { table: 'training_runs', at: 'started_at', id: 'run_id' };

/** One page by keyset, by the start of the runs. */
export async function readRunPage(
  db: Db,
  { state, ...page }: RunPage,
): Promise<readonly TrainingRunsTable[]> {
  const conditions = state === null ? [] : [indexed('state', [state])];
  return (await sql<TrainingRunsTable>`${rowsInOrder(list, { ...page, conditions })}`.execute(db)).rows;
}

export async function countRuns(db: Db, state: TrainingState | null): Promise<number> {
  let query = db.selectFrom('training_runs');
  if (state !== null) query = query.where('state', '=', state);
  const row = await query.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirst();
  return row?.count ?? 0;
}

/** Runs whose last report is old, whether they ended or not. */
export const retainedRuns: Retained = {
  table: 'training_runs',
  by: 'recorded_at',
  key: { run_id: 'text' },
};
