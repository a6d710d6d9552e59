import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/_util/database.ts';
import { programOf } from '../../../test/_util/process.ts';
import { openDatabase, type DatabaseHandle } from '../../db/database.ts';
import { Demand } from '../../journal/demand.ts';
import { Gauges } from '../../journal/gauges.ts';
import { openPostgresLog } from '../../journal/postgres-log.ts';
import type { Entry } from '../../journal/topic.ts';
import { silentLog } from '../../log/log.ts';
import type { JobStore } from '../../jobs/job-store.ts';
import type { Job } from '../../jobs/job.ts';
import { createScheduler, type Scheduler, type SchedulerOptions } from '../../jobs/scheduler.ts';
import { postgresJobStore } from './postgres-job-store.ts';
import { jobsDomain } from './domain.ts';
import { jobEvents, type JobFinished } from './events.ts';
import { jobRunList, jobRunTable, readStandings } from './store.ts';
import { removeBefore } from '../../../test/_util/remove-old.ts';

interface Instance {
  readonly handle: DatabaseHandle;
  readonly store: JobStore;
  /** A scheduler that stops with the test. */
  schedule(job: Job, times?: Partial<SchedulerOptions>): Scheduler;
  /** The newest of so many runs of this instance that ended. */
  ended(count: number): Promise<JobFinished>;
}

/** One of the servers that share a database. */
async function openInstance(database: TestDatabase): Promise<Instance> {
  const handle = openDatabase({ connection: database.connection, log: silentLog });
  const log = await openPostgresLog({ database: handle, log: silentLog, handlers: [jobRunTable] });
  const journal = { log, gauges: new Gauges(), demand: new Demand() };
  const store = postgresJobStore({ database: handle, journal });
  const runs: JobFinished[] = [];
  let came = (): void => {};
  log.onAppend((entries) => {
    for (const entry of entries)
      if (entry.topic === jobEvents.name) runs.push((entry as Entry<JobFinished>).payload);
    came();
  });
  onTestFinished(async () => {
    await log[Symbol.asyncDispose]();
    await handle[Symbol.asyncDispose]();
  });
  return {
    handle,
    store,
    schedule(job, times = {}) {
      const scheduler = createScheduler({
        jobs: [job],
        store,
        log: silentLog,
        graceMs: 0,
        retryMs: 10,
        ...times,
      });
      onTestFinished(() => scheduler.stop());
      return scheduler;
    },
    async ended(count) {
      for (;;) {
        const run = runs[count - 1];
        if (run !== undefined) return run;
        await new Promise<void>((resolve) => {
          came = resolve;
        });
      }
    },
  };
}

async function openInstances(count: number): Promise<Instance[]> {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  return Promise.all(Array.from({ length: count }, () => openInstance(database)));
}

async function openOne(): Promise<Instance> {
  const [instance] = await openInstances(1);
  if (instance === undefined) throw new Error('no instance');
  return instance;
}

async function openTwo(): Promise<[Instance, Instance]> {
  const [one, other] = await openInstances(2);
  if (one === undefined || other === undefined) throw new Error('no instances');
  return [one, other];
}

function jobOf(run: Job['run'], more: Partial<Job> = {}): Job {
  return { id: 'test_job', name: 'Test Job', trigger: { everyMs: 3_600_000 }, run, ...more };
}

