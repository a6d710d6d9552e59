import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePrometheus } from '../../src/lib/prometheus.ts';
import type { Call } from '../../src/http/route.ts';
import { metricsRoute } from '../../src/http/endpoints/metrics.ts';
import { adminKey, bearing, jwtOf, startGuarded } from '../access/_access.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient, RawClient, refusedHandshake } from '../_util/clients.ts';
import { createTestDatabase } from '../_util/database.ts';
import { maintain } from '../_util/server.ts';
import { startServer } from './_server.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({}, { keep: true });
});
afterAll(() => app.stop());

async function textOf({ url }: TestApp, headers: Record<string, string> = {}): Promise<string> {
  const response = await fetch(`${url}/metrics`, { headers });
  expect(response.status).toBe(200);
  return response.text();
}

/** The value with these labels, which are all it has; undefined when it is not shown. */
async function valueOf(
  server: TestApp,
  wanted: string,
  labels: Record<string, string> = {},
): Promise<number | undefined> {
  const samples = parsePrometheus(await textOf(server), (name) => name === wanted);
  const found = samples.filter((sample) =>
    Object.entries(labels).every(([name, value]) => sample.labels.get(name) === value),
  );
  expect(found.length).toBeLessThan(2);
  return found[0]?.value;
}

/** Scrapes until the value is that. */
async function until(
  server: TestApp,
  name: string,
  labels: Record<string, string>,
  value: number,
): Promise<void> {
  while ((await valueOf(server, name, labels)) !== value) await sleep(10);
}

const line =
  /^# HELP (?<help>[a-zA-Z_:][\w:]*) \S.*$|^# TYPE (?<typed>[a-zA-Z_:][\w:]*) (?<type>counter|gauge|histogram)$|^(?<name>[a-zA-Z_:][\w:]*)(?<labels>\{(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\n"])*",?)+\})? (?:-?[\d.]+(?:e[+-]?\d+)?|[+-]?Inf|NaN)$/i;

/** The types by name, and the errors: an unknown line; a help text, type or sample that is missing or duplicated. */
function read(text: string): { types: Map<string, string>; wrong: string[] } {
  const helped = new Set<string>();
  const types = new Map<string, string>();
  const samples = new Set<string>();
  const wrong: string[] = [];
  for (const one of text.split('\n').filter((any) => any !== '')) {
    const { help, typed, type = '', name = '', labels = '' } = line.exec(one)?.groups ?? {};
    const family = types.has(name) ? name : name.replace(/_(bucket|sum|count)$/, '');
    if (help !== undefined) {
      if (helped.has(help)) wrong.push(one);
      helped.add(help);
    } else if (typed !== undefined) {
      if (types.has(typed) || !helped.has(typed)) wrong.push(one);
      types.set(typed, type);
    } else {
      if (!types.has(family) || samples.has(name + labels)) wrong.push(one);
      samples.add(name + labels);
    }
  }
  return { types, wrong: [...wrong, ...[...helped].filter((help) => !types.has(help))] };
}

