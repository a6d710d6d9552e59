import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/journal/topic.ts';
import { FakeProviders, startProviders, type Rig } from './_provider-rig.ts';

interface Log {
  logEntries: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    edges: { node: Record<string, Record<string, unknown>> }[];
  };
}

/** The rows of one log, oldest first. */
/** The object type of each log, and its field. */
const logs: Readonly<Record<string, readonly [variant: string, field: string]>> = {
  CONNECTION: ['ConnectionLogged', 'attempt'],
  FAILURE: ['FailureLogged', 'failure'],
  COLLECTION: ['CollectionLogged', 'collection'],
  RATE_LIMIT: ['RateLimitLogged', 'rateLimit'],
};

async function log(rig: Rig, type: string, fields: string): Promise<Record<string, unknown>[]> {
  const [variant = '', name = ''] = logs[type] ?? [];
  const { logEntries } = await rig.query<Log>(
    `{ logEntries(filter: { types: [${type}] }) { edges { node { provider: providerName ... on ${variant} { ${name} { ${fields} } } } } } }`,
  );
  return logEntries.edges.map(({ node }) => ({ provider: node['provider'], ...node[name] })).toReversed();
}

async function provider(rig: Rig, name: string, fields: string): Promise<Record<string, unknown>> {
  const { provider: one } = await rig.query<{ provider: Record<string, unknown> }>(
    `{ provider(name: "${name}") { ${fields} } }`,
  );
  return one;
}

async function statuses(rig: Rig): Promise<Record<string, string>> {
  const { providers } = await rig.query<{ providers: { name: string; status: string }[] }>(
    '{ providers { name status } }',
  );
  return Object.fromEntries(providers.map(({ name, status }) => [name, status]));
}

function changes(rig: Rig): string[] {
  return (rig.entries as Entry<Record<string, unknown>>[])
    .filter(({ type }) => type === 'providerStatusChanged')
    .map(({ key, payload }) => `${key} ${String(payload['oldStatus'])} ${String(payload['newStatus'])}`);
}

