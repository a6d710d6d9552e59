import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { emptyFolder } from '../_util/process.ts';
import { publishMutation, rejectionOf } from '../_util/publish.ts';
import { FakeProviders } from './_provider-rig.ts';

const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };
const publish = publishMutation('accepted { duplicate }');

/** Starts the server with these entries in its providers file. */
async function startWith(entries: readonly object[]): Promise<TestApp> {
  const file = join(await emptyFolder(), 'providers.yaml');
  await writeFile(file, stringify({ providers: entries }));
  return startTestApp({ ...quiet, PROVIDERS_FILE: file });
}

/** A provider that gets no requests, because its key is missing. */
const silent = { name: 'Silent', category: 'test', endpoint_url: 'http://127.0.0.1:9/', requires_key: true };

async function* follow<Value>(app: TestApp, field: string, fields: string): AsyncGenerator<Value> {
  const query = `subscription { ${field} { ${fields} } }`;
  const events = graphqlClient(app.wsUrl).iterate<Record<string, Value>>({ query });
  for await (const { data, errors } of events) {
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    const value = Object.values(data ?? {})[0];
    if (value !== undefined) yield value;
  }
}

async function take<Value>(
  from: AsyncGenerator<Value>,
  wanted: (value: Value) => boolean = () => true,
): Promise<Value> {
  for (;;) {
    const { value, done } = await from.next();
    if (done === true) throw new Error('the subscription ended before the expected value');
    if (wanted(value)) return value;
  }
}

function usage(usedRequestCount: number, more: object = {}): object {
  const resetAt = new Date(Date.now() + 3_600_000).toISOString();
  return {
    rateLimitUsage: {
      providerName: 'Silent',
      limitType: 'PER_DAY',
      requestsMax: 100,
      usedRequestCount,
      resetAt,
      ...more,
    },
  };
}

describe('a reported rate limit usage', () => {
  it('replaces the server’s own count, and causes an event and an alert when it reaches a threshold', async () => {
    const app = await startWith([silent]);
    const events = follow<Record<string, unknown>>(
      app,
      'providerEvents(after: "earliest")',
      '__typename provider: providerName ... on RateLimitCrossed { usagePercent severity thresholdPercent repeated }',
    );
    const alerts = follow<{ alertType: string; severity: string; provider: string }[]>(
      app,
      'activeAlerts(everyMs: 100)',
      'alertType severity provider: providerName',
    );
    for (const currentUsage of [79, 81, 96]) {
      const { errors } = await app.graphql(publish, { events: [usage(currentUsage)] });
      expect(errors).toBeUndefined();
    }
    const seen = [];
    while (seen.length < 5) seen.push(await take(events));
    const crossed = { __typename: 'RateLimitCrossed', provider: 'Silent', repeated: false };
    expect(seen.filter(({ __typename: type }) => type === 'RateLimitCrossed')).toEqual([
      { ...crossed, usagePercent: 81, severity: 'WARNING', thresholdPercent: 80 },
      { ...crossed, usagePercent: 96, severity: 'CRITICAL', thresholdPercent: 95 },
    ]);
    const active = await take(alerts, (list) => list.some(({ severity }) => severity === 'CRITICAL'));
    expect(active).toEqual([{ alertType: 'rate_limit', severity: 'CRITICAL', provider: 'Silent' }]);
    const { data } = await app.graphql(
      '{ rateLimits { provider: providerName usedRequestCount basis status } }',
    );
    expect(data).toEqual({
      rateLimits: [{ provider: 'Silent', usedRequestCount: 96, basis: 'REPORT', status: 'WARNING' }],
    });
  });

  it('is rejected when a field is invalid, and the error names the field', async () => {
    const app = await startWith([silent]);
    const invalid = [
      usage(1, { providerName: 'unknown' }),
      usage(-1),
      usage(1, { requestsMax: 0 }),
      usage(1, { resetAt: '2020-01-01T00:00:00Z' }),
      usage(1, { resetAt: '9999-12-31T00:00:00Z' }),
    ];
    const fields = [];
    for (const event of invalid) {
      const answer = await app.graphql(publish, { events: [event] });
      fields.push(rejectionOf(answer)?.['field']);
    }
    expect(fields).toEqual(['providerName', 'usedRequestCount', 'requestsMax', 'resetAt', 'resetAt']);
  });
});

describe('the server', () => {
  it('probes providers after its start, sends log entries, status changes and alerts, and resolves the alerts when a probe succeeds', async () => {
    const server = await new FakeProviders().start();
    let isOnline = false;
    server.handle('/p', (response) => response.writeHead(isOnline ? 200 : 500).end());
    const entry = { name: 'P', category: 'test', endpoint_url: server.url('/p') };
    const app = await startWith([entry]);
    const rows = follow<{ type: string }>(app, 'logEvents(after: "earliest")', 'id type: __typename');
    const changes = follow<Record<string, unknown>>(
      app,
      'providerEvents',
      '... on ProviderStatusChanged { oldStatus newStatus }',
    );
    const summaries = follow<Record<string, unknown>>(app, 'providerSummary(everyMs: 100)', 'offlineCount');
    const alerts = follow<{ alertType: string }[]>(app, 'activeAlerts(everyMs: 100)', 'alertType');
    await take(summaries, ({ offlineCount }) => offlineCount === 1);
    expect([await take(rows), await take(rows), await take(rows)].map(({ type }) => type)).toEqual([
      'ConnectionLogged',
      'ConnectionLogged',
      'FailureLogged',
    ]);
    expect(await take(alerts, (list) => list.length > 0)).toEqual([{ alertType: 'provider_offline' }]);
    isOnline = true;
    const next = take(changes);
    const { errors } = await app.graphql(
      'mutation { triggerJob(input: { jobId: "health_checks" }) { __typename } }',
    );
    expect(errors).toBeUndefined();
    expect(await next).toEqual({ oldStatus: 'OFFLINE', newStatus: 'ONLINE' });
    await take(alerts, (list) => list.length === 0);
    expect(app.logged.filter(({ level }) => level === 'ERROR' || level === 'WARNING')).toEqual([]);
  });

  it('does not start with an invalid providers file, and names the invalid entries', async () => {
    await expect(
      startWith([silent, { ...silent, name: 'Bad', endpoint_url: 'ftp://x', priority_tier: 9 }]),
    ).rejects.toThrow(/providers\[1\] \(Bad\).*endpoint_url.*\n.*providers\[1\] \(Bad\).*priority_tier/);
  });
});
