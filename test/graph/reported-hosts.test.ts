import { hostname } from 'node:os';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { globalId } from '../../src/graph/node.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { createTestDatabase } from '../_util/database.ts';
import { publishMutation, rejectionOf } from '../_util/publish.ts';
import { adminKey, asAdmin, bearing, guarded, jwtOf } from '../access/_access.ts';

const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };

function sampleOf(hostId: string, more: object = {}): object {
  return {
    hostId,
    info: { hostname: hostId, platform: 'linux', arch: 'arm64', coreCount: 8, memoryTotalBytes: 16_384 },
    cpu: { usedPercent: 12.5, coreCount: 8, loadAverage1m: 0.5 },
    memory: { usedPercent: 50, usedBytes: 8_192, totalBytes: 16_384 },
    disk: { path: '/', usedPercent: 91 },
    network: { sentBytes: 1_048_576, receivedBytes: 0 },
    ...more,
  };
}

async function report(app: TestApp, hosts: readonly object[], headers: Record<string, string> = {}) {
  const answer = await app.graphql<{ publish: { accepted: { key: string }[] } | null }>(
    publishMutation('accepted { key cursor }'),
    { events: hosts.map((host) => ({ host })) },
    headers,
  );
  return { accepted: answer.data?.publish?.accepted, error: rejectionOf(answer) };
}

interface Host {
  readonly id: string;
  readonly status: string;
  readonly lastSampleAt: string | null;
  readonly reportedBy: string | null;
  readonly coreCount: number;
}

interface Hosts {
  readonly hosts: { readonly totalCount: number; readonly edges: readonly { readonly node: Host }[] };
}

/** The host of the server first, the others by their ids. */
async function hosts(app: TestApp, headers: Record<string, string> = {}): Promise<readonly Host[]> {
  const { data } = await app.graphql<Hosts>(
    '{ hosts { totalCount edges { node { id: hostId status lastSampleAt reportedBy coreCount os bootedAt } } } }',
    {},
    headers,
  );
  const all = data.hosts.edges.map(({ node }) => node);
  const own = all.filter(({ id }) => id === hostname());
  return [...own, ...all.filter(({ id }) => id !== hostname())];
}

const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();

