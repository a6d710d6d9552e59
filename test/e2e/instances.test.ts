import { beforeAll, describe, expect, it, vi } from 'vitest';
import { graphqlClient, RawClient } from '../_util/clients.ts';
import { createTestDatabase } from '../_util/database.ts';
import { buildProgram, emptyFolder, start, type Running } from '../_util/process.ts';

beforeAll(buildProgram);

interface State {
  readonly instances: readonly {
    readonly hostId: string;
    readonly state: string;
    readonly leases: readonly string[];
  }[];
  readonly hosts: { readonly edges: readonly { readonly node: Host }[] };
}

interface Host {
  readonly hostId: string;
  readonly status: string;
  readonly systemMetrics: { readonly sampledAt: string } | null;
}

async function stateOf({ url }: Running): Promise<State> {
  const query = `{
    instances { hostId state leases }
    hosts(first: 10) { edges { node { hostId status systemMetrics { sampledAt } } } }
  }`;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return ((await response.json()) as { data: State }).data;
}

/** The instances, and the statuses of the hosts, by host. */
async function summaryOf(running: Running): Promise<Record<string, string>> {
  const { instances, hosts } = await stateOf(running);
  return Object.fromEntries([
    ...instances.map(({ hostId, state }) => [`instance ${hostId}`, state]),
    ...hosts.edges.map(({ node }) => [`host ${node.hostId}`, node.status]),
  ]) as Record<string, string>;
}

describe('two processes on one database', () => {
  it('show the hosts of both; when one is killed, the other takes over its work and shows its host as gone', async () => {
    await using database = await createTestDatabase();
    const env = { DATABASE_URL: database.connection, ENABLE_GPU_MONITORING: 'false' };
    const first = await start(await emptyFolder(), { ...env, HOST_ID: 'first' });
    const second = await start(await emptyFolder(), { ...env, HOST_ID: 'second' });
    await vi.waitUntil(
      async () => {
        const { hosts } = await stateOf(second);
        return hosts.edges.length === 2 && hosts.edges.every(({ node }) => node.systemMetrics !== null);
      },
      { timeout: 20_000, interval: 100 },
    );
    expect(await summaryOf(second)).toEqual({
      'instance first': 'READY',
      'instance second': 'READY',
      'host first': 'ONLINE',
      'host second': 'ONLINE',
    });
    const leases = async () => (await stateOf(second)).instances.map((one) => [one.hostId, one.leases]);
    expect(Object.fromEntries(await leases())).toEqual({
      first: ['database', 'host/first', 'models'],
      second: ['host/second'],
    });

    // A reader of one instance makes the other sample.
    const query = 'subscription { systemMetrics(hostId: "first", everyMs: 100) { sampledAt } }';
    const samples = new Set<string>();
    for await (const { data } of graphqlClient(second.wsUrl).iterate<{
      systemMetrics: { sampledAt: string };
    }>({ query })) {
      if (data) samples.add(data.systemMetrics.sampledAt);
      if (samples.size === 5) break;
    }

    first.child.kill('SIGKILL');
    await first.exit();
    await vi.waitUntil(async () => (await summaryOf(second))['instance first'] === 'GONE', {
      timeout: 10_000,
      interval: 100,
    });
    expect((await summaryOf(second))['host first']).toBe('OFFLINE');
    await vi.waitUntil(async () => (await stateOf(second)).instances[0]?.leases.includes('database'), {
      timeout: 10_000,
      interval: 100,
    });
    const { hosts } = await stateOf(second);
    expect(hosts.edges.find(({ node }) => node.hostId === 'first')?.node.systemMetrics).not.toBeNull();
    second.child.kill('SIGTERM');
    expect(await second.exit()).toBe(0);
  });

  it('do not send all clients of one that stops to the other in the same moment', async () => {
    await using database = await createTestDatabase();
    const env = { DATABASE_URL: database.connection, DRAIN_MS: '1500' };
    const running = await start(await emptyFolder(), env);
    const clients = await Promise.all(
      Array.from({ length: 100 }, () =>
        new RawClient(`${running.wsUrl}/graphql`, {}, ['graphql-transport-ws']).opened(),
      ),
    );
    const closes = clients.map(async (client) => ({ ...(await client.closed), at: performance.now() }));
    const url = `${running.url}/graphql?query=${encodeURIComponent('subscription { systemMetrics { sampledAt } }')}`;
    const stream = () => fetch(url, { headers: { accept: 'text/event-stream' } });
    const ends = (await Promise.all(Array.from({ length: 40 }, stream))).map(async (response) => {
      await expect(response.text()).rejects.toThrow('terminated');
      return performance.now();
    });
    running.child.kill('SIGTERM');
    await closes[0];
    expect((await fetch(`${running.url}/readyz`)).status).toBe(503); // still answers
    expect(await (await stream()).text()).toContain('SHUTTING_DOWN');
    const closed = await Promise.all(closes);
    expect(new Set(closed.map(({ code }) => code))).toEqual(new Set([1012]));
    for (const times of [closed.map(({ at }) => at), await Promise.all(ends)]) {
      times.sort((one, other) => one - other);
      const moments = times.filter((at, index) => at - (times[index - 1] ?? 0) > 5);
      expect(moments.length).toBeGreaterThan(2);
    }
    expect(await running.exit()).toBe(0);
  });
});
