import { sql, type Kysely, type Selectable } from 'kysely';
import type { Database } from '../../db/database.ts';
import { keysetList } from '../../db/keyset-list.ts';
import { indexed } from '../../db/list-page.ts';
import type { Retained } from '../../db/retained.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import { snakeKeys, type SnakeKeys } from '../../lib/case-keys.ts';
import { jobEvents, type JobFinished, type JobOutcome } from './events.ts';

declare module '../../db/database.ts' {
  interface Database {
    job_state: JobStateTable;
    job_runs: JobRunsTable;
  }
}

export interface JobStateTable {
  job_id: string;
  /** In words. */
  trigger: string;
  /** When the next run is to begin. */
  due_at: Date;
  /** The run that goes on, or whose instance was killed: then its lease has lapsed. */
  run_id: string | null;
  run_started_at: Date | null;
  run_by: string | null;
  /** By the database's clock, which all instances share. */
  lease_until: Date | null;
  last_run_at: Date | null;
  last_outcome: JobOutcome | null;
  last_duration_ms: number | null;
}

export type JobRunsTable = SnakeKeys<Omit<JobFinished, 'notable' | 'startedAt' | 'finishedAt'>> & {
  seq: number;
  started_at: Date;
  finished_at: Date;
};

type Db = Kysely<Database>;

export interface Announced {
  readonly id: string;
  readonly trigger: string;
  readonly due: Date;
  /** A run that began at or after this instant makes the one at `due` unnecessary. */
  readonly servedSince: Date;
}

/**
 * Stores jobs and when they are due. The earlier of the stored and the given time counts, so that a run that was missed
 * while no instance ran is made up for; but the given time does not count where a run has done its work already. A job
 * whose trigger was changed is due by its new one.
 */
export async function announceJobs(
  db: Db,
  jobs: readonly Announced[],
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
 * The run ended well, so a first run that an instance asked for while it went on is not needed: the job is due when it
 * was to be due after this run.
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

/** How a job stands, and whether the run noted there holds its claim. Nobody else changes it until the commit. */
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
    })
    .where('job_id', '=', jobId)
    .execute();
}

/** @returns whether the claim is still that run's. */
export async function renewClaim(db: Db, runId: string, leaseMs: number): Promise<boolean> {
  const renewed = await db
    .updateTable('job_state')
    .set({ lease_until: inMs(leaseMs) })
    .where('run_id', '=', runId)
    .executeTakeFirst();
  return renewed.numUpdatedRows > 0n;
}

function inMs(ms: number) {
  return sql<Date>`clock_timestamp() + ${ms} * interval '1 millisecond'`;
}

/** Runs that ended, in the transaction that stores the events; their claims are given back. */
export const jobRunTable = topicHandler({
  topics: [jobEvents],
  project(entries) {
    const rows = entries.map(({ seq, payload }) => ({
      ...snakeKeys(payload),
      seq,
      started_at: new Date(payload.startedAt),
      finished_at: new Date(payload.finishedAt),
    }));
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

/** How a job stands, for readers. */
export interface JobStanding {
  readonly jobId: string;
  readonly dueAt: Date;
  /** Since when it runs; null: it does not. */
  readonly runningSince: Date | null;
  readonly lastRunAt: Date | null;
  readonly lastOutcome: JobOutcome | null;
  readonly lastDurationMs: number | null;
}

export async function readStandings(db: Db, jobIds: readonly string[]): Promise<readonly JobStanding[]> {
  const rows = await db
    .selectFrom('job_state')
    .selectAll()
    .select(sql<boolean>`run_id is not null and lease_until > clock_timestamp()`.as('running'))
    .where(sql<boolean>`job_id = any(${jobIds}::text[])`)
    .execute();
  return rows.map((row) => ({
    jobId: row.job_id,
    dueAt: row.due_at,
    runningSince: row.running ? row.run_started_at : null,
    lastRunAt: row.last_run_at,
    lastOutcome: row.last_outcome,
    lastDurationMs: row.last_duration_ms,
  }));
}

export const jobRunList = keysetList({
  table: 'job_runs',
  at: 'finished_at',
  id: 'seq',
  filter: ({ jobId }: { readonly jobId: string | null }) => ({
    conditions: jobId === null ? [] : [indexed('job_id', [jobId])],
  }),
});

/** Runs, by their ends. */
export const retainedRuns: Retained = { table: 'job_runs', by: 'finished_at' };
