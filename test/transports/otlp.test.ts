import { gzipSync } from 'node:zlib';
import { fromBinary, fromJson, toBinary } from '@bufbuild/protobuf';
import { OTLPMetricExporter as JsonExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtoExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  AggregationType,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  ExportMetricsServiceRequestSchema,
  ExportMetricsServiceResponseSchema,
} from '../../src/lib/otlp/service.generated.ts';
import { StatusSchema } from '../../src/lib/otlp/status.generated.ts';
import { asAdmin, bearing, guarded, jwtOf } from '../access/_access.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { createTestDatabase } from '../_util/database.ts';
import { maintain } from '../_util/server.ts';

const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };
const on = { ...quiet, OTLP_METRICS: 'true' };

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp(on, { keep: true });
  return () => app.stop();
});

interface Metric {
  readonly series: string;
  readonly value: number;
  readonly unit: string | null;
  readonly kind: string | null;
  readonly sampledAt: string;
  readonly reportedBy: string;
}

async function metrics({ graphql }: TestApp, namePrefix: string, headers = {}): Promise<readonly Metric[]> {
  const { data } = await graphql<{ metrics: { edges: { node: Metric }[] } }>(
    `{ metrics(first: 500, filter: {namePrefix: "${namePrefix}"}) {
      edges { node { series value unit kind sampledAt reportedBy } } } }`,
    {},
    headers,
  );
  return data.metrics.edges.map(({ node }) => node);
}

async function values(app: TestApp, namePrefix: string): Promise<Record<string, number>> {
  return Object.fromEntries((await metrics(app, namePrefix)).map(({ series, value }) => [series, value]));
}

interface Sent {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

async function post(
  { url }: TestApp,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Sent> {
  const response = await fetch(`${url}/v1/metrics`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: JSON.parse(text === '' ? '{}' : text) as Sent['body'],
  };
}

const nowNano = (): string => `${Date.now()}000000`;

/** A request in JSON with metrics of one resource. */
function request(metrics: readonly object[], attributes: Record<string, string> = {}): string {
  const resource = {
    attributes: Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } })),
  };
  return JSON.stringify({ resourceMetrics: [{ resource, scopeMetrics: [{ scope: {}, metrics }] }] });
}

function gauge(name: string, point: object = { asDouble: 1 }): object {
  return { name, gauge: { dataPoints: [{ timeUnixNano: nowNano(), ...point }] } };
}

