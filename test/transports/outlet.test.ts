import { once } from 'node:events';
import { expect, test } from 'vitest';
import { outletOf, highWaterBytes } from '../../src/transports/outlet.ts';
import type { SocketConnection } from '../../src/transports/endpoint.ts';
import { connect, feed, startServer } from './_server.ts';

async function open() {
  const opened: SocketConnection[] = [];
  const endpoints = [feed('/ws/test', { opened: (connection) => opened.push(connection) })];
  const server = await startServer({ endpoints });
  const socket = await connect(server, '/ws/test');
  const [connection] = opened;
  if (connection === undefined) throw new Error('nothing was opened');
  return { server, socket, connection, outlet: outletOf(connection) };
}

test('a client that took nothing for too long is closed with 1013, after which stock clients come back', async () => {
  const { server, socket, outlet } = await open();
  await using _server = server;
  await using client = socket;
  outlet.stalled();
  const [code] = (await once(client.socket, 'close')) as [number];
  expect(code).toBe(1013);
});

test('one that does not even read that is cut off', async () => {
  const { server, socket, connection, outlet } = await open();
  await using _server = server;
  await using client = socket;
  client.socket.pause();
  while (outlet.writable()) connection.socket.send(Buffer.alloc(1024 * 1024));
  const gone = once(connection.socket, 'close');
  outlet.stalled();
  await gone;
  expect(outlet.writable()).toBe(false);
});

test('a buffer above the high-water mark takes no more until the client has read it', async () => {
  const { server, socket, connection, outlet } = await open();
  await using _server = server;
  await using client = socket;
  client.socket.pause();
  expect(outlet.writable()).toBe(true);
  while (outlet.writable()) connection.socket.send(Buffer.alloc(1024 * 1024));
  expect(outlet.buffered()).toBeGreaterThanOrEqual(highWaterBytes);
  const drained = new Promise<void>((resolve) => outlet.onceDrained(resolve));
  client.socket.resume();
  await drained;
  expect(outlet.writable()).toBe(true);
});
