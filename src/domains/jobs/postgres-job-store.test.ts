import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setImmediate as aTick } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/_util/database.ts';
import { programOf } from '../../../test/_util/process.ts';
import { removeBefore } from '../../../test/_util/remove-old.ts';
import { openDatabase, type DatabaseHandle } from '../../db/database.ts';
import type { JobStore, Renewal } from '../../jobs/job-store.ts';
import type { Job } from '../../jobs/job.ts';
import { createScheduler, type Scheduler, type SchedulerOptions } from '../../jobs/scheduler.ts';
import { Demand } from '../../journal/demand.ts';
import { Gauges } from '../../journal/gauges.ts';
import { openPostgresLog } from '../../journal/postgres-log.ts';
import type { Entry } from '../../journal/topic.ts';
import { silentLog } from '../../log/log.ts';
import { jobsDomain } from './domain.ts';
import type { JobFinished } from './events.ts';
import { postgresJobStore } from './postgres-job-store.ts';
import { jobRunList, jobRunTable, readJobStates } from './store.ts';

/** One of the servers that share a database. */
interface Instance {
  readonly handle: DatabaseHandle;
  readonly store: JobStore;
  /** Creates a scheduler that stops at the end of the test. */
  schedule(job: Job, options?: Partial<SchedulerOptions>): Scheduler;
  /** Waits until this number of runs has ended on this instance. @returns the last of them. */
  ended(count: number): Promise<JobFinished>;
}

const hourly = { everyMs: 3_600_000, firstAfterMs: 0 };

/** A list whose items can be awaited. */
function arrivals<Item>() {
  const items: Item[] = [];
  let arrived = (): void => {};
  return {
    items,
    add(item: Item): void {
      items.push(item);
      arrived();
    },
    /** Waits until the list has this number of items. @returns the last of them. */
    async nth(count: number): Promise<Item> {
      for (;;) {
        const item = items[count - 1];
        if (item !== undefined) return item;
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
      }
    },
  };
}

async function openTestDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  return database;
}

async function openInstance(database: TestDatabase): Promise<Instance> {
  const handle = openDatabase({ connection: database.connection, log: silentLog });
  const log = await openPostgresLog({ database: handle, log: silentLog, handlers: [jobRunTable] });
  const journal = { log, gauges: new Gauges(), demand: new Demand() };
  const store = postgresJobStore({ database: handle, journal });
  const runs = arrivals<JobFinished>();
  log.onAppend((entries) => {
    for (const entry of entries)
      if (entry.type === 'jobFinished') runs.add((entry as Entry<JobFinished>).payload);
  });
  onTestFinished(async () => {
    await log[Symbol.asyncDispose]();
    await handle[Symbol.asyncDispose]();
  });
  return {
    handle,
    store,
    schedule(job, options = {}) {
      const defaults = { jobs: [job], store, log: silentLog, graceMs: 0, retryMs: 10 };
      const scheduler = createScheduler({ ...defaults, ...options });
      onTestFinished(() => scheduler.stop());
      return scheduler;
    },
    ended: runs.nth,
  };
}

async function openOne(): Promise<Instance> {
  return openInstance(await openTestDatabase());
}

async function openTwo(): Promise<[Instance, Instance]> {
  const database = await openTestDatabase();
  return Promise.all([openInstance(database), openInstance(database)]);
}

function jobOf(run: Job['run'], more: Partial<Job> = {}): Job {
  return { id: 'test_job', name: 'Test Job', trigger: { everyMs: 3_600_000 }, run, ...more };
}

