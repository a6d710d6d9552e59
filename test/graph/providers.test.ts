import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/journal/topic.ts';
import { Providers, startProviders, type Rig } from './_provider-rig.ts';

interface Log {
  logEntries: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    edges: { node: Record<string, Record<string, unknown>> }[];
  };
}

async function log(rig: Rig, type: string, fields: string): Promise<Record<string, unknown>[]> {
  const name = type === 'RATE_LIMIT' ? 'rateLimit' : type.toLowerCase();
  const { logEntries } = await rig.query<Log>(
    `{ logEntries(type: ${type}) { edges { node { provider ${name} { ${fields} } } } } }`,
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
  it('finds out how each provider is, and logs every attempt and what failed', async () => {
    const server = await new Providers().start();
    server.answer('/wrong', (response) => response.writeHead(503).end());
    server.answer('/mute', () => {});
    server.answer('/garbled', (response) => response.socket?.end('HELLO\r\n\r\n'));
    server.answer('/busy', (response) => response.writeHead(429, { 'retry-after': '30' }).end());
    server.answer('/cut', (response) => response.destroy());
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
    const failures = await log(rig, 'FAILURE', 'of errorType httpStatus retryAttempted retryResult');
    expect(failures).toHaveLength(5);
    expect(failures).toContainEqual({
      provider: 'busy',
      of: 'PROBE',
      errorType: 'rate_limited',
      httpStatus: 429,
      retryAttempted: false,
      retryResult: null,
    });
    expect(failures).toContainEqual({
      provider: 'wrong',
      of: 'PROBE',
      errorType: 'http_503',
      httpStatus: 503,
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
        '{ providerSummary { totalProviders onlineCount degradedCount offlineCount totalRequestsHour totalFailuresHour systemHealth } }',
      ),
    ).toEqual({
      providerSummary: {
        totalProviders: 7,
        onlineCount: 1,
        degradedCount: 1,
        offlineCount: 4,
        totalRequestsHour: 10,
        totalFailuresHour: 5,
        systemHealth: 'UNHEALTHY',
      },
    });
  });

  it('that failed is made once more, and a good second one leaves the provider online', async () => {
    const server = await new Providers().start();
    let answers = 0;
    server.answer('/shaky', (response) => response.writeHead(answers++ === 0 ? 500 : 200).end());
    const rig = await startProviders([server.settings('shaky')]);
    await rig.run('health_checks');
    expect(await statuses(rig)).toEqual({ shaky: 'ONLINE' });
    expect(await log(rig, 'FAILURE', 'errorType retryResult')).toEqual([
      { provider: 'shaky', errorType: 'http_500', retryResult: 'SUCCESS' },
    ]);
    expect(
      await provider(rig, 'shaky', 'stats { totalAttempts successful failed successRate failureCount }'),
    ).toEqual({
      stats: { totalAttempts: 2, successful: 1, failed: 1, successRate: 50, failureCount: 1 },
    });
    expect(
      await rig.query(
        `{ failureAnalysis { totalFailures byErrorType { errorType count } topProviders { provider count }
           totalRetries successfulRetries retrySuccessRate } }`,
      ),
    ).toEqual({
      failureAnalysis: {
        totalFailures: 1,
        byErrorType: [{ errorType: 'http_500', count: 1 }],
        topProviders: [{ provider: 'shaky', count: 1 }],
        totalRetries: 1,
        successfulRetries: 1,
        retrySuccessRate: 100,
      },
    });
  });

  it('tells a change of status, not the first of all, and after a restart what differs from the store', async () => {
    const server = await new Providers().start();
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
    expect(await provider(again, 'p', 'id status errorMessage')).toEqual({
      id: 1,
      status: 'ONLINE',
      errorMessage: null,
    });
  });

  it('is seen by every instance, also what is left of the limit', async () => {
    const server = await new Providers().start();
    const settings = server.settings('p', { rateLimit: { limitType: 'PER_DAY', limitValue: 10 } });
    const one = await startProviders([settings]);
    const other = await startProviders([settings], { database: one.database });
    await one.run('health_checks');
    await other.heard('connectionLogged');
    expect(await provider(other, 'p', 'status rateLimit { currentUsage }')).toEqual({
      status: 'ONLINE',
      rateLimit: { currentUsage: 1 },
    });
  });

  it('that is stopped half-way logs what is known and nothing else', async () => {
    const server = await new Providers().start();
    const stopping = new AbortController();
    server.answer('/p', () => stopping.abort());
    const rig = await startProviders([server.settings('p')]);
    await rig.run('health_checks', stopping.signal);
    expect(rig.entries).toEqual([]);
  });

  it('M44: is made over a connection that is kept', async () => {
    const server = await new Providers().start();
    const rig = await startProviders([server.settings('p')]);
    for (const job of ['health_checks', 'data_collection', 'health_checks']) await rig.run(job);
    expect(server.requests).toHaveLength(3);
    expect(new Set(server.requests.map(({ socket }) => socket.remotePort)).size).toBe(1);
  });

  it('is one of at most ten at once', async () => {
    const server = await new Providers().start();
    const names = Array.from({ length: 25 }, (_, n) => `p${n}`);
    let most = 0;
    const held: (() => void)[] = [];
    const letGo = (): void => {
      for (const answer of held.splice(0)) answer();
    };
    for (const name of names)
      server.answer(`/${name}`, (response) => {
        most = Math.max(
          most,
          held.push(() => response.end()),
        );
        if (held.length === 10 || server.requests.length === names.length) setTimeout(letGo, 20); // time for an eleventh
      });
    const rig = await startProviders(names.map((name) => server.settings(name)));
    await rig.run('health_checks');
    expect(most).toBe(10);
    expect(server.requests).toHaveLength(25);
  });
});

