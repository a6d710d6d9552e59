import { describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { publishMutation, rejectionOf } from '../_util/publish.ts';

interface CustomEvent {
  readonly id: string;
  readonly type: string;
  readonly subject: string | null;
  readonly severity: string;
  readonly message: string;
  readonly data: unknown;
}

type Reported = Partial<CustomEvent> & Pick<CustomEvent, 'type' | 'message'>;

async function report(app: TestApp, ...events: readonly Reported[]) {
  const answer = await app.graphql<{ publish: { cursor: string } } | null>(publishMutation(), {
    events: events.map((event) => ({ event })),
  });
  return { cursor: answer.data?.publish.cursor, error: rejectionOf(answer) };
}

async function listed(app: TestApp, args = ''): Promise<readonly CustomEvent[]> {
  const { data } = await app.graphql<{ customEvents: { edges: { node: CustomEvent }[] } }>(
    `{ customEvents${args} { edges { node { type subject severity message data } } } }`,
  );
  return data.customEvents.edges.map(({ node }) => node);
}

describe('a custom event', () => {
  it('is listed by type, subject and severity, newest first', async () => {
    const app = await startTestApp();
    await report(
      app,
      { type: 'deploy.started', subject: 'api', message: 'v2' },
      { type: 'deploy.finished', subject: 'api', message: 'v2 is live', data: { seconds: 12 } },
      {
        type: 'disk.full',
        subject: 'db-1',
        severity: 'CRITICAL',
        message: 'no space left',
        data: [1, 'two'],
      },
    );
    expect(await listed(app)).toEqual([
      {
        type: 'disk.full',
        subject: 'db-1',
        severity: 'CRITICAL',
        message: 'no space left',
        data: [1, 'two'],
      },
      {
        type: 'deploy.finished',
        subject: 'api',
        severity: 'INFO',
        message: 'v2 is live',
        data: { seconds: 12 },
      },
      { type: 'deploy.started', subject: 'api', severity: 'INFO', message: 'v2', data: null },
    ]);
    expect(await listed(app, '(filter: { types: ["deploy.started", "disk.full"] })')).toHaveLength(2);
    expect(await listed(app, '(filter: { subject: "api" })')).toHaveLength(2);
    expect(await listed(app, '(filter: { severities: [CRITICAL, ERROR] })')).toHaveLength(1);
    expect(
      await listed(app, '(filter: { subject: "api", types: ["deploy.started"], severities: [INFO] })'),
    ).toHaveLength(1);
  });

  it('is sent to subscribers to its type and subject, and to those of all events', async () => {
    const app = await startTestApp();
    const client = graphqlClient(app.wsUrl);
    const before = await report(app, { type: 'a', subject: 'x', message: 'before' });
    const selected = client.iterate<{ customEvents: CustomEvent }>({
      query: `subscription { customEvents(filter: { types: ["a"], subject: "x" }, after: "${before.cursor ?? ''}") { message } }`,
    });
    const all = client.iterate<{ events: { type?: string } }>({
      query: `subscription { events(types: [CUSTOM], after: "${before.cursor ?? ''}") {
        ... on CustomEvent { type message } } }`,
    });
    await report(
      app,
      { type: 'b', subject: 'x', message: 'another type' },
      { type: 'a', subject: 'y', message: 'another subject' },
      { type: 'a', subject: 'x', message: 'wanted' },
    );
    expect((await selected.next()).value?.data).toEqual({ customEvents: { message: 'wanted' } });
    expect((await all.next()).value?.data).toEqual({ events: { type: 'b', message: 'another type' } });
  });

  it('is part of the activity feed', async () => {
    const app = await startTestApp();
    await report(app, {
      type: 'deploy.failed',
      subject: 'api',
      severity: 'ERROR',
      message: 'v3 does not start',
    });
    const { data } = await app.graphql(
      '{ activity { edges { node { title actionType status severity user metadata } } } }',
    );
    expect(data).toEqual({
      activity: {
        edges: [
          {
            node: {
              title: 'v3 does not start',
              actionType: 'deploy.failed',
              status: 'failed',
              severity: 'ERROR',
              user: null,
              metadata: { subject: 'api', data: null },
            },
          },
        ],
      },
    });
  });

  it('is rejected with a type that has other characters or that belongs to the server', async () => {
    const app = await startTestApp();
    for (const [type, message] of [
      ['1st', /^events\[0\]: type must be a letter/],
      ['two words', /^events\[0\]: type must be a letter/],
      ['job_run', /^events\[0\]: type must be a type other than agent_intervention and job_run/],
    ] as const)
      expect((await report(app, { type, message: 'x' })).error?.['message']).toMatch(message);
    expect(await listed(app)).toEqual([]);
  });
});

describe('the types of custom events', () => {
  it('are registered with their first event, and listed', async () => {
    const app = await startTestApp();
    await report(app, { type: 'b', message: '1' }, { type: 'a', message: '2' });
    await report(app, { type: 'b', message: '3' });
    const { data } = await app.graphql<{
      customEventTypes: { name: string; firstEventAt: string; lastEventAt: string }[];
    }>('{ customEventTypes { name firstEventAt lastEventAt } }');
    expect(data.customEventTypes.map(({ name }) => name)).toEqual(['a', 'b']);
    const [, b] = data.customEventTypes;
    expect(Date.parse(b?.lastEventAt ?? '')).toBeGreaterThanOrEqual(Date.parse(b?.firstEventAt ?? ''));
  });

  it('are limited in number, also when several are new in one batch', async () => {
    const app = await startTestApp({ CUSTOM_EVENT_TYPES_MAX: '2' });
    expect(
      (await report(app, ...['a', 'b', 'c'].map((type) => ({ type, message: type })))).error,
    ).toMatchObject({
      message: 'type must be a type that is in use: 2 types are (CUSTOM_EVENT_TYPES_MAX); a is not.',
      code: 'BAD_USER_INPUT',
      field: 'type',
    });
    expect(await listed(app)).toEqual([]);
    expect(
      (await report(app, { type: 'a', message: '1' }, { type: 'b', message: '2' })).error,
    ).toBeUndefined();
    const [rejected, accepted] = await Promise.all([
      report(app, { type: 'c', message: '3' }),
      report(app, { type: 'a', message: '4' }),
    ]);
    expect(rejected.error?.['code']).toBe('BAD_USER_INPUT');
    expect(accepted.error).toBeUndefined();
    expect(await listed(app)).toHaveLength(3);
  });
});
