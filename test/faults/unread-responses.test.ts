import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { MemoryBudget, type Share } from '../../src/lib/memory-budget.ts';
import type { ServerSettings } from '../../src/server.ts';
import { sendText } from '../../src/http/send.ts';
import { certify, hasOpenssl } from '../_util/certificate.ts';
import { head, Wire } from '../attacks/_wire.ts';
import { get, startServer, type Server } from '../transports/_server.ts';

// Clients that ask for more than they read. What the network buffers of this machine hold counts as read.

const large = 'x'.repeat(24 * 1024 * 1024);
/** Of the servers whose connections are to be cut. */
const idleMs = 200;
const patient = { timeout: 15_000 };
const asking = (path: string): string => head(`GET ${path} HTTP/1.1`, 'Host: localhost');

interface Answered {
  readonly server: Server;
  readonly port: number;
  /** Of what was sent and is not read. */
  readonly share: Share;
  /** Responses to `/large`, as they are made. */
  readonly answers: ServerResponse[];
}

async function start({ tls = null, deadlines = {} }: Partial<ServerSettings> = {}): Promise<Answered> {
  const answers: ServerResponse[] = [];
  // Room for two of these answers.
  const memory = new MemoryBudget(8 * 2.5 * large.length);
  const server = await startServer({
    settings: { tls, deadlines },
    memory,
    routes: () => [
      get('/large', ({ response }) => {
        answers.push(response);
        sendText(response, 200, large, { 'content-type': 'text/plain' });
      }),
    ],
  });
  return { server, port: Number(server.at.split(':')[1]), share: memory.share('answers'), answers };
}

/** Asks and reads nothing. */
function unreading(port: number, bytes: string): Wire {
  const wire = new Wire(port);
  wire.socket.pause();
  wire.say(bytes);
  return wire;
}

async function answerIn({ answers }: Answered): Promise<ServerResponse> {
  await expect.poll(() => answers.length, patient).toBe(1);
  return answers[0] as ServerResponse;
}

function closed(response: ServerResponse): Promise<unknown> {
  return response.closed ? Promise.resolve() : once(response, 'close');
}

describe('a response that the client does not read', () => {
  let at: Answered;
  beforeAll(async () => {
    at = await start({ deadlines: { idleMs } });
  });
  beforeEach(() => void at.answers.splice(0));
  afterAll(async () => at.server[Symbol.asyncDispose]());

  it('ends with its connection, and its memory is released', async () => {
    unreading(at.port, asking('/large'));
    const answer = await answerIn(at);
    expect(at.share.bytes).toBe(large.length);
    await closed(answer);
    expect(answer.writableFinished).toBe(false);
    expect(at.share.bytes).toBe(0);
  });

  it('ends although the client keeps sending', async () => {
    const wire = unreading(at.port, asking('/large'));
    const talking = setInterval(() => wire.say('\r\n'), idleMs / 10);
    onTestFinished(() => clearInterval(talking));
    const answer = await answerIn(at);
    await closed(answer);
    expect(answer.writableFinished).toBe(false);
  });

  it('ends when the client has closed its half of the connection', async () => {
    const wire = unreading(at.port, asking('/large'));
    wire.socket.end();
    const answer = await answerIn(at);
    await closed(answer);
    expect(answer.writableFinished).toBe(false);
  });

  it('leaves nothing of pipelined requests behind', async () => {
    unreading(at.port, asking('/large').repeat(2));
    await expect.poll(() => at.answers.length, patient).toBe(2);
    await Promise.all(at.answers.map(closed));
    expect(at.share.bytes).toBe(0);
  });

  it('releases its place in the limit on event streams', async () => {
    await using server = await startServer({
      settings: { connectionsPerAddress: { max: 1, loopback: true }, deadlines: { idleMs } },
    });
    const stream = asking('/graphql?query=subscription{step(after:%22earliest%22)}').replace(
      '\r\n\r\n',
      '\r\nAccept: text/event-stream\r\n\r\n',
    );
    const port = Number(server.at.split(':')[1]);
    unreading(port, stream);
    const isRejected = async (): Promise<boolean> => {
      const wire = new Wire(port);
      wire.say(stream);
      const text = await wire.until((heard) => /RATE_LIMITED|\nid: /.test(heard));
      wire.socket.destroy();
      await wire.closed;
      return text.includes('RATE_LIMITED');
    };
    await expect.poll(isRejected, patient).toBe(true);
    for (let sent = 0; sent < 24; sent++) await server.append('x'.repeat(1024 * 1024));
    await expect.poll(isRejected, patient).toBe(false);
  });
});

describe('a large response', () => {
  let at: Answered;
  beforeAll(async () => {
    at = await start();
  });
  beforeEach(() => void at.answers.splice(0));
  afterAll(async () => at.server[Symbol.asyncDispose]());

  it('is sent completely to a client that reads it, also to one that offered another protocol', async () => {
    const offering =
      'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA';
    const wire = new Wire(at.port);
    wire.say(asking('/large').replace('\r\n\r\n', `\r\n${offering}\r\n\r\n`));
    const [, body = ''] = (await wire.closed).split('\r\n\r\n');
    expect(body.length).toBe(large.length);
  });

  it('is rejected with 503 while too many bytes are unread, and sent again afterwards', async () => {
    const greedy = [unreading(at.port, asking('/large')), unreading(at.port, asking('/large'))];
    await expect.poll(() => at.answers.length, patient).toBe(2);
    const refused = await at.server.fetch('/large');
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toMatchObject({ error: { code: 'OVERLOADED' } });
    const small = await at.server.fetch('/livez');
    expect(small.status).toBe(200);
    for (const { socket } of greedy) socket.destroy();
    await Promise.all(at.answers.map(closed));
    const served = await at.server.fetch('/large');
    expect([served.status, (await served.text()).length]).toEqual([200, large.length]);
    await expect.poll(() => at.share.bytes, patient).toBe(0);
  });
});

describe.skipIf(!hasOpenssl)('over TLS', () => {
  let at: Answered;
  beforeAll(async () => {
    at = await start({ tls: await certify('localhost'), deadlines: { idleMs, handshakeMs: idleMs } });
  });
  afterAll(async () => at.server[Symbol.asyncDispose]());

  it('a connection that does not finish its handshake is closed', async () => {
    const silent = connectTcp(at.port, '127.0.0.1');
    const half = connectTcp(at.port, '127.0.0.1', () => half.write(Buffer.from([0x16, 3, 1, 2, 0, 1])));
    const ends = [silent, half].map((socket) => {
      socket.on('error', () => {});
      socket.resume();
      return once(socket, 'close');
    });
    expect(await Promise.all(ends)).toHaveLength(2);
  });

  it('a response that the client does not read ends with its connection', async () => {
    const socket = connectTls({ port: at.port, host: '127.0.0.1', rejectUnauthorized: false });
    onTestFinished(() => void socket.destroy());
    await once(socket, 'secureConnect');
    socket.pause();
    socket.write(asking('/large'));
    await closed(await answerIn(at));
    expect(at.share.bytes).toBe(0);
  });
});
