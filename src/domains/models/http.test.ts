import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { requestJson, requestText } from './http.ts';
import { ProbeFailure } from './probe.ts';

const MB = 2 ** 20;
const schema = z.object({ data: z.array(z.unknown()) });

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function serve(answer: Answer): Promise<string> {
  const server = createServer(answer);
  onTestFinished(() => server.closeAllConnections());
  return listen(server);
}

function request(url: string, signal: AbortSignal = new AbortController().signal): Promise<unknown> {
  return requestJson(schema, { url: `${url}/models`, key: 'k3y', signal });
}

/** The code and message of a failed request. */
async function failureOf(url: string, signal?: AbortSignal): Promise<[string, string]> {
  const failure = await request(url, signal).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ProbeFailure);
  const { code, message } = failure as ProbeFailure;
  expect(message).not.toContain('secret');
  return [code, message];
}

function status(code: number, headers: Record<string, string> = {}): Answer {
  return (_request, response) => response.writeHead(code, headers).end('{"error":"a secret"}');
}

function respond(text: string): Answer {
  return (_request, response) => response.end(text);
}

test('a request contains the key and returns the parsed response', async () => {
  const url = await serve(({ method, headers, url: path }, response) => {
    response.end(JSON.stringify({ data: [method, path, headers.authorization] }));
  });
  expect(await request(url)).toEqual({ data: ['GET', '/models', 'Bearer k3y'] });
});

test('a request with a body is a POST of JSON', async () => {
  const url = await serve((request, response) => {
    response.write(`${request.method} ${request.headers['content-type']} `);
    request.pipe(response);
  });
  const { signal } = new AbortController();
  expect(await requestText({ url, key: null, body: { a: 1 }, signal })).toBe('POST application/json {"a":1}');
});

test('a redirect is followed within the origin', async () => {
  const url = await serve((request, response) => {
    if (request.url === '/models') response.writeHead(308, { location: '/models/' }).end();
    else response.end('{"data":[1]}');
  });
  expect(await request(url)).toEqual({ data: [1] });
});

describe('a response', () => {
  test.each<[string, Answer, string, string]>([
    ['is not JSON', respond('hello'), 'INVALID_RESPONSE', 'the response is not JSON'],
    ['is empty', respond(''), 'INVALID_RESPONSE', 'the response is not JSON'],
    [
      'is JSON of another structure',
      respond('{"models":5}'),
      'INVALID_RESPONSE',
      'the response has an unexpected structure',
    ],
    ['is a 401', status(401), 'AUTHENTICATION_FAILED', 'answered with status 401'],
    ['is a 403', status(403), 'AUTHENTICATION_FAILED', 'answered with status 403'],
    ['is a 429', status(429), 'RATE_LIMITED', 'answered with status 429'],
    ['is a 404', status(404), 'INVALID_RESPONSE', 'answered with status 404'],
    ['is a 500', status(500), 'INVALID_RESPONSE', 'answered with status 500'],
    [
      'ends with a closed connection',
      (_request, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"data":', () => response.socket?.destroy());
      },
      'CONNECTION_TIMEOUT',
      'the host is unreachable (UND_ERR_SOCKET)',
    ],
    [
      'redirects to another origin',
      status(302, { location: 'http://192.0.2.1/?token=secret' }),
      'INVALID_RESPONSE',
      'the server redirects to another origin, http://192.0.2.1',
    ],
    [
      'redirects in a loop',
      status(307, { location: '/models' }),
      'INVALID_RESPONSE',
      'the server redirects more than 3 times',
    ],
    [
      'redirects to an invalid URL',
      status(301, { location: 'http://' }),
      'INVALID_RESPONSE',
      'the response is not valid HTTP (ERR_INVALID_URL)',
    ],
  ])('that %s causes a failure with a code and a message', async (_name, answer, code, message) => {
    expect(await failureOf(await serve(answer))).toEqual([code, message]);
  });

  test('without an end is canceled at the size limit', async () => {
    let sent = 0;
    const url = await serve((_request, response) => {
      response.on('error', () => undefined);
      const more = (): void => {
        sent += 65_536;
        if (!response.destroyed) response.write(' '.repeat(65_536), more);
      };
      more();
    });
    expect(await failureOf(url)).toEqual(['INVALID_RESPONSE', `the response is larger than ${8 * MB} bytes`]);
    expect(sent).toBeLessThan(30 * MB);
  });

  test('that exceeds the size limit only when decompressed is canceled', async () => {
    const bomb = gzipSync(Buffer.alloc(20 * MB, ' '));
    const url = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    );
    expect(await failureOf(url)).toEqual(['INVALID_RESPONSE', `the response is larger than ${8 * MB} bytes`]);
  });

  test.each<[string, Answer]>([
    ['never starts', () => undefined],
    ['never ends', (_request, response) => response.write('{')],
  ])('that %s causes the failure with which the signal aborts', async (_name, answer) => {
    const limit = new AbortController();
    const url = await serve((request, response) => {
      answer(request, response);
      setTimeout(() => limit.abort(new ProbeFailure('CONNECTION_TIMEOUT', 'too late')), 20);
    });
    expect(await failureOf(url, limit.signal)).toEqual(['CONNECTION_TIMEOUT', 'too late']);
  });

  test('that is not HTTP causes an INVALID_RESPONSE failure', async () => {
    const url = await listen(
      createTcpServer((socket) => {
        socket.on('error', () => undefined);
        socket.end('220 mail ready\r\n');
      }),
    );
    expect((await failureOf(url))[0]).toBe('INVALID_RESPONSE');
  });
});

test('a response 429 causes a failure with the requested time to wait', async () => {
  const waits: (number | null)[] = [];
  for (const after of ['7', new Date(Date.now() + 60_000).toUTCString(), 'soon']) {
    const failure = await request(await serve(status(429, { 'retry-after': after }))).catch(
      (error: unknown) => error,
    );
    waits.push((failure as ProbeFailure).retryAfterMs);
  }
  expect(waits).toEqual([7000, expect.any(Number), null]);
  expect(waits[1]).toBeGreaterThan(50_000);
});
