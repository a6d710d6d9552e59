import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** The body of an answer, an object as JSON, or what is done with the response. */
export type Answer = object | string | ((request: IncomingMessage, response: ServerResponse) => unknown);

export interface FakeServer {
  readonly url: string;
  /** `GET /path` of every request, in order. */
  readonly requests: string[];
  readonly headers: IncomingMessage['headers'][];
  routes: Record<string, Answer>;
  close(): Promise<void>;
}

/** An HTTP server that answers by path, and with 404 on all other paths. It closes when the test has finished. */
export async function serveRoutes(routes: Record<string, Answer>, port = 0): Promise<FakeServer> {
  const server = createServer((request, response) => {
    fake.requests.push(`${request.method} ${request.url}`);
    fake.headers.push(request.headers);
    const answer = fake.routes[request.url ?? ''];
    if (typeof answer === 'function') answer(request, response);
    else if (typeof answer === 'object') response.end(JSON.stringify(answer));
    else response.writeHead(answer === undefined ? 404 : 200).end(answer ?? 'no such page');
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(close);
  const { port: listening } = server.address() as AddressInfo;
  const fake: FakeServer = { url: `http://127.0.0.1:${listening}`, requests: [], headers: [], routes, close };
  return fake;
}

export function status(code: number, headers: Record<string, string> = {}): Answer {
  return (_request, response) => response.writeHead(code, headers).end('{"error":"a secret"}');
}