describe('a rate limit', () => {
  const rateLimit = { limitType: 'PER_DAY', limitValue: 5 } as const;
  const fields = 'currentUsage percentage status basis';

  function crossings(rig: Rig): unknown[] {
    return (rig.entries as Entry<Record<string, unknown>>[])
      .filter(({ type }) => type === 'rateLimitCrossed')
      .map(({ payload }) => [payload['threshold'], payload['severity'], payload['repeated']]);
  }

  it('is counted, told at 80, 95 and 100 %, and then nothing more is sent', async () => {
    const server = await new Providers().start();
    const rig = await startProviders([server.settings('p', { rateLimit }), server.settings('free')]);
    for (let run = 0; run < 4; run++) await rig.run('health_checks');
    expect(crossings(rig)).toEqual([[80, 'WARNING', false]]);
    await rig.run('data_collection');
    expect(crossings(rig)).toEqual([
      [80, 'WARNING', false],
      [100, 'CRITICAL', false],
    ]);
    for (const job of ['health_checks', 'data_collection']) await rig.run(job);
    expect(server.asked('/p') + server.asked('/p/data')).toBe(5);
    expect(server.asked('/free')).toBe(5);
    const { rateLimits } = await rig.query<{ rateLimits: unknown }>(`{ rateLimits { provider ${fields} } }`);
    expect(rateLimits).toEqual([
      { provider: 'p', currentUsage: 5, percentage: 100, status: 'BLOCKED', basis: 'OWN' },
    ]);
    await rig.run('rate_limit_snapshot');
    expect(await log(rig, 'RATE_LIMIT', 'limitType limitValue currentUsage percentage')).toEqual([
      { provider: 'p', limitType: 'PER_DAY', limitValue: 5, currentUsage: 5, percentage: 100 },
    ]);
    await rig.stop();
    const again = await startProviders([server.settings('p', { rateLimit })], { database: rig.database });
    expect(await provider(again, 'p', `rateLimit { ${fields} }`)).toMatchObject({
      rateLimit: { currentUsage: 5, status: 'BLOCKED' },
    });
  });

  it('is what the provider says, by its headers or by 429', async () => {
    const server = await new Providers().start();
    server.answer('/told', (response) =>
      response.writeHead(200, { 'x-ratelimit-limit': '200', 'x-ratelimit-remaining': '10' }).end(),
    );
    server.answer('/busy', (response) => response.writeHead(429).end());
    const rig = await startProviders([
      server.settings('told', { rateLimit }),
      server.settings('busy', { rateLimit }),
    ]);
    await rig.run('health_checks');
    await rig.run('health_checks');
    expect(await provider(rig, 'told', `rateLimit { limitValue ${fields} }`)).toEqual({
      rateLimit: { limitValue: 200, currentUsage: 190, percentage: 95, status: 'WARNING', basis: 'HEADERS' },
    });
    expect(await provider(rig, 'busy', `status rateLimit { ${fields} }`)).toMatchObject({
      status: 'DEGRADED',
      rateLimit: { currentUsage: 5, status: 'BLOCKED' },
    });
    expect(server.asked('/busy')).toBe(1);
    expect(server.asked('/told')).toBe(2);
  });
});

