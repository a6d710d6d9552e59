import { connect, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heldSockets } from '../_util/held-sockets.ts';
import { runs } from '../_util/long-run.ts';
import { exchange, Wire } from '../attacks/_wire.ts';
import { feed, startServer, type Server } from '../transports/_server.ts';

// What strangers may put on a socket: pipelined, truncated and half-closed requests and upgrades.

const host = 'Host: localhost\r\n';
const pieces = [
  `GET /livez HTTP/1.1\r\n${host}\r\n`,
  `GET /graphql?query={hello} HTTP/1.1\r\n${host}\r\n`,
  `GET /livez HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n`,
  `POST /livez HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 3\r\n\r\nabc`,
  `GET /feed HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  `GET /feed HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
  `POST /graphql HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: 18\r\n\r\n{"query":"{hello}"`,
  `POST /graphql HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n5\r\nabc`,
  `CONNECT localhost:80 HTTP/1.1\r\n${host}\r\n`,
  `GET /graphql HTTP/1.1\r\nHost: a b[\r\n\r\n`,
  'GET http:// HTTP/1.1\r\nHost: :::\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  '\0\r\n\r\n',
];

const packet = fc.record({
  texts: fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 4 }),
  cut: fc.double({ min: 0.3, max: 1, noNaN: true }),
  end: fc.constantFrom('none', 'half-close', 'byte and half-close', 'reset' as const),
});

describe('a server that receives arbitrary bytes', () => {
  let server: Server;
  beforeAll(async () => {
    server = await startServer({ endpoints: [feed('/feed')] });
  });
  afterAll(async () => server[Symbol.asyncDispose]());

  const port = (): number => Number(new URL(`http://${server.at}`).port);

  it('responds to the first of two pipelined requests when the second offers another protocol', async () => {
    const text = await exchangeOf(`${pieces[0]}${pieces[2]}`);
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
    expect(await exchangeOf(`GET /livez HTTP/1.1\r\n${host}Connection: close\r\n\r\n`)).toMatch(/ 200 /);
  });

  it('does not mix a WebSocket handshake with a pending response', async () => {
    const text = await exchangeOf(`${pieces[1]}${pieces[4]}`);
    expect(text).not.toContain('101 Switching Protocols');
  });

  it('closes the socket of a rejected upgrade whose client sends one more byte and its end', async () => {
    const wire = new Wire(port());
    wire.say(`POST /livez HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n`);
    wire.socket.end('x');
    expect(await wire.closed).toMatch(/^HTTP\/1\.1 400 /);
  });

  it.each(['/livez', '/graphql', '/nothing'])(
    'answers 400 at %s to a Host that is not a host name, and shows no stack',
    async (path) => {
      for (const name of ['a b', 'a/b', '[::', 'a:b:c', 'user@host', 'a:99999']) {
        const { status, text } = await exchange(
          port(),
          `GET ${path} HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`,
        );
        expect([name, status]).toEqual([name, 400]);
        expect(text).not.toContain(' at ');
      }
    },
  );

  it.each(['', 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n'])(
    'answers 400 to two Host headers, of a request as of a handshake (%j)',
    async (more) => {
      const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
      const { status, text } = await exchange(
        port(),
        `GET /graphql HTTP/1.1\r\n${host}Host: other\r\n${more === '' ? 'Connection: close\r\n' : more + key}\r\n`,
      );
      expect(status).toBe(400);
      expect(text).toContain('There is more than one Host header.');
    },
  );

  it('keeps responding, and keeps no socket, whatever is pipelined, truncated or half-closed', async () => {
    await fc.assert(
      fc.asyncProperty(packet, async ({ texts, cut, end }) => {
        const bytes = texts.join('');
        const socket = await open(port());
        socket.write(bytes.slice(0, Math.ceil(bytes.length * cut)), 'latin1');
        await (end === 'reset' ? reset(socket) : finish(socket, end));
      }),
      { numRuns: runs(150, 5_000) },
    );
    expect(await exchangeOf(`GET /livez HTTP/1.1\r\n${host}Connection: close\r\n\r\n`)).toMatch(/ 200 /);
    await expect.poll(() => heldSockets(port()), { timeout: 15_000 }).toBe(0);
  });

  async function exchangeOf(bytes: string): Promise<string> {
    return (await exchange(port(), bytes)).text;
  }
});

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.on('error', () => {});
    socket.once('error', reject);
  });
}

function reset(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
    socket.resetAndDestroy();
  });
}

/** Ends this side as asked. The server has to close the connection, which a half-closed client waits for. */
function finish(socket: Socket, end: string): Promise<void> {
  if (end === 'none') return reset(socket);
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
    socket.resume();
    if (end === 'half-close') socket.end();
    else socket.end('x');
  });
}
