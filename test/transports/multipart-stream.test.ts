import { describe, expect, test } from 'vitest';
import { openMemoryLog } from '../_util/memory-log.ts';
import { startServer, type Server } from './_server.ts';

/** Subscriptions in the multipart protocol of Apollo's clients; `test/readers/apollo-links.test.ts` runs these. */

const accept = 'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/graphql-response+json';
const separator = '\r\n--graphql';

/** The parts of a response, each as soon as the boundary behind it has arrived. */
class Parts {
  readonly #parts: AsyncGenerator<string>;

  constructor(response: Response) {
    this.#parts = partsOf(response);
  }

  /** The body of the next part that is no heartbeat. */
  async next(): Promise<unknown> {
    for (;;) {
      const part = await this.part();
      if (Object.keys(part).length > 0) return part;
    }
  }

  async part(): Promise<object> {
    const { value, done } = await this.#parts.next();
    if (done === true) throw new Error('the response has ended');
    const head = '\r\ncontent-type: application/json\r\n\r\n';
    if (!value.startsWith(head)) throw new Error(`unexpected head of a part: ${value}`);
    return JSON.parse(value.slice(head.length)) as object;
  }

  /** Fails unless the final boundary is next. */
  async end(): Promise<void> {
    const { value, done } = await this.#parts.next();
    if (done !== true) throw new Error(`received ${value}`);
  }

  async leave(): Promise<void> {
    await this.#parts.return(undefined);
  }
}

async function* partsOf(response: Response): AsyncGenerator<string> {
  let text = '';
  let isFirst = true;
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    for (let end = text.indexOf(separator); end >= 0; end = text.indexOf(separator)) {
      const part = text.slice(0, end);
      text = text.slice(end + separator.length);
      if (!isFirst) yield part;
      else if (part !== '') throw new Error(`the response begins with ${part}`);
      isFirst = false;
    }
  }
  if (text !== '--\r\n') throw new Error(`the response ends with ${text}`);
}

async function open(server: Server, query: string, variables: object = {}): Promise<Parts> {
  const response = await server.post({ query, variables }, { headers: { accept } });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(
    'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
  );
  return new Parts(response);
}

const step = (text: string) => ({ payload: { data: { step: text } } });

describe('a multipart subscription', () => {
  test('sends each result as the payload of a part, as soon as there is one', async () => {
    await using server = await startServer();
    const parts = await open(server, 'subscription { step(after: "earliest") }');
    for (const text of ['one', 'two', 'ä\u0001"']) {
      await server.append(text);
      expect(await parts.next()).toEqual(step(text));
    }
    await parts.leave();
  });

  test('resumes after the cursor in its variables', async () => {
    await using server = await startServer();
    await server.append('one');
    const after = server.delivery.head();
    await server.append('two');
    const parts = await open(server, 'subscription ($after: String) { step(after: $after) }', { after });
    expect(await parts.next()).toEqual(step('two'));
    await parts.leave();
  });

  test('sends heartbeats while it is idle', async () => {
    await using server = await startServer({ settings: { pingIntervalMs: 20 } });
    const parts = await open(server, 'subscription { other }');
    for (let count = 0; count < 3; count++) expect(await parts.part()).toEqual({});
    await parts.leave();
  });

  test('shares the results of event streams and WebSockets with the same document', async () => {
    await using server = await startServer();
    server.measure(20);
    const query = 'subscription { temperature { celsius } }';
    const parts = await open(server, query);
    expect(await parts.next()).toEqual({ payload: { data: { temperature: { celsius: 20 } } } });
    const stream = await server.post({ query }, { headers: { accept: 'text/event-stream' } });
    const reader = (stream.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    expect(server.delivery.stats().groups).toHaveLength(1);
    await reader.cancel();
    await parts.leave();
  });

  test('ends with errors beside an empty payload when it cannot be started', async () => {
    const log = openMemoryLog({ bounds: { entriesMax: 2, bytesMax: 1_000_000 } });
    await using server = await startServer({ log });
    await server.append('one');
    const after = server.delivery.head();
    await server.append('two', 'three', 'four');
    for (const [query, code] of [
      [`subscription { step(after: "${after}") }`, 'CURSOR_EXPIRED'],
      ['subscription { step(after: "nonsense") }', 'CURSOR_INVALID'],
      ['subscription { off }', 'FEATURE_DISABLED'],
    ] as const) {
      const parts = await open(server, query);
      expect(await parts.next()).toMatchObject({ payload: null, errors: [{ extensions: { code } }] });
      await parts.end();
    }
  });

  test('counts as a stream of its address', async () => {
    await using server = await startServer({
      settings: { connectionsPerAddress: { max: 1, loopback: true } },
    });
    const first = await open(server, 'subscription { temperature { celsius } }');
    const second = await open(server, 'subscription { temperature { celsius } }');
    expect(await second.next()).toMatchObject({
      payload: null,
      errors: [{ extensions: { code: 'RATE_LIMITED', retryable: true } }],
    });
    await second.end();
    await first.leave();
  });

  test('is interrupted without its final boundary when the server stops', async () => {
    await using server = await startServer();
    server.measure(20);
    const parts = await open(server, 'subscription { temperature { celsius } }');
    await parts.next();
    server.delivery.close();
    await expect(parts.next()).rejects.toThrow('terminated');
  });

  test('delivers every event to a client that reads slowly', async () => {
    await using server = await startServer();
    const parts = await open(server, 'subscription { step(after: "earliest") }');
    for (let index = 0; index < 100; index++) await server.append(`${index} ${'x'.repeat(200_000)}`);
    expect(server.ticker.parked).toBe(1);
    for (let index = 0; index < 100; index++)
      expect(await parts.next()).toMatchObject({
        payload: { data: { step: expect.stringMatching(new RegExp(`^${index} `)) as string } },
      });
    await parts.leave();
  });
});

describe('a client that accepts multipart responses', () => {
  test.each(['{ hello }', '{ nothing }', 'subscription { nothing }'])(
    'receives %s as JSON with its status',
    async (query) => {
      await using server = await startServer();
      const response = await server.post({ query }, { headers: { accept } });
      expect(response.headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8');
      expect(response.status).toBe(query === '{ hello }' ? 200 : 400);
      await response.body?.cancel();
    },
  );

  test.each([
    'multipart/mixed',
    'multipart/mixed;subscriptionSpec=2.0',
    'multipart/mixed;deferSpec=20220824,application/json',
  ])('receives no subscription with %s, which names no known protocol', async (given) => {
    await using server = await startServer();
    const response = await server.post({ query: 'subscription { step }' }, { headers: { accept: given } });
    expect(response.status).toBe(406);
    await response.body?.cancel();
  });

  test.each([
    ['text/event-stream, multipart/mixed;subscriptionSpec=1.0', 'text/event-stream'],
    ['multipart/mixed;subscriptionSpec="1.0", */*', 'multipart/mixed'],
    ['multipart/mixed;boundary="-";subscriptionSpec=1.0', 'multipart/mixed'],
  ])('with %s receives %s', async (given, type) => {
    await using server = await startServer();
    const response = await server.post({ query: 'subscription { step }' }, { headers: { accept: given } });
    expect(response.headers.get('content-type')).toContain(type);
    await response.body?.cancel();
  });
});
