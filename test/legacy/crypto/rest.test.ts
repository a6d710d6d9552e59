import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bool, count, iso, maybe, nothing, oneOf, publish, size, text, until } from '../_old-client.ts';
import { key, post, reportUsage, startMonitor, type Monitor } from './_crypto.ts';

let monitor: Monitor;

beforeAll(async () => {
  monitor = await startMonitor();
});

afterAll(() => monitor.stop());

async function body<Body>(path: string): Promise<Body> {
  const { status, body: answered } = await monitor.app.get(path);
  expect([path, status]).toEqual([path, 200]);
  return answered;
}

async function refused(path: string): Promise<{ status: number; code: string; param?: string }> {
  const { status, body: answered } = await monitor.app.get(path);
  const { detail, error } = answered as { detail: string; error: { code: string; param?: string } };
  expect(detail).toEqual(expect.any(String));
  return { status, code: error.code, ...(error.param === undefined ? {} : { param: error.param }) };
}

const notFound = { status: 404, code: 'NOT_FOUND' };

const provider = {
  id: count,
  name: text,
  category: text,
  endpoint_url: text,
  status: oneOf('online', 'degraded', 'offline', 'unknown'),
  response_time_ms: maybe(size),
  last_check: maybe(iso),
  requires_key: bool,
  has_key: bool,
  api_key_masked: maybe(text),
  rate_limit: (value: unknown) => value === null || typeof value === 'object',
  timeout_ms: count,
  priority_tier: oneOf(1, 2, 3, 4),
};

describe('providers', () => {
  it('C11: are listed by name, and filtered by category, status and search', async () => {
    const all = await body<{ name: string }[]>('/api/providers');
    expect(all.map(({ name }) => name)).toEqual(['Alpha', 'Beta', 'Gamma']);
    for (const one of all) expect(one).toFit(provider);
    const names = async (query: string): Promise<string[]> =>
      (await body<{ name: string }[]>(`/api/providers?${query}`)).map(({ name }) => name);
    expect(await names('category=defi')).toEqual(['Beta']);
    expect(await names('category=de')).toEqual([]);
    expect(await names('status=online')).toEqual(['Alpha', 'Beta']);
    expect(await names('status=unknown')).toEqual(['Gamma']);
    expect(await names('status=no-such')).toEqual([]);
    expect(await names('search=ALP')).toEqual(['Alpha']);
  });

  it('C12: are found by exact name, or by name in any case; an unknown one is 404', async () => {
    expect(await body('/api/providers/alpha')).toMatchObject({
      name: 'Alpha',
      category: 'exchange',
      status: 'online',
      timeout_ms: 10_000,
      priority_tier: 1,
      rate_limit: { limit_type: 'per_hour', limit_value: 1000 },
    });
    expect(await refused('/api/providers/Unknown')).toEqual(notFound);
  });

  it('C41: have masked keys, and full keys nowhere', async () => {
    expect(await body('/api/providers/Alpha')).toMatchObject({
      has_key: true,
      api_key_masked: 'alph...1234',
    });
    expect(await body('/api/providers/Gamma')).toMatchObject({
      status: 'unknown',
      requires_key: true,
      has_key: false,
      api_key_masked: null,
      last_check: null,
    });
    for (const path of ['/api/providers', '/info', '/api/config/stats', '/api/logs/connection'])
      expect(JSON.stringify(await body(path))).not.toContain(key);
  });

  it('C13: have statistics of their requests over some hours', async () => {
    await monitor.run('data_collection');
    const stats = await body('/api/providers/Alpha/stats?hours=24');
    expect(stats).toFit({
      provider_name: oneOf('Alpha'),
      provider_id: count,
      time_window_hours: oneOf(24),
      connection_stats: {
        total_attempts: count,
        successful: count,
        failed: oneOf(0),
        timeout: oneOf(0),
        rate_limited: oneOf(0),
        success_rate: oneOf(100),
        avg_response_time_ms: size,
      },
      data_collection_stats: {
        total_collections: count,
        total_records: count,
        total_bytes: count,
        avg_quality_score: oneOf(0.75),
        avg_staleness_minutes: nothing,
      },
      failure_count: oneOf(0),
    });
    expect(await body('/api/providers/Gamma/stats')).toMatchObject({
      time_window_hours: 24,
      connection_stats: { total_attempts: 0, success_rate: null, avg_response_time_ms: null },
    });
    expect(await body('/api/providers/Alpha/stats?hours=9999')).toMatchObject({ time_window_hours: 720 });
    expect(await refused('/api/providers/Unknown/stats')).toEqual(notFound);
    for (const hours of ['0', '-1', '1.5', 'x'])
      expect(await refused(`/api/providers/Alpha/stats?hours=${hours}`)).toEqual({
        status: 400,
        code: 'INVALID_PARAMETER',
        param: 'hours',
      });
  });

  it('C14, C38: are counted by /api/status according to real checks', async () => {
    expect(await body('/api/status')).toFit({
      total_apis: oneOf(3),
      online: oneOf(2),
      degraded: oneOf(0),
      offline: oneOf(0),
      avg_response_time_ms: size,
      last_update: iso,
      system_health: oneOf('healthy'),
    });
  });

  it('C15, C43: metrics_aggregation writes the history that /api/status/metrics shows, newest first', async () => {
    await monitor.run('metrics_aggregation');
    await monitor.run('metrics_aggregation');
    const { total, metrics } = await body<{ total: number; metrics: { timestamp: string }[] }>(
      '/api/status/metrics',
    );
    expect(metrics).toHaveLength(total);
    expect(metrics[0]).toFit({
      timestamp: iso,
      total_providers: oneOf(3),
      online_count: oneOf(2),
      degraded_count: oneOf(0),
      offline_count: oneOf(0),
      avg_response_time_ms: size,
      total_requests_hour: count,
      total_failures_hour: count,
      system_health: oneOf('healthy'),
    });
    expect((metrics[0]?.timestamp ?? '') > (metrics[1]?.timestamp ?? '')).toBe(true);
    const first = await body<{ hours: number; total: number; metrics: object[] }>(
      '/api/status/metrics?limit=1&hours=1',
    );
    expect([first.hours, first.total >= 2, first.metrics.length]).toEqual([1, true, 1]);
    expect(await refused('/api/status/metrics?limit=0')).toMatchObject({ status: 400, param: 'limit' });
  });
});