describe.each([
  ['JSON', JsonExporter],
  ['protobuf', ProtoExporter],
])('an SDK of OpenTelemetry that exports %s', (encoding, Exporter) => {
  const prefix = `${encoding.toLowerCase()}.`;

  /** Records with a real SDK, and exports once. */
  async function exported(
    temporalityPreference: AggregationTemporality,
    record: (provider: MeterProvider) => void,
    options: { readonly compression?: 'gzip'; readonly headers?: Record<string, string> } = {},
  ): Promise<void> {
    const exporter = new Exporter({
      url: `${app.url}/v1/metrics`,
      temporalityPreference: temporalityPreference as never,
      ...(options as object),
    });
    const provider = new MeterProvider({
      resource: resourceFromAttributes({ 'service.name': 'orders', 'process.pid': 7 }),
      readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })],
      views: [
        {
          instrumentName: `${prefix}exponential`,
          aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM },
        },
        {
          instrumentName: `${prefix}latency`,
          aggregation: {
            type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM,
            options: { boundaries: [10, 100] },
          },
        },
      ],
    });
    record(provider);
    await provider.forceFlush();
    await provider.shutdown();
  }

  it('reports counters, gauges and histograms, whose series have the attributes as labels', async () => {
    await exported(AggregationTemporality.CUMULATIVE, (provider) => {
      const meter = provider.getMeter('test');
      meter.createCounter(`${prefix}requests`, { unit: '{request}' }).add(3, { route: '/a', ok: true });
      meter.createUpDownCounter(`${prefix}active`).add(-2);
      meter.createObservableGauge(`${prefix}temperature`, { unit: 'Cel' }).addCallback((result) => {
        result.observe(21.5, { room: 4 });
      });
      const latency = meter.createHistogram(`${prefix}latency`, { unit: 'ms' });
      for (const ms of [5, 50, 60, 500]) latency.record(ms);
      const exponential = meter.createHistogram(`${prefix}exponential`);
      for (const value of [0, 0.3, 1, 3, 4, 1_000]) exponential.record(value);
    });
    const own = 'service.name="orders"';
    expect(await values(app, prefix)).toEqual({
      [`${prefix}requests{ok="true",route="/a",${own}}`]: 3,
      [`${prefix}active{${own}}`]: -2,
      [`${prefix}temperature{room="4",${own}}`]: 21.5,
      [`${prefix}latency_bucket{le="10",${own}}`]: 1,
      [`${prefix}latency_bucket{le="100",${own}}`]: 3,
      [`${prefix}latency_bucket{le="+Inf",${own}}`]: 4,
      [`${prefix}latency_count{${own}}`]: 4,
      [`${prefix}latency_sum{${own}}`]: 615,
      [`${prefix}latency_min{${own}}`]: 5,
      [`${prefix}latency_max{${own}}`]: 500,
      [`${prefix}exponential_count{${own}}`]: 6,
      [`${prefix}exponential_sum{${own}}`]: 1008.3,
      [`${prefix}exponential_min{${own}}`]: 0,
      [`${prefix}exponential_max{${own}}`]: 1000,
      [`${prefix}exponential_bucket{le="0",${own}}`]: 1,
      [`${prefix}exponential_bucket{le="0.5",${own}}`]: 2,
      [`${prefix}exponential_bucket{le="1",${own}}`]: 3,
      [`${prefix}exponential_bucket{le="2",${own}}`]: 3,
      [`${prefix}exponential_bucket{le="4",${own}}`]: 5,
      ...Object.fromEntries(
        [8, 16, 32, 64, 128, 256, 512].map((le) => [`${prefix}exponential_bucket{le="${le}",${own}}`, 5]),
      ),
      [`${prefix}exponential_bucket{le="1024",${own}}`]: 6,
      [`${prefix}exponential_bucket{le="+Inf",${own}}`]: 6,
    });
    const kinds = (await metrics(app, prefix)).map(({ series, kind }) => [series.split('{')[0], kind]);
    expect(Object.fromEntries(kinds)).toEqual({
      [`${prefix}requests`]: 'COUNTER',
      [`${prefix}active`]: 'GAUGE',
      [`${prefix}temperature`]: 'GAUGE',
      ...Object.fromEntries(
        ['latency', 'exponential'].flatMap((name) => [
          ...['bucket', 'count', 'sum'].map((part) => [`${prefix}${name}_${part}`, 'COUNTER']),
          ...['min', 'max'].map((part) => [`${prefix}${name}_${part}`, 'GAUGE']),
        ]),
      ),
    });
    const units = await metrics(app, `${prefix}latency`);
    expect(Object.fromEntries(units.map(({ series, unit }) => [series.split('{')[0], unit]))).toEqual({
      [`${prefix}latency_bucket`]: null,
      [`${prefix}latency_count`]: null,
      [`${prefix}latency_sum`]: 'ms',
      [`${prefix}latency_min`]: 'ms',
      [`${prefix}latency_max`]: 'ms',
    });
  });

  it('may compress with gzip, and reports deltas, whose sum is the total', async () => {
    const counted = (count: number) => (provider: MeterProvider) =>
      provider.getMeter('test').createCounter(`${prefix}delta`).add(count);
    for (const count of [2, 5])
      await exported(AggregationTemporality.DELTA, counted(count), { compression: 'gzip' });
    const { data } = await app.graphql<{ metricHistory: { points: { value: number }[] }[] }>(
      `{ metricHistory(names: ["${prefix}delta"], points: 1, aggregate: SUM) { points { value } } }`,
    );
    expect(data.metricHistory).toEqual([{ points: [{ value: 7 }] }]);
    expect((await metrics(app, `${prefix}delta`)).map(({ kind }) => kind)).toEqual([null]); // a rate of deltas means nothing
  });
});

