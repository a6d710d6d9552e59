import { createServer } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { certify, hasOpenssl } from '../_util/certificate.ts';
import { graphqlClient } from '../_util/clients.ts';
import { hasExporter, startExporter, type Exporter } from '../_util/exporters.ts';
import { serveRoutes, status } from '../_util/fake-server.ts';
import { emptyFolder, freePort } from '../_util/process.ts';

const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };

async function startScraping(targets: readonly object[], env: Record<string, string> = {}): Promise<TestApp> {
  const file = join(await emptyFolder(), 'scrape.json');
  await writeFile(file, JSON.stringify({ targets: targets.map((one) => ({ interval_ms: 1_000, ...one })) }));
  return startTestApp({ ...quiet, SCRAPE_FILE: file, ...env });
}

interface Metric {
  readonly series: string;
  readonly value: number;
}

/** The values of the series `up` as they come. */
function ups({ wsUrl }: TestApp): () => Promise<number> {
  const updates = graphqlClient(wsUrl).iterate<{ metricUpdates: Metric & { sampledAt: string } }>({
    query: 'subscription { metricUpdates(filter: {names: ["up"]}, everyMs: 100) { value sampledAt } }',
  });
  return async () => (await updates.next()).value?.data?.metricUpdates.value ?? Number.NaN;
}

/** Waits for a scrape after which `up` has this value. */
async function until(next: () => Promise<number>, up: number): Promise<void> {
  while ((await next()) !== up);
}

async function series(app: TestApp, filter = ''): Promise<readonly Metric[]> {
  const { data } = await app.graphql<{ metrics: { edges: { node: Metric }[] } }>(
    `{ metrics(first: 1000, filter: {${filter}}) { edges { node { series value } } } }`,
  );
  return data.metrics.edges.map(({ node }) => node);
}

async function sources(app: TestApp): Promise<readonly Record<string, unknown>[]> {
  const { data } = await app.graphql<{ sources: { name: string }[] }>(
    '{ sources { name sampleCount failureCount failing lastSuccessAt paceMs } }',
  );
  return data.sources.filter(({ name }) => name.startsWith('scrape/'));
}

const exposition = `# HELP requests_total Requests.
# TYPE requests_total counter
requests_total{code="200",job="nginx"} 1027 1395066363000
requests_total{code="500",empty=""} 3
# TYPE temperature gauge
temperature -4.5
# TYPE latency_seconds histogram
latency_seconds_bucket{le="0.1"} 7
latency_seconds_bucket{le="+Inf"} 9
latency_seconds_sum 1.25
latency_seconds_count 9
# TYPE rpc_seconds summary
rpc_seconds{quantile="0.99"} 0.75
rpc_seconds_sum 12
rpc_seconds_count 40
not_a_number NaN
`;

