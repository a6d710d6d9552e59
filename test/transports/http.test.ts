import { connect as connectTcp } from 'node:net';
import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { sendJson } from '../../src/http/send.ts';
import { feed, get, startServer, type Server } from './_server.ts';

async function raw({ at }: Server, text: string): Promise<string> {
  const [host, port] = at.split(':');
  const socket = connectTcp(Number(port), host);
  socket.write(text);
  return Buffer.concat((await socket.toArray()) as Buffer[]).toString();
}

describe('the HTTP server', () => {
  test('passes other paths than /graphql to the routes, and responds with 404 where none matches', async () => {
    await using server = await startServer({
      routes: () => [
        {
          endpoint: { path: '/api/known', operations: { GET: { requires: ['read'], description: null } } },
          cors: null,
          handlers: {
            GET({ request, response, address, viewer: { subject } }) {
              sendJson(response, 200, JSON.stringify({ method: request.method, address, subject }));
            },
          },
        },
      ],
    });
    const known = await server.fetch('/api/known');
    expect(known.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await known.json()).toEqual({ method: 'GET', address: '127.0.0.1', subject: 'anonymous' });
    const unknown = await server.fetch('/api/unknown');
    expect(unknown.status).toBe(404);
    expect(await unknown.json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect(server.http.recentRequests()).toEqual({ count: 2, meanMs: expect.any(Number) });
  });

  test('responds with 426 at a WebSocket path', async () => {
    await using server = await startServer({ endpoints: [feed('/ws/test')] });
    const got = await server.fetch('/ws/test/');
    expect({ status: got.status, upgrade: got.headers.get('upgrade') }).toEqual({
      status: 426,
      upgrade: 'websocket',
    });
    expect(await got.json()).toMatchObject({ error: { code: 'UPGRADE_REQUIRED' } });
    const posted = await server.fetch('/ws/test', { method: 'POST' });
    expect({ status: posted.status, allow: posted.headers.get('allow') }).toEqual({
      status: 405,
      allow: 'GET',
    });
    const head = await server.fetch('/ws/test', { method: 'HEAD' });
    expect({ status: head.status, body: await head.text() }).toEqual({ status: 426, body: '' });
  });

  test('reports liveness and readiness separately', async () => {
    let ready = true;
    await using server = await startServer({ ready: () => Promise.resolve(ready) });
    expect(await (await server.fetch('/readyz')).json()).toEqual({ ready: true });
    ready = false;
    expect((await server.fetch('/readyz')).status).toBe(503);
    expect((await server.fetch('/livez')).status).toBe(200);
    expect((await server.fetch('/livez', { method: 'HEAD' })).status).toBe(200);
    expect((await server.fetch('/livez', { method: 'POST' })).status).toBe(405);
    expect(server.http.recentRequests().count).toBe(0);
  });

  test('responds with 500 and an id when a handler fails, and continues', async () => {
    await using server = await startServer({
      routes: () => [get('/api', () => Promise.reject(new Error('the password is 1234')))],
    });
    const failed = await server.fetch('/api');
    expect(failed.status).toBe(500);
    const text = await failed.text();
    expect(JSON.parse(text)).toMatchObject({
      error: { code: 'INTERNAL_ERROR', errorId: expect.any(String) },
    });
    expect(text).not.toContain('1234');
    expect((await server.fetch('/livez')).status).toBe(200);
  });

  test.each(['/%zz', '/a%00b', '*'])('responds with 400 to the path %s', async (path) => {
    await using server = await startServer();
    const answer = await raw(server, `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
  });

  test('responds with 400 to bytes that are not HTTP, and with 431 to endless headers', async () => {
    await using server = await startServer();
    expect(await raw(server, 'hello?\r\n\r\n')).toMatch(/^HTTP\/1.1 400 .*"code":"INVALID_PARAMETER"/s);
    const endless = `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`;
    expect(await raw(server, endless)).toMatch(/^HTTP\/1.1 431 /);
  });

  test('responds with HTTP/1.1 to a client that offers HTTP/2', async () => {
    await using server = await startServer();
    const upgrade =
      'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n';
    expect(await raw(server, `GET /livez HTTP/1.1\r\nHost: a\r\n${upgrade}\r\n`)).toMatch(
      /^HTTP\/1.1 200 .*"live":true/s,
    );
    expect(await raw(server, `POST /api HTTP/1.1\r\nHost: a\r\n${upgrade}\r\n`)).toMatch(/^HTTP\/1.1 400 /);
  });

  test('accepts only the configured host names', async () => {
    await using server = await startServer({
      settings: { hosts: ['localhost', '127.0.0.1'] },
      endpoints: [feed('/ws/test')],
    });
    expect((await server.fetch('/graphql?query={hello}')).status).toBe(200);
    expect(await raw(server, 'GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1.1 403 /,
    );
    const socket = 'Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    expect(await raw(server, `GET /ws/test HTTP/1.1\r\nHost: evil.example\r\n${socket}`)).toMatch(
      /^HTTP\/1.1 403 /,
    );
  });

  test('names the port that cannot be opened', async () => {
    await using server = await startServer();
    const port = Number(server.at.split(':')[1]);
    await expect(server.http.listen('127.0.0.1', port)).rejects.toThrow(`port ${port} of 127.0.0.1`);
  });

  test('serves every route on each of its listeners', async () => {
    await using server = await startServer();
    const { port } = await server.http.listen('127.0.0.1', 0);
    expect((await fetch(`http://127.0.0.1:${port}/livez`)).status).toBe(200);
    expect((await server.fetch('/livez')).status).toBe(200);
  });

  test('lets a running request finish when it closes, and accepts no new one', async () => {
    let entered = (): void => {};
    const inside = new Promise<void>((resolve) => {
      entered = resolve;
    });
    let finish = (): void => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const server = await startServer({
      routes: () => [
        get('/api', async ({ response }) => {
          entered();
          await finished;
          sendJson(response, 200, '{}');
        }),
      ],
    });
    const running = server.fetch('/api');
    await inside;
    const closing = server.http.close(5_000);
    await expect(server.fetch('/livez')).rejects.toThrow('fetch failed');
    finish();
    expect((await running).status).toBe(200);
    await closing;
  });

  test('destroys connections that last longer than the grace period', async () => {
    await using server = await startServer();
    const stream = await server.fetch('/graphql?query=subscription{step}', {
      headers: { accept: 'text/event-stream' },
    });
    const reading = stream.text();
    await server.http.close(20);
    await expect(reading).rejects.toThrow('terminated');
  });

  test('closes although a client keeps an idle connection', async () => {
    const server = await startServer();
    const [host, port] = server.at.split(':');
    const idle = connectTcp(Number(port), host);
    idle.write('GET /livez HTTP/1.1\r\nHost: a\r\n\r\n');
    await new Promise((resolve) => idle.once('data', resolve));
    const startedAt = Date.now();
    await server.http.close(5_000);
    expect(Date.now() - startedAt).toBeLessThan(3_000);
    idle.destroy();
  });

  test('logs no error when a client leaves during its request', async () => {
    await using server = await startServer();
    const leaving = request(`http://${server.at}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    leaving.on('error', () => {});
    leaving.write('{"query":');
    await new Promise<void>((resolve) =>
      leaving.once('socket', (socket) => socket.once('connect', () => resolve())),
    );
    leaving.destroy();
    expect((await server.fetch('/livez')).status).toBe(200);
    expect(server.reported).toEqual([]);
  });
});
