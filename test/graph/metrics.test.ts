import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { createTestDatabase } from '../_util/database.ts';
import { publishMutation, rejectionOf } from '../_util/publish.ts';

interface Metric {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly series: string;
  readonly unit: string | null;
  readonly value: number;
}

interface MetricInput {
  readonly name: string;
  readonly value: number;
  readonly unit?: string;
  readonly kind?: string;
  readonly labels?: unknown;
  readonly sampledAt?: string;
}

const publishMetrics = publishMutation('accepted { id: key cursor duplicate } cursor');

async function report(app: TestApp, ...metrics: readonly MetricInput[]) {
  const answer = await app.graphql<{
    publish: { accepted?: { id: string }[]; cursor?: string | null };
  }>(publishMetrics, { events: metrics.map((metric) => ({ metric })) });
  const { accepted = [], cursor } = answer.data.publish;
  return { accepted, cursor, rejection: rejectionOf(answer) };
}

async function metrics(app: TestApp, args = ''): Promise<readonly Metric[]> {
  const { data } = await app.graphql<{ metrics: { edges: { node: Metric }[] } }>(
    `{ metrics${args} { edges { node { id: seriesId name labels series unit value } } } }`,
  );
  return data.metrics.edges.map(({ node }) => node);
}

/** For tests whose metrics have names of their own. */
let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({}, { keep: true });
});

afterAll(() => app.stop());

const secondsAgo = (seconds: number): string => new Date(Date.now() - seconds * 1_000).toISOString();

describe('a reported metric', () => {
  it('is a series of its name and labels, with the newest value', async () => {
    const app = await startTestApp();
    const first = await report(
      app,
      { name: 'queue.length', value: 3, unit: 'messages', labels: { queue: 'mail', region: 'eu' } },
      { name: 'queue.length', value: 5, unit: 'messages', labels: { region: 'eu', queue: 'mail' } },
      { name: 'queue.length', value: 7, labels: { queue: 'sms' } },
      { name: 'up', value: 1 },
    );
    expect(first.rejection).toBeUndefined();
    expect(first.cursor).toBeNull();
    expect(first.accepted[0]?.id).toBe(first.accepted[1]?.id);

    expect(await metrics(app)).toEqual([
      {
        id: first.accepted[1]?.id,
        name: 'queue.length',
        labels: { queue: 'mail', region: 'eu' },
        series: 'queue.length{queue="mail",region="eu"}',
        unit: 'messages',
        value: 5,
      },
      expect.objectContaining({ series: 'queue.length{queue="sms"}', unit: null, value: 7 }),
      expect.objectContaining({ series: 'up', labels: {}, value: 1 }),
    ]);
    expect(await metrics(app, '(filter: {labels: {region: "eu"}})')).toHaveLength(1);
    expect(await metrics(app, '(filter: {namePrefix: "queue."})')).toHaveLength(2);
    expect(await metrics(app, '(filter: {names: ["up", "down"]})')).toHaveLength(1);
    expect(await metrics(app, '(filter: {text: "Queue=\\"MA"})')).toHaveLength(1);
  });

  it('keeps its value when an older one is reported, and both are in its history', async () => {
    await report(app, { name: 'load', value: 2 });
    await report(app, { name: 'load', value: 8, sampledAt: secondsAgo(300) });
    expect(await metrics(app, '(filter: {names: ["load"]})')).toMatchObject([{ value: 2 }]);
    const { data } = await app.graphql<{ metricHistory: { points: { value: number }[] }[] }>(
      '{ metricHistory(names: ["load"]) { metric { value } points { value } } }',
    );
    expect(data.metricHistory).toEqual([{ metric: { value: 2 }, points: [{ value: 8 }, { value: 2 }] }]);
    const { data: linked } = await app.graphql<{ metrics: { edges: { node: object }[] } }>(
      `{ metrics(filter: { names: ["load"] }) { edges { node {
        history { value sampleCount } sums: history(points: 1, aggregate: SUM) { value } } } } }`,
    );
    expect(linked.metrics.edges).toEqual([
      {
        node: {
          history: [
            { value: 8, sampleCount: 1 },
            { value: 2, sampleCount: 1 },
          ],
          sums: [{ value: 10 }],
        },
      },
    ]);
  });

  it('survives a restart of the server', async () => {
    await using database = await createTestDatabase();
    const before = await startTestApp({ DATABASE_URL: database.connection });
    await report(before, { name: 'up', value: 1, unit: 'bool', labels: { job: 'api' } });
    const known = await metrics(before);
    await before.stop();
    const after = await startTestApp({ DATABASE_URL: database.connection });
    expect(await metrics(after)).toEqual(known);
  });

  it('is rejected with its index, and nothing of its batch is stored', async () => {
    const app = await startTestApp();
    const good = { name: 'up', value: 1 };
    for (const [bad, message] of [
      [{ name: '1up', value: 1 }, /^events\[1\]: name must be a letter/],
      [{ name: 'up', value: 1, labels: { job: 1 } }, /^events\[1\]: labels must be a JSON object/],
      [{ name: 'up', value: 1, labels: ['job'] }, /^events\[1\]: labels must be a JSON object/],
      [
        { name: 'up', value: 1, sampledAt: '1999-01-01T00:00:00Z' },
        /^events\[1\]: sampledAt must be between/,
      ],
    ] as const) {
      const { rejection } = await report(app, good, bad);
      expect(rejection?.['message']).toMatch(message);
    }
    expect(await metrics(app)).toEqual([]);
  });

  it('shares a batch with events: all of it is stored, or none', async () => {
    const alert = { alertType: 'tested', severity: 'WARNING', title: 'a test', message: 'a test' };
    const events = [
      { metric: { name: 'mixed', value: 1 } },
      { alert },
      { metric: { name: 'mixed', value: 0 } },
    ];
    const { data } = await app.graphql<{
      publish: { accepted: { cursor: string | null }[]; cursor: string };
    }>(publishMetrics, { events });
    const { accepted, cursor } = data.publish;
    expect(accepted.map((one) => one.cursor)).toEqual([null, cursor, null]);
    expect(await metrics(app, '(filter: {names: ["mixed"]})')).toMatchObject([{ value: 0 }]);
  });

  it('of a new series is rejected when there are as many series as are allowed', async () => {
    const app = await startTestApp({ METRIC_SERIES_MAX: '2' });
    await report(app, { name: 'a', value: 1 }, { name: 'b', value: 1 });
    const { rejection } = await report(app, { name: 'a', value: 2 }, { name: 'c', value: 1 });
    expect(rejection).toMatchObject({
      message: expect.stringContaining('there are 2 series (METRIC_SERIES_MAX) already') as string,
      code: 'BAD_USER_INPUT',
      index: 1,
      field: 'labels',
    });
    expect((await report(app, { name: 'a', value: 3 })).rejection).toBeUndefined();
    expect(await metrics(app)).toMatchObject([{ series: 'a', value: 3 }, { series: 'b' }]);
  });
});

