import { sql, type Kysely, type Selectable } from 'kysely';
import type { Database } from '../../db/database.ts';
import { keysetList } from '../../db/keyset-list.ts';
import { indexedIf, unindexedIf } from '../../db/list-conditions.ts';
import type { Retained } from '../../db/retained.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import { camelKeys, snakeKeys, type SnakeKeys } from '../../lib/case-keys.ts';
import { jobEvents, type JobFinished, type JobOutcome } from './events.ts';

declare module '../../db/database.ts' {
  interface Database {
    job_state: JobStateTable;
    job_runs: JobRunsTable;
  }
}

export interface JobStateTable {
  job_id: string;
  /** As `triggerText` writes it. */
  trigger: string;
  /** When the next run is due. */
  due_at: Date;
  /** The run in progress; or one whose instance was killed, and then its lease has expired. */
  run_id: string | null;
  run_started_at: Date | null;
  run_by: string | null;
  /** By the clock of the database, which all instances share. */
  lease_until: Date | null;
  last_run_at: Date | null;
  last_outcome: JobOutcome | null;
  last_duration_ms: number | null;
  /** Whether the job runs on its schedule. */
  enabled: boolean;
  /** The last change of `enabled`; null: it was never changed. */
  enabled_changed_at: Date | null;
  enabled_changed_by: string | null;
  /** The user who cancelled the run in progress. */
  cancelled_by: string | null;
}

export type JobRunsTable = SnakeKeys<Omit<JobFinished, 'notable' | 'startedAt' | 'finishedAt'>> & {
  seq: number;
  started_at: Date;
  finished_at: Date;
};

type Db = Kysely<Database>;

export interface AnnouncedJob {
  readonly id: string;
  readonly trigger: string;
  readonly due: Date;
  /** A run that started at or after this instant replaces the one at `due`. */
  readonly servedSince: Date;
}

/**
 * Stores jobs with their due times. A job is due at the earlier of the stored and the given time, so that a run that was
 * missed while no instance was running is made up for. The given time is ignored if a run since `servedSince` has done
 * the work already. After a change of its trigger a job is due at the given time.
 */
export async function announceJobs(
  db: Db,
  jobs: readonly AnnouncedJob[],
): Promise<readonly { readonly job_id: string; readonly due_at: Date }[]> {
  const { rows } = await sql<{ job_id: string; due_at: Date }>`
    with announced as (
      select * from jsonb_to_recordset(${JSON.stringify(jobs)}::jsonb)
        as job (id text, trigger text, due timestamptz, "servedSince" timestamptz)
    )
    insert into job_state as state (job_id, trigger, due_at)
    select id, trigger, due from announced order by id
    on conflict (job_id) do update set
      trigger = excluded.trigger,
      due_at = case
        when state.trigger <> excluded.trigger then excluded.due_at
        when state.run_id is null and state.last_outcome <> 'ABORTED' and state.last_run_at >=
          (select "servedSince" from announced where id = state.job_id) then state.due_at
        else least(state.due_at, excluded.due_at) end
    returning job_id, due_at`.execute(db);
  return rows;
}

/**
 * Restores the due time after a run that succeeded or failed. An instance that started during the run may have announced
 * an earlier time for a first run, which is no longer needed.
 */
export async function restoreDue(
  db: Db,
  run: { readonly id: string; readonly dueAfter: number },
  trigger: string,
): Promise<void> {
  const due = new Date(run.dueAfter);
  await db
    .updateTable('job_state')
    .set({ due_at: due })
    .where('run_id', '=', run.id)
    .where('trigger', '=', trigger)
    .where('due_at', '<', due)
    .execute();
}

/**
 * Locks and reads the state of a job until the commit.
 * @returns also how long its run still holds the claim, in milliseconds.
 */