describe('a request of OTLP', () => {
  it('stores a summary, and negative and zero buckets of an exponential histogram', async () => {
    const summary = {
      name: 's.latency',
      summary: {
        dataPoints: [
          {
            timeUnixNano: nowNano(),
            count: '4',
            sum: 10,
            quantileValues: [
              { quantile: 0.5, value: 2 },
              { quantile: 0.99, value: 'NaN' },
            ],
          },
        ],
      },
    };
    const exponential = {
      name: 's.balance',
      exponentialHistogram: {
        aggregationTemporality: 2,
        dataPoints: [
          {
            timeUnixNano: nowNano(),
            count: 10,
            scale: -1, // bounds are powers of 4
            zeroCount: 1,
            zeroThreshold: 0.25,
            positive: { offset: 0, bucketCounts: [2, 1] },
            negative: { offset: 1, bucketCounts: [1, 5] },
          },
        ],
      },
    };
    expect((await post(app, request([summary, exponential]))).body).toEqual({});
    expect(await values(app, 's.')).toEqual({
      's.latency{quantile="0.5"}': 2,
      's.latency_count': 4,
      's.latency_sum': 10,
      's.balance_count': 10,
      's.balance_bucket{le="-16"}': 5,
      's.balance_bucket{le="-4"}': 6,
      's.balance_bucket{le="0.25"}': 7,
      's.balance_bucket{le="4"}': 9,
      's.balance_bucket{le="16"}': 10,
      's.balance_bucket{le="+Inf"}': 10,
    });
  });

  it('keeps the time of a point, takes now for an unknown one, and leaves out a point without a value', async () => {
    const at = new Date(Date.now() - 60_000);
    const points = [
      gauge('t.then', { timeUnixNano: `${at.getTime()}000000`, asInt: '9007199254740993' }),
      gauge('t.now', { timeUnixNano: 0, asDouble: 2 }),
      gauge('t.absent', { flags: 1 }),
    ];
    const before = Date.now();
    expect((await post(app, request(points))).body).toEqual({});
    const [now, then, ...more] = await metrics(app, 't.');
    expect(more).toEqual([]);
    expect(then).toMatchObject({ value: 9_007_199_254_740_992, sampledAt: at.toISOString() });
    expect(Date.parse(now?.sampledAt ?? '')).toBeGreaterThanOrEqual(before);
  });

  it('has the chosen attributes of its resource as labels, and those of the point take precedence', async () => {
    const own = await startTestApp({ ...on, OTLP_RESOURCE_LABELS: 'service.name, zone' });
    const attributes = [
      { key: 'zone', value: { stringValue: 'point' } },
      { key: 'list', value: { arrayValue: { values: [{ intValue: '1' }, { boolValue: true }] } } },
      { key: 'map', value: { kvlistValue: { values: [{ key: 'a', value: { doubleValue: 0.5 } }] } } },
    ];
    const resource = { 'service.name': 'x', zone: 'resource', 'host.name': 'y' };
    await post(own, request([gauge('l.a', { asDouble: 1, attributes })], resource));
    const [metric] = await metrics(own, 'l.');
    expect(metric?.series).toBe(
      'l.a{list="[\\"1\\",true]",map="{\\"a\\":\\"0.5\\"}",service.name="x",zone="point"}',
    );
  });

  it('is answered with the number of rejected points and the reasons, and the others are stored', async () => {
    const long = [{ key: 'text', value: { stringValue: 'x'.repeat(513) } }];
    const metrics = [
      gauge('p.good'),
      gauge('1p'),
      gauge('p.label', { asDouble: 1, attributes: long }),
      gauge('p.nan', { asDouble: 'NaN' }),
      gauge('p.empty', {}),
      gauge('p.early', { asDouble: 1, timeUnixNano: '5' }),
      { name: 'p.sum', sum: { dataPoints: [{ timeUnixNano: nowNano(), asDouble: 1 }] } },
      {
        name: 'p.histogram',
        histogram: {
          aggregationTemporality: 'AGGREGATION_TEMPORALITY_CUMULATIVE',
          dataPoints: [{ timeUnixNano: nowNano(), bucketCounts: ['1'], explicitBounds: [1] }],
        },
      },
    ];
    const { status, body } = await post(app, request(metrics));
    const { rejectedDataPoints, errorMessage } = body['partialSuccess'] as Record<string, string>;
    expect([status, rejectedDataPoints]).toEqual([200, '7']);
    for (const reason of [
      'the name must be a letter',
      'the labels must be',
      'the value must be a finite number',
      'a point must have a value',
      'the time must be between',
      'the aggregation temporality must be delta or cumulative',
      'a histogram must have one bucket more than bounds',
    ])
      expect(errorMessage).toContain(`1: ${reason}`);
    expect(await values(app, 'p.')).toEqual({ 'p.good': 1 });
  });

  it('keeps the limits on series: a point is stored with all its series, or rejected', async () => {
    const small = await startTestApp({ ...on, METRIC_SERIES_MAX: '3' });
    const histogram = {
      name: 'l.h',
      histogram: {
        aggregationTemporality: 2,
        dataPoints: [{ timeUnixNano: nowNano(), count: 1, bucketCounts: ['1', '0'], explicitBounds: [1] }],
      },
    };
    const { body } = await post(small, request([gauge('l.a'), histogram, gauge('l.b'), gauge('l.c')]));
    expect(body['partialSuccess']).toMatchObject({
      rejectedDataPoints: '1',
      errorMessage: expect.stringContaining('METRIC_SERIES_MAX') as string,
    });
    expect(await values(small, 'l.')).toEqual({ 'l.a': 1, 'l.b': 1, 'l.c': 1 });
  });

  it('may have many attributes and many points or buckets, which costs no more than their sum', async () => {
    const many = (key: string) =>
      Array.from({ length: 18_000 }, (_, index) => ({
        key: key + (key === 'k' ? index : ''),
        value: { stringValue: `v${index}` },
      }));
    const points = Array.from({ length: 9_000 }, () => ({ asDouble: 1 }));
    const ofResource = {
      resource: { attributes: many('service.name') },
      scopeMetrics: [{ metrics: [{ name: 'of_resource', gauge: { dataPoints: points } }] }],
    };
    const buckets = {
      count: '1',
      sum: 1,
      attributes: many('k'),
      explicitBounds: Array.from({ length: 499 }, (_, index) => index),
      bucketCounts: Array(500).fill('1'),
    };
    const histogram = { aggregationTemporality: 2, dataPoints: [buckets] };
    const ofPoint = { scopeMetrics: [{ metrics: [{ name: 'of_point', histogram }] }] };
    const { status, body } = await post(app, JSON.stringify({ resourceMetrics: [ofResource, ofPoint] }));
    expect(status).toBe(200);
    expect(body).toMatchObject({ partialSuccess: { rejectedDataPoints: '1' } });
    expect(await values(app, 'of_')).toEqual({ 'of_resource{service.name="v17999"}': 1 });
  }, 25_000);

  it('in protobuf is answered in protobuf, also with an error', async () => {
    const body = toBinary(
      ExportMetricsServiceRequestSchema,
      fromJson(
        ExportMetricsServiceRequestSchema,
        JSON.parse(request([gauge('b.good'), gauge('1b')])) as never,
      ),
    );
    const send = async (bytes: Uint8Array<ArrayBuffer>) => {
      const response = await fetch(`${app.url}/v1/metrics`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-protobuf' },
        body: bytes,
      });
      expect(response.headers.get('content-type')).toBe('application/x-protobuf');
      return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
    };
    const good = await send(body);
    expect(good.status).toBe(200);
    const { partialSuccess } = fromBinary(ExportMetricsServiceResponseSchema, good.bytes);
    expect(partialSuccess?.rejectedDataPoints).toBe(1n);
    expect(await values(app, 'b.')).toEqual({ 'b.good': 1 });
    const bad = await send(Buffer.from([0x0a, 0xff]));
    expect(bad.status).toBe(400);
    expect(fromBinary(StatusSchema, bad.bytes)).toMatchObject({
      code: 3,
      message: 'The body is not an ExportMetricsServiceRequest in protobuf.',
    });
  });

  it('may be empty', async () => {
    expect(await post(app, '{}')).toMatchObject({ status: 200, body: {} });
  });
});

