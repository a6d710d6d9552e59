import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { limits } from '../../src/graph/limits.ts';
import { graphqlConnect, startServer, type Server } from './_server.ts';

/** Automatic persisted queries: a client sends a hash, and the document only once. */

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const extensions = (hash: string): object => ({ persistedQuery: { version: 1, sha256Hash: hash } });
const query = '{ hello(name: "you") }';
const answer = { data: { hello: 'hello you' } };
const byHash = { extensions: extensions(hashOf(query)) };
const notFound = {
  errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
};
const accept = { accept: 'application/graphql-response+json' };

async function posted(server: Server, body: object, headers: Record<string, string> = {}) {
  const response = await server.post(body, { headers: { ...accept, ...headers } });
  return { status: response.status, body: (await response.json()) as unknown };
}

test('a document is requested by its hash after it was sent once, by POST, GET and WebSocket', async () => {
  await using server = await startServer();
  expect(await posted(server, byHash)).toMatchObject({ status: 400, body: notFound });
  expect(await posted(server, { query, ...byHash })).toEqual({ status: 200, body: answer });
  expect(await posted(server, byHash)).toEqual({ status: 200, body: answer });
  const parameters = new URLSearchParams({ extensions: JSON.stringify(byHash.extensions) });
  const response = await server.fetch(`/graphql?${parameters.toString()}`, { headers: accept });
  expect(await response.json()).toEqual(answer);
  await using socket = await graphqlConnect(server);
  socket.send({ id: '1', type: 'subscribe', payload: { query: '', ...byHash } });
  expect(await socket.next()).toMatchObject({ type: 'next', payload: answer });
});

test('a document that was sent over WebSocket is requested over HTTP, and a subscription as an event stream', async () => {
  await using server = await startServer();
  const subscription = 'subscription { step(after: "earliest") }';
  await server.append('one');
  const body = { extensions: extensions(hashOf(subscription)) };
  await using socket = await graphqlConnect(server);
  socket.send({ id: '1', type: 'subscribe', payload: { query: '', ...body } });
  expect(await socket.next()).toMatchObject({ type: 'error', payload: notFound.errors });
  socket.send({ id: '2', type: 'subscribe', payload: { query: subscription, ...body } });
  expect(await socket.next()).toMatchObject({ type: 'next', payload: { data: { step: 'one' } } });
  const stream = await server.post(body, { headers: { accept: 'text/event-stream' } });
  const { value } = await (stream.body as ReadableStream<Uint8Array>).getReader().read();
  expect(Buffer.from(value ?? []).toString()).toContain('retry:');
});

test('a repeated request by hash is served from the response cache', async () => {
  await using server = await startServer();
  server.measure(21);
  const { execute } = server.engine;
  let executed = 0;
  server.engine.execute = (...given) => (executed++, execute(...given));
  const celsius = '{ celsius }';
  const body = { extensions: extensions(hashOf(celsius)) };
  await posted(server, { query: celsius, ...body });
  for (let count = 0; count < 3; count++)
    expect((await posted(server, body)).body).toEqual({ data: { celsius: 21 } });
  expect(executed).toBe(1);
});

test('a hash of another text is rejected, and nothing is stored under it', async () => {
  await using server = await startServer();
  for (const text of ['{ hello }', '{ nothing }'])
    expect(await posted(server, { query: text, ...byHash })).toMatchObject({
      status: 400,
      body: { errors: [{ message: expect.stringContaining('SHA-256') as string }] },
    });
  expect((await posted(server, byHash)).body).toMatchObject(notFound);
});

test.each([
  ['invalid', '{ nothing }'],
  ['not parsable', '{ hello'],
  ['too long', `{ hello }${' '.repeat(limits.documentCharsMax)}`],
])('a document that is %s is not stored', async (_name, text) => {
  await using server = await startServer();
  const body = { extensions: extensions(hashOf(text)) };
  expect((await posted(server, { query: text, ...body })).status).toBe(400);
  expect((await posted(server, body)).body).toMatchObject(notFound);
});

test('a document that its viewer may not execute is not stored, and a hash grants no rights', async () => {
  const tokens = [
    { token: 'key-of-the-user', subject: 'bob', role: 'user' },
    { token: 'key-of-the-admin', subject: 'ann', role: 'admin' },
  ];
  await using server = await startServer({ auth: { tokens, required: true } });
  const mutation = 'mutation { step(text: "x") }';
  const body = { extensions: extensions(hashOf(mutation)) };
  const as = (token: string) => ({ authorization: `Bearer ${token}` });
  const forbidden = { errors: [{ extensions: { code: 'FORBIDDEN' } }] };
  expect((await posted(server, { query: mutation, ...body }, as('key-of-the-user'))).body).toMatchObject(
    forbidden,
  );
  expect((await posted(server, body, as('key-of-the-admin'))).body).toMatchObject(notFound);
  expect((await posted(server, { query: mutation, ...body }, as('key-of-the-admin'))).status).toBe(200);
  expect((await posted(server, body, as('key-of-the-user'))).body).toMatchObject(forbidden);
  expect((await posted(server, body, as('key-of-the-admin'))).status).toBe(200);
});

test('with trusted documents, a hash that is not listed gets the error after which clients send no more hashes', async () => {
  await using server = await startServer({ trusted: { [hashOf(query)]: query } });
  expect((await posted(server, byHash)).body).toEqual(answer);
  const other = '{ celsius }';
  const body = { extensions: extensions(hashOf(other)) };
  const notSupported = {
    errors: [
      { message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } },
    ],
  };
  expect((await posted(server, body)).body).toMatchObject(notSupported);
  expect((await posted(server, { query: other, ...body })).body).toMatchObject({
    errors: [{ message: expect.stringContaining('only trusted documents') as string }],
  });
  expect((await posted(server, body)).body).toMatchObject(notSupported);
});