describe('the metrics', () => {
  it('C45: are in the text format of Prometheus, every sample with its type and a help text', async () => {
    const client = graphqlClient(app.wsUrl);
    const counted = client.iterate({
      query: 'subscription { subscriptions(everyMs: 500) { subscriberCount } }',
    });
    await counted.next();
    const { types, wrong } = read(await textOf(app));
    expect(wrong).toEqual([]);
    expect(types.size).toBeGreaterThan(50);
    const own = [...types].filter(([name]) => name.startsWith('opsgraph_'));
    const histograms = own.filter(([, type]) => type === 'histogram').map(([name]) => name);
    expect(histograms.sort()).toEqual([
      'opsgraph_http_request_duration_seconds',
      'opsgraph_message_latency_seconds',
      'opsgraph_socket_ping_seconds',
      'opsgraph_topic_latency_seconds',
    ]);
    for (const [name, type] of own.filter(([name]) => !histograms.includes(name)))
      expect([name, type]).toEqual([name, name.endsWith('_total') ? 'counter' : 'gauge']);
    await counted.return?.();
  });

  it('describe the process and what it serves', async () => {
    expect(await valueOf(app, 'process_resident_memory_bytes')).toBeGreaterThan(1e6);
    const { user, system } = process.cpuUsage();
    const cpuS = (await valueOf(app, 'process_cpu_seconds_total')) ?? 0;
    expect(cpuS).toBeGreaterThanOrEqual((user + system) / 1e6 - 0.1);
    expect(await valueOf(app, 'opsgraph_build_info')).toBe(1);
    expect(await valueOf(app, 'opsgraph_ready')).toBe(1);
    expect(await valueOf(app, 'opsgraph_database_up')).toBe(1);
    expect(await valueOf(app, 'opsgraph_database_size_bytes')).toBeGreaterThan(1e6);
    expect(await valueOf(app, 'opsgraph_scheduler_running')).toBe(1);
    expect(
      await valueOf(app, 'opsgraph_job_runs_total', { job: 'database_cleanup', outcome: 'failed' }),
    ).toBe(0);
    await app.graphql('{ systemMetrics { cpu { usedPercent } } }');
    expect(await valueOf(app, 'opsgraph_source_samples_total', { source: 'host' })).toBeGreaterThan(0);
    expect(await valueOf(app, 'opsgraph_source_last_duration_seconds', { source: 'host' })).toBeGreaterThan(
      0,
    );
    expect(await valueOf(app, 'opsgraph_source_failures_total', { source: 'host' })).toBe(0);
  });

  it('count the runs of jobs', async () => {
    const job = 'database_cleanup';
    await app.graphql('mutation { triggerJob(input: { jobId: "database_cleanup" }) { __typename } }');
    await until(app, 'opsgraph_job_runs_total', { job, outcome: 'success' }, 1);
    expect(await valueOf(app, 'opsgraph_job_last_duration_seconds', { job })).toBeGreaterThan(0);
  });

  it('describe subscriptions: subscribers, executed and skipped values, and reasons of their ends', async () => {
    const labels = { field: 'auditEvents', delivery: 'EVERY' };
    const ends = (await valueOf(app, 'opsgraph_subscription_ends_total', { reason: 'left' })) ?? 0;
    const clients = [graphqlClient(app.wsUrl), graphqlClient(app.wsUrl)];
    const query = 'subscription { auditEvents { action } }';
    const iterators = clients.map((client) => client.iterate({ query }));
    const results = iterators.map((iterator) => iterator.next());
    await until(app, 'opsgraph_subscribers', labels, 2);
    expect(await valueOf(app, 'opsgraph_subscription_groups', labels)).toBe(1);
    expect(await valueOf(app, 'opsgraph_subscription_executed_total', labels)).toBe(0);
    const head = (await valueOf(app, 'opsgraph_log_head')) ?? 0;

    const event = { eventType: 'tested', actorId: 'ann', action: 'counted', status: 'success' };
    await fetch(`${app.url}/publish`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ auditEvent: event }]),
    });
    await Promise.all(results);
    expect(await valueOf(app, 'opsgraph_log_head')).toBeGreaterThan(head);
    expect(await valueOf(app, 'opsgraph_log_held_entries')).toBeGreaterThan(0);
    expect(await valueOf(app, 'opsgraph_log_held_bytes')).toBeGreaterThan(0);
    expect(await valueOf(app, 'opsgraph_subscription_executed_total', labels)).toBe(1);
    expect(await valueOf(app, 'opsgraph_subscription_lag_entries', labels)).toBe(0);
    const topic = 'audit';
    await until(app, 'opsgraph_topic_latency_seconds_count', { topic, stage: 'written' }, 2);
    for (const stage of ['collected', 'executed', 'written']) {
      const count = await valueOf(app, 'opsgraph_topic_latency_seconds_count', { topic, stage });
      expect(count).toBeGreaterThan(0);
      const bucket = (le: string) =>
        valueOf(app, 'opsgraph_topic_latency_seconds_bucket', { topic, stage, le });
      expect([await bucket('10'), await bucket('+Inf')]).toEqual([count, count]);
    }
    expect(await valueOf(app, 'opsgraph_message_latency_seconds_count')).toBeGreaterThanOrEqual(2);

    for (const iterator of iterators) await iterator.return?.();
    await until(app, 'opsgraph_subscribers', labels, 0);
    expect(await valueOf(app, 'opsgraph_subscription_executed_total', labels)).toBe(1);
    expect(await valueOf(app, 'opsgraph_subscription_ends_total', { reason: 'left' })).toBe(ends + 2);
  });

  it('describe sockets: open, accepted, rejected, reconnected, and messages sent', async () => {
    const labels = { dialect: 'aura', path: '/ws/system' };
    const feed = await new RawClient(`${app.wsUrl}/ws/system?client_id=here-again`).opened();
    await feed.next();
    expect(await valueOf(app, 'opsgraph_sockets_open', labels)).toBe(1);
    const sent = (await valueOf(app, 'opsgraph_socket_messages_sent_total', labels)) ?? 0;
    expect(sent).toBeGreaterThan(0);
    feed.close();
    await until(app, 'opsgraph_sockets_open', labels, 0);
    expect(await valueOf(app, 'opsgraph_socket_messages_sent_total', labels)).toBeGreaterThanOrEqual(sent);
    await new RawClient(`${app.wsUrl}/ws/system?client_id=here-again`).opened();
    await until(app, 'opsgraph_reconnections_total', labels, 1);
    expect(await valueOf(app, 'opsgraph_handshakes_accepted_total', labels)).toBe(2);

    const origin = 'https://elsewhere.example';
    await refusedHandshake(`${app.wsUrl}/graphql`, { headers: { origin } });
    await refusedHandshake(`${app.wsUrl}/ws/nothing`);
    const graph = { dialect: 'graphql', path: '/graphql' };
    expect(await valueOf(app, 'opsgraph_handshakes_rejected_total', graph)).toBe(1);
    expect(await valueOf(app, 'opsgraph_handshakes_rejected_total', { path: '/ws/*' })).toBe(1);
    expect(await valueOf(app, 'opsgraph_connection_failures_total')).toBe(2);
  });

  it('count requests, but neither probes nor scrapes', async () => {
    const requests = async () => (await valueOf(app, 'opsgraph_http_request_duration_seconds_count')) ?? 0;
    const before = await requests();
    await fetch(`${app.url}/livez`);
    await textOf(app);
    expect(await requests()).toBe(before);
    await fetch(`${app.url}/health`);
    expect(await requests()).toBe(before + 1);
    expect(await valueOf(app, 'opsgraph_http_request_duration_seconds_sum')).toBeGreaterThan(0);
  });

  it('contain no subject, address or document of a client', async () => {
    const marks = { id: 'mark-of-a-client', agent: 'mark-of-an-agent', word: 'markOfADocument' };
    await new RawClient(`${app.wsUrl}/ws/system?client_id=${marks.id}`, {
      headers: { 'user-agent': marks.agent },
    }).opened();
    const iterator = graphqlClient(app.wsUrl).iterate({
      query: `subscription ${marks.word} { ${marks.word}: subscriptions(everyMs: 500) { subscriberCount } }`,
    });
    await iterator.next();
    await fetch(`${app.url}/${marks.word}`);
    const text = await textOf(app);
    for (const mark of [...Object.values(marks), '127.0.0.1', 'anonymous']) expect(text).not.toContain(mark);
    await iterator.return?.();
  });

  it('report a lost database, and are available without it', async () => {
    const database = await createTestDatabase();
    const cutOff = await startTestApp({}, { database: database.connection, keep: true });
    const name = new URL(database.connection).pathname.slice(1);
    await maintain(database.server.url, async (client) => {
      await client.query(`alter database ${name} allow_connections false`);
      await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    });
    expect(await valueOf(cutOff, 'opsgraph_database_up')).toBe(0);
    expect(await valueOf(cutOff, 'opsgraph_ready')).toBe(0);
    expect(await valueOf(cutOff, 'opsgraph_database_size_bytes')).toBeUndefined();
    await cutOff.stop();
    await database.drop();
  });
});

