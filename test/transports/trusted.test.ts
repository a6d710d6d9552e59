import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { createTestDatabase } from '../_util/database.ts';
import { graphqlConnect, startServer, type Server } from './_server.ts';

/** Where only listed documents are executed, on every way in. */

const hello = 'query Hello($n: String) { hello(name: $n) }';
const hash = createHash('sha256').update(hello).digest('hex');
const trusted = {
  [hash]: hello,
  celsius: '{ celsius }',
  'app/steps': 'subscription { step(after: "earliest") }',
  two: 'query A { hello(name: "a") } query B { hello(name: "b") }',
};
const answer = { data: { hello: 'hello you' } };
const variables = { n: 'you' };
const accept = { accept: 'application/graphql-response+json' };

async function posted(server: Server, body: object) {
  const response = await server.post(body, { headers: accept });
  return { status: response.status, body: (await response.json()) as unknown };
}

function get(server: Server, params: Record<string, string>, headers: Record<string, string> = accept) {
  return server.fetch(`/graphql?${new URLSearchParams(params).toString()}`, { headers });
}

async function received(server: Server, payload: object): Promise<unknown> {
  await using socket = await graphqlConnect(server);
  socket.send({ id: 'x', type: 'subscribe', payload });
  return await socket.next();
}

const persistedQuery = { version: 1, sha256Hash: hash };

describe('a trusted document', () => {
  test.each([
    ['its id', { documentId: hash }],
    ['its id, and what kind of hash it is', { documentId: `sha256:${hash}` }],
    ['Apollo’s extension', { extensions: { persistedQuery } }],
    ['an extension that is just the id', { extensions: { persistedQuery: hash } }],
    ['its id among the extensions', { extensions: { documentId: hash } }],
    ['its id and an empty text', { query: '', documentId: hash }],
    ['its text', { query: hello }],
    ['its text in another layout', { query: `# mine\n${hello.replaceAll(' ', '\n')}` }],
    ['its text and its id', { query: hello, extensions: { persistedQuery } }],
  ])('is executed over HTTP, requested by %s', async (_how, how) => {
    await using server = await startServer({ trusted });
    expect(await posted(server, { ...how, variables })).toEqual({ status: 200, body: answer });
  });

  test('is executed by GET, with its id or Apollo’s extension', async () => {
    await using server = await startServer({ trusted });
    const given = { variables: JSON.stringify(variables) };
    const ways: Record<string, string>[] = [
      { documentId: hash },
      { extensions: JSON.stringify({ persistedQuery }) },
      { query: hello },
    ];
    for (const how of ways) expect(await (await get(server, { ...given, ...how })).json()).toEqual(answer);
  });

  test.each([
    ['an extension', { query: '', extensions: { persistedQuery: hash } }],
    ['Apollo’s extension', { query: '', extensions: { persistedQuery } }],
    ['its id among the extensions', { query: '', extensions: { documentId: hash } }],
    ['its id', { query: '', documentId: hash }],
    ['its text', { query: hello }],
  ])('is executed over WebSocket, requested by %s', async (_how, how) => {
    await using server = await startServer({ trusted });
    expect(await received(server, { ...how, variables })).toMatchObject({ type: 'next', payload: answer });
  });

  test('may be a subscription, over WebSocket and as an event stream', async () => {
    await using server = await startServer({ trusted });
    await server.append('one');
    const next = await received(server, { query: '', extensions: { persistedQuery: 'app/steps' } });
    expect(next).toMatchObject({ type: 'next', payload: { data: { step: 'one' } } });
    const stream = await get(server, { documentId: 'app/steps' }, { accept: 'text/event-stream' });
    expect(stream.status).toBe(200);
    await stream.body?.cancel();
  });

  test('may contain several operations', async () => {
    await using server = await startServer({ trusted });
    const { body } = await posted(server, { documentId: 'two', operationName: 'B' });
    expect(body).toEqual({ data: { hello: 'hello b' } });
  });

  test('is served from the response cache', async () => {
    await using server = await startServer({ trusted });
    server.measure(21);
    const { execute } = server.engine;
    let executed = 0;
    server.engine.execute = (...given) => (executed++, execute(...given));
    for (const how of [
      { documentId: 'celsius' },
      { extensions: { persistedQuery: 'celsius' } },
      { query: '{ celsius }' },
    ])
      expect((await posted(server, how)).body).toEqual({ data: { celsius: 21 } });
    expect(executed).toBe(1);
  });
});

describe('any other document', () => {
  const refusal = {
    message: expect.stringContaining('executes only trusted documents') as string,
    extensions: { code: 'BAD_REQUEST' },
  };

  test.each([
    '{ hello }',
    'mutation { step(text: "x") }',
    '{ __typename }',
    '{ __schema { types { name } } }',
    `${hello} query B { broken }`,
  ])('is rejected: %s', async (query) => {
    await using server = await startServer({ trusted });
    const before = server.delivery.head();
    for (const round of [1, 2]) {
      const { status, body } = await posted(server, { query, operationName: null });
      expect({ round, status }).toEqual({ round, status: 400 });
      expect(body).toMatchObject({ errors: [refusal] });
    }
    expect(await (await get(server, { query })).json()).toMatchObject({ errors: [refusal] });
    expect(await received(server, { query })).toMatchObject({ type: 'error', payload: [refusal] });
    expect(server.delivery.head()).toBe(before);
  });

  test('is rejected when it is sent with the id of a trusted one', async () => {
    await using server = await startServer({ trusted });
    const { body } = await posted(server, { query: '{ broken }', documentId: hash });
    expect(body).toMatchObject({ errors: [refusal] });
    const subscription = await get(
      server,
      { query: 'subscription { step }', documentId: hash },
      { accept: 'text/event-stream' },
    );
    expect(await subscription.text()).toContain('"BAD_REQUEST"');
  });
});

