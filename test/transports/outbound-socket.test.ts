import { once } from 'node:events';
import { expect, test } from 'vitest';
import { MemoryBudget } from '../../src/lib/memory-budget.ts';
import {
  bufferedBytesMax,
  highWaterBytes,
  type OutboundSocket,
} from '../../src/websocket/outbound-socket.ts';
import type { SocketConnection } from '../../src/websocket/endpoint.ts';
import { connect, feed, startServer, type TestSocket } from './_server.ts';

async function open() {
  const opened: SocketConnection[] = [];
  const endpoints = [feed('/ws/test', { opened: (connection) => opened.push(connection) })];
  const server = await startServer({ endpoints });
  const socket = await connect(server, '/ws/test');
  const [connection] = opened;
  if (connection === undefined) throw new Error('nothing was opened');
  return { server, socket, connection, outlet: connection.outbound };
}

test('closes a client that reads nothing for too long with 1013, after which graphql-ws clients reconnect', async () => {
  const { server, socket, outlet } = await open();
  await using _server = server;
  await using client = socket;
  outlet.stalled();
  const [code] = (await once(client.socket, 'close')) as [number];
  expect(code).toBe(1013);
});

test('terminates a client that does not read its close frame', async () => {
  const { server, socket, connection, outlet } = await open();
  await using _server = server;
  await using client = socket;
  client.socket.pause();
  while (outlet.writable()) outlet.respond(Buffer.alloc(1024 * 1024));
  const gone = once(connection.socket, 'close');
  outlet.stalled();
  await gone;
  expect(outlet.writable()).toBe(false);
});

test('is not writable above the high-water mark until the client has read', async () => {
  const { server, socket, outlet } = await open();
  await using _server = server;
  await using client = socket;
  client.socket.pause();
  expect(outlet.writable()).toBe(true);
  while (outlet.writable()) outlet.respond(Buffer.alloc(1024 * 1024));
  expect(outlet.buffered()).toBeGreaterThanOrEqual(highWaterBytes);
  const drained = new Promise<void>((resolve) => outlet.onceDrained(resolve));
  client.socket.resume();
  await drained;
  expect(outlet.writable()).toBe(true);
});

test('does not read from a client that sends requests without reading the responses, until it reads', async () => {
  const { server, socket, connection, outlet } = await open();
  await using _server = server;
  await using client = socket;
  const answer = 'x'.repeat(10_000);
  let requests = 0;
  connection.socket.on('message', () => {
    requests++;
    outlet.respond(answer);
  });
  client.socket.pause();
  const count = 3_000;
  for (let sent = 0; sent < count; sent++) client.send({ type: 'request', padding: 'x'.repeat(900) });
  while (!connection.socket.isPaused) await new Promise(setImmediate);
  expect(requests).toBeLessThan(count);
  expect(outlet.buffered()).toBeLessThan(2 * 1024 * 1024);
  let answers = 0;
  client.socket.on('message', () => answers++);
  client.socket.resume();
  while (answers < count) await once(client.socket, 'message');
  expect(requests).toBe(count);
  expect(connection.socket.isPaused).toBe(false);
});

test('resumes reading when every caller that paused it has resumed it', async () => {
  const { server, socket, connection, outlet } = await open();
  await using _server = server;
  await using _client = socket;
  outlet.pauseReading();
  outlet.pauseReading();
  outlet.resumeReading();
  expect(connection.socket.isPaused).toBe(true);
  outlet.resumeReading();
  expect(connection.socket.isPaused).toBe(false);
});

test('closes a socket with 1013 before unread responses fill the memory', async () => {
  const { server, socket, connection, outlet } = await open();
  await using _server = server;
  await using client = socket;
  client.socket.pause();
  const answer = Buffer.alloc(1024 * 1024);
  for (let sent = 0; sent < 100; sent++) outlet.respond(answer);
  expect(outlet.open).toBe(false);
  expect(outlet.buffered()).toBeLessThanOrEqual(bufferedBytesMax + 2 * answer.length);
  client.socket.resume();
  const [code] = (await once(client.socket, 'close')) as [number];
  expect(code).toBe(1013);
  expect(connection.counters.sent).toBeLessThan(100);
});

test('limits the unread bytes of all sockets together', async () => {
  const answer = Buffer.alloc(12 * 1024 * 1024);
  const memory = new MemoryBudget(8 * 2.5 * answer.length);
  const outlets: OutboundSocket[] = [];
  await using server = await startServer({
    endpoints: [feed('/ws/test', { opened: ({ outbound }) => void outlets.push(outbound) })],
    memory,
  });
  const clients: TestSocket[] = [];
  for (let count = 0; count < 3; count++) clients.push(await connect(server, '/ws/test'));
  for (const { socket } of clients) socket.pause();
  for (const outlet of outlets) outlet.respond(answer);
  expect(outlets[0]?.open).toBe(true);
  expect(outlets[2]?.open).toBe(false);
  const share = memory.share('answers');
  expect(share.bytes).toBeLessThanOrEqual(share.bytesMax);
  for (const { socket } of clients) socket.resume();
  expect((await clients[2]?.closed)?.code).toBe(1013);
  await expect.poll(() => share.bytes).toBe(0);
  for (const client of clients) await client[Symbol.asyncDispose]();
});
