import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { publishMutation } from '../_util/publish.ts';

const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };
const publish = publishMutation('accepted { cursor }');
const hour = 3_600_000;

interface Alert {
  id: string;
  title: string;
  status: string;
  silencedBy: string | null;
}

interface Silence {
  silenceId: string;
  status: string;
  reason: string;
  endsAt: string;
  createdBy: string;
  endedAt: string | null;
  endedBy: string | null;
}

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp(quiet, { keep: true });
});
afterAll(() => app.stop());

function from(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
}

async function raise(...alerts: object[]): Promise<void> {
  const events = alerts.map((alert) => ({
    alert: { alertType: 'a', severity: 'ERROR', title: 't', message: 'm', ...alert },
  }));
  expect((await app.graphql(publish, { events })).errors).toBeUndefined();
}

async function listed(alertType: string): Promise<Alert[]> {
  const { data } = await app.graphql<{ alerts: { edges: { node: Alert }[] } }>(
    `query ($types: [String!]) { alerts(filter: { alertTypes: $types }, first: 1000) { edges { node {
      id: alertId title status silencedBy } } } }`,
    { types: [alertType] },
  );
  return data.alerts.edges.map(({ node }) => node).reverse();
}

async function statuses(alertType: string): Promise<string[]> {
  return (await listed(alertType)).map(({ title, status }) => `${title} ${status}`);
}

type Result = { __typename: string; message?: string; silence: Silence; alerts: Alert[] } & Record<
  string,
  unknown
>;

