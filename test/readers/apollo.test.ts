import type { ApolloClient as Client, NormalizedCacheObject } from '@apollo/client-4';
import { getNamedType, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { createClient } from '../../client/client.ts';
import { schema } from '../../src/schema.ts';
import type { TestApp } from '../_util/app.ts';
import { areInstalled } from './_installed.ts';
import { publish, reportedTimes, startReported } from './_reported.ts';
import {
  connections,
  eventsSubscription,
  isEvent,
  pageQuery,
  rootFields,
  selectionOf,
} from './_selections.ts';

// Apollo Client with its normalized cache: each object is stored once, by its type and id.

interface Page {
  readonly edges: readonly { readonly node: { readonly id: string } }[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

const lists = connections().filter(({ name }) => name !== 'eventLog' && name !== 'tokens');

describe.skipIf(!areInstalled('@apollo/client-4', 'rxjs'))('Apollo Client', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startReported();
  });
  afterAll(() => app.stop());

  /** A client of its own, with the link and the cache options of the package. */
  async function open(): Promise<Client> {
    const { ApolloClient, InMemoryCache } = await import('@apollo/client-4');
    const { cacheOptions, opsgraphLink } = await import('../../client/apollo.ts');
    const client = createClient({ url: `${app.url}/graphql`, webSocketImpl: WebSocket });
    onTestFinished(() => client.dispose());
    return new ApolloClient({ link: opsgraphLink(client), cache: new InMemoryCache(cacheOptions) });
  }

  it.each(lists.map((list) => [list.name, list] as const))(
    'shows %s page by page, as one list',
    async (name, list) => {
      const client = await open();
      const query = parse(pageQuery(list, 0));
      const watched = client.watchQuery({ query, variables: { first: 2, after: null } });
      const subscription = watched.subscribe(() => {});
      const page = (): Page => {
        const data = client.readQuery<Record<string, Page>>({ query, variables: { first: 2, after: null } });
        if (data?.[name] === undefined) throw new Error('the page is not in the cache');
        return data[name];
      };
      await client.query({ query, variables: { first: 2, after: null } });
      while (page().pageInfo.hasNextPage && page().edges.length <= reportedTimes) {
        const before = page().edges.length;
        await watched.fetchMore({ variables: { first: 2, after: page().pageInfo.endCursor } });
        expect(page().edges.length).toBeGreaterThan(before);
      }
      const ids = page().edges.map(({ node }) => node.id);
      expect(new Set(ids).size).toBe(ids.length);
      subscription.unsubscribe();
    },
  );

  it('never shows an older state of an object because its events are replayed', async () => {
    await publish(app, [
      { workflow: { workflowId: 'w1', status: 'COMPLETED', stage: 'REVIEW', progressPercent: 100 } },
      { trainingCompleted: { runId: 'r1', finalAccuracy: 0.9 } },
      { agentStatus: { agentId: 'pricing_agent', status: 'IDLE' } },
      { decisionOutcome: { decisionId: 'd1', success: true } },
      { annotation: { key: 'annotation-6', text: 'last' } },
    ]);
    for (const change of [
      'mutation { resolveAlerts(input: { filter: {} }) { __typename } }',
      'mutation { intervene(input: { agentId: "pricing_agent", action: PAUSE }) { __typename } }',
    ])
      expect((await app.graphql(change)).errors).toBeUndefined();

    const client = await open();
    for (const list of lists)
      await client.query({ query: parse(pageQuery(list, 1)), variables: { first: 100, after: null } });
    for (const { name, type, args } of rootFields()) {
      const named = getNamedType(type);
      if (
        args.length > 0 ||
        schema.getQueryType()?.getFields()[name]?.extensions.rules?.requires === 'manage'
      )
        continue;
      await client.query({ query: parse(`{ ${name} ${selectionOf(named, 1)} }`) });
    }
    const before = stateOf(client);
    expect(Object.keys(before).length).toBeGreaterThan(8 * reportedTimes);

    await publish(app, [{ event: { key: 'marker', type: 'apollo.marker', message: 'the end' } }]);
    await new Promise<void>((resolve, reject) => {
      const replay = client
        .subscribe({ query: parse(eventsSubscription()), variables: { after: 'earliest' } })
        .subscribe({
          next: ({ data, error }) => {
            if (error !== undefined) reject(error);
            else if ((data as { events: { key: string } }).events.key === 'marker') {
              replay.unsubscribe();
              resolve();
            }
          },
          error: reject,
        });
    });
    const after = stateOf(client);
    for (const [id, object] of Object.entries(before)) expect(after[id], id).toMatchObject(object ?? {});
  });

  it('does not overwrite one sample by another in one query', async () => {
    const host = (hostId: string, usedPercent: number) => ({
      host: {
        hostId,
        info: { hostname: hostId, platform: 'linux', arch: 'arm64', coreCount: 8, memoryTotalBytes: 16_384 },
        cpu: { usedPercent, coreCount: 8 },
        memory: { usedPercent, usedBytes: 8_192, totalBytes: 16_384 },
        disk: { path: '/', usedPercent },
        network: {},
      },
    });
    await publish(app, [host('web-1', 10), host('web-2', 90)]);
    const client = await open();
    const query = parse(`{
      one: systemMetrics(hostId: "web-1") { hostId cpu { usedPercent } memory { usedPercent } }
      two: systemMetrics(hostId: "web-2") { hostId cpu { usedPercent } memory { usedPercent } }
      metricHistory(names: ["queue.length"]) { points { __typename } }
    }`);
    const { data } = await client.query({ query });
    const cached = client.readQuery({ query });
    expect(cached).toEqual(data);
    expect(cached).toMatchObject({
      one: { hostId: 'web-1', cpu: { usedPercent: 10 } },
      two: { hostId: 'web-2', cpu: { usedPercent: 90 } },
    });
  });
});

/** The cached objects that are not events, by their cache ids. */
function stateOf(client: Client): NormalizedCacheObject {
  const cached = client.cache.extract() as NormalizedCacheObject;
  return Object.fromEntries(
    Object.entries(cached).filter(([id]) => {
      const type = schema.getType(id.split(':')[0] ?? '');
      return type !== undefined && id.includes(':') && !isEvent(type);
    }),
  );
}