const limit = {
  provider: text,
  limit_type: oneOf('per_minute', 'per_hour', 'per_day'),
  limit_value: count,
  current_usage: count,
  percentage: size,
  reset_time: iso,
  reset_in_seconds: count,
  status: oneOf('ok', 'warning', 'blocked'),
  last_request_time: maybe(iso),
};

describe('rate limits', () => {
  it('C16, C37: are listed for the providers that have one, with their usage', async () => {
    const all = await body<{ provider: string; current_usage: number }[]>('/api/rate-limits');
    expect(all.map(({ provider: name }) => name)).toEqual(['Alpha']);
    expect(all[0]).toFit(limit);
    expect(all[0]?.current_usage).toBeGreaterThan(0);
  });

  it('C37: stop requests to a provider whose limit is used up until the reset', async () => {
    const asked = async (): Promise<number> =>
      (await body<Logs>('/api/logs/connection?provider=Alpha')).total;
    const before = await asked();
    await reportUsage(monitor.app, 'Alpha', 1000);
    await until(async () => (await body<{ status: string }>('/api/rate-limits/Alpha')).status === 'blocked');
    await monitor.run('health_checks');
    expect(await asked()).toBe(before);
    await reportUsage(monitor.app, 'Alpha', 10);
    await monitor.run('health_checks');
    expect(await asked()).toBe(before + 1);
  });

  it('C17: are 404 for an unknown provider, or one without a limit', async () => {
    expect(await body('/api/rate-limits/ALPHA')).toFit(limit);
    expect(await refused('/api/rate-limits/Beta')).toEqual(notFound);
    expect(await refused('/api/rate-limits/Unknown')).toEqual(notFound);
  });
});

