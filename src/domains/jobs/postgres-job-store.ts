import { randomUUID } from 'node:crypto';
import type { Draft, PayloadOf } from '../../journal/topic.ts';
import type { Claim, ClaimedRun, JobStore, RunEnd } from '../../jobs/job-store.ts';
import type { Job } from '../../jobs/job.ts';
import { firstDue, nextDue, servedSince, triggerText } from '../../jobs/schedule.ts';
import type { DomainContext } from '../domain.ts';
import { ownAudit } from '../governance/events.ts';
import { isNotable, jobEvents, type JobFinished, type JobRunCancelled } from './events.ts';
import {
  announceJobs,
  cancelRun,
  claimRun,
  lockJob,
  renewClaim,
  restoreDue,
  skipRun,
  switchJob,
  type JobStateTable,
} from './store.ts';

/**
 * The scheduler's job store in PostgreSQL. A claim is a lease on the row of the job, measured by the clock of the
 * database. Unlike a session lock, a lease needs no connection of its own and survives the loss of a connection. Changes
 * that belong to events are made in transactions of the log, so claims and outcomes of all instances have one order.
 */
export function postgresJobStore({
  journal: { log },
  database: { kysely },
}: Pick<DomainContext, 'database'> & {
  readonly journal: Pick<DomainContext['journal'], 'log'>;
}): JobStore {
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
        if (by === null && !state.enabled) {
          const skippedTo = nextDue(job.trigger, dueAt, now);
          await skipRun(db, job.id, new Date(skippedTo));
          return { value: { run: null, dueAt: skippedTo, busyMs: 0 }, drafts: [] };
        }

        const expired = state.run_id === null ? null : expiredRun(state.run_id, state);
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
        if (expired !== null)
          drafts.push(
            finishedDraft(job, expired, { ...killed, cancelledBy: state.cancelled_by, finishedAt: now }),
          );
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

    async setEnabled(job, enabled, by) {
      const { value } = await log.transact(async (db) => {
        const changed = await switchJob(db, job.id, { enabled, at: new Date(), by });
        if (!changed) return { value: false, drafts: [] };
        const type = enabled ? 'jobEnabled' : 'jobDisabled';
        const payload = { jobId: job.id, jobName: job.name, actorId: by };
        const audit = ownAudit(enabled ? 'job_enabled' : 'job_disabled', by, {
          targetId: job.id,
          action: enabled ? 'enabled job' : 'disabled job',
          details: job.name,
        });
        return { value: true, drafts: [{ topic: jobEvents, key: job.id, type, payload }, audit] };
      });
      return value;
    },

    async cancel(runId, by, nameOf) {
      const { value } = await log.transact(async (db) => {
        const run = await cancelRun(db, runId, by);
        if (run === null || !run.changed) return { value: run, drafts: [] };
        const { jobId } = run;
        const payload: JobRunCancelled = { jobId, jobName: nameOf(jobId), runId, actorId: by };
        const audit = ownAudit('job_run_cancelled', by, {
          targetId: jobId,
          action: 'cancelled job run',
          details: runId,
        });
        return { value: run, drafts: [{ topic: jobEvents, key: jobId, type: runCancelled, payload }, audit] };
      });
      return value;
    },

    onCancelled: (listener) =>
      log.onAppend((entries) => {
        for (const { topic, type, payload } of entries)
          if (topic === jobEvents.name && type === runCancelled) listener((payload as JobRunCancelled).runId);
      }),
  };
}

const runCancelled = 'jobRunCancelled';

const killed = {
  durationMs: null,
  outcome: 'ABORTED',
  error: 'The server stopped without recording the outcome of the run.',
} as const;

type EndedRun = Omit<ClaimedRun, 'dueAfter'>;

function expiredRun(
  id: string,
  { run_started_at: startedAt, run_by: by }: Pick<JobStateTable, 'run_started_at' | 'run_by'>,
): EndedRun {
  return { id, startedAt: startedAt?.getTime() ?? 0, by, before: null };
}

function finishedDraft(
  job: Job,
  run: EndedRun,
  end: Omit<RunEnd, 'durationMs'> & Pick<JobFinished, 'durationMs'>,
): Draft<PayloadOf<typeof jobEvents>> {
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
        cancelledBy: end.cancelledBy,
        outcome: end.outcome,
        before: run.before,
      }),
    },
  };
}