/** A job whose runs end when the test ends them. */
function held(more: Partial<Job> = {}) {
  const runs = arrivals<{ end: () => void; signal: AbortSignal }>();
  const job = jobOf((signal) => new Promise((end) => runs.add({ end, signal })), more);
  return { job, begun: runs.nth, count: () => runs.items.length };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

async function recorded({ handle }: Instance) {
  const page = { limit: 1_000, newestFirst: false, olderThan: null, newerThan: null };
  return (await jobRunList.read(handle.kysely, { jobId: null }, page)).rows;
}

async function stateOf({ handle }: Instance) {
  return (await readJobStates(handle.kysely, ['test_job'])).get('test_job');
}

describe('jobs of servers that share a database', () => {
  it('run on one of the instances at each time, and never overlap', async () => {
    const everyMs = 40;
    const instances = await openTwo();
    let concurrent = 0;
    let concurrentMax = 0;
    const firstAt = Date.now() + 100;
    let announced = false;
    const job = jobOf(
      async () => {
        concurrentMax = Math.max(concurrentMax, ++concurrent);
        await new Promise((resolve) => setTimeout(resolve, 5));
        concurrent--;
      },
      { trigger: { everyMs, firstAfterMs: 100 } },
    );
    // Both announce the same instant, so that the runs of both are due at the same times.
    const schedulers = instances.map((instance) =>
      instance.schedule(job, { now: () => (announced ? Date.now() : firstAt - 100) }),
    );
    await Promise.all(schedulers.map((scheduler) => scheduler.start()));
    announced = true;
    await Promise.race(instances.map((instance) => instance.ended(12)));
    await Promise.all(schedulers.map((scheduler) => scheduler.stop()));
    const runs = (await recorded(instances[0])).filter(({ outcome }) => outcome === 'SUCCESS');
    const taken = runs.map(({ started_at: at }) => Math.floor((at.getTime() - firstAt) / everyMs));
    expect(taken.length).toBeGreaterThanOrEqual(12);
    expect(new Set(taken).size).toBe(taken.length);
    expect(concurrentMax).toBe(1);
  });

  it('do not run again when a second instance starts after the first run', async () => {
    const [one, other] = await openTwo();
    const ran: string[] = [];
    const first = one.schedule(jobOf(async () => void ran.push('one'), { trigger: hourly }));
    const startedAt = Date.now();
    await first.start();
    await one.ended(1);
    const second = jobOf(async () => void ran.push('other'), { trigger: hourly });
    const due = await other.store.announce([second], startedAt);
    expect(due.get('test_job')).toBeGreaterThan(startedAt + 1_000_000);
    const claim = { by: null, now: Date.now() + 1_000, leaseMs: 300 };
    expect((await other.store.claim(second, claim)).run).toBeNull();
    // The time of a crontab passes while the second instance is starting.
    const nightly = jobOf(async () => {}, { id: 'nightly', trigger: { cron: '0 3 * * *' } });
    const at = (text: string): number => new Date(text).getTime();
    await one.store.announce([nightly], at('2026-11-20T12:00'));
    const night = await one.store.claim(nightly, { by: null, now: at('2026-11-21T03:00'), leaseMs: 300 });
    if (night.run === null) throw new Error('not claimed');
    const end = { durationMs: 1, outcome: 'SUCCESS', error: null, cancelledBy: null } as const;
    await one.store.finish(nightly, night.run, { ...end, finishedAt: at('2026-11-21T03:00') });
    const announced = await other.store.announce([nightly], at('2026-11-21T02:59:59.999'));
    expect(announced.get('nightly')).toBe(at('2026-11-22T03:00'));
    expect(ran).toEqual(['one']);
  });

  it('do not run again when a second instance starts during the first run', async () => {
    const [one, other] = await openTwo();
    const here = held({ trigger: hourly });
    await one.schedule(here.job, { leaseMs: 300 }).start();
    const run = await here.begun(1);
    const there = held({ trigger: hourly });
    await other.schedule(there.job, { leaseMs: 300 }).start();
    run.end();
    await one.ended(1);
    const claim = await other.store.claim(there.job, { by: null, now: Date.now() + 1_000, leaseMs: 300 });
    expect(claim).toMatchObject({ run: null, busyMs: 0 });
    expect(claim.dueAt).toBeGreaterThan(Date.now() + 1_000_000);
    expect(there.count()).toBe(0);
  });

  it('wait while a run is in progress on another instance, and run after it has ended', async () => {
    const [one, other] = await openTwo();
    const here = held({ trigger: { everyMs: 20, firstAfterMs: 0 } });
    const there = held({ trigger: { everyMs: 20, firstAfterMs: 0 } });
    await one.schedule(here.job, { leaseMs: 300 }).start();
    await here.begun(1);
    const second = other.schedule(there.job, { leaseMs: 300 });
    await second.start();
    expect(await second.trigger('test_job', 'ann')).toBe('ALREADY_RUNNING');
    const claims = await Promise.all(
      [1, 2, 3].map(() => other.store.claim(there.job, { by: null, now: Date.now() + 1_000, leaseMs: 300 })),
    );
    expect(claims.map(({ run }) => run)).toEqual([null, null, null]);
    expect(claims[0]?.busyMs).toBeGreaterThan(0);
    expect(there.count()).toBe(0);
    (await here.begun(1)).end();
    expect(await one.ended(1)).toMatchObject({ outcome: 'SUCCESS' });
    await Promise.race([here.begun(2), there.begun(1)]);
  });

  it('run on another instance after theirs was killed during a run, which is recorded as aborted', async () => {
    const database = await openTestDatabase();
    const script = await programOf('test/_util/run-job-until-killed.ts');
    const child = spawn(process.execPath, [script, database.connection], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    const other = await openInstance(database);
    const here = held({ trigger: hourly });
    const scheduler = other.schedule(here.job, { leaseMs: 600 });
    await scheduler.start();
    expect(await scheduler.trigger('test_job', 'ann')).toBe('ALREADY_RUNNING');
    expect(await stateOf(other)).toMatchObject({ runningSince: expect.any(Date) as Date });
    child.kill('SIGKILL');
    (await here.begun(1)).end();
    await other.ended(2);
    expect(await recorded(other)).toMatchObject([
      { outcome: 'ABORTED', duration_ms: null, error: expect.stringContaining('stopped') as string },
      { outcome: 'SUCCESS', error: null, triggered_by: null },
    ]);
    expect(await stateOf(other)).toMatchObject({ runningSince: null, lastOutcome: 'SUCCESS' });
  });

  it('are aborted by an instance whose claim another instance has taken', async () => {
    const instance = await openOne();
    const { job, begun } = held({ trigger: hourly });
    await instance.schedule(job, { leaseMs: 300 }).start();
    const { signal } = await begun(1);
    await sql`update job_state set run_id = ${randomUUID()}`.execute(instance.handle.kysely);
    await aborted(signal);
    expect(await instance.ended(1)).toMatchObject({
      outcome: 'ABORTED',
      error: 'another instance has taken over the job',
    });
  });

  it('are aborted before their claim expires if the database does not renew it', async () => {
    const instance = await openOne();
    const { job, begun } = held({ trigger: hourly });
    const store: JobStore = { ...instance.store, renew: () => new Promise<Renewal>(() => {}) };
    await instance.schedule(job, { store, leaseMs: 300 }).start();
    const { signal } = await begun(1);
    await aborted(signal);
    expect(await instance.ended(1)).toMatchObject({
      outcome: 'ABORTED',
      error: 'the database did not renew the claim in time',
    });
  });

  it('keep their claim during the whole run', async () => {
    const [one, other] = await openTwo();
    const { job, begun } = held({ trigger: hourly });
    const renewals = arrivals<boolean>();
    const store: JobStore = {
      ...one.store,
      async renew(runId, leaseMs) {
        const renewal = await one.store.renew(runId, leaseMs);
        renewals.add(renewal.held);
        return renewal;
      },
    };
    await one.schedule(job, { store, leaseMs: 1_500 }).start();
    const run = await begun(1);
    await renewals.nth(4);
    expect((await other.store.claim(job, { by: 'ann', now: Date.now(), leaseMs: 300 })).run).toBeNull();
    run.end();
    expect(await one.ended(1)).toMatchObject({ outcome: 'SUCCESS', error: null });
  });
});

describe('a run that is cancelled', () => {
  it('is aborted by its signal and recorded with the user, and the job runs again at its next time', async () => {
    const instance = await openOne();
    const { job, begun } = held({ trigger: hourly });
    const scheduler = instance.schedule(job);
    await scheduler.start();
    const { signal } = await begun(1);
    const { currentRunId = null, nextRunAt } = (await stateOf(instance)) ?? {};
    if (currentRunId === null) throw new Error('no run is in progress');
    const both = await Promise.all([
      scheduler.cancel(currentRunId, 'ann'),
      scheduler.cancel(currentRunId, 'bob'),
    ]);
    expect(both).toEqual([
      { jobId: 'test_job', changed: true },
      { jobId: 'test_job', changed: false },
    ]);
    await aborted(signal);
    expect(await instance.ended(1)).toMatchObject({
      runId: currentRunId,
      outcome: 'ABORTED',
      error: 'cancelled by ann',
      cancelledBy: 'ann',
      notable: true,
    });
    expect(await recorded(instance)).toMatchObject([{ outcome: 'ABORTED', cancelled_by: 'ann' }]);
    expect(await stateOf(instance)).toMatchObject({ currentRunId: null, nextRunAt });
    expect(await scheduler.cancel(currentRunId, 'ann')).toBeNull();
    expect(await scheduler.trigger('test_job', 'ann')).toBe('ALREADY_RUNNING'); // its function has not ended
  });

  it('is aborted when its claim is renewed if its instance receives no notification', async () => {
    const [one, other] = await openTwo();
    const { job, begun } = held({ trigger: hourly });
    await one.schedule(job, { leaseMs: 300 }).start();
    const { signal } = await begun(1);
    const runId = (await stateOf(other))?.currentRunId ?? '';
    expect(await other.store.cancel(runId, 'ann', () => 'Test Job')).toMatchObject({ changed: true });
    await aborted(signal);
    expect(await one.ended(1)).toMatchObject({ outcome: 'ABORTED', cancelledBy: 'ann' });
  });

  it('does not cancel the run after it', async () => {
    const instance = await openOne();
    const scheduler = instance.schedule(
      jobOf(async (signal) => aborted(signal)),
      { leaseMs: 300 },
    );
    await scheduler.start();
    for (const by of ['ann', 'bob']) {
      // a run is recorded shortly before the scheduler considers it ended
      while ((await scheduler.trigger('test_job', by)) !== 'TRIGGERED') await aTick();
      await scheduler.cancel((await stateOf(instance))?.currentRunId ?? '', by);
      await instance.ended(by === 'ann' ? 1 : 2);
    }
    expect((await recorded(instance)).map((run) => run.cancelled_by)).toEqual(['ann', 'bob']);
  });
});

describe('a job that is disabled', () => {
  it('starts no scheduled run on any instance, and runs again from its next time when it is enabled', async () => {
    const [one, other] = await openTwo();
    const { job, begun, count } = held({ trigger: { everyMs: 20 } });
    await one.store.announce([job], Date.now());
    expect(await other.store.setEnabled(job, false, 'ann')).toBe(true);
    expect(await one.store.setEnabled(job, false, 'bob')).toBe(false);
    const skipped = arrivals<number>();
    const store: JobStore = {
      ...one.store,
      async claim(claimed, wanted) {
        const claim = await one.store.claim(claimed, wanted);
        if (claim.run === null) skipped.add(claim.dueAt);
        return claim;
      },
    };
    await one.schedule(job, { store }).start();
    await other.schedule(job).start();
    await skipped.nth(5);
    expect(count()).toBe(0);
    expect(await stateOf(one)).toMatchObject({
      enabled: false,
      enabledChangedBy: 'ann',
      nextRunAt: null,
      lastRunAt: null,
    });
    await other.store.setEnabled(job, true, 'bob');
    (await begun(1)).end();
    expect(await stateOf(one)).toMatchObject({ enabled: true, enabledChangedBy: 'bob' });
  });

  it('can be triggered', async () => {
    const instance = await openOne();
    const scheduler = instance.schedule(jobOf(async () => {}));
    await scheduler.start();
    expect(await scheduler.setEnabled('test_job', false, 'ann')).toBe(true);
    expect(await scheduler.trigger('test_job', 'ann')).toBe('TRIGGERED');
    expect(await instance.ended(1)).toMatchObject({ outcome: 'SUCCESS' });
    expect(await scheduler.setEnabled('nothing', false, 'ann')).toBeNull();
  });

  it('ends the run in progress normally', async () => {
    const instance = await openOne();
    const { job, begun } = held({ trigger: hourly });
    const scheduler = instance.schedule(job);
    await scheduler.start();
    const run = await begun(1);
    await scheduler.setEnabled('test_job', false, 'ann');
    run.end();
    expect(await instance.ended(1)).toMatchObject({ outcome: 'SUCCESS' });
  });
});

describe('a job', () => {
  it('that fails is recorded with its error, in which secrets are masked, and runs again', async () => {
    const instance = await openOne();
    let runs = 0;
    const job = jobOf(
      async () => {
        if (++runs <= 2) throw new Error('no answer from https://ann:secret-word@example.org');
      },
      { trigger: { everyMs: 10, firstAfterMs: 0 } },
    );
    await instance.schedule(job).start();
    await instance.ended(4);
    const error = 'no answer from https://***@example.org';
    expect((await recorded(instance)).slice(0, 4)).toMatchObject([
      { outcome: 'FAILED', error },
      { outcome: 'FAILED', error },
      { outcome: 'SUCCESS', error: null },
      { outcome: 'SUCCESS', error: null },
    ]);
    const runsEnded = await Promise.all([1, 2, 3, 4].map((count) => instance.ended(count)));
    expect(runsEnded.map(({ notable }) => notable)).toEqual([true, false, true, false]);
  });

  it('that throws synchronously is recorded as failed', async () => {
    const instance = await openOne();
    const job = jobOf(
      () => {
        throw new Error('synchronous');
      },
      { trigger: hourly },
    );
    await instance.schedule(job).start();
    expect(await instance.ended(1)).toMatchObject({ outcome: 'FAILED', error: 'synchronous' });
  });

  it('runs on schedule after the job store was unavailable for a while', async () => {
    const instance = await openOne();
    let failures = 3;
    const store: JobStore = {
      ...instance.store,
      claim: (job, wanted) =>
        failures-- > 0 ? Promise.reject(new Error('unavailable')) : instance.store.claim(job, wanted),
    };
    const job = jobOf(async () => {}, { trigger: hourly });
    await instance.schedule(job, { store }).start();
    expect(await instance.ended(1)).toMatchObject({ outcome: 'SUCCESS' });
  });

  it('runs once for all times that it missed while no instance was running, and follows a changed trigger', async () => {
    const { store } = await openOne();
    const nightly = jobOf(async () => {}, { trigger: { cron: '0 3 * * *' } });
    const at = (text: string): number => new Date(text).getTime();
    const announced = async (job: Job, now: number) => (await store.announce([job], now)).get('test_job');
    expect(await announced(nightly, at('2026-11-20T12:00'))).toBe(at('2026-11-21T03:00'));
    const later = at('2026-11-25T12:00');
    expect(await announced(nightly, later)).toBe(at('2026-11-21T03:00'));
    const claim = await store.claim(nightly, { by: null, now: later, leaseMs: 1_000 });
    expect(claim).toMatchObject({ run: { before: null }, dueAt: at('2026-11-26T03:00') });
    const early = { ...nightly, trigger: { cron: '0 2 * * *' } };
    expect(await announced(early, later)).toBe(at('2026-11-26T02:00'));
    const often = { ...nightly, trigger: { everyMs: 60_000, firstAfterMs: 5_000 } };
    expect(await announced(often, later)).toBe(later + 5_000);
  });

  it('is triggered only while no run is in progress', async () => {
    const instance = await openOne();
    const { job, begun } = held();
    const scheduler = instance.schedule(job);
    await expect(scheduler.trigger('test_job', 'ann')).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
    await scheduler.start();
    expect(await scheduler.trigger('another', 'ann')).toBeNull();
    const due = (await stateOf(instance))?.nextRunAt;
    const twice = await Promise.all([1, 2].map(() => scheduler.trigger('test_job', 'ann')));
    expect(new Set(twice)).toEqual(new Set(['ALREADY_RUNNING', 'TRIGGERED']));
    expect(await scheduler.trigger('test_job', 'ann')).toBe('ALREADY_RUNNING');
    expect((await stateOf(instance))?.nextRunAt).toEqual(due);
    (await begun(1)).end();
    expect(await instance.ended(1)).toMatchObject({ triggeredBy: 'ann', outcome: 'SUCCESS', notable: true });
    await scheduler.stop();
    await expect(scheduler.trigger('test_job', 'ann')).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
  });

  it('keeps its state when retention removes its old runs', async () => {
    const instance = await openOne();
    const job = jobOf(async () => {});
    await instance.schedule(job).start();
    for (const at of [1_000, 2_000]) {
      const run = { id: randomUUID(), startedAt: at, by: null, before: null, dueAfter: at };
      await instance.store.finish(job, run, {
        finishedAt: at,
        durationMs: 1,
        outcome: 'SUCCESS',
        error: null,
        cancelledBy: null,
      });
    }
    await instance.handle.kysely
      .updateTable('events')
      .set({ recorded_at: new Date(1_000) })
      .execute();
    expect(await removeBefore(instance.handle, jobsDomain().retained ?? [], new Date(1_500))).toBe(3);
    expect(await recorded(instance)).toMatchObject([{ finished_at: new Date(2_000) }]);
    expect(await stateOf(instance)).toMatchObject({ lastRunAt: new Date(2_000) });
  });
});

describe('a scheduler that stops', () => {
  it('starts no further run, and waits for a run that ends within the grace period', async () => {
    const instance = await openOne();
    const { job, begun, count } = held({ trigger: { everyMs: 10, firstAfterMs: 0 } });
    const scheduler = instance.schedule(job, { graceMs: 60_000 });
    await scheduler.start();
    const run = await begun(1);
    expect(scheduler.running()).toBe(true);
    const stopped = scheduler.stop();
    expect(scheduler.running()).toBe(false);
    run.end();
    await stopped;
    expect(count()).toBe(1);
    expect(await recorded(instance)).toMatchObject([{ outcome: 'SUCCESS' }]);
  });

  it('aborts a run after the grace period, and records that', async () => {
    const instance = await openOne();
    const begun = arrivals<AbortSignal>();
    const job = jobOf(
      async (signal) => {
        begun.add(signal);
        await aborted(signal);
        throw new Error('interrupted');
      },
      { trigger: { everyMs: 10, firstAfterMs: 0 } },
    );
    const scheduler = instance.schedule(job, { graceMs: 20 });
    await scheduler.start();
    await begun.nth(1);
    await scheduler.stop();
    expect(await recorded(instance)).toMatchObject([{ outcome: 'ABORTED', error: 'the server is stopping' }]);
  });

  it('does not wait for a run that ignores its signal', async () => {
    const instance = await openOne();
    const { job, begun } = held({ trigger: { everyMs: 10, firstAfterMs: 0 } });
    const scheduler = instance.schedule(job, { graceMs: 20 });
    await scheduler.start();
    await begun(1);
    await scheduler.stop();
    expect(await recorded(instance)).toMatchObject([{ outcome: 'ABORTED' }]);
    expect(await stateOf(instance)).toMatchObject({ runningSince: null });
  });

  it('does not wait for the record of a run that the database does not store', async () => {
    const instance = await openOne();
    const { job, begun } = held({ trigger: { everyMs: 10, firstAfterMs: 0 } });
    const store: JobStore = { ...instance.store, finish: () => new Promise<void>(() => {}) };
    const scheduler = instance.schedule(job, { store });
    await scheduler.start();
    await begun(1);
    await scheduler.stop();
    expect(await stateOf(instance)).toMatchObject({ lastRunAt: null });
  });
});