describe('/metrics', () => {
  it('is read again for each scrape, and not by pages of other origins', async () => {
    const response = await fetch(`${app.url}/metrics/`, { headers: { origin: 'http://localhost:5173' } });
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('responds to HEAD without a body, and rejects other methods', async () => {
    const head = await fetch(`${app.url}/metrics`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(1_000);
    for (const method of ['POST', 'DELETE', 'OPTIONS']) {
      const response = await fetch(`${app.url}/metrics`, { method });
      expect([method, response.status, response.headers.get('allow')]).toEqual([method, 405, 'GET, HEAD']);
    }
  });

  it('requires the capability read, with the same credentials as other endpoints', async () => {
    const guarded = await startGuarded();
    const asked = async (headers: Record<string, string> = {}) => {
      const response = await fetch(`${guarded.url}/metrics`, { headers });
      const shown = (await response.text()).includes('opsgraph_');
      return [response.status, response.headers.get('www-authenticate'), shown];
    };
    expect(await asked()).toEqual([401, 'Bearer', false]);
    expect(await asked(bearing('wrong'))).toEqual([401, 'Bearer', false]);
    expect(await asked(bearing(await jwtOf('nora', { role: 'an unknown role' })))).toEqual([
      403,
      null,
      false,
    ]);
    expect(await asked(bearing('a-key-of-a-user'))).toEqual([200, null, true]);
    expect(await asked({ 'x-api-key': adminKey })).toEqual([200, null, true]);
    expect(await asked(bearing(await jwtOf('uma')))).toEqual([200, null, true]);
  });

  it('may be read without a credential where none is required, but not with an invalid one', async () => {
    const open = await startTestApp({ AUTH_TOKENS: `${adminKey}:ada:admin` });
    expect((await fetch(`${open.url}/metrics`)).status).toBe(200);
    expect((await fetch(`${open.url}/metrics`, { headers: bearing('wrong') })).status).toBe(401);
  });

  it('collects the metrics once for simultaneous scrapes', async () => {
    let looks = 0;
    let answer = (): void => {};
    let asked = 0;
    const health = {
      live: true,
      ready: true,
      database: {
        answers: true,
        writable: true,
        sizeBytes: 2 ** 20,
        clockAheadMs: 0,
        clocksDiffer: false,
        faults: [],
        listening: true,
      },
      carrier: 'POSTGRES' as const,
      scheduler: { running: true, jobs: [] },
    };
    const serverInfo = {
      version: '1',
      sources: () => [],
      health: () => {
        looks++;
        return new Promise<typeof health>((resolve) => {
          answer = () => resolve(health);
        });
      },
    };
    await using server = await startServer({
      routes(parts) {
        const metrics = metricsRoute({
          ...parts,
          serverInfo,
          log: { stats: () => ({ head: 1, heldEntries: 0, heldBytes: 0, waiting: 0 }) },
          memory: { stats: () => [] },
          pool: { totalCount: 1, idleCount: 1, waitingCount: 0 },
          jobs: { stats: () => [] },
        });
        const counted = (call: Call) => {
          asked++;
          return metrics.handlers.GET?.(call);
        };
        return [{ ...metrics, handlers: { GET: counted } }];
      },
    });
    const crowd = Array.from({ length: 20 }, async () => (await server.fetch('/metrics')).text());
    while (asked < crowd.length) await new Promise(setImmediate);
    answer();
    const texts = await Promise.all(crowd);
    expect([looks, new Set(texts).size]).toEqual([1, 1]);
    const later = server.fetch('/metrics');
    while (looks < 2) await new Promise(setImmediate);
    answer();
    expect((await later).status).toBe(200);
  });
});

/** The queries of a file in deploy/: the values of `expr`, in JSON or YAML. */
function queriesOf(file: string): readonly string[] {
  const text = readFileSync(new URL(`../../deploy/${file}`, import.meta.url), 'utf8');
  const found = file.endsWith('.json')
    ? [...text.matchAll(/"expr": ("(?:[^"\\]|\\.)*")/g)].map(([, expr = '']) => JSON.parse(expr) as string)
    : [...text.matchAll(/^ +expr: (.*(?:\n {10,}.*)*)/gm)].map(([, expr = '']) => expr);
  expect(found.length).toBeGreaterThan(10);
  return found;
}

// That they have data is a test with a real Prometheus, where one is installed: test/e2e/deploy.test.ts.
describe.each(['grafana/opsgraph.json', 'prometheus/alerts.yaml'])('the queries of deploy/%s', (file) => {
  it('name metrics that /metrics has, and labels that these have', async () => {
    const text = await textOf(app);
    const { types } = read(text);
    const samples = parsePrometheus(text, () => true);
    const unknown: string[] = [];
    for (const query of queriesOf(file)) {
      const names: readonly string[] = query.match(/\b(?:opsgraph|process|nodejs)_\w+/g) ?? [];
      for (const name of names)
        if (!types.has(name) && !types.has(name.replace(/_(bucket|sum|count)$/, ''))) unknown.push(name);
      const own = samples.filter((sample) => names.includes(sample.name));
      // Prometheus adds `job` and `instance`, and calls our label `job` `exported_job`.
      const labels = [...query.matchAll(/\bby \(([^)]*)\)/g)]
        .flatMap(([, list = '']) => list.split(/\s*,\s*/))
        .filter((label) => label !== 'job' && label !== 'instance')
        .map((label) => label.replace(/^exported_/, ''));
      for (const label of labels)
        if (own.length > 0 && !own.some((sample) => sample.labels.has(label)))
          unknown.push(`${query}: ${label}`);
    }
    expect(unknown).toEqual([]);
  });
});