describe('a request that is not valid', () => {
  const json = request([gauge('never')]);

  it.each([
    ['text', '{"resourceMetrics": [', {}, 400, 3],
    ['another structure', '{"resourceMetrics": 5}', {}, 400, 3],
    [
      'a value that is nested too deep',
      request([gauge('n', { attributes: [{ key: 'a', value: nested(5_000) }] })]),
      {},
      400,
      3,
    ],
    ['another content type', json, { 'content-type': 'text/plain' }, 415, 2],
    ['gzip that is none', json, { 'content-encoding': 'gzip' }, 400, 3],
    ['another compression', json, { 'content-encoding': 'br' }, 415, 2],
    ['too many bytes', ' '.repeat(2 * 1024 * 1024 + 1), {}, 413, 2],
    ['a page of another origin', json, { origin: 'https://evil.example' }, 403, 7],
  ])('with %s is rejected with a status that is not retried', async (_what, body, headers, status, code) => {
    const sent = await post(app, body, headers);
    expect([sent.status, sent.body['code'], sent.headers.get('retry-after')]).toEqual([status, code, null]);
    expect(sent.headers.get('content-type')).toContain('application/json');
    expect(await values(app, 'never')).toEqual({});
  });

  it('because a few bytes expand to many is rejected without holding them', async () => {
    const bomb = gzipSync(Buffer.alloc(300 * 1024 * 1024, ' '));
    const before = process.memoryUsage().rss;
    const sent = await post(app, bomb, { 'content-encoding': 'gzip' });
    expect(sent.status).toBe(413);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });

  it('is read by POST only', async () => {
    const response = await fetch(`${app.url}/v1/metrics`);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
  });
});

