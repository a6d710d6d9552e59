import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { heldSockets } from '../_util/held-sockets.ts';
import { runs } from '../_util/long-run.ts';
import { exchange, frame, handshake, head, opcodes, Wire } from '../attacks/_wire.ts';

// What clients may send once a WebSocket is open, right behind the handshake or later: frames that are broken, cut off,
// of any length and kind, and messages in the words of every protocol.

const key = 'a-key-of-a-user';
const paths = [
  '/graphql',
  '/ws/system',
  '/ws/governance',
  '/ws',
  `/ws?token=${key}`,
  '/ws/live',
  '/api/dashboard/ws/live-updates',
];

const query = 'subscription { connections(everyMs: 100) { sampledAt } }';
const messages = [
  '{"type":"connection_init"}',
  JSON.stringify({ type: 'subscribe', id: '1', payload: { query } }),
  '{"type":"complete","id":"1"}',
  '{"type":"ping","id":"ping_1","timestamp":1}',
  '{"type":"request_metrics"}',
  '{"type":"large_data","id":"x","data":{"data_id":"d","chunk_index":0,"total_chunks":2,"chunk_data":"YQ==","checksum":"0"}}',
  '{"type":null}',
  '[]',
];

const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array).toString('latin1'));
const frames = fc.array(
  fc
    .record({
      payload: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...messages) },
        { weight: 1, arbitrary: bytes },
        { weight: 1, arbitrary: fc.constantFrom('x'.repeat(70_000), '\x03\xe8', '\xc3\x28') },
      ),
      opcode: fc.oneof(
        { weight: 5, arbitrary: fc.constant(opcodes.text) },
        { weight: 2, arbitrary: fc.integer({ min: 0, max: 15 }) },
      ),
      last: fc.oneof(
        { weight: 5, arbitrary: fc.constant(true) },
        { weight: 1, arbitrary: fc.constant(false) },
      ),
      reserved: fc.oneof(
        { weight: 8, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ min: 1, max: 7 }) },
      ),
      masked: fc.oneof(
        { weight: 8, arbitrary: fc.constant(true) },
        { weight: 1, arbitrary: fc.constant(false) },
      ),
      declared: fc.oneof(
        { weight: 8, arbitrary: fc.constant(null) },
        { weight: 1, arbitrary: fc.constantFrom(0, 125, 126, 65_535, 65_536, 2 ** 31, 2 ** 40, 2 ** 62) },
      ),
    })
    .map(({ payload, declared, ...options }) =>
      frame(payload, declared === null ? options : { ...options, declared }),
    ),
  { minLength: 1, maxLength: 5 },
);

const session = fc.record({
  path: fc.constantFrom(...paths),
  sent: frames,
  cut: fc.double({ min: 0.3, max: 1, noNaN: true }),
  waits: fc.boolean(),
  end: fc.constantFrom('reset', 'half-close', 'byte and half-close' as const),
});

describe('a server that receives arbitrary WebSocket frames', () => {
  let app: TestApp;
  let port: number;
  beforeAll(async () => {
    app = await startTestApp({ LOG_LEVEL: 'ERROR', AUTH_TOKENS: `${key}:uma:user` }, { keep: true });
    port = Number(new URL(app.url).port);
  });
  afterAll(() => app.stop());

  it('keeps responding, keeps no socket, and logs no error of its own', async () => {
    await fc.assert(
      fc.asyncProperty(session, async ({ path, sent, cut, waits, end }) => {
        const wire = new Wire(port, { keep: true });
        const text = sent.join('');
        const part = text.slice(0, Math.ceil(text.length * cut));
        if (waits) {
          wire.say(handshake(path));
          await wire.until((heard) => heard.includes('\r\n\r\n'));
          wire.say(part);
        } else wire.say(handshake(path) + part);
        if (end === 'reset') wire.socket.resetAndDestroy();
        else if (end === 'half-close') wire.socket.end();
        else wire.socket.end('x');
        expect(await wire.closed).toMatch(end === 'reset' ? /^/ : /^HTTP\/1\.1 101 /);
      }),
      { numRuns: runs(100, 5_000) },
    );
    const alive = head('GET /livez HTTP/1.1', 'Host: localhost', 'Connection: close');
    expect((await exchange(port, alive)).status).toBe(200);
    await expect.poll(() => heldSockets(port), { timeout: 15_000 }).toBe(0);
    expect(app.logged.filter(({ level }) => level === 'ERROR')).toEqual([]);
  });
});
