import { describe, expect, test } from 'vitest';
import { startServer, type Server } from './_server.ts';

/** Responses from the cache and executed ones: clients must not see a difference. */

async function askedWith(server: Server, body: object, accept?: string) {
  const response = await server.post(body, { headers: accept === undefined ? {} : { accept } });
  const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== 'date'));
  return { status: response.status, headers, body: await response.text() };
}

/** Counts how often a query is executed, from here on. */
function executions(server: Server): () => number {
  const { execute } = server.engine;
  let count = 0;
  server.engine.execute = (...given) => {
    count++;
    return execute(...given);
  };
  return () => count;
}

describe('a query over gauges', () => {
  test.each([
    undefined,
    '*/*',
    'application/json',
    'application/graphql-response+json',
    'application/graphql-response+json, application/json;q=0.9',
    'application/json, text/event-stream',
    'text/html',
  ])('gets the same response again, for the Accept header %s', async (accept) => {
    await using server = await startServer();
    server.measure(7);
    const first = await askedWith(server, { query: '{ celsius }' }, accept);
    const second = await askedWith(server, { query: '{ celsius }' }, accept);
    expect(second).toEqual(first);
  });

  test('is not executed again until a value changes', async () => {
    await using server = await startServer();
    const executed = executions(server);
    for (const celsius of [7, 8]) {
      server.measure(celsius);
      for (let round = 0; round < 3; round++) {
        const { body } = await askedWith(server, { query: '{ celsius }' });
        expect(JSON.parse(body)).toEqual({ data: { celsius } });
      }
    }
    expect(executed()).toBe(2);
  });

  test('is executed for other variables or another operation name', async () => {
    await using server = await startServer();
    server.measure(7);
    const query =
      'query Here($p: String) { celsius(place: $p) } query Twice { celsius other: celsius(place: "there") }';
    for (let round = 0; round < 2; round++) {
      const named = (operationName: string, variables: object) =>
        askedWith(server, { query, operationName, variables });
      expect(JSON.parse((await named('Here', {})).body)).toEqual({ data: { celsius: 7 } });
      expect(JSON.parse((await named('Here', { p: 'there' })).body)).toEqual({ data: { celsius: null } });
      expect(JSON.parse((await named('Twice', {})).body)).toEqual({ data: { celsius: 7, other: null } });
    }
  });

  test.each([
    ['reads something else as well', '{ celsius head }'],
    ['reads no gauge', '{ hello }'],
    ['has an error', '{ celsius broken }'],
    ['has to be fresher than it is', '{ celsius(maxAgeMs: 0) }'],
    ['depends on who asks', '{ mine }'],
  ])('is executed each time when it %s', async (_why, query) => {
    await using server = await startServer();
    server.measure(7);
    const executed = executions(server);
    for (let round = 0; round < 3; round++) await askedWith(server, { query });
    expect(executed()).toBe(3);
  });

  test('is rejected for a viewer without the right, also if the response is cached', async () => {
    const tokens = [{ token: 'of-the-user', subject: 'bob', role: 'user' }];
    await using server = await startServer({ auth: { required: true, tokens } });
    server.measure(7);
    const init = { headers: { authorization: 'Bearer of-the-user' } };
    for (let round = 0; round < 2; round++)
      expect((await server.post({ query: '{ celsius }' }, init)).status).toBe(200);
    expect((await server.post({ query: '{ celsius }' })).status).toBe(401);
  });

  test('is rejected without a required signature, also if the response is cached', async () => {
    await using server = await startServer({ settings: { signingSecret: 's'.repeat(32) } });
    server.measure(7);
    expect((await server.post({ query: '{ celsius }' })).status).toBe(401);
    expect((await server.post({ query: '{ celsius }' })).status).toBe(401);
  });
});
