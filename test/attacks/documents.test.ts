import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RawClient } from '../_util/clients.ts';
import { adminKey, startAttacked, type Attacked } from './_attacked.ts';
import { exchange, head } from './_wire.ts';

// Documents and variables that are made to cost, to confuse or to break, over HTTP and over WebSocket alike.

const times = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join(' ');
const nested = (depth: number, open: string, inner: string, close: string): string =>
  open.repeat(depth) + inner + close.repeat(depth);

interface Case {
  readonly query: string;
  /** As JSON. */
  readonly variables?: string;
  /** null: it is served. */
  readonly code: string | null;
}

const bad = 'BAD_REQUEST';
const wrong = 'BAD_USER_INPUT';

const typeFields = 'fields { name args { name description type { name } } }';
const cases: Readonly<Record<string, Case>> = {
  'a deep document': { query: nested(400, '{ viewer ', '{ subject }', '}'), code: bad },
  'a document deeper than every stack': { query: nested(10_000, '{a', '', '}'), code: bad },
  'brackets alone': { query: '{'.repeat(30_000), code: bad },
  'a value deeper than every stack': {
    query: `{ model(modelId: ${nested(14_000, '[', '', ']')}) { id: modelId } }`,
    code: bad,
  },
  'a type deeper than every stack': {
    query: `query ($a: ${nested(14_000, '[', 'Int', ']')}) { a }`,
    code: bad,
  },
  'a document that is too long': { query: `{ viewer { subject } } ${'#'.repeat(33_000)}`, code: bad },
  'a document of commas': { query: `{${','.repeat(32_000)} viewer { subject } }`, code: null },
  'a wide document': { query: `{ ${times(1_500, (index) => `a${index}`)} }`, code: bad },
  'sixty-one aliases': { query: `{ ${times(61, (index) => `a${index}: viewer { subject }`)} }`, code: bad },
  'aliases that fragments multiply': {
    query: `{ ${times(10, () => '...A')} } fragment A on Query { ${times(10, (index) => `a${index}: viewer { ...B }`)} }
      fragment B on Viewer { ${times(10, (index) => `b${index}: subject`)} }`,
    code: bad,
  },
  'long lists under many names': {
    query: `{ ${times(30, (index) => `a${index}: auditLogs(first: 1000) { edges { node { id action details actorId } } }`)} }`,
    code: bad,
  },
  'the same field again and again': {
    query: `{ ${times(370, () => 'models { id }')} }`,
    code: 'BAD_REQUEST',
  },
  'directives without end': { query: `{ viewer ${'@a '.repeat(700)} { subject } }`, code: bad },
  'directives that are known': {
    query: `{ viewer ${'@skip(if: false) '.repeat(60)} { subject } }`,
    code: bad,
  },
  'a fragment in itself': { query: '{ ...A } fragment A on Query { ...A }', code: bad },
  'fragments in a circle': {
    query: '{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ...A }',
    code: bad,
  },
  'fragments that double': {
    query: `{ ...F0 } ${times(100, (index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`)}
      fragment F100 on Query { viewer { subject } }`,
    code: bad,
  },
  'one object in many fragments': {
    query: `{ ${times(160, () => '... on Query { viewer { subject } }')} }`,
    code: bad,
  },
  'one object in many named fragments': {
    query: `{ ${times(150, (index) => `...F${index}`)} }
      ${times(150, (index) => `fragment F${index} on Query { viewer { subject } }`)}`,
    code: bad,
  },
  'an object within itself in a fragment': {
    query: '{ viewer { ...V } } fragment V on Viewer { subject viewer { ...V } }',
    code: bad,
  },
  'one object in twenty fragments': {
    query: `{ ${times(20, () => '... on Query { viewer { subject } }')} }`,
    code: null,
  },
  'operations without end': {
    query: times(200, (index) => `query Q${index} { viewer { subject } }`),
    code: bad,
  },
  'a subscription of everything': {
    query: `subscription { ${times(50, (index) => `a${index}: hostEvents { cursor }`)} }`,
    code: bad,
  },
  'a subscription that is left out': {
    query: 'subscription { hostEvents @skip(if: true) { cursor } }',
    code: bad,
  },
  'introspection in a circle': {
    query: `{ __schema { types ${nested(6, '{ fields { type ', '{ name }', '} }')} } }`,
    code: bad,
  },
  'introspection again and again': {
    query: `{ ${times(55, (index) => `a${index}: __schema { types { fields { type { ...T } } } }`)} }
      fragment T on __Type { name ofType { name ofType { name ${typeFields} } } ${typeFields} }`,
    code: bad,
  },
  'introspection with other names inside': {
    query: '{ __schema { a: types { name } b: types { name } } }',
    code: null,
  },
  'introspection of types of types': {
    query: `{ __schema { types { ${nested(400, 'ofType { ', 'name', '}')} } } }`,
    code: null,
  },
  'what tools ask': { query: getIntrospectionQuery(), code: null },
  'a name that is none': { query: '{ __proto__ { constructor } }', code: bad },
  'names of JavaScript': { query: '{ constructor toString hasOwnProperty }', code: bad },
  'an undefined variable': { query: '{ model(modelId: $__proto__) { id: modelId } }', code: bad },
  'no number': {
    query: 'query ($p: Int) { systemHistory(points: $p) { __typename } }',
    variables: '{"p":"NaN"}',
    code: wrong,
  },
  'an endless number': {
    query: 'query ($p: Int) { systemHistory(points: $p) { __typename } }',
    variables: '{"p":1e400}',
    code: wrong,
  },
  'a number of 53 bits': {
    query: 'query ($p: Int) { systemHistory(points: $p) { __typename } }',
    variables: '{"p":9007199254740993}',
    code: wrong,
  },
  'a number in the document that is endless': {
    query: '{ systemHistory(points: 1e999) { __typename } }',
    code: bad,
  },
  'a page above the maximum': {
    query: '{ auditLogs(first: 2147483647) { edges { cursor } } }',
    code: wrong,
  },
  'variables deeper than every stack': {
    query: 'query ($id: ID!) { model(modelId: $id) { id: modelId } }',
    variables: `{"id":${nested(100_000, '[', '', ']')}}`,
    code: wrong,
  },
  'undeclared variables, nested deeper than every stack': {
    query: '{ models { id: modelId } }',
    variables: `{"a":${nested(100_000, '{"a":', '1', '}')}}`,
    code: wrong,
  },
  'JSON deeper than every stack': {
    query: 'mutation ($e: [EventInput!]!) { publish(input: { events: $e }) { __typename } }',
    variables: `{"e":[{"activity":{"actionType":"a","status":"b","title":"c","metadata":${nested(5_000, '{"a":', '1', '}')}}}]}`,
    code: wrong,
  },
  'a prototype in JSON': {
    query: 'mutation ($e: [EventInput!]!) { publish(input: { events: $e }) { __typename } }',
    variables:
      '{"e":[{"activity":{"actionType":"a","status":"b","title":"c","metadata":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}}}]}',
    code: null,
  },
  'a prototype as an event': {
    query: 'mutation ($e: [EventInput!]!) { publish(input: { events: $e }) { __typename } }',
    variables: '{"e":[{"__proto__":{"activity":{}}}]}',
    code: wrong,
  },
  'a prototype as variables': {
    query: 'query ($id: ID!) { model(modelId: $id) { id: modelId } }',
    variables: '{"__proto__":{"id":"x"},"constructor":{"id":"x"}}',
    code: wrong,
  },
  'a zero in text that the database is asked for': {
    query: '{ auditLogs(filter: { actorId: "\\u0000" }) { edges { cursor } } }',
    code: wrong,
  },
  'a zero in an id': {
    query: 'query ($id: ID!) { workflow(workflowId: $id) { __typename } }',
    variables: '{"id":"a\\u0000b"}',
    code: wrong,
  },
  'half a surrogate pair': {
    query: 'query ($id: ID!) { workflow(workflowId: $id) { __typename } }',
    variables: '{"id":"\\ud800"}',
    code: null,
  },
  'an id of a megabyte': {
    query: 'query ($id: ID!) { workflow(workflowId: $id) { __typename } }',
    variables: `{"id":"${'x'.repeat(900_000)}"}`,
    code: 'BAD_USER_INPUT',
  },
  'the year 0': {
    query: 'query ($d: DateTime) { alerts(filter: { since: $d }) { edges { cursor } } }',
    variables: '{"d":"0000-01-01T00:00:00Z"}',
    code: wrong,
  },
  'the year 0 in the document': {
    query: '{ alerts(filter: { since: "0000-01-01T00:00:00Z" }) { edges { cursor } } }',
    code: bad,
  },
  SQL: {
    query: `{ auditLogs(filter: { actorId: "'; drop table events; --" }) { edges { cursor } } }`,
    code: null,
  },
  'a cursor that no server issued': {
    query: '{ auditLogs(after: "\\u0000") { edges { cursor } } }',
    code: wrong,
  },
};

describe('a server that receives excessive documents', () => {
  let server: Attacked;

  beforeAll(async () => {
    server = await startAttacked();
  });

  afterAll(() => server.stop());

  const codeOf = (errors: readonly { extensions: { code: string } }[] | undefined): string | null =>
    errors?.[0]?.extensions.code ?? null;

  function post(body: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        'x-api-key': adminKey,
        ...headers,
      },
      body,
    });
  }

  const wanted = Object.entries(cases).map(([name, { code }]) => [name, code]);

  it('rejects each of them over HTTP with its error', async () => {
    const found = await server.unharmed(async () => {
      const answers: unknown[] = [];
      for (const [name, { query, variables = 'null' }] of Object.entries(cases)) {
        const response = await post(`{"query":${JSON.stringify(query)},"variables":${variables}}`);
        answers.push([name, codeOf(((await response.json()) as { errors?: [] }).errors)]);
      }
      return answers;
    });
    expect(found).toEqual(wanted);
  });

  it('rejects each of them over WebSocket with the same error', async () => {
    const client = new RawClient(`${server.wsUrl}/graphql`, {}, ['graphql-transport-ws']);
    await client.opened();
    client.send({ type: 'connection_init', payload: { token: adminKey } });
    await client.ofType('connection_ack');
    const found = await server.unharmed(async () => {
      const answers: unknown[] = [];
      for (const [name, { query, variables = 'null' }] of Object.entries(cases)) {
        client.send(
          `{"type":"subscribe","id":"1","payload":{"query":${JSON.stringify(query)},"variables":${variables}}}`,
        );
        const { type, payload } = await client.next();
        const { errors } = type === 'error' ? { errors: payload } : (payload as { errors?: unknown });
        answers.push([name, codeOf(errors as [])]);
        if (type === 'next') await client.ofType('complete');
      }
      return answers;
    });
    expect(found).toEqual(wanted);
  });

  it.each<[string, string, number]>([
    ['nothing', '', 400],
    ['no JSON', '{"query":', 400],
    ['a number', '1', 400],
    ['null', 'null', 400],
    ['a batch within a batch', '[[{"query":"{ viewer { subject } }"}]]', 400],
    ['a batch of nothing', '[]', 400],
    ['a batch of ten thousand', `[${'{"query":"{ models { id } }"},'.repeat(10_000)}{}]`, 400],
    ['brackets deeper than every stack', nested(100_000, '[', '', ']'), 400],
    ['objects deeper than every stack', nested(100_000, '{"a":', '1', '}'), 400],
    ['a query that is no text', '{"query":{"a":1}}', 400],
    ['a name that is no text', '{"query":"{ models { id } }","operationName":{}}', 400],
    ['variables that are none', '{"query":"{ models { id } }","variables":"x"}', 400],
    ['a query in the prototype', '{"__proto__":{"query":"{ models { id } }"}}', 400],
    ['two queries, the second one forbidden', '{"query":"{ models { id } }","query":"mutation { x }"}', 400],
    ['a body that is too long', `{"query":"{ models { id } }","x":"${'x'.repeat(1_100_000)}"}`, 413],
  ])('rejects %s', async (_name, body, status) => {
    const response = await server.unharmed(() => post(body));
    expect(response.status).toBe(status);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    '',
  ])('rejects the content type %s, which a page of another origin could send', async (type) => {
    const response = await post('{"query":"{ viewer { subject } }"}', { 'content-type': type });
    expect(response.status).toBe(415);
  });

  it('changes nothing by a GET', async () => {
    const mutation = encodeURIComponent(
      'mutation { triggerJob(input: { jobId: "database_cleanup" }) { __typename } }',
    );
    const two = encodeURIComponent(
      'query A { models { id: modelId } } mutation B { triggerJob(input: { jobId: "x" }) { __typename } }',
    );
    for (const query of [mutation, `${two}&operationName=B`]) {
      const line = `GET /graphql?query=${query} HTTP/1.1`;
      const { status } = await exchange(
        server.port,
        head(line, 'Host: localhost', 'Connection: close', `X-API-Key: ${adminKey}`),
      );
      expect(status).toBe(405);
    }
  });

  it('survives a flood of different documents that are expensive to validate', async () => {
    const outcomes = await server.unharmed(() =>
      Promise.all(
        Array.from({ length: 20 }, async (_, index) => {
          const query = `{ ${times(60, () => '... { models { id } }')} __typename } # ${index}`;
          return (await post(JSON.stringify({ query }))).status;
        }),
      ),
    );
    expect(new Set(outcomes)).toEqual(new Set([200]));
  });

  it('does not keep the cost of every document that was sent once', async () => {
    await server.unharmed(async () => {
      for (let count = 0; count < 300; count++) {
        const types = times(700, (index) => `"${index}"`); // 400 kB each, with every place in it
        const query = `{ auditLogs(first: 1, filter: { eventTypes: [${types}] }) { totalCount } } # ${count}`;
        const response = await post(JSON.stringify({ query }));
        await response.body?.cancel();
      }
    });
    expect((await post('{"query":"{ models { id } }"}')).status).toBe(200);
  });

  it('uses no more memory afterwards, and logged no error of its own', async () => {
    expect(await server.grownMb()).toBeLessThan(150);
    for (const line of server.logged) expect(() => JSON.parse(line) as unknown).not.toThrow();
    expect(server.logged.filter((line) => line.includes('"level":"ERROR"'))).toEqual([]);
  });
});
