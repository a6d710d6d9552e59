import { randomUUID } from 'node:crypto';
import type { Draft } from '../../journal/topic.ts';
import type { Claim, ClaimedRun, JobStore, RunEnd } from '../../jobs/job-store.ts';
import { firstDue, nextDue, servedSince, triggerText } from '../../jobs/schedule.ts';
import type { Job } from '../../jobs/job.ts';
import type { DomainContext } from '../domain.ts';
import { ownAudit } from '../governance/events.ts';
import { jobEvents, type JobFinished, isNotable } from './events.ts';
import { announceJobs, claimRun, lockJob, renewClaim, restoreDue } from './store.ts';

/**
 * The scheduler's job store in PostgreSQL. A claim is a lease on the job's row, measured by the database's clock:
 * unlike a lock of a session it needs no connection of its own and survives one that is lost for a moment. What it
 * changes together with the log goes through the log, so that claims and records of all instances have one order.
 */
export function postgresJobStore({
  journal: { log },
  database: { kysely },
}: Pick<DomainContext, 'journal' | 'database'>): JobStore {
  return {
    async announce(jobs, now) {
      // One statement, which waits for the rows of jobs that are claimed: the log's lock would hold up all events.
      const rows = await announceJobs(
        kysely,
        jobs.map(({ id, trigger }) => ({
          id,
          trigger: triggerText(trigger),
          due: new Date(firstDue(trigger, now)),
          servedSince: new Date(servedSince(trigger, now)),
        })),
      );
      return new Map(rows.map((row) => [row.job_id, row.due_at.getTime()]));
    },
    async claim(job, { by, now, leaseMs }) {
      const { value } = await log.transact<Claim>(async (db) => {
        const state = await lockJob(db, job.id);
        if (state === undefined) throw new Error(`the job ${job.id} was never announced`);
        const dueAt = state.due_at.getTime();
        const busyMs = state.run_id === null ? 0 : state.held_ms;
        if (busyMs > 0 || (by === null && dueAt > now))
          return { value: { run: null, dueAt, busyMs }, drafts: [] };

        const lapsed =
          state.run_id === null ? null : lapsedRun(state.run_id, state.run_started_at, state.run_by);
        const due = dueAt > now ? dueAt : nextDue(job.trigger, dueAt, now);
        const run = {
          id: randomUUID(),
          by,
          startedAt: now,
          before: lapsed === null ? state.last_outcome : 'ABORTED',
          dueAfter: due,
        } as const;
        await claimRun(db, job.id, { id: run.id, by, startedAt: new Date(now), due: new Date(due), leaseMs });
        const drafts: Draft[] = [];
        if (lapsed !== null) drafts.push(finished(job, lapsed, { ...neverEnded, finishedAt: now }));
        if (by !== null)
          drafts.push(
            ownAudit('job_triggered', by, { targetId: job.id, action: 'triggered job', details: job.name }),
          );
        return { value: { run, dueAt: due, busyMs: 0 }, drafts };
      });
      return value;
    },
    renew: (runId, leaseMs) => renewClaim(kysely, runId, leaseMs),
    async finish(job, run, end) {
      await log.transact(async (db) => {
        if (end.outcome !== 'ABORTED') await restoreDue(db, run, triggerText(job.trigger));
        return { value: null, drafts: [finished(job, run, end)] };
      });
    },
  };
}

const neverEnded = {
  durationMs: null,
  outcome: 'ABORTED',
  error: 'The server that ran it ended without recording how the run ended.',
} as const;

type EndedRun = Omit<ClaimedRun, 'dueAfter'>;

function lapsedRun(id: string, startedAt: Date | null, by: string | null): EndedRun {
  return { id, startedAt: startedAt?.getTime() ?? 0, by, before: null };
}

function finished(
  job: Job,
  run: EndedRun,
  end: Omit<RunEnd, 'durationMs'> & Pick<JobFinished, 'durationMs'>,
): Draft<JobFinished> {
  const { outcome } = end;
  return {
    topic: jobEvents,
    key: job.id,
    type: 'jobFinished',
    id: run.id,
    occurredAt: end.finishedAt,
    payload: {
      runId: run.id,
      jobId: job.id,
      jobName: job.name,
      triggeredBy: run.by,
      startedAt: run.startedAt,
      finishedAt: end.finishedAt,
      durationMs: end.durationMs,
      outcome,
      error: end.error,
      notable: isNotable({
        always: job.notable ?? false,
        triggeredBy: run.by,
        outcome,
        before: run.before,
      }),
    },
  };
}