export async function lockJob(
  db: Db,
  jobId: string,
): Promise<(Selectable<JobStateTable> & { readonly held_ms: number }) | undefined> {
  const { rows } = await sql<Selectable<JobStateTable> & { held_ms: number }>`
    select *,
      coalesce(greatest(0, extract(epoch from lease_until - clock_timestamp()) * 1000), 0)::float8 as held_ms
    from job_state where job_id = ${jobId} for update`.execute(db);
  return rows[0];
}

export async function claimRun(
  db: Db,
  jobId: string,
  run: {
    readonly id: string;
    readonly by: string | null;
    readonly startedAt: Date;
    readonly due: Date;
    readonly leaseMs: number;
  },
): Promise<void> {
  await db
    .updateTable('job_state')
    .set({
      run_id: run.id,
      run_by: run.by,
      run_started_at: run.startedAt,
      due_at: run.due,
      lease_until: inMs(run.leaseMs),
      cancelled_by: null,
    })
    .where('job_id', '=', jobId)
    .execute();
}

/** @returns whether the run still holds the claim, and who has cancelled it. */
export async function renewClaim(
  db: Db,
  runId: string,
  leaseMs: number,
): Promise<{ readonly held: boolean; readonly cancelledBy: string | null }> {
  const renewed = await db
    .updateTable('job_state')
    .set({ lease_until: inMs(leaseMs) })
    .where('run_id', '=', runId)
    .returning('cancelled_by')
    .executeTakeFirst();
  return { held: renewed !== undefined, cancelledBy: renewed?.cancelled_by ?? null };
}

/** Lets a due time pass without a run. */
export async function skipRun(db: Db, jobId: string, due: Date): Promise<void> {
  await db.updateTable('job_state').set({ due_at: due }).where('job_id', '=', jobId).execute();
}

