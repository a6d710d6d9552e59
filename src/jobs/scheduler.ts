import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../errors.ts';
import { mask } from '../lib/mask.ts';
import { round } from '../lib/round.ts';
import { raceAbort } from '../lib/race-abort.ts';
import { waitAtMost } from '../lib/wait-at-most.ts';
import type { Log } from '../log/log.ts';
import type { Claim, ClaimedRun, JobStore, RunEnd } from './job-store.ts';
import { triggerText } from './schedule.ts';
import type { Job } from './job.ts';

export interface SchedulerOptions {
  readonly jobs: readonly Job[];
  readonly store: JobStore;
  readonly log: Log;
  /** Unix milliseconds. Default: the computer's clock. */
  readonly now?: () => number;
  /** The lifetime of a claim without renewal; it is renewed three times as often. Default 15 s. */
  readonly leaseMs?: number;
  /** Time for a running job to end when the server stops. Default 4 s; the whole stop takes at most one second more. */
  readonly graceMs?: number;
  /** How long to wait before the next attempt when the job store is unavailable. Default 5 s. */
  readonly retryMs?: number;
}

export interface JobStats {
  readonly id: string;
  /** Number of runs by outcome. */
  readonly runs: Readonly<Record<RunEnd['outcome'], number>>;
  /** Duration of the last run, milliseconds; null before the first. */
  readonly lastDurationMs: number | null;
}

export interface Scheduler {
  /** The jobs, with their triggers in words. */
  readonly known: readonly { readonly id: string; readonly name: string; readonly trigger: string }[];
  readonly running: () => boolean;
  /** Outcomes of runs on this instance since the process started, including jobs without runs. */
  readonly stats: () => readonly JobStats[];
  /** Announces the jobs; from then on they run. Rejects when the job store is unavailable. */
  start(): Promise<void>;
  /**
   * Starts a run now, unless one is in progress on any instance; does not wait for its end.
   * @returns null when there is no such job.
   * @throws AppError SHUTTING_DOWN while the scheduler is stopped.
   */
  trigger(id: string, by: string): Promise<'TRIGGERED' | 'ALREADY_RUNNING' | null>;
  /**
   * Enables or disables the schedule of a job on all instances.
   * @returns whether that changed anything; null when there is no such job.
   * @throws AppError SHUTTING_DOWN while the scheduler is stopped.
   */
  setEnabled(id: string, enabled: boolean, by: string): Promise<boolean | null>;
  /**
   * Aborts a run on whichever instance it is in progress; does not wait for its end.
   * @returns the job of the run, and whether this call was the first; null when no such run is in progress.
   */
  cancel(runId: string, by: string): ReturnType<JobStore['cancel']>;
  /** Starts no further run. A run in progress has `graceMs` to end; then it is aborted and recorded as such. */
  stop(): Promise<void>;
}

/** The longest timer, because clocks are changed and computers sleep. */
const sleepMaxMs = 60_000;
/** Time to record an aborted run at the end. */
const recordMs = 1_000;
const errorCharsMax = 2_000;