describe('a probe', () => {
  it('sets the status of each provider, and logs every request and every failure', async () => {
    const server = await new FakeProviders().start();
    server.handle('/wrong', (response) => response.writeHead(503).end());
    server.handle('/mute', () => {});
    server.handle('/garbled', (response) => response.socket?.end('HELLO\r\n\r\n'));
    server.handle('/busy', (response) => response.writeHead(429, { 'retry-after': '30' }).end());
    server.handle('/cut', (response) => response.destroy());
    const rig = await startProviders([
      server.settings('good', { apiKey: 'secret-key-0123', healthCheckUrl: server.url('/good?key=hidden') }),
      ...['wrong', 'garbled', 'busy', 'cut'].map((name) => server.settings(name)),
      server.settings('mute', { timeoutMs: 100 }),
      server.settings('keyless', { requiresKey: true }),
    ]);
    await rig.run('health_checks');

    expect(await statuses(rig)).toEqual({
      good: 'ONLINE',
      wrong: 'OFFLINE',
      garbled: 'OFFLINE',
      busy: 'DEGRADED',
      cut: 'OFFLINE',
      mute: 'OFFLINE',
      keyless: 'UNKNOWN',
    });
    const attempts = await log(rig, 'CONNECTION', 'endpoint status httpStatusCode errorType');
    const of = (name: string) => attempts.filter((attempt) => attempt['provider'] === name);
    expect(of('good')).toEqual([
      {
        provider: 'good',
        endpoint: server.url('/good'),
        status: 'SUCCESS',
        httpStatusCode: 200,
        errorType: null,
      },
    ]);
    expect(
      ['wrong', 'garbled', 'busy', 'cut', 'mute', 'keyless'].map((name) =>
        of(name).map(({ status, errorType }) => `${String(status)} ${String(errorType)}`),
      ),
    ).toEqual([
      ['FAILED http_503', 'FAILED http_503'],
      ['FAILED invalid_response', 'FAILED invalid_response'],
      ['RATE_LIMITED rate_limited'],
      ['FAILED connection_error', 'FAILED connection_error'],
      ['TIMEOUT timeout', 'TIMEOUT timeout'],
      [],
    ]);
    const failures = await log(rig, 'FAILURE', 'purpose errorType httpStatusCode retryAttempted retryResult');
    expect(failures).toHaveLength(5);
    expect(failures).toContainEqual({
      provider: 'busy',
      purpose: 'PROBE',
      errorType: 'rate_limited',
      httpStatusCode: 429,
      retryAttempted: false,
      retryResult: null,
    });
    expect(failures).toContainEqual({
      provider: 'wrong',
      purpose: 'PROBE',
      errorType: 'http_503',
      httpStatusCode: 503,
      retryAttempted: true,
      retryResult: 'FAILED',
    });
    expect(server.requests.find(({ url }) => url?.startsWith('/good'))?.headers['x-api-key']).toBe(
      'secret-key-0123',
    );
    expect(JSON.stringify(rig.entries)).not.toMatch(/secret-key|hidden/);
    expect(await provider(rig, 'GOOD', 'hasKey apiKeyMasked')).toEqual({
      hasKey: true,
      apiKeyMasked: 'secr...0123',
    });
    expect(
      await rig.query(
        '{ providerSummary { providerCount onlineCount degradedCount offlineCount lastHourRequestCount lastHourFailureCount systemHealth } }',
      ),
    ).toEqual({
      providerSummary: {
        providerCount: 7,
        onlineCount: 1,
        degradedCount: 1,
        offlineCount: 4,
        lastHourRequestCount: 10,
        lastHourFailureCount: 5,
        systemHealth: 'UNHEALTHY',
      },
    });
  });

  it('is repeated once after a failure, and the provider is online if the second request succeeds', async () => {
    const server = await new FakeProviders().start();
    let requests = 0;
    server.handle('/shaky', (response) => response.writeHead(requests++ === 0 ? 500 : 200).end());
    const rig = await startProviders([server.settings('shaky')]);
    await rig.run('health_checks');
    expect(await statuses(rig)).toEqual({ shaky: 'ONLINE' });
    expect(await log(rig, 'FAILURE', 'errorType retryResult')).toEqual([
      { provider: 'shaky', errorType: 'http_500', retryResult: 'SUCCESS' },
    ]);
    expect(
      await provider(
        rig,
        'shaky',
        'stats { attemptCount successfulCount failedCount successPercent failureCount }',
      ),
    ).toEqual({
      stats: { attemptCount: 2, successfulCount: 1, failedCount: 1, successPercent: 50, failureCount: 1 },
    });
    expect(
      await rig.query(
        `{ failureAnalysis { failureCount byErrorType { errorType failureCount } topProviders { provider: providerName failureCount }
           retryCount successfulRetryCount retrySuccessPercent } }`,
      ),
    ).toEqual({
      failureAnalysis: {
        failureCount: 1,
        byErrorType: [{ errorType: 'http_500', failureCount: 1 }],
        topProviders: [{ provider: 'shaky', failureCount: 1 }],
        retryCount: 1,
        successfulRetryCount: 1,
        retrySuccessPercent: 100,
      },
    });
  });

  it('reports a change of status, but not the first status; after a restart it compares with the stored status', async () => {
    const server = await new FakeProviders().start();
    const settings = server.settings('p');
    const rig = await startProviders([settings]);
    await rig.run('health_checks');
    await rig.run('health_checks');
    expect(changes(rig)).toEqual([]);
    await server.stop();
    await rig.run('health_checks');
    expect(changes(rig)).toEqual(['p ONLINE OFFLINE']);
    await rig.stop();

    await server.start();
    const again = await startProviders([settings], { database: rig.database });
    expect(await statuses(again)).toEqual({ p: 'OFFLINE' });
    await again.run('health_checks');
    expect(changes(again)).toEqual(['p OFFLINE ONLINE']);
    expect(await provider(again, 'p', 'id: number status errorMessage')).toEqual({
      id: 1,
      status: 'ONLINE',
      errorMessage: null,
    });
  });

  it('updates the status and the usage of the rate limit on every instance', async () => {
    const server = await new FakeProviders().start();
    const settings = server.settings('p', { rateLimit: { limitType: 'PER_DAY', limitValue: 10 } });
    const one = await startProviders([settings]);
    const other = await startProviders([settings], { database: one.database });
    await one.run('health_checks');
    await other.appended('connectionLogged');
    expect(await provider(other, 'p', 'status rateLimit { usedRequestCount }')).toEqual({
      status: 'ONLINE',
      rateLimit: { usedRequestCount: 1 },
    });
  });

  it('logs nothing when it is stopped during a request', async () => {
    const server = await new FakeProviders().start();
    const stopping = new AbortController();
    server.handle('/p', () => stopping.abort());
    const rig = await startProviders([server.settings('p')]);
    await rig.run('health_checks', stopping.signal);
    expect(rig.entries).toEqual([]);
  });

  it('M44: reuses its connection to the provider', async () => {
    const server = await new FakeProviders().start();
    const rig = await startProviders([server.settings('p')]);
    for (const job of ['health_checks', 'data_collection', 'health_checks']) await rig.run(job);
    expect(server.requests).toHaveLength(3);
    expect(new Set(server.requests.map(({ socket }) => socket.remotePort)).size).toBe(1);
  });

  it('is sent to at most ten providers at the same time', async () => {
    const server = await new FakeProviders().start();
    const names = Array.from({ length: 25 }, (_, n) => `p${n}`);
    let most = 0;
    const held: (() => void)[] = [];
    const respond = (): void => {
      for (const end of held.splice(0)) end();
    };
    for (const name of names)
      server.handle(`/${name}`, (response) => {
        most = Math.max(
          most,
          held.push(() => response.end()),
        );
        if (held.length === 10 || server.requests.length === names.length) setTimeout(respond, 20); // Leaves time for an eleventh request.
      });
    const rig = await startProviders(names.map((name) => server.settings(name)));
    await rig.run('health_checks');
    expect(most).toBe(10);
    expect(server.requests).toHaveLength(25);
  });
});