interface Logs {
  log_type: string;
  hours: number;
  limit: number;
  total: number;
  logs: { id: number; timestamp: string; provider: string }[];
}

const row = { id: count, timestamp: iso, provider: text, provider_id: count };
const rows = {
  connection: {
    ...row,
    endpoint: text,
    status: oneOf('success', 'failed', 'timeout', 'rate_limited'),
    response_time_ms: maybe(size),
    http_status_code: maybe(count),
    error_type: maybe(text),
    error_message: maybe(text),
  },
  failure: {
    ...row,
    endpoint: text,
    error_type: oneOf('http_500'),
    error_message: text,
    http_status: oneOf(500),
    retry_attempted: oneOf(true),
    retry_result: oneOf('failed'),
  },
  collection: {
    ...row,
    category: oneOf('exchange'),
    scheduled_time: iso,
    actual_fetch_time: iso,
    record_count: oneOf(2),
    payload_size_bytes: count,
    data_quality_score: oneOf(0.75),
    on_schedule: bool,
  },
  rate_limit: {
    ...row,
    limit_type: oneOf('per_hour'),
    limit_value: oneOf(1000),
    current_usage: count,
    percentage: size,
    reset_time: iso,
  },
} as const;

describe('logs', () => {
  beforeAll(async () => {
    monitor.answer('Beta', (response) => response.writeHead(500).end());
    await monitor.run('health_checks');
    await monitor.run('rate_limit_snapshot');
    await monitor.run('data_collection');
  });

  it.each(Object.keys(rows) as (keyof typeof rows)[])(
    'C18, C43: %s has every field, newest first',
    async (type) => {
      const found = await body<Logs>(`/api/logs/${type}?hours=1&limit=100`);
      expect(found).toMatchObject({ log_type: type, hours: 1, limit: 100, total: found.logs.length });
      expect(found.logs.length).toBeGreaterThan(0);
      for (const one of found.logs) expect(one).toFit(rows[type]);
      const times = found.logs.map(({ timestamp }) => timestamp);
      expect(times).toEqual([...times].sort().reverse());
      expect(JSON.stringify(found)).not.toContain('hidden');
    },
  );

  it('C18: are capped by limit and filtered by provider; an unknown log is 404', async () => {
    const first = await body<Logs>('/api/logs/connection?limit=1');
    expect(first.logs).toHaveLength(1);
    expect(first.total).toBeGreaterThan(1);
    expect(await body<Logs>('/api/logs/connection?limit=5000')).toMatchObject({ hours: 1, limit: 1000 });
    const beta = await body<Logs>('/api/logs/connection?provider=Beta');
    expect(new Set(beta.logs.map(({ provider: name }) => name))).toEqual(new Set(['Beta']));
    expect(await refused('/api/logs/access')).toEqual(notFound);
    expect(await refused('/api/logs/failure?hours=none')).toMatchObject({ status: 400, param: 'hours' });
  });

  it('C25: are analysed by error type and provider, with the results of retries', async () => {
    expect(await body('/api/analytics/failures?hours=24')).toEqual({
      time_window_hours: 24,
      total_failures: 1,
      failures_by_error_type: [{ error_type: 'http_500', count: 1 }],
      top_failing_providers: [{ provider: 'Beta', failure_count: 1 }],
      retry_statistics: { total_retries: 1, successful_retries: 0, retry_success_rate: 0 },
    });
  });
});

interface Alert {
  id: number;
  provider: string | null;
  alert_type: string;
  severity: string;
  acknowledged: boolean;
  acknowledged_at: string | null;
}

