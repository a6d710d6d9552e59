import { randomUUID } from 'node:crypto';
import type { Draft } from '../../journal/topic.ts';
import type { Claim, ClaimedRun, JobStore, RunEnd } from '../../jobs/job-store.ts';
import type { Job } from '../../jobs/job.ts';
import { firstDue, nextDue, servedSince, triggerText } from '../../jobs/schedule.ts';
import type { DomainContext } from '../domain.ts';
import { ownAudit } from '../governance/events.ts';
import { isNotable, jobEvents, type JobFinished } from './events.ts';
import { announceJobs, claimRun, lockJob, renewClaim, restoreDue } from './store.ts';

/**
 * The scheduler's job store in PostgreSQL. A claim is a lease on the row of the job, measured by the clock of the
 * database. Unlike a session lock, a lease needs no connection of its own and survives the loss of a connection. Changes
 * that belong to events are made in transactions of the log, so claims and outcomes of all instances have one order.
 */
export function postgresJobStore({
  journal: { log },
  database: { kysely },
}: Pick<DomainContext, 'journal' | 'database'>): JobStore {
  return {
    async announce(jobs, now) {
      // Not a transaction of the log: the statement may wait for locked rows, and the lock of the log delays all events.
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
        if (state === undefined) throw new Error(`the job ${job.id} was not announced`);
        const dueAt = state.due_at.getTime();
        const busyMs = state.run_id === null ? 0 : state.held_ms;
        if (busyMs > 0 || (by === null && dueAt > now))
          return { value: { run: null, dueAt, busyMs }, drafts: [] };

        const expired =
          state.run_id === null ? null : expiredRun(state.run_id, state.run_started_at, state.run_by);
        const due = dueAt > now ? dueAt : nextDue(job.trigger, dueAt, now);
        const run = {
          id: randomUUID(),
          by,
          startedAt: now,
          before: expired === null ? state.last_outcome : 'ABORTED',
          dueAfter: due,
        } as const;
        await claimRun(db, job.id, { id: run.id, by, startedAt: new Date(now), due: new Date(due), leaseMs });
        const drafts: Draft[] = [];
        if (expired !== null) drafts.push(finishedDraft(job, expired, { ...killed, finishedAt: now }));
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
        return { value: null, drafts: [finishedDraft(job, run, end)] };
      });
    },
  };
}

const killed = {
  durationMs: null,
  outcome: 'ABORTED',
  error: 'The server stopped without recording the outcome of the run.',
} as const;

type EndedRun = Omit<ClaimedRun, 'dueAfter'>;

function expiredRun(id: string, startedAt: Date | null, by: string | null): EndedRun {
  return { id, startedAt: startedAt?.getTime() ?? 0, by, before: null };
}

function finishedDraft(
  job: Job,
  run: EndedRun,
  end: Omit<RunEnd, 'durationMs'> & Pick<JobFinished, 'durationMs'>,
): Draft<JobFinished> {
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
      ...end,
      notable: isNotable({
        always: job.notable ?? false,
        triggeredBy: run.by,
        outcome: end.outcome,
        before: run.before,
      }),
    },
  };
}
