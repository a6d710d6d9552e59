import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { publishMutation } from '../_util/publish.ts';

const publish = publishMutation('accepted { cursor }');

interface Changed {
  __typename: string;
  alerts: { id: string; status: string; acknowledgedBy: string | null }[];
  unchangedIds: string[];
  notFoundIds: string[];
  hasMore: boolean;
}

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp(
    { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' },
    { keep: true },
  );
});
afterAll(() => app.stop());

/** Raises alerts of one type. @returns their ids, oldest first, and the cursor before them. */
async function raised(alertType: string, count: number): Promise<{ ids: string[]; before: string }> {
  const before = await app.graphql<{ publish: { accepted: { cursor: string }[] } }>(publish, {
    events: [{ kpi: { totalRevenue: 1 } }],
  });
  for (let from = 0; from < count; from += 1_000) {
    const events = Array.from({ length: Math.min(1_000, count - from) }, (_, index) => ({
      alert: { alertType, severity: 'ERROR', title: `alert ${from + index}`, message: 'it failed' },
    }));
    expect((await app.graphql(publish, { events })).errors).toBeUndefined();
  }
  const { data } = await app.graphql<{ alerts: { edges: { node: { id: string } }[] } }>(
    'query ($type: String!) { alerts(filter: { alertTypes: [$type] }, first: 1000) { edges { node { id: alertId } } } }',
    { type: alertType },
  );
  const ids = data.alerts.edges.map(({ node }) => node.id).reverse();
  return { ids, before: before.data.publish.accepted[0]?.cursor ?? '' };
}

async function change(mutation: string, input: object): Promise<Changed> {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}`;
  const { data, errors } = await app.graphql<Record<string, Changed>>(
    `mutation ($input: ${type}Input!) { ${mutation}(input: $input) { __typename ... on Failure { message }
      ... on ${type}Success { alerts { id: alertId status acknowledgedBy } unchangedIds notFoundIds hasMore } } }`,
    { input },
  );
  expect(errors).toBeUndefined();
  return data[mutation] as Changed;
}

describe('acknowledgeAlerts and resolveAlerts', () => {
  it('return the changed alerts, those that had the state before, and the ids without an alert', async () => {
    const { ids } = await raised('mixed', 3);
    const [first = '', second = '', third = ''] = ids;
    await change('acknowledgeAlerts', { alertIds: [second] });
    const missing = 'alert_20000101_001';
    expect(await change('acknowledgeAlerts', { alertIds: [first, second, missing, first] })).toEqual({
      __typename: 'AcknowledgeAlertsSuccess',
      alerts: [{ id: first, status: 'ACKNOWLEDGED', acknowledgedBy: 'anonymous' }],
      unchangedIds: [second],
      notFoundIds: [missing],
      hasMore: false,
    });
    const resolved = await change('resolveAlerts', { alertIds: ids });
    expect(resolved.alerts.map(({ id, status }) => [id, status])).toEqual(
      [first, second, third].map((id) => [id, 'RESOLVED']),
    );
  });

  it('store one event and one audit entry per changed alert, and none for the others', async () => {
    const { ids, before } = await raised('once', 3);
    await change('acknowledgeAlerts', { alertIds: ids.slice(0, 2) });
    await change('acknowledgeAlerts', { alertIds: ids });
    await change('resolveAlerts', { alertIds: ids });
    const events = graphqlClient(app.wsUrl).iterate<{
      alertEvents: { type: string; alertId: string };
    }>({
      query: `subscription { alertEvents(filter: { alertTypes: ["once"] }, after: "${before}") { type: __typename alertId } }`,
    });
    const seen: string[] = [];
    while (seen.length < 9) {
      const { value } = (await events.next()) as {
        value: { data: { alertEvents: { type: string; alertId: string } } };
      };
      seen.push(`${value.data.alertEvents.type} ${ids.indexOf(value.data.alertEvents.alertId)}`);
    }
    const each = (type: string): string[] => [0, 1, 2].map((index) => `${type} ${index}`);
    expect(seen).toEqual([...each('AlertRaised'), ...each('AlertAcknowledged'), ...each('AlertResolved')]);
    const { data } = await app.graphql<{ auditLogs: { edges: { node: { eventType: string } }[] } }>(
      'query ($id: ID!) { auditLogs(filter: { targetId: $id }) { edges { node { eventType } } } }',
      { id: ids[2] },
    );
    expect(data.auditLogs.edges.map(({ node }) => node.eventType)).toEqual([
      'alert_resolved',
      'alert_acknowledged',
    ]);
  });

  it('with a filter change the oldest 1,000 matching alerts, and say whether there are more', async () => {
    await raised('flood', 1_003);
    const filter = { alertTypes: ['flood'] };
    const first = await change('acknowledgeAlerts', { filter });
    expect([first.alerts.length, first.hasMore]).toEqual([1_000, true]);
    const second = await change('acknowledgeAlerts', { filter });
    expect([second.alerts.length, second.hasMore, second.unchangedIds]).toEqual([3, false, []]);
    expect((await change('acknowledgeAlerts', { filter })).alerts).toEqual([]);
  });

  it('take either ids or a filter', async () => {
    for (const input of [{}, { alertIds: ['1'], filter: {} }])
      expect(await change('resolveAlerts', input)).toMatchObject({ __typename: 'InvalidInput' });
  });

  it('need as many statements for 500 alerts as for one', async () => {
    const query = vi.spyOn(pg.Client.prototype, 'query');
    onTestFinished(() => query.mockRestore());
    const counts: number[] = [];
    for (const count of [1, 500]) {
      const { ids } = await raised(`counted_${count}`, count);
      query.mockClear();
      await change('resolveAlerts', { alertIds: ids });
      counts.push(query.mock.calls.filter((given) => /alerts|events/.test(textOf(given))).length);
    }
    expect(counts[0]).toBeGreaterThan(2);
    expect(counts[1]).toBe(counts[0]);
  });
});

/** The text of a statement, as a string or as a prepared query. */
function textOf([statement]: readonly unknown[]): string {
  return typeof statement === 'string' ? statement : String((statement as { text?: unknown }).text);
}
