import { describe, expect, test } from 'vitest';
import { openMemoryLog } from '../_util/memory-log.ts';
import { startServer, type Server } from './_server.ts';

interface StreamEvent {
  /** The last id of the stream so far, as an EventSource keeps it. */
  readonly lastId: string;
  readonly event: string;
  /** Null: a block without data, which an EventSource does not dispatch. */
  readonly data: string | null;
}

/** The blocks of an event stream. */
class Stream {
  readonly response: Response;
  readonly #blocks: AsyncGenerator<StreamEvent>;

  constructor(response: Response) {
    this.response = response;
    this.#blocks = blocksOf(response);
  }

  /** The next block that is not a comment. */
  async block(): Promise<StreamEvent> {
    const { value, done } = await this.#blocks.next();
    if (done === true) throw new Error('the stream has ended');
    return value;
  }

  /** The next event `next`, with its result. */
  async next(): Promise<{ readonly id: string; readonly result: unknown }> {
    for (;;) {
      const { lastId, event, data } = await this.block();
      if (event !== '' && event !== 'next') throw new Error(`received ${event}`);
      if (data !== null) return { id: lastId, result: JSON.parse(data) as unknown };
    }
  }

  async leave(): Promise<void> {
    await this.#blocks.return(undefined);
  }
}

async function* blocksOf(response: Response): AsyncGenerator<StreamEvent> {
  let text = '';
  let lastId = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      const field = (name: string): string | null => {
        const line = lines.find((one) => one.startsWith(`${name}:`));
        return line === undefined ? null : line.slice(name.length + 1).trimStart();
      };
      lastId = field('id') ?? lastId;
      if (lines.some((line) => !line.startsWith(':')))
        yield { lastId, event: field('event') ?? '', data: field('data') };
    }
  }
}

async function open(server: Server, query: string, lastEventId?: string): Promise<Stream> {
  const headers = {
    accept: 'text/event-stream',
    ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
  };
  const response = await server.fetch(`/graphql?query=${encodeURIComponent(query)}`, { headers });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  return new Stream(response);
}

const step = (text: string) => ({ data: { step: text } });

/** The only result of a stream that ends with errors, and the id of its end. */
async function endOf(stream: Stream): Promise<{ result: unknown; endId: string }> {
  const { result } = await stream.next();
  const { event, lastId } = await stream.block();
  expect(event).toBe('complete');
  await expect(stream.block()).rejects.toThrow('the stream has ended');
  return { result, endId: lastId };
}

describe('an event stream of events', () => {
  test('has the cursor of each event as its id, although the client does not select it', async () => {
    await using server = await startServer();
    const stream = await open(server, 'subscription { step }');
    for (const text of ['one', 'two']) {
      await server.append(text);
      expect(await stream.next()).toEqual({ id: server.delivery.head(), result: step(text) });
    }
    await stream.leave();
  });

  test('resumes after Last-Event-ID without missing or repeating an event', async () => {
    await using server = await startServer();
    const query = 'subscription { step(after: "earliest") }';
    const first = await open(server, query);
    await server.append('one', 'two', 'three');
    expect((await first.next()).result).toEqual(step('one'));
    const { id, result } = await first.next();
    expect(result).toEqual(step('two'));
    await first.leave();
    await server.append('four');
    const second = await open(server, query, id);
    for (const text of ['three', 'four']) expect((await second.next()).result).toEqual(step(text));
    await second.leave();
  });

  test('ends after its first results for a client that polls, which resumes after its last id', async () => {
    await using server = await startServer();
    const poll = async (lastEventId: string): Promise<string> => {
      const headers = { accept: 'text/event-stream', prefer: 'wait=60', 'last-event-id': lastEventId };
      const query = encodeURIComponent('subscription { step }');
      const response = await server.fetch(`/graphql?query=${query}`, { headers });
      expect(response.headers.get('preference-applied')).toBe('wait=60');
      return response.text();
    };
    const start = server.delivery.head();
    const first = poll(start);
    await server.append('one', 'two');
    const text = await first;
    expect(text).toContain(JSON.stringify(step('one')));
    expect(text).not.toContain('complete');
    const id = /^id: (.*)$/gm;
    const last = [...text.matchAll(id)].at(-1)?.[1] ?? '';
    await server.append('three');
    const later = await poll(last);
    expect(later).toContain(JSON.stringify(step('three')));
    expect(later).not.toContain(JSON.stringify(step('one')));
  });

  test('begins with its position, so that a client resumes that was cut off before the first event', async () => {
    await using server = await startServer();
    await server.append('before');
    const first = await open(server, 'subscription { step }');
    const { lastId, data } = await first.block();
    expect([lastId, data]).toEqual([server.delivery.head(), null]);
    await first.leave();
    await server.append('meanwhile');
    const second = await open(server, 'subscription { step }', lastId);
    expect((await second.next()).result).toEqual(step('meanwhile'));
    await second.leave();
  });

  test('starts at the later one of Last-Event-ID and `after`', async () => {
    await using server = await startServer();
    const cursors: string[] = [];
    for (const text of ['one', 'two', 'three']) {
      await server.append(text);
      cursors.push(server.delivery.head());
    }
    const [one = '', two = ''] = cursors;
    for (const [after, lastEventId] of [
      [one, two],
      [two, one],
      ['earliest', two],
    ] as const) {
      const stream = await open(server, `subscription { step(after: "${after}") }`, lastEventId);
      expect((await stream.next()).result).toEqual(step('three'));
      await stream.leave();
    }
  });

  test('sends its position while it is idle, once the position has moved', async () => {
    await using server = await startServer({ settings: { pingIntervalMs: 20 } });
    const stream = await open(server, 'subscription { other }');
    expect((await stream.block()).lastId).toBe(server.delivery.head());
    await server.append('of no interest');
    const head = server.delivery.head();
    expect(await stream.block()).toEqual({ lastId: head, event: '', data: null });
    await stream.leave();
  });

  test('tells an EventSource to reconnect after a random delay', async () => {
    await using server = await startServer();
    const delays = new Set<number>();
    for (let count = 0; count < 5; count++) {
      const response = await server.fetch('/graphql?query=subscription{step}', {
        headers: { accept: 'text/event-stream' },
      });
      const { value } = await (response.body as ReadableStream<Uint8Array>).getReader().read();
      delays.add(Number(/^retry: (\d+)$/m.exec(Buffer.from(value ?? []).toString())?.[1]));
    }
    for (const delay of delays) expect(delay >= 1_000 && delay <= 5_000).toBe(true);
    expect(delays.size).toBeGreaterThan(1);
  });
});