describe('the limits on series', () => {
  it('count only series with a stored value, so a rejected batch uses up none', async () => {
    const app = await startTestApp({ METRIC_SERIES_MAX: '2' });
    const invalid = { name: '1', value: 1 };
    await report(app, { name: 'x', value: 1 }, { name: 'y', value: 1 }, invalid);
    await report(app, { name: 'x', value: 1 }, { name: 'y', value: 1 }, { name: 'z', value: 1 });
    expect((await report(app, { name: 'a', value: 1 }, { name: 'b', value: 1 })).rejection).toBeUndefined();
  });

  it('may be lowered below what is stored: the stored series stay, and further ones are rejected', async () => {
    await using database = await createTestDatabase();
    const before = await startTestApp({ DATABASE_URL: database.connection });
    await report(before, { name: 'a', value: 1 }, { name: 'b', value: 1 });
    await before.stop();
    const env = { DATABASE_URL: database.connection, METRIC_SERIES_MAX_PER_SUBJECT: '1' };
    const after = await startTestApp(env);
    expect(await metrics(after)).toHaveLength(2);
    expect((await report(after, { name: 'a', value: 2 })).rejection).toBeUndefined();
    const { rejection } = await report(after, { name: 'c', value: 1 });
    expect(rejection?.['message']).toContain('1 series of one credential (METRIC_SERIES_MAX_PER_SUBJECT)');
  });
});

