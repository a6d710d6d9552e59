import type { IncomingMessage, ServerResponse } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { serveRoutes, type FakeServer } from '../../test/_util/fake-server.ts';
import type { Log } from '../log/log.ts';
import { silentLog } from '../log/log.ts';
import { ReportBuffer } from './report-buffer.ts';
import { ReportSender } from './report-sender.ts';

type Handler = (reports: readonly string[], response: ServerResponse) => unknown;

/** A server whose `/publish` is this function of the reports. */
async function publishing(handler: Handler, path = '/publish'): Promise<FakeServer & { take: Handler }> {
  const server = await serveRoutes({
    [path]: async (request: IncomingMessage, response: ServerResponse) => {
      const { events } = JSON.parse(await textOf(request)) as { events: { host: string }[] };
      state.take(
        events.map(({ host }) => host),
        response,
      );
    },
  });
  const state = Object.assign(server, { take: handler });
  return state;
}

interface Line {
  readonly msg: string;
  readonly fields: Record<string, unknown>;
}

function start(url: string, bufferBytes = 10_000, token: string | null = null) {
  const lines: Line[] = [];
  const line = (fields: object, msg: string): void =>
    void lines.push({ msg, fields: fields as Line['fields'] });
  const log: Log = { ...silentLog, info: line, warn: line };
  const buffer = new ReportBuffer({ bytesMax: bufferBytes });
  const sender = new ReportSender({
    url: new URL(url),
    token: () => Promise.resolve(token),
    ca: null,
    buffer,
    log,
    retryMinMs: 5,
  });
  const stopping = new AbortController();
  const running = sender.run(stopping.signal);
  onTestFinished(async () => {
    stopping.abort();
    await running;
    await sender[Symbol.asyncDispose]();
  });
  const add = (...reports: string[]): void => {
    for (const report of reports) buffer.add(JSON.stringify(report));
    sender.wake();
  };
  return { add, buffer, lines };
}

/** Resolves when the server has taken this number of batches. */
function batches(count: number): { take: Handler; done: Promise<readonly (readonly string[])[]> } {
  const taken: (readonly string[])[] = [];
  let take: Handler = () => {};
  const done = new Promise<readonly (readonly string[])[]>((resolve) => {
    take = (reports, response) => {
      taken.push(reports);
      response.end('{}');
      if (taken.length === count) resolve(taken);
    };
  });
  return { take, done };
}

test('sends reports in order, as hosts of /publish below the path of the server, with the credential', async () => {
  const { take, done } = batches(1);
  const server = await publishing(take, '/ops/publish');
  const { add } = start(`${server.url}/ops`, 10_000, 'a-token');
  add('a', 'b', 'c');
  expect((await done).flat()).toEqual(['a', 'b', 'c']);
  expect(server.headers[0]).toMatchObject({
    authorization: 'Bearer a-token',
    'content-type': 'application/json',
  });
});

test('keeps reports while the server answers with errors or not at all, and sends all of them afterwards', async () => {
  let refusals = 0;
  let refused = (): void => {};
  const enough = new Promise<void>((resolve) => (refused = resolve));
  const server = await publishing((_reports, response) => {
    if (++refusals === 5) refused();
    if (refusals % 2 === 0) response.destroy();
    else response.writeHead(503, { 'retry-after': '0' }).end('{"error":{"message":"The database is away."}}');
  });
  const { add, lines } = start(server.url);
  add('a', 'b');
  await enough;
  add('c');
  const { take, done } = batches(1);
  server.take = take;
  expect(await done).toEqual([['a', 'b', 'c']]);
  add('d');
  const reasons = lines.filter(({ msg }) => msg.startsWith('the server takes no samples'));
  expect(reasons.map(({ fields }) => fields['reason'])).toEqual([
    'The database is away.',
    expect.stringContaining('the request failed') as string,
  ]);
});

test('logs one line for a reason, however often the server is tried, and one when it is back', async () => {
  let tries = 0;
  let tried = (): void => {};
  const enough = new Promise<void>((resolve) => (tried = resolve));
  const server = await publishing((_reports, response) => {
    if (++tries === 4) tried();
    response.writeHead(401).end('{"error":{"message":"The credential is not valid."}}');
  });
  const { add, lines } = start(server.url);
  add('a');
  await enough;
  const first = batches(1);
  server.take = first.take;
  await first.done;
  const second = batches(1);
  server.take = second.take;
  add('b');
  await second.done;
  expect(lines.map(({ msg }) => msg)).toEqual([
    'the server takes no samples; they are kept and sent later',
    'the server takes samples again',
  ]);
  expect(lines[0]?.fields).toMatchObject({ reason: 'The credential is not valid.', dropped: 0 });
});

test('drops the oldest reports when the buffer is full, and counts them', async () => {
  let tried = (): void => {};
  const once = new Promise<void>((resolve) => (tried = resolve));
  const server = await publishing((_reports, response) => {
    tried();
    response.writeHead(503).end();
  });
  const { add, buffer } = start(server.url, 20);
  add('1111');
  await once;
  add('2222', '3333', '4444', '5555');
  expect([buffer.length, buffer.dropped]).toEqual([3, 2]);
  const { take, done } = batches(1);
  server.take = take;
  expect(await done).toEqual([['3333', '4444', '5555']]);
});

test('drops a report that the server rejects, and sends those before and after it', async () => {
  const stored: string[] = [];
  let finished = (): void => {};
  const all = new Promise<void>((resolve) => (finished = resolve));
  const server = await publishing((reports, response) => {
    const index = reports.indexOf('bad');
    if (index >= 0) {
      response.writeHead(400).end(JSON.stringify({ error: { message: 'events: bad', index } }));
      return;
    }
    stored.push(...reports);
    response.end('{}');
    if (stored.includes('e')) finished();
  });
  const { add, buffer, lines } = start(server.url);
  add('a', 'b', 'bad', 'c', 'bad', 'e');
  await all;
  expect(stored).toEqual(['a', 'b', 'c', 'e']);
  expect(buffer.dropped).toBe(2);
  const rejections = lines.filter(({ msg }) => msg === 'the server rejects a sample; it is dropped');
  expect(rejections.map(({ fields }) => fields['reason'])).toEqual(['events: bad', 'events: bad']);
});

test('sends smaller batches when a batch is too large for the server or a proxy', async () => {
  const sizes: number[] = [];
  let stored = 0;
  let finished = (): void => {};
  const all = new Promise<void>((resolve) => (finished = resolve));
  const server = await publishing((reports, response) => {
    sizes.push(reports.length);
    if (reports.length > 2) return void response.writeHead(413).end('<html>too large</html>');
    stored += reports.length;
    response.end('{}');
    if (stored === 8) finished();
    return undefined;
  });
  const { add, buffer } = start(server.url);
  add('1', '2', '3', '4', '5', '6', '7', '8');
  await all;
  expect(sizes.slice(0, 3)).toEqual([8, 4, 2]);
  expect(buffer.dropped).toBe(0);
});
