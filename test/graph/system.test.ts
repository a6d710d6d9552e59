import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { publishMutation } from '../_util/publish.ts';

const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };

interface History {
  systemHistory: {
    startsAt: string;
    sampleCount: number;
    cpuPercent: { avg: number; min: number; max: number } | null;
    memoryPercent: object | null;
  }[];
}

const history = `query ($since: DateTime, $until: DateTime, $points: Int, $hostId: ID) {
  systemHistory(hostId: $hostId, since: $since, until: $until, points: $points) { startsAt sampleCount cpuPercent { avg min max } memoryPercent { avg } }
}`;

let shared: TestApp;
beforeAll(async () => {
  shared = await startTestApp(quiet, { keep: true });
});
afterAll(() => shared.stop());

describe('systemHistory', () => {
  it('is downsampled by the database to intervals, oldest first, without intervals that have no samples', async () => {
    const client = new pg.Client(shared.database);
    await client.connect();
    await client.query(`insert into host_samples (host_id, at, cpu_percent)
      select 'web1', timestamptz '2026-01-01T00:00:00Z' + n * interval '10 seconds', n % 60 from generate_series(0, 719) n
      where n < 360 or n >= 480`);
    await client.end();
    const { data } = await shared.graphql<History>(history, {
      hostId: 'web1',
      since: '2026-01-01T00:00:00.000Z',
      until: '2026-01-01T02:00:00.000Z',
      points: 12,
    });
    expect(data.systemHistory.map(({ startsAt }) => startsAt)).toEqual(
      [0, 10, 20, 30, 40, 50, 80, 90, 100, 110].map((minutes) =>
        new Date(Date.parse('2026-01-01T00:00:00Z') + minutes * 60_000).toISOString(),
      ),
    );
    expect(data.systemHistory[0]).toMatchObject({
      sampleCount: 60,
      cpuPercent: { avg: 29.5, min: 0, max: 59 },
      memoryPercent: null,
    });
  });

  it('contains samples of this host that no client requested; one socket serves all gauges', async () => {
    const app = await startTestApp();
    for (;;) {
      const { data } = await app.graphql<History>(history, {});
      const [point] = data.systemHistory;
      if (point === undefined) continue;
      expect(point.sampleCount).toBeGreaterThanOrEqual(1);
      expect(point.cpuPercent?.avg).toBeGreaterThanOrEqual(0);
      break;
    }
    const client = graphqlClient(app.wsUrl);
    const first = async (query: string): Promise<unknown> => (await client.iterate({ query }).next()).value;
    const [system, database, connections] = await Promise.all([
      first('subscription { systemMetrics { cpu { usedPercent coreCount } memory { usedPercent } } }'),
      first('subscription { databaseMetrics { health { status } connection { connectionsMax } } }'),
      first('subscription { connections { openCount sockets { dialect path } } }'),
    ]);
    expect(system).toMatchObject({
      data: { systemMetrics: { cpu: { usedPercent: expect.any(Number) as number } } },
    });
    expect(database).toMatchObject({ data: { databaseMetrics: { health: { status: 'HEALTHY' } } } });
    expect(connections).toMatchObject({
      data: { connections: { openCount: 1, sockets: [{ dialect: 'graphql', path: '/graphql' }] } },
    });
  });

  it.each([
    [{ points: 0 }, 'points'],
    [{ points: 1_001 }, 'points'],
    [{ since: '2026-01-02T00:00:00Z', until: '2026-01-01T00:00:00Z' }, 'since'],
  ])('rejects %j and names the argument', async (variables, argument) => {
    const { errors } = await shared.graphql(history, variables);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
  });
});

describe('gauges', () => {
  it('return the current values, and null or an error for features that are off', async () => {
    const { data } = await shared.graphql(
      '{ systemMetrics { hostId } databaseMetrics { sampledAt } gpus { index } host { coreCount } config { hostId host { hostId } } }',
    );
    const { hostId } = (data as { config: { hostId: string } }).config;
    expect(data).toMatchObject({
      config: { host: { hostId } },
      systemMetrics: null,
      databaseMetrics: null,
      gpus: [],
      host: { coreCount: expect.any(Number) as number },
    });
    const client = graphqlClient(shared.wsUrl);
    for (const query of [
      'subscription { systemMetrics { hostId } }',
      'subscription { databaseMetrics { sampledAt } }',
      'subscription { gpuMetrics { available } }',
    ]) {
      const failure: unknown = await client
        .iterate({ query })
        .next()
        .catch((error: unknown) => error);
      expect(failure).toMatchObject([{ extensions: { code: 'FEATURE_DISABLED' } }]);
    }
  });
});

describe('events', () => {
  it('contain all kinds in one total order, each with its own type, or only the requested kinds', async () => {
    const app = await startTestApp(quiet);
    await app.graphql(publishMutation(), {
      events: [
        { auditEvent: { eventType: 'a', actorId: 'ann', action: 'did', status: 'success' } },
        { modelReport: { modelId: 'lab:tiny', tokensPerSecond: 12.5 } },
        { backup: { backupStatus: 'COMPLETED', finishedAt: '2026-01-01T00:00:00Z' } },
      ],
    });
    const read = async (types: string, count: number): Promise<unknown[]> => {
      const seen: unknown[] = [];
      const query = `subscription { events(after: "earliest"${types}) {
        __typename cursor ... on AuditEvent { actorId } ... on ModelReported { modelId } ... on ModelLoaded { modelId }
        ... on BackupEvent { backupStatus }
      } }`;
      for await (const { data } of graphqlClient(app.wsUrl).iterate<{ events: object }>({ query })) {
        if (seen.push(data?.events) === count) break;
      }
      return seen;
    };
    const all = await read('', 4);
    expect(all).toMatchObject([
      { __typename: 'AuditEvent', actorId: 'ann' },
      { __typename: 'ModelReported', modelId: 'lab:tiny' },
      { __typename: 'BackupEvent', backupStatus: 'COMPLETED' },
      { __typename: 'ModelLoaded', modelId: 'lab:tiny' },
    ]);
    expect(await read(', types: [BACKUP]', 1)).toMatchObject([{ __typename: 'BackupEvent' }]);
    const { data } = await app.graphql('{ model(modelId: "lab:tiny") { status tokensPerSecond } }');
    expect(data).toEqual({ model: { status: 'LOADED', tokensPerSecond: 12.5 } });
  });
});