it('an annotation about a metric links to its series, and they to the annotation', async () => {
  await report(
    app,
    { name: 'annotated', value: 1, labels: { shop: 'b' } },
    { name: 'annotated', value: 2, labels: { shop: 'a' } },
    { name: 'annotated.other', value: 3 },
  );
  const { errors } = await app.graphql(publishMetrics, {
    events: [
      { annotation: { text: 'about it', metricName: 'annotated' } },
      { annotation: { text: 'about none' } },
    ],
  });
  expect(errors).toBeUndefined();
  const { data } = await app.graphql<{ annotations: { edges: { node: { text: string } }[] } }>(
    `{ annotations(first: 10) { edges { node { text metrics(first: 10) { totalCount edges { node { series annotations(first: 10) { edges {
      node { text } } } } } } } } } }`,
  );
  const annotations = { edges: [{ node: { text: 'about it' } }] };
  expect(data.annotations.edges.map(({ node }) => node).sort((a, b) => (a.text < b.text ? -1 : 1))).toEqual([
    {
      text: 'about it',
      metrics: {
        totalCount: 2,
        edges: ['a', 'b'].map((shop) => ({ node: { series: `annotated{shop="${shop}"}`, annotations } })),
      },
    },
    { text: 'about none', metrics: { totalCount: 0, edges: [] } },
  ]);
});

describe('the history of metrics', () => {
  it('is that of the series with given ids, whatever else has their names', async () => {
    const { accepted } = await report(
      app,
      { name: 'by-id', value: 1 },
      { name: 'by-id', value: 2, labels: { queue: 'mail' } },
    );
    const history = (args: string) =>
      app.graphql<{ metricHistory: { metric: object }[] }>(
        `{ metricHistory(${args}) { metric { series } points { value } } }`,
      );
    const id = accepted[0]?.id ?? '';
    expect((await history(`seriesIds: ["${id}", "unknown"]`)).data.metricHistory).toEqual([
      { metric: { series: 'by-id' }, points: [{ value: 1 }] },
    ]);
    expect((await history(`names: ["other"], seriesIds: ["${id}"]`)).data.metricHistory).toEqual([]);
    expect((await history('points: 1')).errors?.[0]?.message).toBe('names must be given, or `seriesIds`.');
  });

  it('has one value per span, by the aggregate that is asked for', async () => {
    const since = Math.floor(Date.now() / 60_000) * 60_000 - 600_000;
    const at = (seconds: number): string => new Date(since + seconds * 1_000).toISOString();
    await report(
      app,
      { name: 'requests', value: 10, sampledAt: at(0) },
      { name: 'requests', value: 30, sampledAt: at(1) },
      { name: 'requests', value: 90, sampledAt: at(61) },
      { name: 'requests', value: 15, sampledAt: at(121) },
    );
    async function values(aggregate: string): Promise<readonly (number | null)[]> {
      const { data } = await app.graphql<{ metricHistory: { points: { value: number | null }[] }[] }>(
        `query ($since: DateTime!, $until: DateTime!) {
          metricHistory(names: ["requests"], since: $since, until: $until, points: 3, aggregate: ${aggregate}) {
            points { startsAt value } } }`,
        { since: at(0), until: at(180) },
      );
      return data.metricHistory[0]?.points.map(({ value }) => value) ?? [];
    }
    expect(await values('AVG')).toEqual([20, 90, 15]);
    expect(await values('MIN')).toEqual([10, 90, 15]);
    expect(await values('MAX')).toEqual([30, 90, 15]);
    expect(await values('SUM')).toEqual([40, 90, 15]);
    expect(await values('LAST')).toEqual([30, 90, 15]);
    expect(await values('COUNT')).toEqual([2, 1, 1]);
    expect(await values('RATE')).toEqual([null, 1, 0.25]);
  });

  it('has rates over the time between the values, whatever the spans', async () => {
    const app = await startTestApp();
    const since = Math.floor(Date.now() / 60_000) * 60_000 - 600_000;
    const at = (seconds: number): string => new Date(since + seconds * 1_000).toISOString();
    // Scraped every 15 seconds, and stored in spans of ten.
    const values = [0, 15, 30, 45, 60].map((seconds) => ({
      name: 'steady_total',
      kind: 'COUNTER',
      value: seconds * 2,
      sampledAt: at(seconds),
    }));
    await report(app, ...values);
    const { data } = await app.graphql<{
      metricHistory: { metric: { kind: string }; points: { value: number | null }[] }[];
    }>(
      `query ($since: DateTime!, $until: DateTime!) {
        metricHistory(names: ["steady_total"], since: $since, until: $until, points: 7, aggregate: RATE) {
          metric { kind } points { value } } }`,
      { since: at(0), until: at(70) },
    );
    const [history] = data.metricHistory;
    expect(history?.metric.kind).toBe('COUNTER');
    expect(history?.points.map(({ value }) => value)).toEqual([null, 2, 2, 2, 2]);
  });

  it('adds reports of the same ten seconds from several calls', async () => {
    const at = new Date(Math.floor(Date.now() / 10_000) * 10_000 - 30_000).toISOString();
    await Promise.all([1, 2, 3, 4].map((value) => report(app, { name: 'same', value, sampledAt: at })));
    const { data } = await app.graphql(
      '{ metricHistory(names: ["same"]) { points { sampleCount avg min max } } }',
    );
    expect(data).toEqual({ metricHistory: [{ points: [{ sampleCount: 4, avg: 2.5, min: 1, max: 4 }] }] });
  });

  it('is rejected for more series than one answer may have', async () => {
    await report(
      app,
      ...Array.from({ length: 101 }, (_, n) => ({ name: 'n', value: n, labels: { n: String(n) } })),
    );
    const { errors } = await app.graphql('{ metricHistory(names: ["n"]) { points { startsAt } } }');
    expect(errors?.[0]?.message).toBe('labels must be such that at most 100 series match; more do.');
    const one = await app.graphql<{ metricHistory: unknown[] }>(
      '{ metricHistory(names: ["n"], labels: {n: "7"}) { metric { value } } }',
    );
    expect(one.data.metricHistory).toEqual([{ metric: { value: 7 } }]);
  });
});