function nested(depth: number): object {
  let value: object = { stringValue: 'deep' };
  for (let at = 0; at < depth; at++) value = { arrayValue: { values: [value] } };
  return value;
}

describe('POST /v1/metrics', () => {
  it('does not exist until OTLP_METRICS is on', async () => {
    const off = await startTestApp(quiet);
    const { status, body } = await post(off, request([gauge('a')]));
    expect([status, body['message']]).toEqual([404, 'OTLP is off (OTLP_METRICS).']);
    expect(await values(off, 'a')).toEqual({});
  });

  it('requires the capability write, and names who reported the value', async () => {
    const closed = await startTestApp({ ...on, ...guarded });
    const body = request([gauge('a')]);
    const none = await post(closed, body);
    expect([none.status, none.headers.get('www-authenticate'), none.body['code']]).toEqual([
      401,
      'Bearer',
      16,
    ]);
    const reader = await post(closed, body, bearing(await jwtOf('uma')));
    expect([reader.status, reader.body['code']]).toEqual([403, 7]);
    expect((await post(closed, body, bearing(await jwtOf('dev', { role: 'developer' })))).status).toBe(200);
    expect(await metrics(closed, 'a', asAdmin)).toMatchObject([{ reportedBy: 'dev' }]);
    const { data } = await closed.graphql<{ auditLogs: { edges: { node: { eventType: string } }[] } }>(
      '{ auditLogs(first: 20) { edges { node { eventType } } } }',
      {},
      asAdmin,
    );
    expect(data.auditLogs.edges.map(({ node }) => node.eventType)).toContain('authentication_failed');
  });

  it('asks exporters to retry while the database is unavailable', async () => {
    const database = await createTestDatabase();
    const { server, connection } = database;
    const cutOff = await startTestApp(on, { database: connection, keep: true });
    const name = new URL(connection).pathname.slice(1);
    await maintain(server.url, async (client) => {
      await client.query(`alter database ${name} allow_connections false`);
      await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    });
    const { status, headers, body } = await post(cutOff, request([gauge('a')]));
    expect([status, headers.get('retry-after'), body['code']]).toEqual([503, '2', 14]);
    await cutOff.stop();
    await database.drop();
  });
});
