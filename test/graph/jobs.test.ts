import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { createTestDatabase } from '../_util/database.ts';

const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };
const id = 'database_cleanup';
const jobFields =
  'id: jobId name trigger nextRunAt lastRunAt lastOutcome lastDurationMs running currentRunStartedAt';
const runFields = 'id: jobRunId jobId jobName triggeredBy startedAt finishedAt durationMs outcome error';
const trigger = `mutation ($id: ID!) { triggerJob(input: { jobId: $id }) { __typename
  ... on TriggerJobSuccess { status triggeredAt job { ${jobFields} } } ... on Failure { code } ... on NotFound { what } } }`;

interface Job {
  id: string;
  nextRunAt: string;
  lastRunAt: string | null;
  lastOutcome: string | null;
  running: boolean;
}

interface Run {
  id: string;
  outcome: string;
  triggeredBy: string | null;
  error: string | null;
}

interface Triggered {
  triggerJob: { __typename: string; status?: string; triggeredAt?: string; job?: Job };
}

async function cleanup(app: TestApp): Promise<Job> {
  const { data } = await app.graphql<{ jobs: Job[] }>(`{ jobs { ${jobFields} } }`);
  const job = data.jobs.find((candidate) => candidate.id === id);
  if (job === undefined) throw new Error(`the job ${id} does not exist`);
  return job;
}

function follow(app: TestApp, args = `jobId: "${id}", after: "earliest"`) {
  return graphqlClient(app.wsUrl).iterate<{ jobEvents: { jobRun: Run } }>({
    query: `subscription { jobEvents(${args}) { ... on JobRunFinished { jobRun { ${runFields} } } } }`,
  });
}

async function next(events: ReturnType<typeof follow>): Promise<Run> {
  const { value } = (await events.next()) as { value?: { data?: { jobEvents: { jobRun: Run } } } };
  if (!value?.data) throw new Error(`the subscription delivered no run: ${JSON.stringify(value)}`);
  return value.data.jobEvents.jobRun;
}

/** Blocks runs of the cleanup with a lock on a table that only the cleanup writes. @returns a function that unblocks. */
async function block(app: TestApp): Promise<() => Promise<void>> {
  const client = new pg.Client(app.database);
  client.on('error', () => {}); // it may outlive its database
  await client.connect();
  await client.query('begin; lock table uploads in access exclusive mode');
  let open = true;
  const undo = async (): Promise<void> => {
    if (open) await client.end();
    open = false;
  };
  onTestFinished(undo);
  return undo;
}