describe('alerts', () => {
  async function raised(title: string, severity = 'WARNING'): Promise<Alert> {
    await publish(monitor.app, [{ alert: { alertType: 'tested', severity, title, message: 'a test' } }]);
    const found = await body<Alert[]>('/api/alerts?alert_type=tested');
    expect(found[0]).toMatchObject({ title });
    return found[0] as Alert;
  }

  it('C19, C43: are listed newest first, with the old severities', async () => {
    const { id } = await raised('first');
    const listed = await raised('second', 'ERROR');
    expect(listed).toFit({
      id: count,
      timestamp: iso,
      provider: nothing,
      alert_type: text,
      severity: oneOf('high'),
      title: text,
      message: text,
      acknowledged: oneOf(false),
      acknowledged_at: nothing,
      resolved_at: nothing,
    });
    expect(listed.id).toBeGreaterThan(id);
    expect(await body<Alert[]>('/api/alerts?alert_type=tested&severity=medium')).toMatchObject([{ id }]);
    expect(await body<Alert[]>('/api/alerts?alert_type=tested&limit=1')).toHaveLength(1);
    expect(await refused('/api/alerts?severity=dreadful')).toMatchObject({ status: 400, param: 'severity' });
    expect(await refused('/api/alerts?acknowledged=maybe')).toMatchObject({ status: 400 });
    expect(await body('/api/alerts?provider=Unknown')).toEqual([]);
  });

  it('C20: can be acknowledged once, and are no longer listed as unacknowledged', async () => {
    const { id } = await raised('third');
    const once = await post(monitor.app, `/api/alerts/${id}/acknowledge`);
    expect([once.status, once.body]).toMatchObject([
      200,
      { success: true, message: expect.any(String) as string, alert: { id, acknowledged: true } },
    ]);
    const again = await post(monitor.app, `/api/alerts/${id}/acknowledge`, { acknowledged_by: 'ann' });
    expect(again).toEqual(once);
    const ids = async (acknowledged: boolean): Promise<number[]> =>
      (await body<Alert[]>(`/api/alerts?acknowledged=${acknowledged}&hours=24`)).map((one) => one.id);
    expect(await ids(true)).toContain(id);
    expect(await ids(false)).not.toContain(id);
  });

  it('C20: can be acknowledged after they are resolved', async () => {
    const { id } = await raised('fourth');
    await monitor.app.graphql(
      'mutation ($id: ID!) { resolveAlert(input: { alertId: $id }) { __typename } }',
      {
        id: String(id),
      },
    );
    expect((await post(monitor.app, `/api/alerts/${id}/acknowledge`, {})).body).toMatchObject({
      alert: { id, acknowledged: true, resolved_at: expect.any(String) as string },
    });
  });

  it('C20: are 400 for an id that is not an integer, 404 for an unknown id, and 400 for a body that is not an object', async () => {
    const code = async (path: string, sent?: string): Promise<unknown[]> => {
      const { status, body: answered } = await post(monitor.app, `/api/alerts/${path}/acknowledge`, sent);
      return [status, (answered as { error: { code: string } }).error.code];
    };
    expect(await code('one')).toEqual([400, 'INVALID_PARAMETER']);
    expect(await code('999999999')).toEqual([404, 'NOT_FOUND']);
    expect(await code('1', '[1]')).toEqual([400, 'INVALID_BODY']);
  });

  it('C43: are raised when a limit of a provider is nearly used up', async () => {
    await reportUsage(monitor.app, 'Alpha', 850);
    await until(async () => (await body<Alert[]>('/api/alerts?provider=Alpha')).length > 0, 200);
    expect(await body<Alert[]>('/api/alerts?provider=Alpha')).toMatchObject([
      { alert_type: 'rate_limit', severity: 'medium', provider: 'Alpha', acknowledged: false },
    ]);
  });
});

