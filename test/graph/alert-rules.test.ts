import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { publishMutation } from '../_util/publish.ts';

const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };
const publish = publishMutation('accepted { duplicate }');

interface Rule {
  ruleId: string;
  origin: string;
  enabled: boolean;
  field: string | null;
  metric: { name: string; labels: object } | null;
  threshold: number | null;
  forMs: number;
}

interface Change {
  type: string;
  alert: {
    alertType: string;
    severity: string;
    title: string;
    message: string;
    subject: string | null;
    labels: object;
    rule: { ruleId: string } | null;
  };
}

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp(quiet, { keep: true });
});
afterAll(() => app.stop());

async function report(metrics: readonly object[], on = app): Promise<void> {
  const { errors } = await on.graphql(publish, { events: metrics.map((metric) => ({ metric })) });
  expect(errors).toBeUndefined();
}

type Result = { __typename: string; message?: string; field?: string; rule: Rule; resolved: object[] };

async function mutate(name: string, input: object, on = app): Promise<Result> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}`;
  const resolved = name === 'createAlertRule' ? '' : 'resolved { subject status }';
  const { data, errors } = await on.graphql<Record<string, Result>>(
    `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename ... on Failure { message }
      ... on InvalidInput { field }
      ... on ${type}Success { rule { ruleId origin enabled field metric { name labels } threshold forMs } ${resolved} } } }`,
    { input },
  );
  expect(errors).toBeUndefined();
  return data[name] as Result;
}

/** A rule about the metric of the same name. */
async function rule(ruleId: string, more: object = {}, on = app): Promise<void> {
  const result = await mutate(
    'createAlertRule',
    {
      ruleId,
      metric: { name: ruleId },
      comparison: 'ABOVE',
      threshold: 10,
      clearMs: 0,
      severity: 'ERROR',
      title: `${ruleId} is high`,
      ...more,
    },
    on,
  );
  expect(result).toMatchObject({ __typename: 'CreateAlertRuleSuccess' });
}

function changes(alertType: string, on = app): () => Promise<Change> {
  const events = graphqlClient(on.wsUrl).iterate<{ alertEvents: Change }>({
    query: `subscription { alertEvents(after: "earliest", filter: { alertTypes: ["${alertType}"] }) { type: __typename alert: alertSnapshot {
      alertType severity title message subject labels } } }`,
  });
  return async () => {
    const { value } = (await events.next()) as { value: { data: { alertEvents: Change } } };
    return value.data.alertEvents;
  };
}

describe('the rules of the configuration', () => {
  it('are shown with their limits, and cannot be changed', async () => {
    const { data } = await app.graphql<{ alertRules: { totalCount: number; edges: { node: Rule }[] } }>(
      `{ alertRules(filter: { origin: CONFIGURATION }) { totalCount edges { node { ruleId origin enabled field threshold } } } }`,
    );
    expect(data.alertRules.edges.map(({ node }) => node.ruleId).toSorted()).toEqual(
      [
        'db_connections',
        'high_cpu',
        'high_memory',
        'host_offline',
        'provider_offline',
        'rate_limit',
        'resource_warning',
        'response_time',
        'ws_failures',
      ].toSorted(),
    );
    expect(data.alertRules.edges.map(({ node }) => node)).toContainEqual({
      ruleId: 'high_cpu',
      origin: 'CONFIGURATION',
      enabled: true,
      field: 'host.cpu.usedPercent',
      threshold: 85,
    });
    for (const name of ['updateAlertRule', 'disableAlertRule', 'deleteAlertRule'])
      expect(await mutate(name, { ruleId: 'high_cpu' })).toMatchObject({
        __typename: 'InvalidInput',
        field: 'ruleId',
      });
    expect(
      await mutate('createAlertRule', {
        ruleId: 'high_cpu',
        field: 'host.cpu.usedPercent',
        comparison: 'ABOVE',
        threshold: 1,
        severity: 'INFO',
        title: 't',
      }),
    ).toMatchObject({ __typename: 'InvalidInput', field: 'ruleId' });
  });

  it('evaluate fields that operators can use, too', async () => {
    const { data } = await app.graphql<{
      alertRules: { edges: { node: Rule }[] };
      alertRuleFields: { name: string }[];
    }>(
      `{ alertRules(filter: { origin: CONFIGURATION }) { edges { node { field } } } alertRuleFields { name unit description } }`,
    );
    const names = data.alertRuleFields.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(data.alertRules.edges.map(({ node }) => node.field ?? '')));
  });
});

describe('a rule about a metric', () => {
  it('raises an alert for each series above the threshold, and resolves it when the value is below', async () => {
    await rule('queue_length', {
      message: '{{labels.queue}} has {{value}} entries, more than {{threshold}}',
      title: 'Queue {{labels.queue}} is long',
      actions: ['Add workers'],
    });
    const next = changes('queue_length');
    await report([
      { name: 'queue_length', value: 12, labels: { queue: 'mail' } },
      { name: 'queue_length', value: 3, labels: { queue: 'sms' } },
    ]);
    expect(await next()).toEqual({
      type: 'AlertRaised',
      alert: {
        alertType: 'queue_length',
        severity: 'ERROR',
        title: 'Queue mail is long',
        message: 'mail has 12 entries, more than 10',
        subject: 'queue_length{queue="mail"}',
        labels: { queue: 'mail' },
      },
    });
    await report([{ name: 'queue_length', value: 11, labels: { queue: 'sms' } }]);
    expect(await next()).toMatchObject({ type: 'AlertRaised', alert: { labels: { queue: 'sms' } } });
    await report([{ name: 'queue_length', value: 1, labels: { queue: 'mail' } }]);
    expect(await next()).toMatchObject({ type: 'AlertResolved', alert: { labels: { queue: 'mail' } } });
    await report([{ name: 'queue_length', value: 20, labels: { queue: 'mail' } }]);
    expect(await next()).toMatchObject({ type: 'AlertRaised', alert: { labels: { queue: 'mail' } } });
  });

  it('evaluates only series with its labels', async () => {
    await rule('labelled', { metric: { name: 'labelled', labels: { env: 'prod' } } });
    const next = changes('labelled');
    await report([
      { name: 'labelled', value: 50, labels: { env: 'test' } },
      { name: 'labelled', value: 50, labels: { env: 'prod', zone: 'a' } },
    ]);
    expect(await next()).toMatchObject({ alert: { labels: { env: 'prod', zone: 'a' } } });
  });

  it('raises its alert only after the condition was true for the whole time', async () => {
    await rule('pending', { forMs: 60_000 });
    const next = changes('pending');
    const at = (secondsAgo: number): string => new Date(Date.now() - secondsAgo * 1_000).toISOString();
    await report([{ name: 'pending', value: 11, sampledAt: at(40) }]);
    await report([{ name: 'pending', value: 1, sampledAt: at(30) }]);
    await report([{ name: 'pending', value: 12, sampledAt: at(20) }]);
    await report([{ name: 'pending', value: 13, sampledAt: at(0) }]);
    // another series, whose condition has been true for long enough
    await report([{ name: 'pending', value: 14, sampledAt: at(70), labels: { other: 'yes' } }]);
    await report([{ name: 'pending', value: 15, sampledAt: at(0), labels: { other: 'yes' } }]);
    expect(await next()).toMatchObject({ type: 'AlertRaised', alert: { labels: { other: 'yes' } } });
  });

  it('raises an alert for missing data, and resolves it with the next value', async () => {
    const old = new Date(Date.now() - 60_000).toISOString();
    await report([{ name: 'heartbeat', value: 1, sampledAt: old }]);
    await rule('heartbeat', { comparison: null, threshold: null, noDataMs: 30_000 });
    const next = changes('heartbeat');
    expect(await next()).toMatchObject({
      type: 'AlertRaised',
      alert: { subject: 'heartbeat', message: expect.stringContaining('no value for') as string },
    });
    await report([{ name: 'heartbeat', value: 1 }]);
    expect(await next()).toMatchObject({ type: 'AlertResolved' });
  });

  it('compares values with its threshold by each comparison', async () => {
    const cases = [
      ['at_least', 'AT_LEAST', 10, 9.9],
      ['below', 'BELOW', 9.9, 10],
      ['at_most', 'AT_MOST', 10, 10.1],
      ['equal', 'EQUAL', 10, 10.1],
      ['not_equal', 'NOT_EQUAL', 9, 10],
    ] as const;
    for (const [ruleId, comparison, matching, other] of cases) {
      await rule(ruleId, { comparison });
      const next = changes(ruleId);
      await report([{ name: ruleId, value: other, labels: { is: 'other' } }]);
      await report([{ name: ruleId, value: matching, labels: { is: 'matching' } }]);
      expect((await next()).alert.labels, ruleId).toEqual({ is: 'matching' });
    }
  });

  it('can be changed, disabled, enabled and deleted, with events and audit entries', async () => {
    await rule('managed');
    const next = changes('managed');
    await report([{ name: 'managed', value: 7 }]);
    expect((await mutate('updateAlertRule', { ruleId: 'managed', threshold: 5 })).rule).toMatchObject({
      threshold: 5,
    });
    expect(await next()).toMatchObject({ type: 'AlertRaised' });
    expect(await mutate('disableAlertRule', { ruleId: 'managed' })).toMatchObject({
      rule: { enabled: false },
      resolved: [{ status: 'RESOLVED' }],
    });
    expect(await next()).toMatchObject({ type: 'AlertResolved' });
    await report([{ name: 'managed', value: 100 }]);
    expect(await mutate('enableAlertRule', { ruleId: 'managed' })).toMatchObject({ rule: { enabled: true } });
    expect(await next()).toMatchObject({
      type: 'AlertRaised',
      alert: { message: 'managed is 100, above 5' },
    });
    expect(await mutate('deleteAlertRule', { ruleId: 'managed' })).toMatchObject({
      resolved: [{ status: 'RESOLVED' }],
    });
    expect(await next()).toMatchObject({ type: 'AlertResolved' });
    expect(await mutate('deleteAlertRule', { ruleId: 'managed' })).toMatchObject({ __typename: 'NotFound' });
    const events = graphqlClient(app.wsUrl).iterate<{ alertRuleEvents: { type: string } }>({
      query:
        'subscription { alertRuleEvents(after: "earliest", ruleId: "managed") { type: __typename actorId } }',
    });
    const types: string[] = [];
    while (types.length < 5) {
      const { value } = (await events.next()) as { value: { data: { alertRuleEvents: { type: string } } } };
      types.push(value.data.alertRuleEvents.type);
    }
    expect(types).toEqual([
      'AlertRuleCreated',
      'AlertRuleUpdated',
      'AlertRuleUpdated',
      'AlertRuleUpdated',
      'AlertRuleDeleted',
    ]);
    const { data } = await app.graphql<{ auditLogs: { totalCount: number } }>(
      '{ auditLogs(filter: { targetId: "managed" }) { totalCount } }',
    );
    expect(data.auditLogs.totalCount).toBe(5);
  });

  it('is rejected with the member that is wrong', async () => {
    const valid = {
      ruleId: 'valid',
      metric: { name: 'm' },
      comparison: 'ABOVE',
      threshold: 1,
      severity: 'INFO',
      title: 't',
    };
    const cases: [string, object][] = [
      ['ruleId', { ruleId: '1st' }],
      ['field', { metric: null }],
      ['field', { field: 'host.cpu.usedPercent' }],
      ['field', { metric: null, field: 'host.nothing' }],
      ['threshold', { threshold: null }],
      ['comparison', { comparison: null, threshold: null }],
      ['upTo', { upTo: 0 }],
      ['forMs', { forMs: -1 }],
      ['noDataMs', { noDataMs: 1 }],
      ['metric.labels', { metric: { name: 'm', labels: { a: 1 } } }],
    ];
    for (const [field, wrong] of cases)
      expect(await mutate('createAlertRule', { ...valid, ...wrong })).toMatchObject({
        __typename: 'InvalidInput',
        field,
      });
  });

  it('raises its alert once, also after a restart and on two instances', async () => {
    const own = await startTestApp(quiet, { keep: true });
    await rule('restarted', {}, own);
    const first = changes('restarted', own);
    await report([{ name: 'restarted', value: 50 }], own);
    expect(await first()).toMatchObject({ type: 'AlertRaised' });
    const { database } = own;
    await own.app.stop();
    const [one, two] = [await startTestApp(quiet, { database }), await startTestApp(quiet, { database })];
    const next = changes('restarted', one);
    expect(await next()).toMatchObject({ type: 'AlertRaised' });
    await report([{ name: 'restarted', value: 60 }], one);
    await report([{ name: 'restarted', value: 70 }], two);
    await report([{ name: 'restarted', value: 1 }], one);
    await report([{ name: 'restarted', value: 1 }], two);
    expect(await next()).toMatchObject({ type: 'AlertResolved' });
    await report([{ name: 'restarted', value: 90 }], two);
    expect(await next()).toMatchObject({
      type: 'AlertRaised',
      alert: { message: 'restarted is 90, above 10' },
    });
    const { data } = await one.graphql<{ alerts: { totalCount: number } }>(
      '{ alerts(filter: { alertTypes: ["restarted"] }) { totalCount } }',
    );
    expect(data.alerts.totalCount).toBe(2);
    await own.stop();
  });
});

describe('a rule about a metric that two instances receive', () => {
  it('is evaluated with the newest value, whichever instance has received it', async () => {
    const one = await startTestApp(quiet, { keep: true });
    const two = await startTestApp(quiet, { database: one.database });
    await rule('spread', {}, one);
    const next = changes('spread', one);
    await report([{ name: 'spread', value: 50 }], one);
    expect(await next()).toMatchObject({ type: 'AlertRaised' });
    await report([{ name: 'spread', value: 5 }], two);
    expect(await next()).toMatchObject({ type: 'AlertResolved' });
    // the first instance, which has seen only 50, has evaluated its rules again
    const samples = async (): Promise<number> => {
      const { data } = await one.graphql<{ sources: { name: string; sampleCount: number }[] }>(
        '{ sources { name sampleCount } }',
      );
      return data.sources.find(({ name }) => name === 'alert-rules')?.sampleCount ?? 0;
    };
    const before = await samples();
    await expect.poll(samples, { timeout: 20_000 }).toBeGreaterThan(before + 1);
    await report([{ name: 'spread', value: 60, labels: { last: 'yes' } }], one);
    expect(await next()).toMatchObject({ type: 'AlertRaised', alert: { labels: { last: 'yes' } } });
    await two.stop();
    await one.stop();
  });
});

describe('an alert of a rule that does not exist any longer', () => {
  it('is resolved, also if it was raised at the same time', async () => {
    const own = await startTestApp(quiet, { keep: true });
    const client = new pg.Client({ connectionString: own.database });
    await rule('deleted', {}, own);
    await report([{ name: 'deleted', value: 50 }], own);
    const first = changes('deleted', own);
    expect(await first()).toMatchObject({ type: 'AlertRaised' });
    const { database } = own;
    await own.app.stop();
    await client.connect();
    await client.query(`delete from alert_rules where rule_id = 'deleted'`);
    await client.end();
    const again = await startTestApp(quiet, { database });
    const next = changes('deleted', again);
    expect([(await next()).type, (await next()).type]).toEqual(['AlertRaised', 'AlertResolved']);
    await again.stop();
    await own.stop();
  });
});

describe('a rule about a gauge', () => {
  it('requests the gauge, and raises an alert about the host', async () => {
    const own = await startTestApp({ ...quiet, FEATURE_SYSTEM_MONITORING: 'true' });
    await rule('some_memory', { metric: null, field: 'host.memory.usedBytes', threshold: 0 }, own);
    const next = changes('some_memory', own);
    const { data } = await own.graphql<{ host: { hostId: string } }>('{ host { hostId } }');
    expect(await next()).toMatchObject({ type: 'AlertRaised', alert: { subject: data.host.hostId } });
  });
});