describe('a scraped target', () => {
  it('gives its counters, gauges, histograms and summaries as series with the labels of Prometheus', async () => {
    const target = await serveRoutes({ '/metrics': exposition });
    const { host } = new URL(target.url);
    const app = await startScraping(
      [
        {
          url: `${target.url}/metrics`,
          name: 'web',
          labels: { zone: 'a' },
          headers_env: { authorization: 'WEB_AUTH' },
        },
      ],
      { WEB_AUTH: 'Bearer of-the-target' },
    );
    await until(ups(app), 1);
    const own = `instance="${host}",job="web"`;
    const found = await series(app);
    const values = Object.fromEntries(found.map(({ series: name, value }) => [name, value]));
    expect(values).toMatchObject({
      [`requests_total{code="200",exported_job="nginx",${own},zone="a"}`]: 1027,
      [`requests_total{code="500",${own},zone="a"}`]: 3,
      [`temperature{${own},zone="a"}`]: -4.5,
      [`latency_seconds_bucket{${own},le="0.1",zone="a"}`]: 7,
      [`latency_seconds_bucket{${own},le="+Inf",zone="a"}`]: 9,
      [`latency_seconds_sum{${own},zone="a"}`]: 1.25,
      [`latency_seconds_count{${own},zone="a"}`]: 9,
      [`rpc_seconds{${own},quantile="0.99",zone="a"}`]: 0.75,
      [`rpc_seconds_count{${own},zone="a"}`]: 40,
      [`up{${own},zone="a"}`]: 1,
      [`scrape_samples_scraped{${own},zone="a"}`]: 10,
    });
    expect(found.some((one) => one.series.startsWith('not_a_number'))).toBe(false);
    expect(target.headers[0]).toMatchObject({ authorization: 'Bearer of-the-target' });
    expect(JSON.stringify(app.logged)).not.toContain('of-the-target');
    const { data } = await app.graphql(
      '{ metrics(filter: {names: ["requests_total", "temperature"]}) { edges { node { name reportedBy kind } } } }',
    );
    const reportedBy = 'scrape:web';
    const node = (name: string, kind: string) => ({ node: { name, reportedBy, kind } });
    const requests = node('requests_total', 'COUNTER');
    expect(data).toEqual({ metrics: { edges: [requests, requests, node('temperature', 'GAUGE')] } });
  });

  it('has a history', async () => {
    const target = await serveRoutes({ '/metrics': 'a_total 5\n' });
    const app = await startScraping([{ url: `${target.url}/metrics` }]);
    await until(ups(app), 1);
    const { data } = await app.graphql<{ metricHistory: { points: { last: number }[] }[] }>(
      '{ metricHistory(names: ["a_total"]) { points { last } } }',
    );
    expect(data.metricHistory[0]?.points[0]?.last).toBe(5);
  });

  it.each([
    ['an error status', status(503), /answered with status 503/],
    ['a redirect, which is not followed', status(302, { location: '/other' }), /answered with status 302/],
    ['another kind of content', '<html>login</html>', /no sample in the text format/],
    ['more samples than its limit', 'a 1\nb 2\nc 3\nd 4\n', /more than 3 samples/],
    [
      'a response that is too long',
      `# ${'x'.repeat(9_000_000)}\n`,
      /more than 8388608 bytes/,
      { interval_ms: 3_000 },
    ],
    ['no response in time', () => {}, /no response within 300 ms/, { timeout_ms: 300 }],
  ] as const)('is down with %s, and up again afterwards', async (_what, answer, message, more?: object) => {
    const target = await serveRoutes({ '/metrics': answer });
    const app = await startScraping([
      { url: `${target.url}/metrics`, name: 'x', instance: 'y', sample_limit: 3, ...more },
    ]);
    const next = ups(app);
    await until(next, 0);
    expect(await series(app, 'names: ["a"]')).toEqual([]);
    const warned = app.logged.find(({ msg }) => msg === 'the source failed');
    expect(warned).toMatchObject({ source: 'scrape/x/y' });
    expect(JSON.stringify(warned)).toMatch(message);
    target.routes = { '/metrics': 'a 1\n' };
    await until(next, 1);
    expect(await series(app, 'names: ["a"]')).toMatchObject([{ value: 1 }]);
  });

  it('keeps the limits on series: others are still stored, and that is logged once', async () => {
    const target = await serveRoutes({ '/metrics': 'a 1\nb 2\nc 3\n' });
    const app = await startScraping([{ url: `${target.url}/metrics` }], { METRIC_SERIES_MAX: '4' });
    const next = ups(app);
    const warnings = () =>
      app.logged.filter(({ msg }) => String(msg).startsWith('scraped samples are rejected'));
    await until(next, 1);
    expect((await series(app)).map(({ value }) => value)).toContain(1);
    expect(await series(app)).toHaveLength(4);
    expect(await series(app, 'names: ["b", "c"]')).toEqual([]);
    await until(next, 1);
    await until(next, 1);
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toMatchObject({ level: 'WARNING', name: '127.0.0.1' });
    expect(JSON.stringify(warnings()[0]?.['rejected'])).toMatch(/METRIC_SERIES_MAX\) already.*":2}/);
    target.routes = { '/metrics': 'a 9\n' };
    while (!app.logged.some(({ msg }) => msg === 'all scraped samples are stored again')) await next();
    expect(await series(app, 'names: ["a"]')).toMatchObject([{ value: 9 }]);
  });

  it.skipIf(!hasOpenssl)('is reached over TLS with the authority of its file, and not without', async () => {
    const { cert, key } = await certify('localhost');
    const server = createServer({ cert, key }, (_request, response) => response.end('a 1\n')).listen(0);
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const ca = join(await emptyFolder(), 'ca.pem');
    await writeFile(ca, cert);
    const url = `https://localhost:${(server.address() as AddressInfo).port}`;
    const app = await startScraping([
      { url, name: 'known', ca_file: ca },
      { url, name: 'unknown' },
    ]);
    const next = ups(app);
    expect(new Set([await next(), await next()])).toEqual(new Set([0, 1]));
    const names = await series(app, 'names: ["a"]');
    expect(names).toMatchObject([{ series: expect.stringContaining('job="known"') as string }]);
    expect(JSON.stringify(app.logged)).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
  });
});

describe.each([
  ['prometheus', 'prometheus_build_info'],
  ['prometheus-node-exporter', 'node_cpu_seconds_total'],
] as const satisfies readonly [Exporter, string][])('the real %s', (exporter, metric) => {
  it.skipIf(!hasExporter(exporter))(
    'is scraped, is down when it is killed, and up when it is back',
    async () => {
      const port = await freePort();
      const first = await startExporter(exporter, port);
      const app = await startScraping([{ url: `http://127.0.0.1:${port}/metrics`, name: exporter }]);
      const next = ups(app);
      await until(next, 1);
      const found = await series(app, `names: ["${metric}"]`);
      expect(found.length).toBeGreaterThan(0);
      expect(found[0]?.series).toContain(`instance="127.0.0.1:${port}",job="${exporter}"`);
      const everything = await fetch(`http://127.0.0.1:${port}/metrics`);
      const finite = (await everything.text())
        .split('\n')
        .filter((line) => /^[a-z]/i.test(line) && !/ (NaN|[+-]Inf)$/.test(line));
      expect((await series(app)).length).toBeGreaterThan(Math.min(900, finite.length * 0.9));

      await first.kill();
      await until(next, 0);
      const [down] = await sources(app);
      expect(down).toMatchObject({
        name: `scrape/${exporter}/127.0.0.1:${port}`,
        failing: true,
        paceMs: 1_000,
      });
      expect(down?.['failureCount']).toBeGreaterThan(0);
      const { body } = await app.get('/metrics');
      expect(body).toContain(`opsgraph_source_up{source="scrape/${exporter}/127.0.0.1:${port}"} 0`);

      await startExporter(exporter, port);
      await until(next, 1);
      const failures = app.logged.filter(({ msg }) => msg === 'the source failed');
      expect(failures).toHaveLength(1);
    },
  );
});
