import { expect, test } from 'vitest';
import { graphqlConnect, startServer, type Server, type TestSocket } from './_server.ts';

interface Message {
  readonly type: string;
  readonly payload: {
    readonly data?: Record<string, readonly { readonly text: string }[]> | null;
    readonly errors?: readonly { readonly path?: readonly unknown[] }[];
  };
}

function subscribe(socket: TestSocket, query: string): void {
  socket.send({ id: '1', type: 'subscribe', payload: { query } });
}

/** The texts of the lists that arrive, until this number of events has. Null: a result without data. */
async function listsOf(socket: TestSocket, events: number): Promise<(readonly string[] | null)[]> {
  const lists: (readonly string[] | null)[] = [];
  for (let received = 0; received < events;) {
    const { type, payload } = (await socket.next()) as Message;
    expect(type).toBe('next');
    const [list] = Object.values(payload.data ?? {});
    lists.push(list?.map(({ text }) => text) ?? null);
    received += list?.length ?? 1;
  }
  return lists;
}

const numbered = (count: number, from = 0) => Array.from({ length: count }, (_, n) => `${from + n}`);

test('a subscriber that is far behind receives lists, and one that is up to date lists of one', async () => {
  await using server = await startServer();
  const texts = numbered(250);
  await server.append(...texts);
  await using socket = await graphqlConnect(server);
  subscribe(socket, 'subscription { stepBatches(after: "earliest") { text } }');
  const lists = await listsOf(socket, 250);
  expect(lists.map((list) => list?.length)).toEqual([100, 100, 50]);
  expect(lists.flat()).toEqual(texts);
  await server.append('live');
  expect(await listsOf(socket, 1)).toEqual([['live']]);
});

test('a list has at most `max` events, under the name that the client has chosen', async () => {
  await using server = await startServer();
  await server.append(...numbered(7));
  await using socket = await graphqlConnect(server);
  subscribe(socket, 'subscription { mine: stepBatches(after: "earliest", max: 3) { text } }');
  expect(await socket.next()).toMatchObject({ payload: { data: { mine: [{}, {}, {}] } } });
  expect(await listsOf(socket, 4)).toEqual([['3', '4', '5'], ['6']]);
});

test.each([0, 1_001])('`max` must be in its range: %d', async (max) => {
  await using server = await startServer();
  await using socket = await graphqlConnect(server);
  subscribe(socket, `subscription { stepBatches(max: ${max}) { text } }`);
  expect(await socket.next()).toMatchObject({
    type: 'error',
    payload: [{ extensions: { code: 'BAD_USER_INPUT', argument: 'max' } }],
  });
});

test('an event whose result has errors is sent alone, in its place', async () => {
  await using server = await startServer();
  await server.append('1', '2', 'bad', '4', '5');
  await using socket = await graphqlConnect(server);
  subscribe(socket, 'subscription { stepBatches(after: "earliest") { text } }');
  expect(await listsOf(socket, 2)).toEqual([['1', '2']]);
  expect(await socket.next()).toMatchObject({
    payload: {
      data: null,
      errors: [{ path: ['stepBatches', 0, 'text'], extensions: { code: 'NOT_FOUND' } }],
    },
  });
  expect(await listsOf(socket, 2)).toEqual([['4', '5']]);
});

test('events that are resolved asynchronously keep their order', async () => {
  await using server = await startServer();
  const texts = ['1', 'later 2', 'later 3', '4', '5', 'later 6', '7'];
  await server.append(...texts);
  await using socket = await graphqlConnect(server);
  subscribe(socket, 'subscription { stepBatches(after: "earliest") { text } }');
  expect((await listsOf(socket, texts.length)).flat()).toEqual(texts);
});

test('a list of long events is shorter, and an event that is longer than a list is sent alone', async () => {
  await using server = await startServer();
  const texts = ['ü'.repeat(100_000), 'b'.repeat(100_000), 'c'.repeat(100_000), 'd'.repeat(400_000), 'e'];
  await server.append(...texts);
  await using socket = await graphqlConnect(server);
  subscribe(socket, 'subscription { stepBatches(after: "earliest") { text } }');
  const lists = await listsOf(socket, texts.length);
  expect(lists.map((list) => list?.map(([first]) => first))).toEqual([['ü', 'b'], ['c'], ['d'], ['e']]);
  expect(lists.flat()).toEqual(texts);
});

test('every subscriber of a group receives each event once, wherever it starts and whenever it reads', async () => {
  await using server = await startServer();
  const texts = numbered(1_000);
  const cursors: (readonly [index: number, cursor: string])[] = [[0, 'earliest']];
  for (let from = 0; from < 1_000; from += 50) {
    await server.append(...texts.slice(from, from + 50));
    cursors.push([from + 50, server.delivery.head()]);
  }
  const query = (cursor: string) => `subscription { stepBatches(after: "${cursor}", max: 30) { text } }`;
  const more = numbered(500, 1_000);
  const readers = [...cursors, ...cursors].map(async ([index, cursor]) => {
    const socket = await graphqlConnect(server);
    subscribe(socket, query(cursor));
    const lists = await listsOf(socket, 1_500 - index);
    expect(lists.flat()).toEqual([...texts, ...more].slice(index));
    await socket[Symbol.asyncDispose]();
  });
  for (let from = 0; from < 500; from += 25) {
    await server.append(...more.slice(from, from + 25));
    await new Promise(setImmediate);
  }
  await Promise.all(readers);
});

test('subscribers with the same position share a list', async () => {
  await using server = await startServer();
  const sockets = await Promise.all(Array.from({ length: 5 }, () => graphqlConnect(server)));
  for (const socket of sockets) subscribe(socket, 'subscription { stepBatches { text } }');
  while (membersOf(server) < 5) await new Promise(setImmediate);
  const texts = numbered(40);
  await server.append(...texts);
  for (const socket of sockets) expect(await listsOf(socket, 40)).toEqual([texts]);
  const [group] = server.delivery.stats().groups;
  expect(group?.executed).toBe(40);
  for (const socket of sockets) await socket[Symbol.asyncDispose]();
});

function membersOf(server: Server): number {
  return server.delivery.stats().groups[0]?.members ?? 0;
}

test('an event stream has the cursor of the last event of a list as its id', async () => {
  await using server = await startServer();
  await server.append('1', '2', '3');
  const head = server.delivery.head();
  const query = encodeURIComponent('subscription { stepBatches(after: "earliest") { text } }');
  const response = await server.fetch(`/graphql?query=${query}`, {
    headers: { accept: 'text/event-stream' },
  });
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    if (text.includes('data: ')) break;
  }
  expect(text).toContain(
    `id: ${head}\nevent: next\ndata: {"data":{"stepBatches":[{"text":"1"},{"text":"2"},{"text":"3"}]}}\n\n`,
  );
});
