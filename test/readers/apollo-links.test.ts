import type { ApolloLink } from '@apollo/client-4';
import type * as Apollo from '@apollo/client-4';
import { createHash } from 'node:crypto';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { startServer, type Server } from '../transports/_server.ts';
import { areInstalled } from './_installed.ts';

// The links of Apollo Client that need more than a POST with one document: persisted queries, batches, and subscriptions
// without a WebSocket.

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Requests that a link has sent. */
interface Sent {
  readonly method: string;
  readonly text: string;
}

function recording(sent: Sent[]): typeof fetch {
  return (input, init = {}) => {
    const url = input instanceof Request ? input.url : String(input);
    sent.push({ method: init.method ?? 'GET', text: url + ((init.body as string | undefined) ?? '') });
    return fetch(input, init);
  };
}

const uriOf = ({ at }: Server): string => `http://${at}/graphql`;

describe.skipIf(!areInstalled('@apollo/client-4', 'rxjs'))('Apollo Client 4', () => {
  async function clientWith(linkOf: (apollo: typeof Apollo) => Promise<ApolloLink>) {
    const apollo = await import('@apollo/client-4');
    const { ApolloClient, InMemoryCache } = apollo;
    return new ApolloClient({ link: await linkOf(apollo), cache: new InMemoryCache() });
  }

  it.each([false, true])('sends a document once, and its hash from then on (by GET: %j)', async (get) => {
    await using server = await startServer();
    const { PersistedQueryLink } = await import('@apollo/client-4/link/persisted-queries');
    const query = parse('query ($name: String) { hello(name: $name) }');
    const sent: Sent[] = [];
    const client = await clientWith(async ({ HttpLink }) =>
      new PersistedQueryLink({ sha256, useGETForHashedQueries: get }).concat(
        new HttpLink({ uri: uriOf(server), fetch: recording(sent) }),
      ),
    );
    for (const name of ['ann', 'bob', 'eve']) {
      const { data } = await client.query<{ hello: string }>({ query, variables: { name } });
      expect(data).toEqual({ hello: `hello ${name}` });
    }
    expect(sent.map(({ text }) => text.includes('hello(name'))).toEqual([false, true, false, false]);
    const hashed = get ? 'GET' : 'POST';
    expect(sent.map(({ method }) => method)).toEqual([hashed, 'POST', hashed, hashed]);
  });

  it('stops sending hashes to a server that executes only trusted documents', async () => {
    const listed = 'query ($name: String) {\n  hello(name: $name)\n}';
    await using server = await startServer({ trusted: { other: '{ __typename }', listed } });
    const { PersistedQueryLink } = await import('@apollo/client-4/link/persisted-queries');
    const sent: Sent[] = [];
    const client = await clientWith(async ({ HttpLink }) =>
      new PersistedQueryLink({ sha256 }).concat(new HttpLink({ uri: uriOf(server), fetch: recording(sent) })),
    );
    const query = parse(listed);
    for (const name of ['ann', 'bob']) await client.query({ query, variables: { name } });
    expect(sent.map(({ text }) => text.includes('sha256Hash'))).toEqual([true, false, false]);
  });

  it('sends several queries in one batch', async () => {
    await using server = await startServer();
    server.measure(21);
    const { BatchHttpLink } = await import('@apollo/client-4/link/batch-http');
    const sent: Sent[] = [];
    const client = await clientWith(
      async () => new BatchHttpLink({ uri: uriOf(server), fetch: recording(sent), batchInterval: 5 }),
    );
    const results = await Promise.all(
      ['{ hello }', '{ celsius }', '{ head }'].map((text) => client.query({ query: parse(text) })),
    );
    expect(results.map(({ data }) => data)).toEqual([
      { hello: 'hello undefined' },
      { celsius: 21 },
      { head: 0 },
    ]);
    expect(sent).toHaveLength(1);
  });

  it('subscribes with its HttpLink, and resumes after its last event when it subscribes again', async () => {
    await using server = await startServer({ settings: { pingIntervalMs: 20 } });
    const client = await clientWith(async ({ HttpLink }) => new HttpLink({ uri: uriOf(server) }));
    const query = parse('subscription ($after: String) { step(after: $after) }');
    const received: unknown[] = [];
    const follow = (after: string, count: number): Promise<void> =>
      new Promise((resolve, reject) => {
        const subscription = client.subscribe<{ step: string }>({ query, variables: { after } }).subscribe({
          next({ data, error }) {
            if (error !== undefined) return reject(error);
            received.push(data?.step);
            if (received.length < count) return undefined;
            subscription.unsubscribe();
            return resolve();
          },
          error: reject,
        });
      });
    await server.append('one', 'two');
    await follow('earliest', 2);
    const after = server.delivery.head();
    await server.append('three');
    const third = follow(after, 4);
    await server.append('four');
    await third;
    expect(received).toEqual(['one', 'two', 'three', 'four']);
    await expect.poll(() => server.delivery.stats().groups).toEqual([]); // the client has left
  });

  it('receives the errors with which a subscription ends, with their codes', async () => {
    await using server = await startServer();
    const client = await clientWith(async ({ HttpLink }) => new HttpLink({ uri: uriOf(server) }));
    const codeOf = (text: string): Promise<unknown> =>
      new Promise((resolve) => {
        const failed = (error: unknown): void =>
          resolve((error as { errors?: { extensions: object }[] }).errors?.[0]?.extensions);
        client.subscribe({ query: parse(text), fetchPolicy: 'no-cache' }).subscribe({
          next: ({ error }) => failed(error),
          error: failed,
        });
      });
    expect(await codeOf('subscription { off }')).toMatchObject({ code: 'FEATURE_DISABLED' });
    expect(await codeOf('subscription { step(after: "nonsense") }')).toMatchObject({
      code: 'CURSOR_INVALID',
    });
  });
});

describe.skipIf(!areInstalled('@apollo/client-3'))('Apollo Client 3', () => {
  it('subscribes with its HttpLink', async () => {
    await using server = await startServer();
    await server.append('one', 'two');
    const { ApolloClient, HttpLink, InMemoryCache } = await import('@apollo/client-3/core');
    const client = new ApolloClient({
      link: new HttpLink({ uri: uriOf(server) }),
      cache: new InMemoryCache(),
    });
    const received: unknown[] = [];
    await new Promise<void>((resolve, reject) => {
      const query = parse('subscription { step(after: "earliest") }');
      const subscription = client.subscribe<{ step: string }>({ query }).subscribe({
        next({ data }) {
          received.push(data?.step);
          if (received.length < 2) return;
          subscription.unsubscribe();
          resolve();
        },
        error: reject,
      });
    });
    expect(received).toEqual(['one', 'two']);
    client.stop();
  });
});