describe('a host that an agent reports', () => {
  it('is listed beside the host of the server, and its sample, GPUs and health can be read', async () => {
    const app = await startTestApp(quiet);
    const at = ago(5_000);
    const gpus = [{ index: 0, name: 'NVIDIA H200', busyPercent: 40, temperatureC: 61 }];
    const { accepted } = await report(app, [
      sampleOf('web-1', { sampledAt: at, gpus, temperature: { cpuC: 48.5 }, uptimeMs: 60 }),
    ]);
    expect(accepted).toEqual([{ key: 'web-1', cursor: null }]);
    expect(await hosts(app)).toEqual([
      expect.objectContaining({ id: hostname(), status: 'ONLINE', lastSampleAt: null, reportedBy: null }),
      {
        id: 'web-1',
        status: 'ONLINE',
        lastSampleAt: at,
        reportedBy: 'anonymous',
        coreCount: 8,
        os: null,
        bootedAt: null,
      },
    ]);
    const { data } = await app.graphql(`{
      systemMetrics(hostId: "web-1") {
        hostId sampledAt cpu { usedPercent frequencyMhz } disk { usedPercent usedBytes } health gpuAvailable uptimeMs
        gpu { name } temperature { cpuC gpuC }
      }
      gpus(hostId: "web-1") { id hostId name sample { busyPercent powerW } }
      own: systemMetrics { hostId }
    }`);
    expect(data).toEqual({
      systemMetrics: {
        hostId: 'web-1',
        sampledAt: at,
        cpu: { usedPercent: 12.5, frequencyMhz: null },
        disk: { usedPercent: 91, usedBytes: null },
        health: 'WARNING',
        gpuAvailable: true,
        uptimeMs: 60,
        gpu: { name: 'NVIDIA H200' },
        temperature: { cpuC: 48.5, gpuC: 61 },
      },
      gpus: [
        {
          id: globalId('Gpu', '0:web-1'),
          hostId: 'web-1',
          name: 'NVIDIA H200',
          sample: { busyPercent: 40, powerW: null },
        },
      ],
      own: null,
    });
    const gpu = await app.graphql(
      'query ($id: ID!) { node(id: $id) { ... on Gpu { index hostId host { hostId } } } }',
      {
        id: globalId('Gpu', '0:web-1'),
      },
    );
    expect(gpu.data).toEqual({ node: { index: 0, hostId: 'web-1', host: { hostId: 'web-1' } } });
  });

  it('is found by its id, its status and a part of its name, and hosts are paged by their ids', async () => {
    const app = await startTestApp(quiet);
    await report(app, [sampleOf('zz-web-2'), sampleOf('zz-db-1'), sampleOf('ZZ-WEB-3')]);
    const list = async (args: string) => {
      const { data, errors } = await app.graphql<Hosts>(
        `{ hosts(${args}) { totalCount edges { node { id: hostId } } pageInfo { endCursor } } }`,
      );
      expect(errors).toBeUndefined();
      return [data.hosts.edges.map(({ node }) => node.id), data.hosts.totalCount];
    };
    expect(await list('filter: {search: "zz-web"}')).toEqual([['ZZ-WEB-3', 'zz-web-2'], 2]);
    expect(await list('filter: {hostIds: ["zz-db-1", "unknown"], statuses: [ONLINE]}')).toEqual([
      ['zz-db-1'],
      1,
    ]);
    expect(await list('filter: {statuses: [OFFLINE]}')).toEqual([[], 0]);
    expect(await list('last: 1')).toEqual([['zz-web-2'], 4]);
    const { data } = await app.graphql(
      '{ host(hostId: "zz-db-1") { hostname } none: host(hostId: "x") { hostId } }',
    );
    expect(data).toEqual({ host: { hostname: 'zz-db-1' }, none: null });
  });

  it('sends each sample to subscribers, although the sources of the server are off', async () => {
    const app = await startTestApp(quiet);
    await report(app, [sampleOf('web-1', { gpusReason: 'nvidia-smi is missing', gpus: [] })]);
    const client = graphqlClient(app.wsUrl);
    const system = client.iterate<{ systemMetrics: object }>({
      query: 'subscription { systemMetrics(hostId: "web-1", everyMs: 100) { cpu { usedPercent } } }',
    });
    const gpu = client.iterate<{ gpuMetrics: object }>({
      query:
        'subscription { gpuMetrics(hostId: "web-1", everyMs: 100) { available reason gpus { busyPercent } } }',
    });
    expect((await system.next()).value?.data?.systemMetrics).toEqual({ cpu: { usedPercent: 12.5 } });
    expect((await gpu.next()).value?.data?.gpuMetrics).toEqual({
      available: false,
      reason: 'nvidia-smi is missing',
      gpus: [],
    });
    await report(app, [
      sampleOf('web-1', { cpu: { usedPercent: 99, coreCount: 8 }, gpus: [{ index: 0, busyPercent: 7 }] }),
    ]);
    expect((await system.next()).value?.data?.systemMetrics).toEqual({ cpu: { usedPercent: 99 } });
    expect((await gpu.next()).value?.data?.gpuMetrics).toEqual({
      available: true,
      reason: null,
      gpus: [{ busyPercent: 7 }],
    });
  });

  it('has a history of ten seconds a row, also of samples that come late, and a sample that comes twice counts once', async () => {
    const app = await startTestApp(quiet);
    const start = Math.floor(Date.now() / 60_000) * 60_000 - 600_000;
    const late = Array.from({ length: 6 }, (_, n) =>
      sampleOf('web-1', {
        sampledAt: new Date(start + n * 5_000).toISOString(),
        cpu: { usedPercent: n * 10, coreCount: 8 },
        network: { sentBytes: n * 5 * 1_048_576 },
      }),
    );
    await report(app, [sampleOf('web-1', { cpu: { usedPercent: 1, coreCount: 8 } })]);
    await report(app, late);
    await report(app, late);
    const { data } = await app.graphql<{ systemHistory: object[]; systemMetrics: object }>(
      `query ($since: DateTime!, $until: DateTime!) {
        systemHistory(hostId: "web-1", since: $since, until: $until, points: 3) { sampleCount cpuPercent { avg } networkSentBytesPerSecond { avg } }
        systemMetrics(hostId: "web-1") { cpu { usedPercent } }
      }`,
      { since: new Date(start).toISOString(), until: new Date(start + 30_000).toISOString() },
    );
    expect(data.systemHistory).toEqual([
      { sampleCount: 1, cpuPercent: { avg: 0 }, networkSentBytesPerSecond: null },
      { sampleCount: 1, cpuPercent: { avg: 20 }, networkSentBytesPerSecond: { avg: 2 ** 20 } },
      { sampleCount: 1, cpuPercent: { avg: 40 }, networkSentBytesPerSecond: { avg: 2 ** 20 } },
    ]);
    expect(data.systemMetrics).toEqual({ cpu: { usedPercent: 1 } });
  });

  it('is offline after three intervals without a report, and is known after a restart', async () => {
    await using database = await createTestDatabase();
    const before = await startTestApp({ ...quiet, DATABASE_URL: database.connection });
    await report(before, [
      sampleOf('fast', { intervalMs: 1_000 }),
      sampleOf('slow', { intervalMs: 600_000 }),
    ]);
    await before.stop();
    const client = new pg.Client(database.connection);
    await client.connect();
    await client.query("update reported_hosts set recorded_at = now() - interval '31 seconds'");
    const after = await startTestApp({ ...quiet, DATABASE_URL: database.connection });
    expect((await hosts(after)).slice(1)).toMatchObject([
      { id: 'fast', status: 'OFFLINE', lastSampleAt: expect.any(String) as string },
      { id: 'slow', status: 'ONLINE' },
    ]);
    await report(after, [sampleOf('fast', { intervalMs: 1_000 })]);
    expect((await hosts(after))[1]).toMatchObject({ id: 'fast', status: 'ONLINE' });
    await after.stop();

    await client.query("update reported_hosts set recorded_at = now() - interval '8 days'");
    await client.end();
    expect(await hosts(await startTestApp({ ...quiet, DATABASE_URL: database.connection }))).toHaveLength(1);
  });
});