describe('a rate limit', () => {
  const rateLimit = { limitType: 'PER_DAY', limitValue: 5 } as const;
  const fields = 'usedRequestCount usagePercent status basis';

  function crossings(rig: Rig): unknown[] {
    return (rig.entries as Entry<Record<string, unknown>>[])
      .filter(({ type }) => type === 'rateLimitCrossed')
      .map(({ payload }) => [payload['threshold'], payload['severity'], payload['repeated']]);
  }

  it('is counted, reported at 80, 95 and 100 %, and stops all requests when it is used up', async () => {
    const server = await new FakeProviders().start();
    const rig = await startProviders([server.settings('p', { rateLimit }), server.settings('free')]);
    for (let run = 0; run < 4; run++) await rig.run('health_checks');
    expect(crossings(rig)).toEqual([[80, 'WARNING', false]]);
    await rig.run('data_collection');
    expect(crossings(rig)).toEqual([
      [80, 'WARNING', false],
      [100, 'CRITICAL', false],
    ]);
    for (const job of ['health_checks', 'data_collection']) await rig.run(job);
    expect(server.requestCount('/p') + server.requestCount('/p/data')).toBe(5);
    expect(server.requestCount('/free')).toBe(5);
    const { rateLimits } = await rig.query<{ rateLimits: unknown }>(
      `{ rateLimits { provider: providerName ${fields} } }`,
    );
    expect(rateLimits).toEqual([
      { provider: 'p', usedRequestCount: 5, usagePercent: 100, status: 'BLOCKED', basis: 'OWN' },
    ]);
    await rig.run('rate_limit_snapshot');
    expect(await log(rig, 'RATE_LIMIT', 'limitType requestsMax usedRequestCount usagePercent')).toEqual([
      { provider: 'p', limitType: 'PER_DAY', requestsMax: 5, usedRequestCount: 5, usagePercent: 100 },
    ]);
    await rig.stop();
    const again = await startProviders([server.settings('p', { rateLimit })], { database: rig.database });
    expect(await provider(again, 'p', `rateLimit { ${fields} }`)).toMatchObject({
      rateLimit: { usedRequestCount: 5, status: 'BLOCKED' },
    });
  });

  it('is read from the provider’s headers, and used up after a 429', async () => {
    const server = await new FakeProviders().start();
    server.handle('/headers', (response) =>
      response.writeHead(200, { 'x-ratelimit-limit': '200', 'x-ratelimit-remaining': '10' }).end(),
    );
    server.handle('/busy', (response) => response.writeHead(429).end());
    const rig = await startProviders([
      server.settings('headers', { rateLimit }),
      server.settings('busy', { rateLimit }),
    ]);
    await rig.run('health_checks');
    await rig.run('health_checks');
    expect(await provider(rig, 'headers', `rateLimit { requestsMax ${fields} }`)).toEqual({
      rateLimit: {
        requestsMax: 200,
        usedRequestCount: 190,
        usagePercent: 95,
        status: 'WARNING',
        basis: 'HEADERS',
      },
    });
    expect(await provider(rig, 'busy', `status rateLimit { ${fields} }`)).toMatchObject({
      status: 'DEGRADED',
      rateLimit: { usedRequestCount: 5, status: 'BLOCKED' },
    });
    expect(server.requestCount('/busy')).toBe(1);
    expect(server.requestCount('/headers')).toBe(2);
  });
});

