import type { Client } from 'graphql-ws';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient, refusedHandshake } from '../_util/clients.ts';
import { createTestDatabase } from '../_util/database.ts';
import { alertsDomain } from '../../src/domains/alerts/domain.ts';
import { openDatabase } from '../../src/db/database.ts';
import { silentLog } from '../../src/log/log.ts';
import { readConfig } from '../../src/settings.ts';
import { removeBefore } from '../_util/remove-old.ts';
import { publishMutation, rejectionOf } from '../_util/publish.ts';

const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };
const publish = publishMutation('accepted { id: key cursor duplicate }');

interface Alert {
  id: string;
  alertType: string;
  title: string;
  status: string;
}

interface Page {
  alerts: {
    totalCount: number;
    edges: { cursor: string; node: Alert }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}

interface AlertEvent {
  type: string;
  changedBy?: string | null;
  cursor: string;
  alertId: string;
  alert: { alertType: string; severity: string; status: string; subject: string | null };
}

const eventFields =
  'type: __typename ... on AlertAcknowledged { changedBy } ... on AlertResolved { changedBy } cursor alertId alert: alertSnapshot { alertType severity status subject }';

function alert(n: number, more: object = {}): object {
  return {
    alert: { alertType: 'disk_full', severity: 'ERROR', title: `alert ${n}`, message: 'it is full', ...more },
  };
}

async function report(app: TestApp, ...events: object[]): Promise<void> {
  const { errors } = await app.graphql(publish, { events });
  expect(errors).toBeUndefined();
}

async function cursorNow(app: TestApp): Promise<string> {
  const events = [{ kpi: { totalRevenue: 1 } }];
  const { data } = await app.graphql<{ publish: { accepted: { cursor: string }[] } }>(publish, { events });
  return data.publish.accepted[0]?.cursor ?? '';
}

async function listed(app: TestApp, filter: object = {}, first = 100): Promise<Page['alerts']> {
  const { data } = await app.graphql<Page>(
    `query ($filter: AlertFilter, $first: Int) { alerts(filter: $filter, first: $first) {
      totalCount edges { cursor node { id: alertId title status } } pageInfo { hasNextPage endCursor } } }`,
    { filter, first },
  );
  return data.alerts;
}

async function titles(app: TestApp, filter: object): Promise<string[]> {
  return (await listed(app, filter)).edges.map(({ node }) => node.title);
}

function follow(client: Client, args = 'after: "earliest"') {
  return client.iterate<{ alertEvents: AlertEvent }>({
    query: `subscription { alertEvents(${args}) { ${eventFields} } }`,
  });
}

/** Makes the server evaluate the rules at the shortest interval. */
function evaluateOften(client: Client) {
  void client.iterate({ query: 'subscription { connections(everyMs: 100) { openCount } }' }).next();
  return client.iterate<{ activeAlerts: Alert[] }>({
    query: 'subscription { activeAlerts(everyMs: 100) { id: alertId alertType title status } }',
  });
}

async function sources(
  app: TestApp,
): Promise<Record<string, { sampleCount: number; paceMs: number | null }>> {
  const { data } = await app.graphql<{
    sources: { name: string; sampleCount: number; paceMs: number | null }[];
  }>('{ sources { name sampleCount paceMs } }');
  return Object.fromEntries(data.sources.map((source) => [source.name, source]));
}

async function next<Value>(events: AsyncIterator<{ data?: Value }>): Promise<NonNullable<Value>> {
  const { value } = (await events.next()) as { value?: { data?: Value } };
  if (!value?.data) throw new Error(`no value received: ${JSON.stringify(value)}`);
  return value.data;
}

/** For tests that select their alerts by a type, agent, provider or time of their own. */
let shared: TestApp;
beforeAll(async () => {
  shared = await startTestApp(quiet, { keep: true });
});
afterAll(() => shared.stop());

describe('alerts', () => {
  it('of producers have the reported values, and defaults for the others', async () => {
    await report(shared, alert(1, { occurredAt: '2026-01-02T03:04:05.678Z', alertType: 'raised' }));
    const { data } = await shared.graphql<{ alerts: { nodes: object[] } }>(
      `{ alerts(filter: { alertTypes: ["raised"] }) { edges { node { id: alertId alertType severity title message source subject agentId provider: providerName autoDismiss actions
        status raisedAt acknowledgedAt acknowledgedBy resolvedAt } } } }`,
    );
    const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
    expect(data).toEqual({
      alerts: {
        edges: [
          {
            node: {
              id: expect.stringMatching(`^alert_${day}_\\d{3,}$`) as string,
              alertType: 'raised',
              severity: 'ERROR',
              title: 'alert 1',
              message: 'it is full',
              source: 'producer',
              subject: null,
              agentId: null,
              provider: null,
              autoDismiss: false,
              actions: [],
              status: 'ACTIVE',
              raisedAt: '2026-01-02T03:04:05.678Z',
              acknowledgedAt: null,
              acknowledgedBy: null,
              resolvedAt: null,
            },
          },
        ],
      },
    });
  });

  it('have pages by keyset, most recent first, with each alert once, and a total count', async () => {
    await report(shared, ...Array.from({ length: 25 }, (_, index) => alert(index, { alertType: 'paged' })));
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data }: { data: Page } = await shared.graphql<Page>(
        `query ($after: String) { alerts(first: 10, after: $after, filter: { alertTypes: ["paged"] }) { totalCount edges { cursor node { id: alertId title status } }
          pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      expect(data.alerts.totalCount).toBe(25);
      seen.push(...data.alerts.edges.map(({ node }) => node.title));
      after = data.alerts.pageInfo.hasNextPage ? data.alerts.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => `alert ${24 - index}`));
    const { errors } = await shared.graphql('{ alerts(after: "nonsense") { edges { cursor } } }');
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'after' });
  });

  it('can be filtered by severity, type, agent, provider, time, and whether they are active', async () => {
    const at = (hour: number): string => `2026-01-01T0${hour}:00:00.000Z`;
    const alertType = 'filtered';
    const named = (n: number): object => ({ alertType, title: `filtered ${n}` });
    await report(
      shared,
      alert(1, { ...named(1), occurredAt: at(1), severity: 'INFO', agentId: 'pricing_agent' }),
      alert(2, { ...named(2), occurredAt: at(2), severity: 'CRITICAL', alertType: 'fire', actions: ['Run'] }),
      alert(3, { ...named(3), occurredAt: at(3), providerName: 'p1' }),
    );
    const { edges } = await listed(shared, { providerName: 'p1' });
    await shared.graphql('mutation ($id: ID!) { resolveAlert(input: { alertId: $id }) { __typename } }', {
      id: edges[0]?.node.id,
    });
    expect(await titles(shared, { severities: ['INFO', 'CRITICAL'] })).toEqual(['filtered 2', 'filtered 1']);
    expect(await titles(shared, { alertTypes: [alertType] })).toEqual(['filtered 3', 'filtered 1']);
    expect(await titles(shared, { agentId: 'pricing_agent' })).toEqual(['filtered 1']);
    expect(await titles(shared, { providerName: 'p1' })).toEqual(['filtered 3']);
    expect(await titles(shared, { since: at(2), until: at(3) })).toEqual(['filtered 2']);
    const filtered = async (statuses: string[]): Promise<string[]> =>
      (await titles(shared, { statuses })).filter((title) => title.startsWith('filtered'));
    expect(await filtered(['ACTIVE'])).toEqual(['filtered 2', 'filtered 1']);
    expect(await filtered(['ACKNOWLEDGED', 'RESOLVED'])).toEqual(['filtered 3']);
  });
});

describe('orderBy of alerts', () => {
  interface OrderedPage {
    readonly edges: readonly { readonly cursor: string; readonly node: { readonly title: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean };
  }
  const alertType = 'ordered';

  async function page(args: string): Promise<string> {
    const { data } = await shared.graphql<{ alerts: OrderedPage }>(
      `{ alerts(filter: { alertTypes: ["${alertType}"] }, ${args}) { edges { cursor node { title } } pageInfo { hasNextPage } } }`,
    );
    const { edges, pageInfo } = data.alerts;
    if (!pageInfo.hasNextPage) return edges.map(({ node }) => node.title).join('');
    const rest = args.replace(/, after: .*|$/, `, after: "${edges.at(-1)?.cursor}"`);
    return edges.map(({ node }) => node.title).join('') + (await page(rest));
  }

  async function change(mutation: string, title: string): Promise<string> {
    const { data } = await shared.graphql<{
      alerts: { edges: { node: { alertId: string; title: string } }[] };
    }>(`{ alerts(filter: { alertTypes: ["${alertType}"] }) { edges { node { alertId title } } } }`);
    const alertId = data.alerts.edges.find(({ node }) => node.title === title)?.node.alertId;
    const { data: changed } = await shared.graphql<Record<string, { alert: { updatedAt: string } }>>(
      `mutation { ${mutation}(input: { alertId: "${alertId}" }) { ... on ${mutation === 'acknowledgeAlert' ? 'AcknowledgeAlertSuccess' : 'ResolveAlertSuccess'} { alert { updatedAt } } } }`,
    );
    return changed[mutation]?.alert.updatedAt ?? '';
  }

  beforeAll(async () => {
    const severities = { a: 'WARNING', b: 'CRITICAL', c: 'INFO', d: 'WARNING', e: 'ERROR' };
    for (const [index, [title, severity]] of Object.entries(severities).entries()) {
      const occurredAt = new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString();
      await report(shared, alert(0, { alertType, title, severity, occurredAt }));
    }
    await change('resolveAlert', 'd');
    await change('acknowledgeAlert', 'b');
  });

  it.each([
    ['RAISED_AT', 'DESC', 'edcba'],
    ['SEVERITY', 'DESC', 'bedac'],
    ['SEVERITY', 'ASC', 'cadeb'],
    ['UPDATED_AT', 'DESC', 'bdeca'],
    ['UPDATED_AT', 'ASC', 'acedb'],
  ])('%s %s orders them, in one page and in pages', async (field, direction, titles) => {
    const orderBy = `orderBy: { field: ${field}, direction: ${direction} }`;
    expect(await page(orderBy)).toBe(titles);
    expect(await page(`${orderBy}, first: 2`)).toBe(titles);
    expect(await page(`${orderBy}, last: 2`)).toBe(titles.slice(-2));
  });

  it('UPDATED_AT is the order of `updatedAt`, which events, mutations and lists give equally', async () => {
    const updatedAt = await change('resolveAlert', 'c');
    const { data } = await shared.graphql<{
      alerts: { edges: { node: { updatedAt: string; resolvedAt: string; events: unknown } }[] };
    }>(`{ alerts(first: 1, orderBy: { field: UPDATED_AT, direction: DESC }, filter: { alertTypes: ["${alertType}"] }) {
      edges { node { title updatedAt resolvedAt
        events(first: 1) { edges { node { ... on AlertResolved { alertSnapshot { updatedAt } } } } } } } } }`);
    expect(data.alerts.edges[0]?.node).toEqual({
      title: 'c',
      updatedAt,
      resolvedAt: updatedAt,
      events: { edges: [{ node: { alertSnapshot: { updatedAt } } }] },
    });
  });
});

describe('updatedAt of an alert', () => {
  it('is the time of the silence after the alert was snoozed, in the mutation, the list and the event', async () => {
    const alertType = 'snoozed';
    await report(shared, alert(0, { alertType, occurredAt: '2026-01-01T00:00:00Z' }));
    const fields = 'alertId status updatedAt';
    interface Read {
      alerts: { edges: { node: { alertId: string; updatedAt: string; events: unknown } }[] };
    }
    const read = async () =>
      (
        await shared.graphql<Read>(`{ alerts(filter: { alertTypes: ["${alertType}"] }) { edges { node { ${fields}
          events(first: 1) { edges { node { ... on AlertSilenced { alertSnapshot { updatedAt } } } } } } } } }`)
      ).data.alerts.edges[0]?.node;
    const before = await read();
    expect(before?.updatedAt).toBe('2026-01-01T00:00:00.000Z');
    const { data } = await shared.graphql<{ snoozeAlerts: { alerts: { updatedAt: string }[] } }>(
      `mutation { snoozeAlerts(input: { alertIds: ["${before?.alertId}"], endsAt: "${new Date(Date.now() + 60_000).toISOString()}", reason: "test" }) {
        ... on SnoozeAlertsSuccess { alerts { ${fields} } } } }`,
    );
    const [snoozed] = data.snoozeAlerts.alerts;
    expect(Date.parse(snoozed?.updatedAt ?? '')).toBeGreaterThan(Date.parse(before?.updatedAt ?? ''));
    expect(await read()).toEqual({
      ...snoozed,
      status: 'SILENCED',
      events: { edges: [{ node: { alertSnapshot: { updatedAt: snoozed?.updatedAt } } }] },
    });
  });
});

describe('the numbers of alerts', () => {
  it('count from 1 without gaps, continue after a restart, and are accepted by the old REST endpoint', async () => {
    const database = await createTestDatabase();
    const first = await startTestApp(quiet, { database: database.connection, keep: true });
    await report(first, { kpi: { totalRevenue: 1 } }, alert(1), { kpi: { totalRevenue: 2 } });
    const post = await fetch(`${first.url}/api/alerts/1/acknowledge`, { method: 'POST' });
    expect([post.status, await post.json()]).toMatchObject([200, { alert: { id: 1, title: 'alert 1' } }]);
    await report(first, { kpi: { totalRevenue: 3 } }, alert(2));
    await first.stop();
    const second = await startTestApp(quiet, { database: database.connection, keep: true });
    const active = await second.graphql<object>('{ activeAlerts { number } }');
    expect(active.data).toEqual({ activeAlerts: [{ number: 2 }] });
    await report(second, { kpi: { totalRevenue: 4 } }, alert(3));
    const { data } = await second.graphql<{ alerts: unknown }>(
      '{ alerts { edges { node { number id: alertId } } } }',
    );
    const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
    expect(data).toEqual({
      alerts: {
        edges: [3, 2, 1].map((number) => ({ node: { number, id: `alert_${day}_00${number}` } })),
      },
    });
    const events = graphqlClient(second.wsUrl).iterate<{ alertEvents: { alert: { number: number } } }>({
      query: 'subscription { alertEvents(after: "earliest") { alert: alertSnapshot { number } } }',
    });
    const numbers: number[] = [];
    while (numbers.length < 4) numbers.push((await next(events)).alertEvents.alert.number);
    expect(numbers).toEqual([1, 1, 2, 3]); // raised, acknowledged, raised, raised
    await second.stop();
    await database.drop();
  });
});

describe('active alerts', () => {
  it('are sent to a new subscriber and after each change, including changes on another instance', async () => {
    const alertType = 'two_instances';
    const other = await startTestApp(quiet, { database: shared.database });
    await report(shared, alert(1, { alertType }));
    const client = graphqlClient(other.wsUrl);
    const active = client.iterate<{ activeAlerts: Alert[] }>({
      query: 'subscription { activeAlerts(everyMs: 3600000) { id: alertId alertType title status } }',
    });
    const nextOfType = async (): Promise<string[]> =>
      (await next(active)).activeAlerts
        .filter((one) => one.alertType === alertType)
        .map(({ title, status }) => `${title} ${status}`);
    let received = await nextOfType();
    while (!received.includes('alert 1 ACTIVE')) received = await nextOfType();
    await report(shared, alert(2, { alertType }));
    expect(await nextOfType()).toEqual(['alert 2 ACTIVE', 'alert 1 ACTIVE']);
    await client.dispose();
  });

  it('can be acknowledged once and resolved once, with subject, time and an audit entry', async () => {
    const app = await startTestApp({
      ...quiet,
      AUTH_TOKENS: 'ann-token-0123456789:ann:admin,bob-token-0123456789:bob',
    });
    const ann = { authorization: 'Bearer ann-token-0123456789' };
    const { errors } = await app.graphql(publish, { events: [alert(1)] }, ann);
    expect(errors).toBeUndefined();
    const [edge] = (await listed(app)).edges;
    const id = edge?.node.id ?? '';
    const acknowledge = `mutation ($id: ID!) { acknowledgeAlert(input: { alertId: $id }) { __typename
      ... on AcknowledgeAlertSuccess { changed alert { id: alertId status acknowledgedBy acknowledgedAt } }
      ... on Failure { code } ... on NotFound { what } } }`;
    const forbidden = await app.graphql(
      acknowledge,
      { id },
      { authorization: 'Bearer bob-token-0123456789' },
    );
    expect(forbidden.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    const missing = await app.graphql(acknowledge, { id: 'alert_20260101_000' }, ann);
    expect(missing.data).toEqual({
      acknowledgeAlert: { __typename: 'NotFound', code: 'NOT_FOUND', what: 'alert' },
    });
    const acknowledged = { id, status: 'ACKNOWLEDGED', acknowledgedBy: 'ann' };
    const first = await app.graphql(acknowledge, { id }, ann);
    expect(first.data).toMatchObject({ acknowledgeAlert: { changed: true, alert: acknowledged } });
    const second = await app.graphql<object>(acknowledge, { id }, ann);
    expect(second.data).toEqual({
      acknowledgeAlert: {
        ...(first.data as { acknowledgeAlert: object }).acknowledgeAlert,
        changed: false,
      },
    });
    const resolve = `mutation ($id: ID!) { resolveAlert(input: { alertId: $id }) { ... on ResolveAlertSuccess { changed alert { status } } } }`;
    for (const changed of [true, false])
      expect((await app.graphql(resolve, { id }, ann)).data).toEqual({
        resolveAlert: { changed, alert: { status: 'RESOLVED' } },
      });
    const late = await app.graphql(acknowledge, { id }, ann);
    expect(late.data).toMatchObject({ acknowledgeAlert: { changed: false, alert: { status: 'RESOLVED' } } });
    const { data } = await app.graphql<{ auditLogs: { edges: { node: object }[] } }>(
      `{ auditLogs(filter: { targetId: "${id}" }) { edges { node { eventType actorId details } } } }`,
    );
    expect(data.auditLogs.edges.map(({ node }) => node)).toEqual([
      { eventType: 'alert_resolved', actorId: 'ann', details: 'disk_full: alert 1' },
      { eventType: 'alert_acknowledged', actorId: 'ann', details: 'disk_full: alert 1' },
    ]);
    const events = follow(graphqlClient(app.wsUrl));
    const received = [await next(events), await next(events), await next(events)];
    expect(
      received.map(
        ({
          alertEvents: {
            type,
            changedBy,
            alert: { status },
          },
        }) => [type, changedBy, status],
      ),
    ).toEqual([
      ['AlertRaised', undefined, 'ACTIVE'],
      ['AlertAcknowledged', 'ann', 'ACKNOWLEDGED'],
      ['AlertResolved', 'ann', 'RESOLVED'],
    ]);
  });

  it('are resolved a minute after they were raised only if they have `autoDismiss`', async () => {
    const after = await cursorNow(shared);
    const alertType = 'dismissed';
    const active = evaluateOften(graphqlClient(shared.wsUrl));
    const minuteAgo = new Date(Date.now() - 60_000).toISOString();
    await report(
      shared,
      alert(1, { alertType, occurredAt: minuteAgo }),
      alert(2, { alertType, autoDismiss: true }),
      alert(3, { alertType, occurredAt: minuteAgo, autoDismiss: true }),
    );
    const events = follow(
      graphqlClient(shared.wsUrl),
      `types: [RESOLVED], filter: { alertTypes: ["dismissed"] }, after: "${after}"`,
    );
    expect((await next(events)).alertEvents).toMatchObject({
      changedBy: null,
      alert: { status: 'RESOLVED' },
    });
    let remaining: Alert[] = [];
    while (remaining.length !== 2)
      remaining = (await next(active)).activeAlerts.filter((one) => one.alertType === alertType);
    expect(remaining.map(({ title }) => title)).toEqual(['alert 2', 'alert 1']);
  });
});

describe('the rules of this server', () => {
  it('raise an alert about this host once, and not again after a restart', async () => {
    const database = await createTestDatabase();
    const env = { FEATURE_DATABASE_MONITORING: 'false', ALERT_MEMORY_PERCENT: '0.01' };
    const before = await startTestApp(env, { database: database.connection, keep: true });
    const first = graphqlClient(before.wsUrl);
    evaluateOften(first);
    const { alertEvents: raised } = await next(
      follow(first, 'filter: { alertTypes: ["high_memory"] }, after: "earliest"'),
    );
    expect(raised).toMatchObject({
      type: 'AlertRaised',
      alert: { alertType: 'high_memory', severity: 'ERROR', status: 'ACTIVE', subject: expect.any(String) },
    });
    await first.dispose();
    await before.stop();
    const after = await startTestApp(env, { database: database.connection, keep: true });
    const second = graphqlClient(after.wsUrl);
    evaluateOften(second);
    const samples = async (name: string): Promise<number> => (await sources(after))[name]?.sampleCount ?? 0;
    while ((await samples('host')) === 0) continue;
    const samplesBefore = await samples('alerts');
    while ((await samples('alerts')) < samplesBefore + 2) continue;
    const { totalCount, edges } = await listed(after, { alertTypes: ['high_memory'] });
    expect(totalCount).toBe(1);
    expect(edges[0]?.node.id).toBe(raised.alertId);
    await second.dispose();
    await after.stop();
    await database.drop();
  });

  it('use the counts of failed connections and HTTP requests that `connections` shows', async () => {
    const app = await startTestApp({ ...quiet, ALERT_WS_FAILURES_PER_MIN: '1' });
    evaluateOften(graphqlClient(app.wsUrl));
    for (let attempt = 0; attempt < 2; attempt++) {
      const { status } = await refusedHandshake(`${app.wsUrl}/ws/nowhere`);
      expect(status).toBe(404);
    }
    const { alertEvents: raised } = await next(follow(graphqlClient(app.wsUrl)));
    expect(raised.alert).toMatchObject({ alertType: 'ws_failures', severity: 'ERROR' });
    const query = '{ connections { failedAttemptCount httpRequestCount httpResponseMs } }';
    expect((await app.graphql(query)).data).toEqual({
      connections: { failedAttemptCount: 2, httpRequestCount: 0, httpResponseMs: null },
    });
    expect((await app.graphql(query)).data).toEqual({
      connections: {
        failedAttemptCount: 2,
        httpRequestCount: 1,
        httpResponseMs: expect.any(Number) as number,
      },
    });
  });

  it('are evaluated at the documented intervals without subscribers', async () => {
    const app = await startTestApp();
    const paces = Object.fromEntries(
      Object.entries(await sources(app)).map(([name, { paceMs }]) => [name, paceMs]),
    );
    expect(paces).toMatchObject({ alerts: 5_000, host: 5_000, connections: 5_000, database: 15_000 });
  });
});

describe('an invalid report of an alert', () => {
  it('is rejected with the whole batch, and the error names the field', async () => {
    const invalidFields: readonly (readonly [object, string])[] = [
      [{ title: '' }, 'title'],
      [{ title: 'x'.repeat(201) }, 'title'],
      [{ message: 'x'.repeat(4_097) }, 'message'],
      [{ alertType: '' }, 'alertType'],
      [{ source: 'alert_engine' }, 'source'],
      [{ source: '' }, 'source'],
      [{ providerName: '' }, 'providerName'],
      [{ agentId: 'no agent' }, 'agentId'],
      [{ actions: Array.from({ length: 11 }, () => 'x') }, 'actions'],
      [{ actions: ['x', ''] }, 'actions[1]'],
    ];
    for (const [invalid, field] of invalidFields) {
      const answer = await shared.graphql(publish, {
        events: [alert(1, { alertType: 'rejected' }), alert(2, { alertType: 'rejected', ...invalid })],
      });
      expect(rejectionOf(answer)).toMatchObject({ code: 'BAD_USER_INPUT', index: 1, field });
    }
    expect((await listed(shared, { alertTypes: ['rejected'] })).totalCount).toBe(0);
  });
});

describe('systemEvents', () => {
  it('delivers each report once and in order, with defaults for absent values', async () => {
    const event = { eventType: 'deployment_started', title: 'Deploying', message: 'to web1' };
    const after = await cursorNow(shared);
    await report(
      shared,
      { systemEvent: event },
      { systemEvent: { ...event, severity: 'CRITICAL', source: 'ci', relatedAgentId: 'pricing_agent' } },
    );
    const events = graphqlClient(shared.wsUrl).iterate<{ systemEvents: object }>({
      query:
        'subscription ($after: Cursor) { systemEvents(after: $after) { eventType severity title message source agentId: relatedAgentId } }',
      variables: { after },
    });
    expect((await next(events)).systemEvents).toEqual({
      ...event,
      severity: 'INFO',
      source: 'producer',
      agentId: null,
    });
    expect((await next(events)).systemEvents).toEqual({
      ...event,
      severity: 'CRITICAL',
      source: 'ci',
      agentId: 'pricing_agent',
    });
  });
});

describe('many alerts', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(quiet, { keep: true });
  });
  afterAll(() => app.stop());

  it('of one batch are stored with one statement', async () => {
    const client = new pg.Client(app.database);
    await client.connect();
    const calls = async (): Promise<number> => {
      const { rows } = await client.query<{ calls: number }>(
        `select coalesce(sum(calls), 0)::int as calls from pg_stat_statements where query ~ 'insert into "?alerts'
       and dbid = (select oid from pg_database where datname = current_database())`, // the statistics are those of all databases
      );
      return rows[0]?.calls ?? 0;
    };
    const before = await calls();
    await report(app, ...Array.from({ length: 1_000 }, (_, index) => alert(index)));
    expect(await calls()).toBe(before + 1);
    await client.end();
  });

  it('are removed with their events a while after they were resolved, and never while they are open', async () => {
    const alertType = 'kept';
    const database = openDatabase({ connection: app.database, log: silentLog });
    const remove = (): Promise<number> =>
      removeBefore(
        database,
        alertsDomain({ ...readConfig({}, { cwd: '/' }).config.alerts, historyMs: 30_000 }).retained ?? [],
        new Date(Date.now() + 86_400_000),
      );
    await remove(); // events of other alerts
    await report(app, alert(1, { alertType }), alert(2, { alertType }));
    const [newest] = (await listed(app, { alertTypes: [alertType] })).edges;
    await app.graphql('mutation ($id: ID!) { resolveAlert(input: { alertId: $id }) { __typename } }', {
      id: newest?.node.id,
    });
    expect(await remove()).toBe(4);
    await database[Symbol.asyncDispose]();
    expect((await listed(app, { alertTypes: [alertType] })).edges.map(({ node }) => node.title)).toEqual([
      'alert 1',
    ]);
  });
});