describe('a host whose agent becomes silent', () => {
  it('has an event and an alert, once also after a restart of the server, and both end when it reports again', async () => {
    await using database = await createTestDatabase();
    const env = { ...quiet, REPORTED_HOST_OFFLINE_AFTER_S: '1', DATABASE_URL: database.connection };
    const before = await startTestApp(env);
    await report(before, [
      sampleOf('gone', { intervalMs: 1_000 }),
      sampleOf('kept', { intervalMs: 3_600_000 }),
    ]);
    const streams = (app: TestApp, after: string) => {
      const client = graphqlClient(app.wsUrl);
      const next = (query: string) => {
        const stream = client.iterate<Readonly<Record<string, { readonly cursor: string }>>>({ query });
        return async () => (await stream.next()).value?.data;
      };
      return [
        next(`subscription { hostEvents(after: "${after}") {
          cursor hostId health previousHealth reason cpuPercent host { status health } } }`),
        next(`subscription { alertEvents(after: "${after}") {
          __typename cursor alertSnapshot { alertType severity } alert { status host { hostId } } } }`),
      ] as const;
    };
    const [event, alert] = streams(before, 'earliest');
    const offline = await event();
    expect(offline?.['hostEvents']).toMatchObject({
      hostId: 'gone',
      health: 'OFFLINE',
      previousHealth: 'WARNING', // the disk is nearly full
      reason: expect.stringMatching(/^No report from the host agent for \d+ s$/) as string,
      cpuPercent: null,
      host: { status: 'OFFLINE', health: 'OFFLINE' },
    });
    const raised = await alert();
    expect(raised?.['alertEvents']).toMatchObject({
      __typename: 'AlertRaised',
      alertSnapshot: { alertType: 'host_offline', severity: 'ERROR' },
      alert: { status: 'ACTIVE', host: { hostId: 'gone' } },
    });
    const { data } = await before.graphql<{ host: object }>(`{ host(hostId: "gone") {
      health lastSeenAt lastSampleAgeMs events { totalCount edges { node { health } } }
      alerts { edges { node { alertType } } } } }`);
    expect(data.host).toMatchObject({
      health: 'OFFLINE',
      lastSeenAt: expect.any(String) as string,
      lastSampleAgeMs: expect.any(Number) as number,
      events: { totalCount: 1, edges: [{ node: { health: 'OFFLINE' } }] },
      alerts: { edges: [{ node: { alertType: 'host_offline' } }] },
    });
    await before.stop();

    const after = await startTestApp(env);
    const [nextEvent, nextAlert] = streams(after, raised?.['alertEvents']?.cursor ?? '');
    await report(after, [sampleOf('gone', { intervalMs: 3_600_000, disk: { path: '/', usedPercent: 1 } })]);
    expect((await nextEvent())?.['hostEvents']).toMatchObject({
      hostId: 'gone',
      health: 'HEALTHY',
      previousHealth: 'OFFLINE',
      reason: 'The host agent reports again',
      cpuPercent: 12.5,
      host: { status: 'ONLINE', health: 'HEALTHY' },
    });
    expect((await nextAlert())?.['alertEvents']).toMatchObject({
      __typename: 'AlertResolved',
      alert: { status: 'RESOLVED' },
    });
  });
});