describe('the scheduler', () => {
  it('C21, C10: lists its jobs with their last results', async () => {
    const { jobs, ...rest } = await body<{ jobs: { id: string; trigger: string }[] }>(
      '/api/scheduler/status',
    );
    expect(rest).toEqual({ is_running: true, total_jobs: jobs.length });
    expect(jobs.map(({ id }) => id).sort()).toEqual([
      'data_collection',
      'database_cleanup',
      'health_checks',
      'metrics_aggregation',
      'rate_limit_snapshot',
    ]);
    const trigger = (id: string): string | undefined => jobs.find((job) => job.id === id)?.trigger;
    expect([trigger('health_checks'), trigger('rate_limit_snapshot')]).toEqual([
      'every 5 min',
      'every 1 min',
    ]);
    expect(jobs.find(({ id }) => id === 'health_checks')).toFit({
      id: text,
      name: text,
      trigger: text,
      next_run: iso,
      last_run: iso,
      last_status: oneOf('success'),
      last_duration_ms: size,
      running: bool,
    });
  });

  it('C22: starts a job on request without waiting for it; an unknown job is 404', async () => {
    let release = (): void => {};
    monitor.answer('Alpha', (response) => {
      release = () => response.end('[]');
    });
    const path = '/api/scheduler/trigger/health_checks';
    const { status, body: answered } = await post(monitor.app, path);
    expect(status).toBe(200);
    expect(answered).toFit({
      success: oneOf(true),
      job_id: oneOf('health_checks'),
      status: oneOf('triggered'),
      message: text,
      triggered_at: iso,
    });
    expect((await post(monitor.app, path)).body).toMatchObject({ status: 'already_running' });
    await until(async () => {
      release();
      const { jobs } = await body<{ jobs: { running: boolean }[] }>('/api/scheduler/status');
      return jobs.every(({ running }) => !running);
    });
    expect(await post(monitor.app, '/api/scheduler/trigger/no_such')).toMatchObject({
      status: 404,
      body: { error: { code: 'NOT_FOUND' } },
    });
  });
});

describe('the store and the configuration', () => {
  it('C23, C42: counts the rows that PostgreSQL holds, exactly', async () => {
    const stats = await body<Record<string, number>>('/api/database/stats');
    expect(stats).toFit({
      providers: oneOf(3),
      connection_attempts: count,
      data_collections: count,
      rate_limit_usage: count,
      schedule_configs: oneOf(5),
      schedule_compliance: count,
      failure_logs: count,
      alerts: count,
      system_metrics: count,
      database_size_mb: size,
    });
    const { total } = await body<Logs>('/api/logs/connection?hours=720');
    expect(stats['connection_attempts']).toBe(total);
  });

  it('C24: the health of the store has a path that another system has too', async () => {
    expect(await body('/api/database/health')).toMatchObject({ status: 'healthy' });
  });

  it('C26: counts providers, categories, keys and tiers', async () => {
    expect(await body('/api/config/stats')).toEqual({
      total_providers: 3,
      categories: 3,
      categories_list: ['defi', 'exchange', 'news'],
      providers_with_keys: 1,
      tier1_count: 1,
      tier2_count: 0,
      tier3_count: 1,
      tier4_count: 1,
      api_keys_loaded: 1,
    });
  });

  it('C33, C34: /health and /info include the providers', async () => {
    expect(await body('/health')).toMatchObject({
      components: {
        scheduler: { status: 'running' },
        websocket: { status: 'running', active_connections: 0 },
        providers: { total: 3 },
      },
    });
    expect(await body('/info')).toMatchObject({
      configuration: { total_providers: 3 },
      rate_limits: { configured_providers: 1 },
      scheduler: { running: true, total_jobs: 5 },
    });
  });

  it('C32: / lists every path of this system', async () => {
    const { endpoints } = await body<{ endpoints: { crypto: { rest: string[]; websocket: string[] } } }>('/');
    expect(endpoints.crypto.websocket).toEqual(['/ws/live']);
    expect(endpoints.crypto.rest).toEqual(
      expect.arrayContaining(['/api/providers/{name}/stats', '/api/scheduler/trigger/{job_id}', '/ws/stats']),
    );
  });

  it('C31: any page may read with credentials, and a write needs a credential in a header', async () => {
    const origin = 'https://dashboard.example';
    const { headers } = await monitor.app.get('/api/providers', { origin });
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    const { status } = await fetch(`${monitor.app.url}/api/scheduler/trigger/health_checks`, {
      method: 'POST',
      headers: { origin },
    });
    expect(status).toBe(403);
  });
});