/** @returns false if the job had this state before. */
export async function switchJob(
  db: Db,
  jobId: string,
  { enabled, at, by }: { readonly enabled: boolean; readonly at: Date; readonly by: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('job_state')
    .set({ enabled, enabled_changed_at: at, enabled_changed_by: by })
    .where('job_id', '=', jobId)
    .where('enabled', '<>', enabled)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/**
 * Marks a run in progress as cancelled, unless it is marked.
 * @returns its job, and whether this call marked it; null: no such run is in progress.
 */
export async function cancelRun(
  db: Db,
  runId: string,
  by: string,
): Promise<{ readonly jobId: string; readonly changed: boolean } | null> {
  const running = await db
    .selectFrom('job_state')
    .select(['job_id', 'cancelled_by'])
    .where('run_id', '=', runId)
    .where(inProgress)
    .forUpdate()
    .executeTakeFirst();
  if (running === undefined) return null;
  const changed = running.cancelled_by === null;
  if (changed)
    await db.updateTable('job_state').set({ cancelled_by: by }).where('run_id', '=', runId).execute();
  return { jobId: running.job_id, changed };
}

function inMs(ms: number) {
  return sql<Date>`clock_timestamp() + ${ms} * interval '1 millisecond'`;
}

/** The table of ended runs, written in the transaction that stores the events. It also releases their claims. */
export const jobRunTable = topicHandler({
  topics: [jobEvents],
  project(entries) {
    const rows = entries
      .filter(({ type }) => type === 'jobFinished')
      .map(({ seq, payload }) => {
        const run = payload as JobFinished;
        return {
          ...snakeKeys(run),
          seq,
          started_at: new Date(run.startedAt),
          finished_at: new Date(run.finishedAt),
        };
      });
    if (rows.length === 0) return [];
    return [
      sql`
        with finished as (
          select * from jsonb_populate_recordset(null::job_runs, ${JSON.stringify(rows)}::jsonb)
        ), stored as (
          insert into job_runs select * from finished
        ), newest as (
          select distinct on (job_id) * from finished order by job_id, seq desc
        )
        update job_state as state set
          last_run_at = newest.started_at, last_outcome = newest.outcome, last_duration_ms = newest.duration_ms,
          run_id = case when state.run_id in (select run_id from finished) then null else state.run_id end
        from newest where newest.job_id = state.job_id`,
    ];
  },
});

/** The stored state of a job. */
export interface JobState {
  /** Null: the job is disabled. */
  readonly nextRunAt: Date | null;
  readonly enabled: boolean;
  /** The last change of `enabled`; null: it was never changed. */
  readonly enabledChangedAt: Date | null;
  readonly enabledChangedBy: string | null;
  /** The run in progress; null: no run is in progress. */
  readonly currentRunId: string | null;
  /** Start of the run in progress; null: no run is in progress. */
  readonly runningSince: Date | null;
  readonly lastRunAt: Date | null;
  readonly lastOutcome: JobOutcome | null;
  readonly lastDurationMs: number | null;
}

/** @returns the states by job id; jobs that no instance has announced yet have none. */
export async function readJobStates(
  db: Db,
  jobIds: readonly string[],
): Promise<ReadonlyMap<string, JobState>> {
  const rows = await db
    .selectFrom('job_state')
    .select(['job_id', 'last_run_at', 'last_outcome', 'last_duration_ms'])
    .select(['enabled', 'enabled_changed_at', 'enabled_changed_by'])
    .select([
      sql<Date | null>`case when enabled then due_at end`.as('next_run_at'),
      sql<Date | null>`case when ${inProgress} then run_started_at end`.as('running_since'),
      sql<string | null>`case when ${inProgress} then run_id end`.as('current_run_id'),
    ])
    .where(sql<boolean>`job_id = any(${jobIds}::text[])`)
    .execute();
  return new Map(rows.map(({ job_id, ...state }) => [job_id, camelKeys(state)]));
}

/** A run in progress or ended. */
export interface StoredRun extends Omit<
  JobFinished,
  'notable' | 'startedAt' | 'finishedAt' | 'jobName' | 'outcome'
> {
  /** Position of the event of its end; null: the run is in progress. */
  readonly seq: number | null;
  readonly jobName: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly outcome: JobOutcome | null;
}

/** The runs with these ids, in progress or ended. The name of the job of a run in progress is null. One statement. */
export async function readJobRuns(
  db: Db,
  runIds: readonly string[],
): Promise<readonly (Omit<StoredRun, 'jobName'> & { readonly jobName: string | null })[]> {
  const { rows } = await sql<SnakeKeys<Omit<StoredRun, 'jobName'>> & { readonly job_name: string | null }>`
    select seq, run_id, job_id, job_name, triggered_by, cancelled_by, started_at, finished_at, duration_ms, outcome, error
    from job_runs where run_id = any(${runIds}::text[])
    union all
    select null, run_id, job_id, null, run_by, cancelled_by, run_started_at, null, null, null, null
    from job_state where run_id = any(${runIds}::text[]) and ${inProgress}`.execute(db);
  return rows.map((row) => camelKeys(row));
}

const inProgress = sql<boolean>`run_id is not null and lease_until > clock_timestamp()`;

export interface JobRunFilter {
  readonly jobId?: string | null | undefined;
  readonly outcomes?: readonly JobOutcome[] | null | undefined;
  readonly triggeredBy?: string | null | undefined;
  readonly since?: Date | null | undefined;
  readonly until?: Date | null | undefined;
}

export const jobRunList = keysetList({
  table: 'job_runs',
  at: 'finished_at',
  id: 'seq',
  key: 'run_id',
  orders: { STARTED_AT: { column: 'started_at' } },
  filter: ({ jobId, outcomes, triggeredBy, since, until }: JobRunFilter) => ({
    conditions: [
      ...indexedIf('job_id', jobId),
      ...indexedIf('outcome', outcomes),
      ...unindexedIf('triggered_by', triggeredBy),
    ],
    since,
    until,
  }),
});

export const retainedRuns: Retained = { table: 'job_runs', by: 'finished_at' };