describe('a subscription to metrics', () => {
  it('gets the present values of exactly the series that match, then each change, and series that begin later', async () => {
    await report(
      app,
      ...Array.from({ length: 20 }, (_, n) => ({
        name: n < 2 ? 'wanted' : 'other',
        value: n,
        labels: { n: String(n) },
      })),
    );
    const updates = graphqlClient(app.wsUrl).iterate<{ metricUpdates: Metric }>({
      query: 'subscription { metricUpdates(filter: {names: ["wanted"]}, everyMs: 100) { series value } }',
    });
    const next = async (): Promise<unknown> => (await updates.next()).value?.data?.metricUpdates;
    expect([await next(), await next()]).toEqual([
      { series: 'wanted{n="0"}', value: 0 },
      { series: 'wanted{n="1"}', value: 1 },
    ]);
    await report(app, { name: 'other', value: 1 }, { name: 'wanted', value: 9, labels: { n: '1' } });
    expect(await next()).toEqual({ series: 'wanted{n="1"}', value: 9 });
    await report(app, { name: 'wanted', value: 5 });
    expect(await next()).toEqual({ series: 'wanted', value: 5 });
  });
});

describe('the list of metrics', () => {
  it('rejects a cursor of another list', async () => {
    const hosts = await app.graphql<{ hosts: { edges: { cursor: string }[] } }>(
      '{ hosts(first: 1) { edges { cursor } } }',
    );
    const after = hosts.data.hosts.edges[0]?.cursor;
    const { errors } = await app.graphql('query ($after: String) { metrics(after: $after) { totalCount } }', {
      after,
    });
    expect(after).toBeDefined();
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'after' });
  });

  it('is paged by cursors in both directions', async () => {
    const app = await startTestApp();
    await report(app, ...['a', 'b', 'c', 'd', 'e'].map((name, value) => ({ name, value })));
    interface Page {
      readonly metrics: {
        readonly totalCount: number;
        readonly edges: readonly { readonly node: Metric }[];
        readonly pageInfo: {
          readonly hasNextPage: boolean;
          readonly endCursor: string;
          readonly startCursor: string;
        };
      };
    }
    async function page(args: string) {
      const { data } = await app.graphql<Page>(
        `{ metrics(${args}) { totalCount edges { node { name } } pageInfo { hasNextPage startCursor endCursor } } }`,
      );
      const { edges, pageInfo, totalCount } = data.metrics;
      return { names: edges.map(({ node }) => node.name).join(''), ...pageInfo, totalCount };
    }
    const first = await page('first: 2');
    expect(first).toMatchObject({ names: 'ab', hasNextPage: true, totalCount: 5 });
    const second = await page(`first: 2, after: "${first.endCursor}"`);
    expect(second).toMatchObject({ names: 'cd', hasNextPage: true });
    expect(await page(`first: 2, after: "${second.endCursor}"`)).toMatchObject({
      names: 'e',
      hasNextPage: false,
    });
    expect(await page(`last: 2, before: "${second.endCursor}"`)).toMatchObject({ names: 'bc' });
  });
});
