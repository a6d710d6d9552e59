import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { indexed, rowsInOrder, type List } from '../../db/list-page.ts';
import type { Retained } from '../../db/retained.ts';
import type { TimedDraft } from '../../journal/completions.ts';
import type { Draft, Entry } from '../../journal/topic.ts';
import type {
  TrainingCompletion,
  TrainingEventPayload,
  TrainingFailure,
  TrainingProgress,
  TrainingState,
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

/** The table of runs, in the transaction that stores the events. */
export async function projectTraining(db: Db, entries: readonly Entry[]): Promise<void> {
  const runs = new Map((await readRuns(db, keysOf(entries))).map((run) => [run.run_id, run]));
  for (const entry of entries as readonly Entry<TrainingEventPayload>[])
    runs.set(entry.key, afterEntry(runs.get(entry.key), entry));
  await sql`
    insert into training_runs
    select * from jsonb_populate_recordset(null::training_runs, ${JSON.stringify([...runs.values()])}::jsonb)
    on conflict (run_id) do update set
      model_id = excluded.model_id, state = excluded.state, updated_at = excluded.updated_at,
      ended_at = excluded.ended_at, progress = excluded.progress, ending = excluded.ending,
      recorded_at = excluded.recorded_at`.execute(db);
}

/** A run's first report says that it is the first. */
export async function completeTraining(db: Db, drafts: readonly TimedDraft[]): Promise<readonly Draft[]> {
  const known = new Set((await readRuns(db, keysOf(drafts))).map(({ run_id: runId }) => runId));
  return drafts.map((draft) => {
    const first = !known.has(draft.key);
    known.add(draft.key);
    if (draft.type !== 'trainingProgressed' || !first) return draft;
    return { ...draft, payload: { ...(draft as TimedDraft<TrainingProgress>).payload, first } };
  });
}

function keysOf(concerned: readonly { readonly key: string }[]): readonly string[] {
  return [...new Set(concerned.map(({ key }) => key))];
}

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
