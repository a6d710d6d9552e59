import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer, request as secureRequest, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import dotenv from 'dotenv';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { signJwt } from '../src/auth/jwt.ts';
import { startTestApp, type TestApp } from './_util/app.ts';
import { certify, hasOpenssl } from './_util/certificate.ts';

// The recipe of docs/security.md, "Behind a proxy, with TLS", unchanged except for the number of the port, which
// the proxy has before the server starts.

const secret = 'a shared secret of some thirty-two bytes';

function recipe(): Record<string, string> {
  const page = readFileSync(new URL('../docs/security.md', import.meta.url), 'utf8');
  const [, block = ''] = /## Behind a proxy, with TLS\s+```\n(.*?)```/s.exec(page) ?? [];
  return dotenv.parse(block);
}

/** Ends TLS and passes on whatever comes, with the headers of the recipe. */
class Proxy {
  /** Value of X-Forwarded-For. */
  forwardedFor = '192.0.2.1';
  /** Of the server behind it. */
  target = '';
  readonly server: Server;

  constructor(certificate: { cert: string; key: string }) {
    this.server = createServer(certificate, (incoming, outgoing) => {
      const passed = request(
        this.target + (incoming.url ?? ''),
        { method: incoming.method, headers: { ...incoming.headers, ...this.#headers() } },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        },
      );
      passed.on('error', () => outgoing.destroy());
      incoming.pipe(passed);
    });
    this.server.on('upgrade', (incoming, socket) => {
      const passed = request(this.target + (incoming.url ?? ''), {
        headers: { ...incoming.headers, ...this.#headers() },
      });
      passed.on('upgrade', (answer, upstream) => {
        socket.write('HTTP/1.1 101 Switching Protocols\r\n');
        for (let at = 0; at < answer.rawHeaders.length; at += 2)
          socket.write(`${answer.rawHeaders[at]}: ${answer.rawHeaders[at + 1]}\r\n`);
        socket.write('\r\n');
        socket.pipe(upstream).pipe(socket);
        for (const end of [socket, upstream]) end.on('error', () => end.destroy());
      });
      passed.end();
    });
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  #headers() {
    return { host: 'localhost', 'x-forwarded-for': this.forwardedFor, 'x-forwarded-proto': 'https' };
  }
}

describe.skipIf(!hasOpenssl)('a server behind a proxy on the same machine', () => {
  let proxy: Proxy;
  let app: TestApp;
  let bearer: string;

  beforeAll(async () => {
    proxy = new Proxy(await certify('ops.example.com'));
    await once(proxy.server.listen(0, '127.0.0.1'), 'listening');
    const settings = recipe();
    if (settings['WEBSOCKET_PORT'] !== '443') throw new Error('the recipe was not found');
    app = await startTestApp(
      { ...settings, JWT_SECRET: secret, WEBSOCKET_PORT: String(proxy.port), HTTP_KEEP_ALIVE_S: '120' },
      { keep: true },
    );
    proxy.target = app.url;
    const token = { subject: 'ada', role: 'admin', id: 'one', expiresInS: 600, issuer: null, audience: null };
    bearer = `Bearer ${await signJwt(secret, token)}`;
  });
  afterAll(async () => {
    await app.stop();
    proxy.server.closeAllConnections();
    proxy.server.close();
  });

  async function ask(query: string, authorization = bearer): Promise<{ status: number; data: unknown }> {
    const asking = secureRequest({
      host: '127.0.0.1',
      port: proxy.port,
      path: `/graphql?query=${encodeURIComponent(query)}`,
      headers: { authorization },
      rejectUnauthorized: false,
      agent: false,
    }).end();
    const [answer] = await once(asking, 'response');
    const text = Buffer.concat(await answer.toArray()).toString();
    return { status: answer.statusCode, data: (JSON.parse(text) as { data: unknown }).data };
  }

  it('starts although the proxy listens on the advertised port, and advertises it', async () => {
    const { data } = await ask('{ config { advertised { url } listeners { name } } }');
    expect(data).toMatchObject({
      config: {
        advertised: { url: expect.stringContaining(`wss://ops.example.com:${proxy.port}`) },
        listeners: [{ name: 'main' }],
      },
    });
  });

  it('keeps idle connections of the proxy open as long as configured', async () => {
    const { headers } = await fetch(`${app.url}/livez`);
    expect(headers.get('keep-alive')).toBe('timeout=120');
  });

  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['192.0.2.8:49152', '192.0.2.8'],
    ['[2001:db8::7]:49152', '2001:db8::7'],
    ['[2001:db8::8]', '2001:db8::8'],
    ['2001:db8::9', '2001:db8::9'],
    ['203.0.113.1, 192.0.2.9:49152', '192.0.2.9'],
  ])('takes the client address from X-Forwarded-For: %s', async (forwardedFor, address) => {
    proxy.forwardedFor = forwardedFor;
    const socket = new WebSocket(`wss://127.0.0.1:${proxy.port}/ws/system`, {
      headers: { authorization: bearer },
      rejectUnauthorized: false,
    });
    onTestFinished(() => socket.terminate());
    await once(socket, 'message');
    const connections = await ask('{ connections { sockets { address } } }');
    expect(JSON.stringify(connections.data)).toContain(`"${address}"`);
    expect((await ask('{ viewer { subject } }', 'Bearer wrong')).status).toBe(401);
    const details = async (): Promise<string> =>
      JSON.stringify(
        (
          await ask(
            '{ auditLogs(filter: { eventTypes: ["authentication_failed"] }, first: 20) { edges { node { details } } } }',
          )
        ).data,
      );
    await expect.poll(details).toContain(`from ${address}"`);
  });
});