describe('a collection', () => {
  const rowFields =
    'category recordCount payloadSizeBytes dataQualityScore stalenessMs onSchedule scheduledAt fetchedAt';

  it('logs the number of records, their size, quality and age', async () => {
    const server = await new FakeProviders().start();
    const body = '{"data":[{"a":1,"b":null},{"a":2,"b":3}]}';
    server.handle('/p/data', (response) => {
      const modified = new Date(Date.now() - 600_000).toUTCString();
      response.writeHead(200, { 'last-modified': modified }).end(body);
    });
    const rig = await startProviders([server.settings('p'), server.settings('not', { collect: false })]);
    await rig.run('data_collection');
    const rows = await log(rig, 'COLLECTION', rowFields);
    expect(rows).toEqual([
      {
        provider: 'p',
        category: 'exchange',
        recordCount: 2,
        payloadSizeBytes: body.length,
        dataQualityScore: 0.75,
        stalenessMs: expect.closeTo(600_000, -4) as number,
        onSchedule: true,
        scheduledAt: expect.any(String) as string,
        fetchedAt: expect.any(String) as string,
      },
    ]);
    expect(
      await provider(rig, 'p', 'stats { collectionCount recordCount totalBytes avgQualityScore }'),
    ).toEqual({
      stats: { collectionCount: 1, recordCount: 2, totalBytes: body.length, avgQualityScore: 0.75 },
    });
    expect(server.requestCount('/not/data')).toBe(0);
  });

  it('M38: is logged as a failure when it fails; five failures in a row open the breaker, three successes close it', async () => {
    const server = await new FakeProviders().start();
    server.handle('/p/data', (response) => response.writeHead(502).end());
    const rig = await startProviders([server.settings('p')], { timings: { breakerOpenMs: 500 } });
    for (let run = 0; run < 7; run++) await rig.run('data_collection');
    expect(server.requestCount('/p/data')).toBe(5);
    expect(await log(rig, 'FAILURE', 'purpose errorType retryAttempted')).toEqual(
      Array.from({ length: 5 }, () => ({
        provider: 'p',
        purpose: 'COLLECTION',
        errorType: 'http_502',
        retryAttempted: false,
      })),
    );
    expect(await provider(rig, 'p', 'breaker status')).toEqual({ breaker: 'OPEN', status: 'UNKNOWN' });
    server.handle('/p/data', (response) => response.end('[]'));
    while (server.requestCount('/p/data') === 5) await rig.run('data_collection');
    expect(await provider(rig, 'p', 'breaker')).toEqual({ breaker: 'HALF_OPEN' });
    for (let run = 0; run < 2; run++) await rig.run('data_collection');
    expect(await provider(rig, 'p', 'breaker')).toEqual({ breaker: 'CLOSED' });
  });
});