async function mutate(name: string, input: object): Promise<Result> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}`;
  const alerts = name === 'updateSilence' ? '' : 'alerts { id: alertId title status silencedBy }';
  const ids = name === 'snoozeAlerts' ? 'unchangedIds notFoundIds' : '';
  const { data, errors } = await app.graphql<Record<string, Result>>(
    `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename ... on Failure { message code }
      ... on ${type}Success { silence { silenceId status reason endsAt createdBy endedAt endedBy } ${alerts} ${ids} } } }`,
    { input },
  );
  expect(errors).toBeUndefined();
  return data[name] as Result;
}

async function silence(matcher: object, until = from(hour)): Promise<string> {
  const result = await mutate('createSilence', { matcher, endsAt: until, reason: 'maintenance' });
  expect(result).toMatchObject({ __typename: 'CreateSilenceSuccess' });
  return result.silence.silenceId;
}

async function cursorNow(): Promise<string> {
  const { data } = await app.graphql<{ publish: { accepted: { cursor: string }[] } }>(publish, {
    events: [{ kpi: { totalRevenue: 1 } }],
  });
  return data.publish.accepted[0]?.cursor ?? '';
}

/** The events of one type of alerts: their types and the titles of the alerts. */
function followed(alertType: string, after: string): AsyncIterator<string> {
  const events = graphqlClient(app.wsUrl).iterate<{ alertEvents: { type: string; alert: Alert } }>({
    query: `subscription { alertEvents(after: "${after}", filter: { alertTypes: ["${alertType}"] }) {
      type: __typename alert: alertSnapshot { title } } }`,
  });
  return {
    async next() {
      const { value } = (await events.next()) as {
        value: { data: { alertEvents: { type: string; alert: Alert } } };
      };
      const { type, alert } = value.data.alertEvents;
      return { value: `${type} ${alert.title}` };
    },
  };
}

describe('a silence', () => {
  it('silences alerts that exist and alerts that are raised later, and is shown with them', async () => {
    await raise({ alertType: 'deploy', title: 'before' }, { alertType: 'deploy_other', title: 'other' });
    const created = await mutate('createSilence', {
      matcher: { alertTypes: ['deploy'] },
      endsAt: from(hour),
      reason: 'a deployment',
    });
    const { silenceId } = created.silence;
    expect(created).toMatchObject({
      silence: { status: 'ACTIVE', reason: 'a deployment', createdBy: 'anonymous', endedAt: null },
      alerts: [{ title: 'before', status: 'SILENCED', silencedBy: silenceId }],
    });
    await raise({ alertType: 'deploy', title: 'after' });
    expect(await statuses('deploy')).toEqual(['before SILENCED', 'after SILENCED']);
    expect(await statuses('deploy_other')).toEqual(['other ACTIVE']);
    const { data } = await app.graphql<{ alerts: object; activeAlerts: { alertType: string }[] }>(
      `query ($id: ID!) {
        alerts(filter: { silencedBy: $id }) { totalCount edges { node { silence { reason } } } }
        activeAlerts { alertType }
        silence(silenceId: $id) { matcher { alertTypes severities labels } } }`,
      { id: silenceId },
    );
    expect(data).toMatchObject({
      alerts: {
        totalCount: 2,
        edges: [{ node: { silence: { reason: 'a deployment' } } }, { node: { silence: {} } }],
      },
      silence: { matcher: { alertTypes: ['deploy'], severities: null, labels: null } },
    });
    expect(data.activeAlerts.map(({ alertType }) => alertType)).not.toContain('deploy');
  });

  it.each([
    ['types', { alertTypes: ['m_type'] }, { alertType: 'm_type' }],
    ['severities', { severities: ['CRITICAL'] }, { severity: 'CRITICAL' }],
    ['providers', { providerNames: ['p9'] }, { providerName: 'p9' }],
    ['agents', { agentIds: ['pricing_agent'] }, { agentId: 'pricing_agent' }],
    ['sources', { sources: ['ci'] }, { source: 'ci' }],
    ['labels', { labels: { team: 'data' } }, { labels: { team: 'data', zone: 'a' } }],
  ])('can match alerts by their %s', async (name, matcher, matching) => {
    const alertType = `by_${name}`;
    const own = { alertType, ...matching };
    await raise({ ...own, title: 'matching' }, { alertType, title: 'other', labels: { team: 'web' } });
    const silenceId = await silence({ ...matcher, ...(name === 'types' ? {} : { alertTypes: [alertType] }) });
    await raise({ ...own, title: 'later' }, { alertType, title: 'other later' });
    const found = [...(await listed(alertType)), ...(name === 'types' ? await listed('m_type') : [])];
    expect(found.filter(({ silencedBy }) => silencedBy === silenceId).map(({ title }) => title)).toEqual([
      'matching',
      'later',
    ]);
    await mutate('expireSilence', { silenceId });
  });

  it('ends at its time: its alerts are active again, and both are events', async () => {
    const after = await cursorNow();
    await raise({ alertType: 'short', title: 'one' });
    const events = followed('short', after);
    const silenceId = await silence({ alertTypes: ['short'] }, from(300));
    const seen = [];
    while (seen.length < 3) seen.push((await events.next()).value);
    expect(seen).toEqual(['AlertRaised one', 'AlertSilenced one', 'AlertUnsilenced one']);
    expect(await statuses('short')).toEqual(['one ACTIVE']);
    const changes = graphqlClient(app.wsUrl).iterate<{
      silenceEvents: { type: string; changedBy: string | null };
    }>({
      query: `subscription { silenceEvents(after: "${after}", silenceId: "${silenceId}") { type: __typename changedBy } }`,
    });
    const received = [(await changes.next()).value, (await changes.next()).value];
    expect(received.map(({ data }) => data?.silenceEvents)).toEqual([
      { type: 'SilenceCreated', changedBy: 'anonymous' },
      { type: 'SilenceEnded', changedBy: null },
    ]);
  });

  it('can be extended and ended early, with audit entries', async () => {
    await raise({ alertType: 'early', title: 'one' });
    const silenceId = await silence({ alertTypes: ['early'] });
    const until = from(2 * hour);
    expect(
      (await mutate('updateSilence', { silenceId, endsAt: until, reason: 'longer' })).silence,
    ).toMatchObject({
      endsAt: until,
      reason: 'longer',
    });
    expect(await mutate('expireSilence', { silenceId })).toMatchObject({
      silence: { status: 'ENDED', endedBy: 'anonymous' },
      alerts: [{ title: 'one', status: 'ACTIVE', silencedBy: null }],
    });
    expect(await mutate('expireSilence', { silenceId })).toMatchObject({ __typename: 'NotFound' });
    expect(await mutate('updateSilence', { silenceId, endsAt: until })).toMatchObject({
      __typename: 'NotFound',
    });
    const { data } = await app.graphql<{ auditLogs: { edges: { node: { eventType: string } }[] } }>(
      'query ($id: ID!) { auditLogs(filter: { targetId: $id }) { edges { node { eventType } } } }',
      { id: silenceId },
    );
    expect(data.auditLogs.edges.map(({ node }) => node.eventType)).toEqual([
      'silence_ended',
      'silence_updated',
      'silence_created',
    ]);
  });

  it('is replaced by another that matches when it ends', async () => {
    await raise({ alertType: 'twice', title: 'one' });
    const first = await silence({ alertTypes: ['twice'] });
    const second = await silence({ alertTypes: ['twice'] });
    await mutate('expireSilence', { silenceId: first });
    expect(await listed('twice')).toMatchObject([{ status: 'SILENCED', silencedBy: second }]);
  });

  it('keeps silencing after more alerts than one transaction changes', async () => {
    const alerts = Array.from({ length: 1_000 }, (_, n) => ({ alertType: 'many', title: `${n}` }));
    await raise(...alerts);
    await raise({ alertType: 'many', title: '1000' });
    const after = await cursorNow();
    const events = followed('many', after);
    const result = await mutate('createSilence', {
      matcher: { alertTypes: ['many'] },
      endsAt: from(hour),
      reason: 'a storm',
    });
    expect(result.alerts).toHaveLength(1_000);
    let last = '';
    while (last !== 'AlertSilenced 1000') last = (await events.next()).value as string;
    expect(last).toBe('AlertSilenced 1000');
  });

  it('is rejected if it would match all alerts, or ends in the past or in years', async () => {
    const valid = { matcher: { alertTypes: ['x'] }, endsAt: from(hour), reason: 'r' };
    for (const wrong of [
      { matcher: {} },
      { matcher: { labels: {} } },
      { endsAt: from(-1) },
      { endsAt: from(367 * 24 * hour) },
    ])
      expect(await mutate('createSilence', { ...valid, ...wrong })).toMatchObject({
        __typename: 'InvalidInput',
      });
  });

  it('continues to apply after a restart, and ends although the server was down', async () => {
    const own = await startTestApp(quiet, { keep: true });
    const { database } = own;
    const alert = { alertType: 'restart', severity: 'ERROR', title: 'one', message: 'm' };
    await own.graphql(publish, { events: [{ alert }] });
    await own.graphql(
      `mutation ($until: DateTime!) { createSilence(input: { matcher: { alertTypes: ["restart"] }, endsAt: $until,
        reason: "r" }) { __typename } }`,
      { until: from(700) },
    );
    await own.app.stop();
    const again = await startTestApp(quiet, { database });
    const events = graphqlClient(again.wsUrl).iterate<{ alertEvents: { type: string } }>({
      query: 'subscription { alertEvents(after: "earliest", types: [UNSILENCED]) { type: __typename } }',
    });
    expect((await events.next()).value?.data).toEqual({ alertEvents: { type: 'AlertUnsilenced' } });
    await again.stop();
    await own.stop();
  });
});

describe('snoozeAlerts', () => {
  it('silences the given alerts only, and returns those that are resolved or do not exist', async () => {
    await raise(...['one', 'two', 'three'].map((title) => ({ alertType: 'snoozed', title })));
    const [one, two, three] = (await listed('snoozed')).map(({ id }) => id);
    await app.graphql('mutation ($id: ID!) { resolveAlert(input: { alertId: $id }) { __typename } }', {
      id: two,
    });
    const missing = 'alert_20000101_001';
    const result = await mutate('snoozeAlerts', {
      alertIds: [one, two, missing],
      endsAt: from(hour),
      reason: 'tomorrow',
    });
    expect(result).toMatchObject({
      alerts: [{ id: one, status: 'SILENCED' }],
      unchangedIds: [two],
      notFoundIds: [missing],
    });
    expect(await statuses('snoozed')).toEqual(['one SILENCED', 'two RESOLVED', 'three ACTIVE']);
    await raise({ alertType: 'snoozed', title: 'four' });
    expect((await statuses('snoozed')).at(-1)).toBe('four ACTIVE');
    await mutate('expireSilence', { silenceId: result.silence.silenceId });
    expect((await listed('snoozed'))[0]).toMatchObject({ status: 'ACTIVE' });
    expect(await mutate('snoozeAlerts', { alertIds: [two], endsAt: from(hour), reason: 'r' })).toMatchObject({
      __typename: 'InvalidInput',
    });
    expect(three).toBeDefined();
  });
});