/** A job whose runs end when the test says so. */
function held(more: Partial<Job> = {}) {
  const runs: { end: () => void; fail: (error: Error) => void; signal: AbortSignal }[] = [];
  let came = (): void => {};
  const job = jobOf(
    (signal) =>
      new Promise<void>((resolve, reject) => {
        runs.push({ end: resolve, fail: reject, signal });
        came();
      }),
    more,
  );
  async function begun(count: number): Promise<(typeof runs)[number]> {
    for (;;) {
      const run = runs[count - 1];
      if (run !== undefined) return run;
      await new Promise<void>((resolve) => {
        came = resolve;
      });
    }
  }
  return { job, begun, count: () => runs.length };
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

async function standing({ handle }: Instance) {
  const [found] = await readStandings(handle.kysely, ['test_job']);
  return found;
}

describe('jobs of servers that share a database', () => {
  it('run once each time, whoever looks first, and never twice at once', async () => {
    const everyMs = 40;
    const instances = await openTwo();
    let atOnce = 0;
    let most = 0;
    const firstAt = Date.now() + 100;
    let announced = false;
    const job = jobOf(
      async () => {
        most = Math.max(most, ++atOnce);
        await new Promise((resolve) => setTimeout(resolve, 5));
        atOnce--;
      },
      { trigger: { everyMs, firstAfterMs: 100 } },
    );
    // Both announce the same instant, so that all runs are due in one beat.
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
    expect(most).toBe(1);
  });

  it('run once when the second instance starts after the first one has run them', async () => {
    const [one, other] = await openTwo();
    const ran: string[] = [];
    const trigger = { everyMs: 3_600_000, firstAfterMs: 0 };
    const first = one.schedule(jobOf(async () => void ran.push('one'), { trigger }));
    const startedAt = Date.now();
    await first.start();
    await one.ended(1);
    const second = jobOf(async () => void ran.push('other'), { trigger });
    const due = await other.store.announce([second], startedAt);
    expect(due.get('test_job')).toBeGreaterThan(startedAt + 1_000_000);
    const claim = { by: null, now: Date.now() + 1_000, leaseMs: 300 };
    expect((await other.store.claim(second, claim)).run).toBeNull();
    // A crontab's time that came while the second instance was starting.
    const nightly = jobOf(async () => {}, { id: 'nightly', trigger: { cron: '0 3 * * *' } });
    const at = (text: string): number => new Date(text).getTime();
    await one.store.announce([nightly], at('2026-11-20T12:00'));
    const night = await one.store.claim(nightly, { by: null, now: at('2026-11-21T03:00'), leaseMs: 300 });
    if (night.run === null) throw new Error('not claimed');
    const end = { durationMs: 1, outcome: 'SUCCESS', error: null } as const;
    await one.store.finish(nightly, night.run, { ...end, finishedAt: at('2026-11-21T03:00') });
    const announced = await other.store.announce([nightly], at('2026-11-21T02:59:59.999'));
    expect(announced.get('nightly')).toBe(at('2026-11-22T03:00'));
    expect(ran).toEqual(['one']);
  });

  it('run once when the second instance starts while the first one runs them', async () => {
    const [one, other] = await openTwo();
    const here = held({ trigger: { everyMs: 3_600_000, firstAfterMs: 0 } });
    await one.schedule(here.job, { leaseMs: 300 }).start();
    const run = await here.begun(1);
    const there = held({ trigger: { everyMs: 3_600_000, firstAfterMs: 0 } });
    await other.schedule(there.job, { leaseMs: 300 }).start();
    run.end();
    await one.ended(1);
    const claim = await other.store.claim(there.job, { by: null, now: Date.now() + 1_000, leaseMs: 300 });
    expect(claim).toMatchObject({ run: null, busyMs: 0 });
    expect(claim.dueAt).toBeGreaterThan(Date.now() + 1_000_000);
    expect(there.count()).toBe(0);
  });

  it('wait for a run that goes on at another one, and go on when it has ended', async () => {
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

  it('are taken over from one that was killed in the middle of a run, which is recorded as aborted', async () => {
    const database = await createTestDatabase();
    onTestFinished(() => database.drop());
    const script = await programOf('test/_util/run-job-until-killed.ts');
    const child = spawn(process.execPath, [script, database.connection], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    const other = await openInstance(database);
    const here = held({ trigger: { everyMs: 3_600_000, firstAfterMs: 0 } });
    const scheduler = other.schedule(here.job, { leaseMs: 600 });
    await scheduler.start();
    expect(await scheduler.trigger('test_job', 'ann')).toBe('ALREADY_RUNNING');
    expect(await standing(other)).toMatchObject({ runningSince: expect.any(Date) as Date });
    child.kill('SIGKILL');
    (await here.begun(1)).end();
    await other.ended(2);
    expect(await recorded(other)).toMatchObject([
      { outcome: 'ABORTED', duration_ms: null, error: expect.stringContaining('ended') as string },
      { outcome: 'SUCCESS', error: null, triggered_by: null },
    ]);
    expect(await standing(other)).toMatchObject({ runningSince: null, lastOutcome: 'SUCCESS' });
  });

  it('are given up by one whose claim somebody else has taken', async () => {
    const instance = await openOne();
    const { job, begun } = held({ trigger: { everyMs: 3_600_000, firstAfterMs: 0 } });
    await instance.schedule(job, { leaseMs: 300 }).start();
    const { signal } = await begun(1);
    await sql`update job_state set run_id = ${randomUUID()}`.execute(instance.handle.kysely);
    await aborted(signal);
    expect(await instance.ended(1)).toMatchObject({
      outcome: 'ABORTED',
      error: 'another instance has taken over the job',
    });
  });

  it('are given up before the claim lapses when the database does not renew it', async () => {
    const instance = await openOne();
    const { job, begun } = held({ trigger: { everyMs: 3_600_000, firstAfterMs: 0 } });
    const store: JobStore = { ...instance.store, renew: () => new Promise<boolean>(() => {}) };
    const scheduler = createScheduler({ jobs: [job], store, log: silentLog, leaseMs: 300, graceMs: 0 });
    onTestFinished(() => scheduler.stop());
    await scheduler.start();
    const { signal } = await begun(1);
    await aborted(signal);
    expect(await instance.ended(1)).toMatchObject({
      outcome: 'ABORTED',
      error: 'the database did not renew the claim in time',
    });
  });

  it('keep their claim for as long as a run takes', async () => {
    const [one, other] = await openTwo();
    const { job, begun } = held({ trigger: { everyMs: 3_600_000, firstAfterMs: 0 } });
    let renewals = 0;
    let renewed = (): void => {};
    const store: JobStore = {
      ...one.store,
      async renew(runId, leaseMs) {
        const still = await one.store.renew(runId, leaseMs);
        renewals++;
        renewed();
        return still;
      },
    };
    const scheduler = createScheduler({ jobs: [job], store, log: silentLog, leaseMs: 1_500, graceMs: 0 });
    onTestFinished(() => scheduler.stop());
    await scheduler.start();
    const run = await begun(1);
    while (renewals < 4)
      await new Promise<void>((resolve) => {
        renewed = resolve;
      });
    expect((await other.store.claim(job, { by: 'ann', now: Date.now(), leaseMs: 300 })).run).toBeNull();
    run.end();
    expect(await one.ended(1)).toMatchObject({ outcome: 'SUCCESS', error: null });
  });
});

describe('a job', () => {
  it('that fails is recorded with its error, without its secrets, and runs again', async () => {
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
    const told = await Promise.all([1, 2, 3, 4].map((count) => instance.ended(count)));
    expect(told.map(({ notable }) => notable)).toEqual([true, false, true, false]);
  });

  it('that throws at once fails like any other', async () => {
    const instance = await openOne();
    const job = jobOf(
      () => {
        throw new Error('at once');
      },
      { trigger: { everyMs: 3_600_000, firstAfterMs: 0 } },
    );
    await instance.schedule(job).start();
    expect(await instance.ended(1)).toMatchObject({ outcome: 'FAILED', error: 'at once' });
  });

  it('runs again by the clock when the job store was unavailable for a while', async () => {
    const instance = await openOne();
    let failures = 3;
    const store: JobStore = {
      ...instance.store,
      claim: (job, wanted) =>
        failures-- > 0 ? Promise.reject(new Error('gone')) : instance.store.claim(job, wanted),
    };
    const job = jobOf(async () => {}, { trigger: { everyMs: 3_600_000, firstAfterMs: 0 } });
    const scheduler = createScheduler({ jobs: [job], store, log: silentLog, retryMs: 5, graceMs: 0 });
    onTestFinished(() => scheduler.stop());
    await scheduler.start();
    expect(await instance.ended(1)).toMatchObject({ outcome: 'SUCCESS' });
  });

  it('that was missed while nothing ran is made up for once; one whose times change follows the new ones', async () => {
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

  it('is triggered once at a time, and says so', async () => {
    const instance = await openOne();
    const { job, begun } = held();
    const scheduler = instance.schedule(job);
    await expect(scheduler.trigger('test_job', 'ann')).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
    await scheduler.start();
    expect(await scheduler.trigger('another', 'ann')).toBeNull();
    const due = (await standing(instance))?.dueAt;
    const twice = await Promise.all([1, 2].map(() => scheduler.trigger('test_job', 'ann')));
    expect(new Set(twice)).toEqual(new Set(['ALREADY_RUNNING', 'TRIGGERED']));
    expect(await scheduler.trigger('test_job', 'ann')).toBe('ALREADY_RUNNING');
    expect((await standing(instance))?.dueAt).toEqual(due);
    (await begun(1)).end();
    expect(await instance.ended(1)).toMatchObject({ triggeredBy: 'ann', outcome: 'SUCCESS', notable: true });
    await scheduler.stop();
    await expect(scheduler.trigger('test_job', 'ann')).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
  });

  it('whose runs are old is forgotten by retention, and stays known', async () => {
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
      });
    }
    await instance.handle.kysely
      .updateTable('events')
      .set({ recorded_at: new Date(1_000) })
      .execute();
    expect(await removeBefore(instance.handle, jobsDomain().retained ?? [], new Date(1_500))).toBe(3);
    expect(await recorded(instance)).toMatchObject([{ finished_at: new Date(2_000) }]);
    expect(await standing(instance)).toMatchObject({ lastRunAt: new Date(2_000) });
  });
});

describe('a server that stops', () => {
  it('begins nothing more and lets a run end that ends in time', async () => {
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

  it('aborts a run that has had its time, and records that', async () => {
    const instance = await openOne();
    const job = jobOf(
      async (signal) => {
        await aborted(signal);
        throw new Error('interrupted');
      },
      { trigger: { everyMs: 10, firstAfterMs: 0 } },
    );
    const { job: watched, begun } = watch(job);
    const scheduler = instance.schedule(watched, { graceMs: 20 });
    await scheduler.start();
    await begun;
    await scheduler.stop();
    expect(await recorded(instance)).toMatchObject([{ outcome: 'ABORTED', error: 'the server is stopping' }]);
  });

  it('waits no longer for a run that ignores its signal', async () => {
    const instance = await openOne();
    const { job, begun } = held({ trigger: { everyMs: 10, firstAfterMs: 0 } });
    const scheduler = instance.schedule(job, { graceMs: 20 });
    await scheduler.start();
    await begun(1);
    await scheduler.stop();
    expect(await recorded(instance)).toMatchObject([{ outcome: 'ABORTED' }]);
    expect(await standing(instance)).toMatchObject({ runningSince: null });
  });

  it('waits no longer for a record that the database does not take', async () => {
    const instance = await openOne();
    const { job, begun } = held({ trigger: { everyMs: 10, firstAfterMs: 0 } });
    const store: JobStore = { ...instance.store, finish: () => new Promise<void>(() => {}) };
    const scheduler = createScheduler({ jobs: [job], store, log: silentLog, graceMs: 0 });
    await scheduler.start();
    await begun(1);
    await scheduler.stop();
    expect(await standing(instance)).toMatchObject({ lastRunAt: null });
  });
});

function watch(job: Job): { job: Job; begun: Promise<void> } {
  let begin = (): void => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  return {
    job: {
      ...job,
      run(signal) {
        begin();
        return job.run(signal);
      },
    },
    begun,
  };
}