describe('jobs', () => {
  it('have a next time, and null for the last run before the first', async () => {
    const app = await startTestApp(quiet);
    const night = new Date();
    night.setHours(3, 0, 0, 0);
    if (night.getTime() <= Date.now()) night.setDate(night.getDate() + 1);
    expect(await cleanup(app)).toEqual({
      id,
      name: 'Database Cleanup',
      trigger: 'cron 0 3 * * *',
      nextRunAt: night.toISOString(),
      lastRunAt: null,
      lastOutcome: null,
      lastDurationMs: null,
      running: false,
      currentRunStartedAt: null,
    });
    const { data } = await app.graphql<{ health: { scheduler: { running: boolean; jobs: string[] } } }>(
      '{ health { status scheduler { running jobs } } }',
    );
    expect(data).toMatchObject({ health: { status: 'HEALTHY', scheduler: { running: true } } });
    expect(data.health.scheduler.jobs).toContain(id);
  });

  it('can be triggered without waiting for the run, do not overlap, and keep their schedule', async () => {
    const app = await startTestApp(quiet);
    const before = await cleanup(app);
    const unblock = await block(app);
    const first = await app.graphql<Triggered>(trigger, { id });
    expect(first.data.triggerJob).toMatchObject({
      __typename: 'TriggerJobSuccess',
      status: 'TRIGGERED',
      job: {
        id,
        running: true,
        currentRunStartedAt: expect.any(String) as string,
        nextRunAt: before.nextRunAt,
      },
    });
    const second = await app.graphql<Triggered>(trigger, { id });
    expect(second.data.triggerJob).toMatchObject({ status: 'ALREADY_RUNNING', job: { running: true } });
    await unblock();
    expect(await next(follow(app))).toMatchObject({
      outcome: 'SUCCESS',
      triggeredBy: 'anonymous',
      error: null,
    });
    expect(await cleanup(app)).toMatchObject({
      running: false,
      lastOutcome: 'SUCCESS',
      lastRunAt: expect.any(String) as string,
      nextRunAt: before.nextRunAt,
    });
  });

  it('can be triggered with the capability `execute`, which is audited; an unknown id is NotFound', async () => {
    const app = await startTestApp({
      ...quiet,
      AUTH_TOKENS: 'a-token-of-a-user:ann:user,a-token-of-a-dev:dev:developer',
    });
    const as = (token: string, job: string) =>
      app.graphql<Triggered>(trigger, { id: job }, { authorization: `Bearer ${token}` });
    const forbidden = await as('a-token-of-a-user', id);
    expect(forbidden.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    const missing = await as('a-token-of-a-dev', 'nothing');
    expect(missing.data).toEqual({
      triggerJob: { __typename: 'NotFound', code: 'NOT_FOUND', what: 'job' },
    });
    expect((await as('a-token-of-a-dev', id)).data).toMatchObject({ triggerJob: { status: 'TRIGGERED' } });
    expect(await next(follow(app))).toMatchObject({ triggeredBy: 'dev' });
    const { data } = await app.graphql(
      `{ auditLogs(filter: { eventTypes: ["job_triggered"] }) { edges { node {
        eventType actorId targetId action status details } } } }`,
    );
    expect(data).toEqual({
      auditLogs: {
        edges: [
          {
            node: {
              eventType: 'job_triggered',
              actorId: 'dev',
              targetId: id,
              action: 'triggered job',
              status: 'success',
              details: 'Database Cleanup',
            },
          },
        ],
      },
    });
  });

  it('store their runs, which are paged newest first without repetition, and which are activities', async () => {
    const app = await startTestApp(quiet);
    const events = follow(app);
    const seen: Run[] = [];
    for (let count = 0; count < 5; count++) {
      await app.graphql(trigger, { id });
      seen.push(await next(events));
    }
    const ids: string[] = [];
    let after: string | null = null;
    do {
      const { data }: { data: { jobRuns: Page } } = await app.graphql<{ jobRuns: Page }>(
        `query ($after: String) { jobRuns(filter: { jobId: "${id}" }, first: 2, after: $after) { totalCount
          edges { node { ${runFields} } } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      expect(data.jobRuns.totalCount).toBe(5);
      ids.push(...data.jobRuns.edges.map(({ node }) => node.id));
      after = data.jobRuns.pageInfo.hasNextPage ? data.jobRuns.pageInfo.endCursor : null;
    } while (after !== null);
    expect(ids).toEqual(seen.map((run) => run.id).toReversed());
    const none = await app.graphql(
      '{ jobRuns(filter: { jobId: "nothing" }) { totalCount edges { cursor } } }',
    );
    expect(none.data).toEqual({ jobRuns: { totalCount: 0, edges: [] } });

    const { data } = await app.graphql<{ activity: { edges: { node: object }[] } }>(
      '{ activity(first: 1) { edges { node { title user actionType status severity durationMs metadata } } } }',
    );
    expect(data.activity.edges.map(({ node }) => node)).toEqual([
      {
        title: 'Database Cleanup Completed',
        user: 'anonymous',
        actionType: 'job_run',
        status: 'completed',
        severity: 'INFO',
        durationMs: expect.any(Number) as number,
        metadata: { job_id: id, run_id: seen[4]?.id },
      },
    ]);
  });

  it('that fail are recorded with the error, and the server keeps running', async () => {
    const app = await startTestApp(quiet);
    const client = new pg.Client(app.database);
    client.on('error', () => {});
    await client.connect();
    onTestFinished(() => client.end());
    await client.query('alter table uploads rename to hidden');
    await app.graphql(trigger, { id });
    expect(await next(follow(app))).toMatchObject({
      outcome: 'FAILED',
      error: 'Old rows of files could not be removed.',
    });
    const { data } = await app.graphql(
      '{ activity(first: 1) { edges { node { status severity description } } } }',
    );
    expect(data).toMatchObject({
      activity: { edges: [{ node: { status: 'failed', severity: 'ERROR' } }] },
    });
    expect((await app.get('/health')).status).toBe(200);
    expect(app.logged).toContainEqual(
      expect.objectContaining({ level: 'ERROR', msg: 'the job failed', job: id }),
    );
  });

  it('that run on one instance are shown as running by another, and are stored for a restart', async () => {
    const database = await createTestDatabase();
    const options = { database: database.connection, keep: true };
    const [one, other] = await Promise.all([startTestApp(quiet, options), startTestApp(quiet, options)]);
    const unblock = await block(one);
    await one.graphql(trigger, { id });
    expect(await cleanup(other)).toMatchObject({ running: true });
    expect((await other.graphql<Triggered>(trigger, { id })).data.triggerJob.status).toBe('ALREADY_RUNNING');
    await unblock();
    const run = await next(follow(other));
    await Promise.all([one.stop(), other.stop()]);
    const again = await startTestApp(quiet, options);
    expect(await cleanup(again)).toMatchObject({ running: false, lastOutcome: run.outcome });
    await again.stop();
    await database.drop();
  });
});

const byUser = (action: string, jobOrRun: string) =>
  `mutation { ${action}(input: { ${action === 'cancelJobRun' ? 'jobRunId' : 'jobId'}: "${jobOrRun}" }) { __typename
    ... on ${action[0]?.toUpperCase()}${action.slice(1)}Success { changed job { enabled enabledChangedBy nextRunAt currentRunId } }
    ... on NotFound { what } } }`;

describe('jobs that users control', () => {
  it('stay disabled for all instances and after a restart, with event and audit entry', async () => {
    const database = await createTestDatabase();
    const options = { database: database.connection, keep: true };
    const [one, other] = await Promise.all([startTestApp(quiet, options), startTestApp(quiet, options)]);
    const job = { enabled: false, enabledChangedBy: 'anonymous', nextRunAt: null, currentRunId: null };
    expect((await one.graphql(byUser('disableJob', id))).data).toEqual({
      disableJob: { __typename: 'DisableJobSuccess', changed: true, job },
    });
    expect((await other.graphql(byUser('disableJob', id))).data).toEqual({
      disableJob: { __typename: 'DisableJobSuccess', changed: false, job },
    });
    await Promise.all([one.stop(), other.stop()]);
    const again = await startTestApp(quiet, options);
    const enabled = await again.graphql(byUser('enableJob', id));
    expect(enabled.data).toMatchObject({
      enableJob: { changed: true, job: { enabled: true, nextRunAt: expect.any(String) as string } },
    });
    const missing = await again.graphql(byUser('disableJob', 'nothing'));
    expect(missing.data).toEqual({ disableJob: { __typename: 'NotFound', what: 'job' } });

    const events = graphqlClient(again.wsUrl).iterate({
      query:
        'subscription ($id: ID!) { jobEvents(jobId: $id, types: [ENABLED, DISABLED], after: "earliest") { __typename jobId ... on JobEnabled { actorId } ... on JobDisabled { actorId } } }',
      variables: { id },
    });
    const event = { jobId: id, actorId: 'anonymous' };
    expect((await events.next()).value).toEqual({
      data: { jobEvents: { ...event, __typename: 'JobDisabled' } },
    });
    expect((await events.next()).value).toEqual({
      data: { jobEvents: { ...event, __typename: 'JobEnabled' } },
    });
    const { data } = await again.graphql(
      '{ auditLogs(filter: { eventTypes: ["job_enabled", "job_disabled"] }) { edges { node { eventType targetId } } } }',
    );
    expect(data).toEqual({
      auditLogs: {
        edges: [
          { node: { eventType: 'job_enabled', targetId: id } },
          { node: { eventType: 'job_disabled', targetId: id } },
        ],
      },
    });
    await again.stop();
    await database.drop();
  });

  it('are aborted by another instance than the one that runs them', async () => {
    const database = await createTestDatabase();
    const options = { database: database.connection, keep: true };
    const [one, other] = await Promise.all([startTestApp(quiet, options), startTestApp(quiet, options)]);
    const unblock = await block(one);
    await one.graphql(trigger, { id });
    const { data: found } = await other.graphql<{ jobs: { id: string; currentRunId: string | null }[] }>(
      '{ jobs { id: jobId currentRunId } }',
    );
    const runId = found.jobs.find((job) => job.id === id)?.currentRunId ?? '';
    const { data: running } = await other.graphql<{ jobs: { currentRun: object | null }[] }>(
      `{ jobs { currentRun { jobRunId jobId jobName triggeredBy cancelledBy finishedAt durationMs outcome error
        job { currentRunId } events { edges { cursor } } } } }`,
    );
    expect(running.jobs.flatMap(({ currentRun }) => currentRun ?? [])).toEqual([
      {
        jobRunId: runId,
        jobId: id,
        jobName: 'Database Cleanup',
        triggeredBy: 'anonymous',
        cancelledBy: null,
        finishedAt: null,
        durationMs: null,
        outcome: null,
        error: null,
        job: { currentRunId: runId },
        events: { edges: [] },
      },
    ]);
    const cancelled = await other.graphql(byUser('cancelJobRun', runId));
    expect(cancelled.data).toMatchObject({ cancelJobRun: { changed: true, job: { currentRunId: runId } } });
    const events = graphqlClient(other.wsUrl).iterate({
      query:
        'subscription { jobEvents(after: "earliest") { __typename ... on JobRunCancelled { jobRunId actorId } ... on JobRunFinished { jobRunId jobRunSnapshot { outcome cancelledBy error } } } }',
    });
    expect((await events.next()).value).toEqual({
      data: { jobEvents: { __typename: 'JobRunCancelled', jobRunId: runId, actorId: 'anonymous' } },
    });
    expect((await events.next()).value).toEqual({
      data: {
        jobEvents: {
          __typename: 'JobRunFinished',
          jobRunId: runId,
          jobRunSnapshot: {
            outcome: 'ABORTED',
            cancelledBy: 'anonymous',
            error: 'cancelled by anonymous',
          },
        },
      },
    });
    const { data: linked } = await one.graphql(
      `{ jobRuns(filter: { jobId: "${id}" }) { edges { node { jobRunId events { edges { node { __typename
        ... on JobRunCancelled { jobRun { jobRunId outcome cancelledBy } } } } } } } } }`,
    );
    expect(linked).toMatchObject({
      jobRuns: {
        edges: [
          {
            node: {
              jobRunId: runId,
              events: {
                edges: [
                  { node: { __typename: 'JobRunFinished' } },
                  {
                    node: {
                      __typename: 'JobRunCancelled',
                      jobRun: { jobRunId: runId, outcome: 'ABORTED', cancelledBy: 'anonymous' },
                    },
                  },
                ],
              },
            },
          },
        ],
      },
    });
    const ended = await other.graphql(byUser('cancelJobRun', runId));
    expect(ended.data).toEqual({ cancelJobRun: { __typename: 'NotFound', what: 'job run in progress' } });
    const { data } = await one.graphql(
      '{ auditLogs(filter: { eventTypes: ["job_run_cancelled"] }) { edges { node { actorId targetId details } } } }',
    );
    expect(data).toEqual({
      auditLogs: { edges: [{ node: { actorId: 'anonymous', targetId: id, details: runId } }] },
    });
    await unblock();
    await Promise.all([one.stop(), other.stop()]);
    await database.drop();
  });
});

interface Page {
  totalCount: number;
  edges: { node: Run }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}