describe('an event stream of a gauge', () => {
  test('has no ids, and ignores Last-Event-ID', async () => {
    await using server = await startServer();
    server.measure(20);
    const stream = await open(server, 'subscription { temperature { celsius } }', 'of another stream');
    expect(await stream.next()).toEqual({ id: '', result: { data: { temperature: { celsius: 20 } } } });
    await stream.leave();
  });
});

describe('an event stream that cannot go on', () => {
  test.each([
    ['a position that is not one', 'nonsense', 'CURSOR_INVALID'],
    ['a position of another log', 'abc_1', 'CURSOR_INVALID'],
  ])('ends with an error as an event: %s', async (_name, lastEventId, code) => {
    await using server = await startServer();
    const stream = await open(server, 'subscription { step }', lastEventId);
    expect(await endOf(stream)).toMatchObject({
      result: { errors: [{ extensions: { code, argument: 'Last-Event-ID' } }] },
    });
  });

  test('ends with CURSOR_EXPIRED as an event when events after its position were removed', async () => {
    const log = openMemoryLog({ bounds: { entriesMax: 2, bytesMax: 1_000_000 } });
    await using server = await startServer({ log });
    await server.append('one');
    const cursor = server.delivery.head();
    await server.append('two', 'three', 'four');
    const stream = await open(server, 'subscription { step }', cursor);
    expect(await endOf(stream)).toMatchObject({
      result: { errors: [{ extensions: { code: 'CURSOR_EXPIRED', oldestCursor: expect.any(String) } }] },
    });
  });

  test.each([
    'subscription { nothing }',
    'subscription { step',
    'subscription { off }',
    'subscription($n: Int!) { step }',
  ])('gets the errors of the document as an event: %s', async (query) => {
    await using server = await startServer();
    const { result } = await endOf(await open(server, query));
    expect(result).toMatchObject({ errors: [{ extensions: { code: expect.any(String) } }] });
  });

  test('gets the rejection of its credential as an event, where an EventSource sends it', async () => {
    const tokens = [{ token: 'key-of-the-user', subject: 'bob', role: 'user' }];
    await using server = await startServer({ auth: { tokens, required: true } });
    const url = '/graphql?query=subscription{step}';
    const headers = { accept: 'text/event-stream', authorization: 'Bearer wrong' };
    const rejected = { errors: [{ extensions: { code: 'AUTHENTICATION_FAILED' } }] };
    const { result, endId } = await endOf(new Stream(await server.fetch(url, { headers })));
    expect(result).toMatchObject(rejected);
    expect(endId).not.toBe('');
    expect(server.audited).toEqual([
      { type: 'authentication_failed', path: '/graphql', address: '127.0.0.1' },
    ]);
    const posted = await server.post({ query: 'subscription { step }' }, { headers });
    expect(posted.status).toBe(401);
  });

  test('stops an EventSource that reconnects after the end, with status 204', async () => {
    await using server = await startServer();
    const { endId } = await endOf(await open(server, 'subscription { off }'));
    const again = await server.fetch('/graphql?query=subscription{off}', {
      headers: { accept: 'text/event-stream', 'last-event-id': endId },
    });
    expect([again.status, await again.text()]).toEqual([204, '']);
  });

  test('lets an EventSource reconnect after an error that is retryable, from where it was', async () => {
    await using server = await startServer({
      settings: { connectionsPerAddress: { max: 1, loopback: true } },
    });
    await server.append('one');
    const cursor = server.delivery.head();
    await server.append('two');
    const first = await open(server, 'subscription { step }');
    await first.block();
    const { result, endId } = await endOf(await open(server, 'subscription { step }', cursor));
    expect(result).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED', retryable: true } }] });
    expect(endId).toBe(''); // the client keeps the id that it has
    await first.leave();
  });
});

test('a query of a client that accepts only events is one event and the end', async () => {
  await using server = await startServer();
  const { result, endId } = await endOf(await open(server, '{ hello }'));
  expect(result).toEqual({ data: { hello: 'hello undefined' } });
  expect(endId).not.toBe('');
});