describe('a document id', () => {
  const unknown = {
    message: 'PersistedQueryNotFound',
    extensions: { code: 'PERSISTED_QUERY_NOT_FOUND', documentId: 'unknown' },
  };

  test('that is unknown gets the error code that clients know', async () => {
    await using server = await startServer({ trusted });
    for (const id of [
      { documentId: 'unknown' },
      { extensions: { persistedQuery: { sha256Hash: 'unknown' } } },
    ])
      expect((await posted(server, id)).body).toMatchObject({ errors: [unknown] });
    expect(await (await get(server, { documentId: 'unknown' })).json()).toMatchObject({ errors: [unknown] });
    expect(await received(server, { query: '', extensions: { persistedQuery: 'unknown' } })).toMatchObject({
      type: 'error',
      payload: [unknown],
    });
  });

  test('gets the error code after which clients send the text, where no list is configured', async () => {
    await using server = await startServer();
    const notSupported = {
      message: 'PersistedQueryNotSupported',
      extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' },
    };
    expect((await posted(server, { documentId: hash })).body).toMatchObject({ errors: [notSupported] });
    const withText = { query: hello, variables, extensions: { persistedQuery } };
    expect((await posted(server, withText)).body).toEqual(answer);
  });

  test.each([7, {}, [], ''])('%j is ignored', async (documentId) => {
    await using server = await startServer({ trusted });
    const { status, body } = await posted(server, { documentId });
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ message: expect.any(String) as string }] });
  });
});

test('a list with invalid documents is rejected with an error that names each of them', async () => {
  const mistaken = {
    good: '{ hello }',
    wrong: '{ nothing }',
    torn: '{ hello',
    seeing: '{ __schema { types { name } } }',
  };
  const starting = startServer({ trusted: mistaken });
  await expect(starting).rejects.toThrow(/^invalid trusted documents:/);
  await expect(starting).rejects.toThrow('wrong in documents.json: Cannot query field "nothing"');
  await expect(starting).rejects.toThrow('torn in documents.json: Syntax Error');
  await expect(starting).rejects.toThrow('seeing in documents.json: Introspection is off.');
  await expect(starting).rejects.not.toThrow('good in');
});

describe('an app with trusted documents', () => {
  const documents = { health: '{ health { live } }' };
  let app: TestApp;
  beforeAll(async () => {
    const file = join(tmpdir(), `opsgraph-trusted-${process.pid}.json`);
    await writeFile(file, JSON.stringify(documents));
    const quiet = { FEATURE_SYSTEM_MONITORING: 'false', FEATURE_DATABASE_MONITORING: 'false' };
    app = await startTestApp({ ...quiet, GRAPHQL_TRUSTED_DOCUMENTS: file }, { keep: true });
    return async () => {
      await app.stop();
      await rm(file);
    };
  });

  test('executes the trusted documents', async () => {
    expect(await app.graphql(documents.health)).toEqual({ data: { health: { live: true } } });
  });

  test('executes no other document for clients, not even those of the server itself', async () => {
    const own =
      'mutation Publish($events: [EventInput!]!) {\n  publish(input: {events: $events}) {\n    ... on PublishSuccess {\n      accepted {\n        key\n        cursor\n        duplicate\n      }\n      cursor\n    }\n    ... on InvalidInput {\n      code\n      message\n      index\n      field\n      allowed\n    }\n  }\n}';
    const refusal = { errors: [{ extensions: { code: 'BAD_REQUEST' } }] };
    await report(app);
    expect(await app.graphql(own, { events: [] })).toMatchObject(refusal);
    expect(await app.graphql('{ health { ready } }')).toMatchObject(refusal);
  });

  test('still accepts reported events, and serves old clients', async () => {
    expect((await report(app)).status).toBe(200);
    expect((await app.get('/api/governance/audit-logs')).status).toBe(200);
  });

  test('serves no GraphiQL', async () => {
    const page = await fetch(`${app.url}/graphql`, { headers: { accept: 'text/html' } });
    expect(page.headers.get('content-type') ?? '').not.toContain('html');
  });

  test('does not start with an invalid document', async () => {
    const file = join(tmpdir(), `opsgraph-mistaken-${process.pid}.json`);
    await writeFile(file, '{"a1b2":"{ nothing }"}');
    const { connection, drop } = await createTestDatabase();
    await expect(startTestApp({ GRAPHQL_TRUSTED_DOCUMENTS: file }, { database: connection })).rejects.toThrow(
      `a1b2 in ${file}: Cannot query field "nothing"`,
    );
    await drop();
    await rm(file);
  });
});

function report({ url }: TestApp): Promise<Response> {
  const auditEvent = { eventType: 'tested', actorId: 'ann', action: 'reported', status: 'success' };
  return fetch(`${url}/publish`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ events: [{ auditEvent }] }),
  });
}