/**
 * Runs jobs on their schedules. All instances on a database share one job store, which keeps the due time of each job:
 * the first instance to claim a run executes it, the others wait for the next one. Runs of a job never overlap. A
 * failed run is logged, recorded and followed by the next scheduled one.
 */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { store, log, now = Date.now, leaseMs = 15_000, graceMs = 4_000, retryMs = 5_000 } = options;
  const jobs = new Map(options.jobs.map((job) => [job.id, job]));
  if (jobs.size < options.jobs.length) throw new Error('two jobs have the same id');
  let running = false;
  const stopping = new AbortController();
  const graceOver = new AbortController();
  /** What `stop` waits for: the loops, and runs until they are recorded. */
  const pending = new Set<Promise<void>>();
  /** By job: settles once its run is recorded and its function has ended, which may ignore its signal. */
  const atWork = new Map<string, Promise<unknown>>();
  /** By run: renews the claim now. */
  const renewals = new Map<string, () => void>();
  const stats = new Map(options.jobs.map(({ id }) => [id, notRunYet(id)]));
  let listening: Disposable | null = null;

  function track(work: Promise<unknown>): void {
    const tracked = Promise.allSettled([work]).then(() => void pending.delete(tracked));
    pending.add(tracked);
  }

  /** The loop of one job. Never rejects. */
  async function keep(job: Job, dueAt: number): Promise<void> {
    let failing = false;
    let wakeAt = dueAt;
    while (await sleepUntil(wakeAt)) {
      try {
        await raceAbort(Promise.resolve(atWork.get(job.id)), stopping.signal);
        const claim = await begin(job, null);
        failing = false;
        wakeAt = nextAttemptAt(claim, now());
      } catch (error) {
        if (!failing && !stopping.signal.aborted)
          log.warn({ job: job.id, err: error }, 'failed to claim the job; retrying');
        failing = true;
        wakeAt = now() + retryMs;
      }
    }
  }

  /** Claims a run and starts it. */
  async function begin(job: Job, by: string | null): Promise<Claim> {
    const claim = await store.claim(job, { by, now: now(), leaseMs });
    if (claim.run !== null) track(perform(job, claim.run));
    return claim;
  }

  /** @returns false when the scheduler stops. */
  async function sleepUntil(at: number): Promise<boolean> {
    const { signal } = stopping;
    for (let left = at - now(); left > 0 && !signal.aborted; left = at - now())
      await delay(Math.min(left, sleepMaxMs), undefined, { signal, ref: false }).catch(() => {});
    return !signal.aborted;
  }

  /** Never rejects. */
  async function perform(job: Job, run: ClaimedRun): Promise<void> {
    const ending = new AbortController();
    const stopRenewing = hold(job, run.id, ending);
    const signal = AbortSignal.any([graceOver.signal, ending.signal]);
    const began = performance.now();
    const work = (async () => job.run(signal))();
    const recorded = raceAbort(work, signal)
      .then(
        () => ({ outcome: 'SUCCESS', error: null, cancelledBy: null }) as const,
        (error: unknown) => failure(job, signal, error),
      )
      .then((end) => record(job, run, { ...end, durationMs: round(performance.now() - began, 1) }))
      .finally(stopRenewing);
    const ended = Promise.allSettled([work, recorded]);
    atWork.set(job.id, ended);
    void ended.then(() => atWork.get(job.id) === ended && atWork.delete(job.id));
    await recorded;
  }

  async function record(job: Job, run: ClaimedRun, end: Omit<RunEnd, 'finishedAt'>): Promise<void> {
    log.debug({ job: job.id, outcome: end.outcome, durationMs: end.durationMs }, 'the job has run');
    const { runs } = stats.get(job.id) ?? notRunYet(job.id);
    stats.set(job.id, {
      id: job.id,
      runs: { ...runs, [end.outcome]: runs[end.outcome] + 1 },
      lastDurationMs: end.durationMs,
    });
    try {
      await store.finish(job, run, { ...end, finishedAt: now() });
    } catch (error) {
      // The claim lapses, and the next run records that the outcome of this one is unknown.
      log.warn({ job: job.id, err: error }, 'failed to record the end of the job');
    }
  }

  function failure(
    job: Job,
    { aborted, reason }: AbortSignal,
    error: unknown,
  ): Pick<RunEnd, 'outcome' | 'error' | 'cancelledBy'> {
    const cancelledBy = reason instanceof RunCancelled ? reason.by : null;
    if (cancelledBy !== null) log.info({ job: job.id, by: cancelledBy }, 'the job was cancelled');
    else if (aborted) log.warn({ job: job.id, err: error }, 'the job was aborted');
    else log.error({ job: job.id, err: error }, 'the job failed');
    const text = mask(error instanceof Error ? error.message : String(error)).slice(0, errorCharsMax);
    return { outcome: aborted ? 'ABORTED' : 'FAILED', error: text, cancelledBy };
  }

  /**
   * Renews a claim. A run whose claim cannot be renewed is aborted before the claim lapses. A renewal also reads whether
   * the run was cancelled, so a run is cancelled even if its instance misses the notification.
   */
  function hold(job: Job, runId: string, ending: AbortController): () => void {
    const marginMs = leaseMs / 3;
    let heldUntil = performance.now() + leaseMs;
    const renew = (): void => {
      const askedAt = performance.now();
      store.renew(runId, leaseMs).then(
        ({ held, cancelledBy }) => {
          if (!held) ending.abort(new Error('another instance has taken over the job'));
          else if (cancelledBy !== null) ending.abort(new RunCancelled(cancelledBy));
          else heldUntil = askedAt + leaseMs;
        },
        (error: unknown) => log.debug({ job: job.id, err: error }, 'failed to renew the claim'),
      );
    };
    const timer = setInterval(() => {
      if (performance.now() < heldUntil - marginMs) return renew();
      clearInterval(timer);
      ending.abort(new Error('the database did not renew the claim in time'));
    }, marginMs);
    renewals.set(runId, renew);
    return () => {
      clearInterval(timer);
      renewals.delete(runId);
    };
  }

  function requireRunning(): void {
    if (!running) throw new AppError('SHUTTING_DOWN', 'The scheduler is not running.', { retryable: true });
  }

  return {
    known: options.jobs.map(({ id, name, trigger }) => ({ id, name, trigger: triggerText(trigger) })),
    running: () => running,
    stats: () => [...stats.values()],
    async start() {
      const due = await store.announce(options.jobs, now());
      running = !stopping.signal.aborted;
      if (running) listening = store.onCancelled((runId) => renewals.get(runId)?.());
      for (const job of options.jobs) track(keep(job, due.get(job.id) ?? now()));
    },
    async trigger(id, by) {
      const job = jobs.get(id);
      if (job === undefined) return null;
      requireRunning();
      if (atWork.has(id)) return 'ALREADY_RUNNING';
      const begun = begin(job, by);
      track(begun);
      return (await begun).run === null ? 'ALREADY_RUNNING' : 'TRIGGERED';
    },
    async setEnabled(id, enabled, by) {
      const job = jobs.get(id);
      if (job === undefined) return null;
      requireRunning();
      return store.setEnabled(job, enabled, by);
    },
    async cancel(runId, by) {
      requireRunning();
      return store.cancel(runId, by, (jobId) => jobs.get(jobId)?.name ?? jobId);
    },
    async stop() {
      running = false;
      stopping.abort(new Error('the server is stopping'));
      const grace = setTimeout(() => graceOver.abort(stopping.signal.reason), graceMs);
      await waitAtMost(graceMs + recordMs, allOf(pending));
      clearTimeout(grace);
      listening?.[Symbol.dispose]();
    },
  };
}

/** The reason of the signal of a run that a user cancelled. */
class RunCancelled extends Error {
  readonly by: string;
  constructor(by: string) {
    super(`cancelled by ${by}`);
    this.by = by;
  }
}

function notRunYet(id: string): JobStats {
  return { id, runs: { SUCCESS: 0, FAILED: 0, ABORTED: 0 }, lastDurationMs: null };
}

function nextAttemptAt({ run, dueAt, busyMs }: Claim, now: number): number {
  return run !== null || dueAt > now ? dueAt : now + busyMs;
}

/** Waits for promises, including those added during the wait. */
async function allOf(pending: ReadonlySet<Promise<void>>): Promise<void> {
  while (pending.size > 0) await Promise.all(pending);
}