describe('a collection', () => {
  const rowFields =
    'category recordCount payloadSizeBytes dataQualityScore stalenessMinutes onSchedule scheduledAt fetchedAt';

  it('logs what came: records, bytes, their quality and their age', async () => {
    const server = await new Providers().start();
    const body = '{"data":[{"a":1,"b":null},{"a":2,"b":3}]}';
    server.answer('/p/data', (response) => {
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
        stalenessMinutes: expect.closeTo(10, 0) as number,
        onSchedule: true,
        scheduledAt: expect.any(String) as string,
        fetchedAt: expect.any(String) as string,
      },
    ]);
    expect(
      await provider(rig, 'p', 'stats { totalCollections totalRecords totalBytes avgQualityScore }'),
    ).toEqual({
      stats: { totalCollections: 1, totalRecords: 2, totalBytes: body.length, avgQualityScore: 0.75 },
    });
    expect(server.asked('/not/data')).toBe(0);
  });

  it('M38: that fails is a failure, five in a row open the breaker, and three that go well later close it', async () => {
    const server = await new Providers().start();
    server.answer('/p/data', (response) => response.writeHead(502).end());
    const rig = await startProviders([server.settings('p')], { timings: { breakerOpenMs: 500 } });
    for (let run = 0; run < 7; run++) await rig.run('data_collection');
    expect(server.asked('/p/data')).toBe(5);
    expect(await log(rig, 'FAILURE', 'of errorType retryAttempted')).toEqual(
      Array.from({ length: 5 }, () => ({
        provider: 'p',
        of: 'COLLECTION',
        errorType: 'http_502',
        retryAttempted: false,
      })),
    );
    expect(await provider(rig, 'p', 'breaker status')).toEqual({ breaker: 'OPEN', status: 'UNKNOWN' });
    server.answer('/p/data', (response) => response.end('[]'));
    while (server.asked('/p/data') === 5) await rig.run('data_collection');
    expect(await provider(rig, 'p', 'breaker')).toEqual({ breaker: 'HALF_OPEN' });
    for (let run = 0; run < 2; run++) await rig.run('data_collection');
    expect(await provider(rig, 'p', 'breaker')).toEqual({ breaker: 'CLOSED' });
  });
});

describe('what is kept', () => {
  it('is paged by keyset, filtered, and counted', async () => {
    const server = await new Providers().start();
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
      '{ logEntries(type: CONNECTION, provider: "a", since: "2020-01-01T00:00:00Z") { totalCount } }',
    );
    expect(logEntries.totalCount).toBe(3);
    const { providers } = await rig.query<{ providers: unknown[] }>(
      '{ providers(category: "defi", status: ONLINE, search: "B") { name } }',
    );
    expect(providers).toEqual([{ name: 'b' }]);
    expect(
      await rig.query(
        '{ providerHistory(hours: 1) { totalCount metrics { onlineCount totalRequestsHour systemHealth } } }',
      ),
    ).toEqual({
      providerHistory: {
        totalCount: 1,
        metrics: [{ onlineCount: 2, totalRequestsHour: 6, systemHealth: 'HEALTHY' }],
      },
    });
    expect(
      await rig.query(
        '{ providerRowCounts { providers connections collections failures rateLimits metrics } }',
      ),
    ).toEqual({
      providerRowCounts: {
        providers: 2,
        connections: 6,
        collections: 0,
        failures: 0,
        rateLimits: 0,
        metrics: 1,
      },
    });
    await expect(rig.query('{ failureAnalysis(hours: 721) { totalFailures } }')).rejects.toThrow('hours');
  });

  it('of a provider that is no longer configured are its rows only', async () => {
    const server = await new Providers().start();
    const rig = await startProviders([server.settings('old'), server.settings('p')]);
    await rig.run('health_checks');
    await rig.stop();
    const again = await startProviders([server.settings('p', { category: 'other' })], {
      database: rig.database,
    });
    expect(await again.query('{ providers { id name category status } }')).toEqual({
      providers: [{ id: 2, name: 'p', category: 'other', status: 'ONLINE' }],
    });
    expect(await again.query('{ logEntries { totalCount } providerRowCounts { providers } }')).toEqual({
      logEntries: { totalCount: 2 },
      providerRowCounts: { providers: 1 },
    });
  });
});
