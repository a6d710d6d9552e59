import { describe, expect, it, vi } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { createTestDatabase } from '../_util/database.ts';
import { serveRoutes } from '../_util/fake-server.ts';

const waiting = { timeout: 20_000, interval: 50 };

interface Listed {
  readonly instanceId: string;
  readonly state: string;
  readonly leases: readonly string[];
  readonly connectionCount: number;
  readonly news: string;
  readonly lagCount: number;
}

async function instancesOf(app: TestApp): Promise<readonly Listed[]> {
  const { data } = await app.graphql<{ instances: Listed[] }>(
    '{ instances { instanceId state leases connectionCount news lagCount } }',
  );
  return data.instances;
}

/** Two servers on one database, whose gauges only the first samples. */
async function startTwo(env: Record<string, string> = {}): Promise<readonly [TestApp, TestApp]> {
  const database = await createTestDatabase();
  const first = await startTestApp(env, { database: database.connection });
  const second = await startTestApp(env, { database: database.connection });
  for (const app of [first, second])
    await vi.waitUntil(async () => {
      const states = (await instancesOf(app)).map(({ state }) => state);
      return states.join() === 'READY,READY';
    }, waiting);
  return [first, second];
}

describe('instances on one database', () => {
  it('are listed by each of them with their states and leases, until they stop', async () => {
    const [first, second] = await startTwo();
    const [own, other] = await instancesOf(second);
    expect(own).toMatchObject({ state: 'READY', leases: [], news: 'NOTIFICATIONS', lagCount: 0 });
    expect(other).toMatchObject({ state: 'READY', leases: expect.arrayContaining(['database']) as string[] });
    await first.stop();
    await expect.poll(async () => (await instancesOf(second)).length, waiting).toBe(1);
  });

  it('sample what is sampled once on one of them, whose values all of them get', async () => {
    const [first, second] = await startTwo();
    const samplesOf = async (app: TestApp): Promise<Record<string, number>> => {
      const { data } = await app.graphql<{ sources: { name: string; sampleCount: number }[] }>(
        '{ sources { name sampleCount } }',
      );
      return Object.fromEntries(data.sources.map(({ name, sampleCount }) => [name, sampleCount]));
    };
    const query = `subscription { systemMetrics(everyMs: 100) { sampledAt } }`;
    const client = graphqlClient(second.wsUrl);
    const seen = new Set<string>();
    for await (const { data } of client.iterate<{ systemMetrics: { sampledAt: string } }>({ query })) {
      if (data) seen.add(data.systemMetrics.sampledAt);
      if (seen.size === 5) break; // more than the background interval gives
    }
    expect(await samplesOf(second)).toMatchObject({ host: 0, database: 0 });
    expect((await samplesOf(first))['host']).toBeGreaterThanOrEqual(5);
    const { data } = await second.graphql<{ databaseMetrics: object | null }>(
      '{ databaseMetrics { sampledAt } }',
    );
    expect(data.databaseMetrics).not.toBeNull();
  });

  it('take over the work of one that stops', async () => {
    const [first, second] = await startTwo();
    const before = await instancesOf(second);
    expect(before[0]?.leases).toEqual([]);
    const taken = before[1]?.leases;
    await first.stop();
    await vi.waitUntil(async () => (await instancesOf(second))[0]?.leases.length === taken?.length, waiting);
    expect((await instancesOf(second))[0]?.leases).toEqual(taken);
  });

  it('probe model servers on one of them, and store each change once', async () => {
    const running = { name: 'llama3', model: 'llama3', digest: 'd1', size: 6, size_vram: 2 };
    const server = await serveRoutes({
      '/api/tags': { models: [{ name: 'llama3', model: 'llama3', digest: 'd1', size: 1 }] },
      '/api/ps': { models: [running] },
    });
    const [first, second] = await startTwo({ OLLAMA_URL: server.url });
    const statusOn = async (app: TestApp): Promise<string | undefined> => {
      const { data } = await app.graphql<{ models: { status: string }[] }>('{ models { status } }');
      return data.models[0]?.status;
    };
    for (const app of [first, second]) await expect.poll(() => statusOn(app), waiting).toBe('LOADED');
    const client = graphqlClient(second.wsUrl); // its reader makes the other one probe
    const statuses = client.iterate<{ modelStatus: { status: string } }>({
      query: 'subscription { modelStatus(everyMs: 100) { status } }',
    });
    await statuses.next();
    server.routes['/api/ps'] = { models: [] };
    for (const app of [first, second]) await expect.poll(() => statusOn(app), waiting).toBe('UNLOADED');
    await first.stop();
    server.routes['/api/ps'] = { models: [running] };
    await expect.poll(() => statusOn(second), waiting).toBe('LOADED');
    const { data } = await second.graphql<{ eventLog: { edges: { node: { __typename: string } }[] } }>(
      '{ eventLog(first: 50, filter: { types: [MODEL] }) { edges { node { __typename } } } }',
    );
    expect(data.eventLog.edges.map(({ node }) => node.__typename).toSorted()).toEqual([
      'ModelLoaded',
      'ModelLoaded',
      'ModelUnloaded',
    ]);
  });

  it('are sent to subscribers when one joins', async () => {
    await using database = await createTestDatabase();
    const first = await startTestApp({}, { database: database.connection });
    const client = graphqlClient(first.wsUrl);
    const states = client.iterate<{ instances: Pick<Listed, 'state'>[] }>({
      query: 'subscription { instances(everyMs: 100) { state } }',
    });
    const next = async (): Promise<readonly string[] | undefined> =>
      (await states.next()).value?.data?.instances.map(({ state }: Pick<Listed, 'state'>) => state);
    while ((await next())?.join() !== 'READY');
    const second = await startTestApp({}, { database: database.connection });
    let last = await next();
    while (last?.length !== 2 || last[1] !== 'READY') last = await next();
    await second.stop();
    while (last?.length !== 1) last = await next();
    expect(last).toEqual(['READY']);
  });
});