describe('hosts that are reported to another instance', () => {
  it('are listed, with their samples, and their owners are known', async () => {
    await using database = await createTestDatabase();
    const env = { ...quiet, ...guarded, DATABASE_URL: database.connection };
    const as = async (subject: string) => bearing(await jwtOf(subject, { role: 'developer' }));
    const [ann, ben] = [await as('ann'), await as('ben')];
    const [one, other] = [await startTestApp(env), await startTestApp(env)];
    await report(one, [sampleOf('a', { cpu: { usedPercent: 3, coreCount: 8 } })], ann);
    const samples = graphqlClient(other.wsUrl, { connectionParams: { apiKey: adminKey } }).iterate<{
      systemMetrics: object;
    }>({ query: 'subscription { systemMetrics(hostId: "a") { cpu { usedPercent } } }' });
    expect((await samples.next()).value?.data?.systemMetrics).toEqual({ cpu: { usedPercent: 3 } });
    expect((await hosts(other, asAdmin)).slice(1)).toMatchObject([
      { id: 'a', status: 'ONLINE', reportedBy: 'ann' },
    ]);
    expect((await report(other, [sampleOf('a')], ben)).error).toMatchObject({
      code: 'FORBIDDEN',
    });
  }, 20_000);
});

describe('a report of a host', () => {
  it('is rejected with the field that is wrong', async () => {
    const app = await startTestApp(quiet);
    for (const [bad, message] of [
      [sampleOf(hostname()), 'hostId must be not that of the host of this server, which samples itself.'],
      [sampleOf('a', { cpu: { usedPercent: 101, coreCount: 1 } }), 'cpu.usedPercent must be 0 to 100.'],
      [sampleOf('a', { memory: { usedBytes: -1 } }), 'memory.usedBytes must be zero or more.'],
      [sampleOf('a', { gpus: [{ index: 0, busyPercent: -5 }] }), 'gpus[0].busyPercent must be 0 to 100.'],
      [
        sampleOf('a', { temperature: { cpuC: 1e9 } }),
        'temperature.cpuC must be a number from -273.15 to 1000.',
      ],
      [sampleOf('a', { intervalMs: 5 }), 'intervalMs must be a number from 1000 to 3600000.'],
      [
        sampleOf('a', { sampledAt: '2050-01-01T00:00:00Z' }),
        'sampledAt must be between 2000-01-01T00:00:00Z',
      ],
    ] as const) {
      const { error } = await report(app, [sampleOf('good'), bad]);
      expect(error?.['message']).toContain(`events[1]: ${message}`);
      expect(error).toMatchObject({ code: 'BAD_USER_INPUT', index: 1 });
    }
    expect(await hosts(app)).toHaveLength(1);
  });

  it('requires write, and the first subject that reports a host owns its id until the host has been gone for a while', async () => {
    await using database = await createTestDatabase();
    const env = { ...quiet, ...guarded, DATABASE_URL: database.connection };
    const as = async (subject: string) => bearing(await jwtOf(subject, { role: 'developer' }));
    const [ann, ben] = [await as('ann'), await as('ben')];
    const before = await startTestApp(env);
    expect((await report(before, [sampleOf('a')], bearing(await jwtOf('uma')))).error).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect((await report(before, [sampleOf('a')], ann)).error).toBeUndefined();
    const { error } = await report(before, [sampleOf('b'), sampleOf('a', { intervalMs: 5_000 })], ben);
    expect(error).toMatchObject({
      message:
        'events[1]: Host "a" is reported by "ann"; another subject can report it 15 minutes after the last report.',
      code: 'FORBIDDEN',
      index: 1,
      field: 'hostId',
    });
    expect((await report(before, [sampleOf('a')], ann)).error).toBeUndefined();
    expect((await hosts(before, asAdmin)).slice(1)).toMatchObject([{ id: 'a', reportedBy: 'ann' }]);
    await before.stop();

    const client = new pg.Client(database.connection);
    await client.connect();
    await client.query("update reported_hosts set recorded_at = now() - interval '14 minutes'");
    const soon = await startTestApp(env);
    expect((await report(soon, [sampleOf('a')], ben)).error).toMatchObject({ code: 'FORBIDDEN' });
    await soon.stop();
    await client.query("update reported_hosts set recorded_at = now() - interval '16 minutes'");
    await client.end();
    const later = await startTestApp(env);
    expect((await report(later, [sampleOf('a')], ben)).error).toBeUndefined();
    expect((await hosts(later, asAdmin)).slice(1)).toMatchObject([{ id: 'a', reportedBy: 'ben' }]);
  });

  it('of a further host is rejected when there are as many hosts as are allowed', async () => {
    const app = await startTestApp({ ...quiet, REPORTED_HOSTS_MAX: '2' });
    await report(app, [sampleOf('a')]);
    const { error } = await report(app, [sampleOf('a'), sampleOf('b'), sampleOf('c')]);
    expect(error?.['message']).toBe(
      'events[2]: hostId must be that of a known host: there are 2 already (REPORTED_HOSTS_MAX).',
    );
    expect((await report(app, [sampleOf('a'), sampleOf('b')])).error).toBeUndefined();
  });
});
