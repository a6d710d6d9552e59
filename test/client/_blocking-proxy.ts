import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** An HTTP proxy of the kind that breaks WebSockets and streams. */
export interface BlockingProxy {
  readonly port: number;
  /** What becomes of an upgrade to WebSocket. */
  upgrades: 'passed' | 'refused' | 'ignored';
  /** Whether responses are collected and sent when they are complete. */
  collects: boolean;
}

/** @param port of a server on this machine. */
export async function blockingProxy(port: number): Promise<BlockingProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((incoming, response) => pass(incoming, response, proxy, port));
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  server.on('upgrade', (incoming, socket: Socket, head) => {
    if (proxy.upgrades === 'ignored') return;
    if (proxy.upgrades === 'refused')
      return void socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
    const upstream = connect(port, '127.0.0.1');
    sockets.add(upstream);
    upstream.on('error', () => {});
    const lines = [`${incoming.method} ${incoming.url} HTTP/1.1`];
    for (let at = 0; at < incoming.rawHeaders.length; at += 2)
      lines.push(`${incoming.rawHeaders[at]}: ${incoming.rawHeaders[at + 1]}`);
    upstream.write(`${lines.join('\r\n')}\r\n\r\n`);
    upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const proxy: BlockingProxy = {
    port: (server.address() as AddressInfo).port,
    upgrades: 'passed',
    collects: false,
  };
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return proxy;
}

function pass(
  incoming: IncomingMessage,
  response: ServerResponse,
  { collects }: BlockingProxy,
  port: number,
): void {
  const { method, url, headers } = incoming;
  const upstream = request({ port, host: '127.0.0.1', method, path: url, headers }, (answer) => {
    const chunks: Buffer[] = [];
    if (!collects) {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on('error', () => response.destroy());
      return void answer.pipe(response);
    }
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.on('error', () => response.destroy());
    answer.on('end', () => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      response.end(Buffer.concat(chunks));
    });
    return undefined;
  });
  upstream.on('error', () => response.destroy());
  response.on('close', () => upstream.destroy());
  incoming.pipe(upstream);
}