describe('the stored data of providers', () => {
  it('can be paged, filtered and counted', async () => {
    const server = await new FakeProviders().start();
    const rig = await startProviders([server.settings('a'), server.settings('b', { category: 'defi' })]);
    for (let run = 0; run < 3; run++) await rig.run('health_checks');
    await rig.run('metrics_aggregation');
    const seen: unknown[] = [];
    let after = '';
    for (let more = true; more;) {
      const { logEntries } = await rig.query<Log>(
        `{ logEntries(first: 4${after}) { totalCount pageInfo { hasNextPage endCursor } edges { node { id } } } }`,
      );
      expect(logEntries.totalCount).toBe(6);
      seen.push(...logEntries.edges.map(({ node }) => node['id']));
      after = `, after: "${logEntries.pageInfo.endCursor}"`;
      more = logEntries.pageInfo.hasNextPage;
    }
    expect(new Set(seen).size).toBe(6);
    const { logEntries } = await rig.query<Log>(
      '{ logEntries(filter: { types: [CONNECTION], providerName: "a", since: "2020-01-01T00:00:00Z" }) { totalCount } }',
    );
    expect(logEntries.totalCount).toBe(3);
    const { providers } = await rig.query<{ providers: unknown[] }>(
      '{ providers(filter: { category: "defi", statuses: [ONLINE], search: "B" }) { name } }',
    );
    expect(providers).toEqual([{ name: 'b' }]);
    const { providerStatisticsLog: stored } = await rig.query<{
      providerStatisticsLog: { edges: { node: { id: string; sampledAt: string } }[] };
    }>('{ providerStatisticsLog { edges { node { id sampledAt } } } }');
    const [one] = stored.edges;
    expect(
      await rig.query(`{ node(id: "${one?.node.id}") { ... on ProviderMetrics { sampledAt onlineCount } } }`),
    ).toEqual({ node: { sampledAt: one?.node.sampledAt, onlineCount: 2 } });
    expect(
      await rig.query(
        '{ providerStatisticsLog { totalCount edges { node { onlineCount lastHourRequestCount systemHealth } } } }',
      ),
    ).toEqual({
      providerStatisticsLog: {
        totalCount: 1,
        edges: [{ node: { onlineCount: 2, lastHourRequestCount: 6, systemHealth: 'HEALTHY' } }],
      },
    });
    expect(
      await rig.query(
        '{ providerRowCounts { providerCount connectionCount collectionCount failureCount rateLimitCount providerStatisticsCount } }',
      ),
    ).toEqual({
      providerRowCounts: {
        providerCount: 2,
        connectionCount: 6,
        collectionCount: 0,
        failureCount: 0,
        rateLimitCount: 0,
        providerStatisticsCount: 1,
      },
    });
    await expect(
      rig.query('{ failureAnalysis(since: "2001-01-01T00:00:00Z") { failureCount } }'),
    ).rejects.toThrow('by at most 366 days');
  });

  it('contains the log of a provider that is no longer configured, but not the provider', async () => {
    const server = await new FakeProviders().start();
    const rig = await startProviders([server.settings('old'), server.settings('p')]);
    await rig.run('health_checks');
    await rig.stop();
    const again = await startProviders([server.settings('p', { category: 'other' })], {
      database: rig.database,
    });
    expect(await again.query('{ providers { id: number name category status } }')).toEqual({
      providers: [{ id: 2, name: 'p', category: 'other', status: 'ONLINE' }],
    });
    expect(await again.query('{ logEntries { totalCount } providerRowCounts { providerCount } }')).toEqual({
      logEntries: { totalCount: 2 },
      providerRowCounts: { providerCount: 1 },
    });
  });
});
