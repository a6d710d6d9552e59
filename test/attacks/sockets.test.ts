import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RawClient } from '../_util/clients.ts';
import { startAttacked, userKey, type Attacked } from './_attacked.ts';
import { closeCode, exchange, frame, handshake, head, opcodes, openWire, statusIn, Wire } from './_wire.ts';

// WebSockets that are opened in bad faith, on the graph and on the feed of every old system.

const graph = '/graphql';
const archmesh = `/ws?token=${userKey}`;
const feeds = ['/ws/system', '/ws', archmesh, '/ws/live', '/api/dashboard/ws/live-updates'];
const paths = [graph, ...feeds];
/** As many as one process of the test opens in a second; a server takes ten thousand in all by default. */
const halfOpen = 1_500;

const ping = frame('{"type":"ping","id":"ping_1"}');
const deep = '['.repeat(100_000) + ']'.repeat(100_000);

const malformed: readonly (readonly [name: string, bytes: string, code: number])[] = [
  ['text that is not UTF-8', frame('\xc3\x28'), 1007],
  ['half a surrogate pair', frame('\xed\xa0\x80'), 1007],
  ['a frame without a mask', frame('{}', { masked: false }), 1002],
  ['a reserved opcode', frame('x', { opcode: 3 }), 1002],
  ['a reserved opcode of control', frame('x', { opcode: 11 }), 1002],
  ['a bit of a compression that was not agreed upon', frame('x', { reserved: 4 }), 1002],
  ['a reserved bit', frame('x', { reserved: 1 }), 1002],
  ['a ping of 126 bytes', frame('x'.repeat(126), { opcode: opcodes.ping }), 1002],
  ['a ping in parts', frame('x', { opcode: opcodes.ping, last: false }), 1002],
  ['a close frame of one byte', frame('x', { opcode: opcodes.close }), 1002],
  ['a close frame with a code that cannot be sent', frame('\x03\xed', { opcode: opcodes.close }), 1002],
  ['a close frame whose reason is not UTF-8', frame('\x03\xe8\xff', { opcode: opcodes.close }), 1007],
  ['a part of nothing', frame('x', { opcode: opcodes.continuation }), 1002],
  ['a message within another', frame('x', { last: false }) + frame('y'), 1002],
  ['a length of a terabyte', frame('x', { declared: 2 ** 40 }), 1009],
  ['a length beyond whole numbers', frame('x', { declared: 2 ** 62 }), 1009],
  ['a message that is too long', frame('x'.repeat(2 ** 21 + 1)), 1009],
  ['zeros', '\0'.repeat(100), 1002],
];

describe('a server with malicious WebSocket clients', () => {
  let server: Attacked;
  let silent: readonly Wire[];

  beforeAll(async () => {
    server = await startAttacked({ WS_COMPRESSION: 'true' });
    silent = Array.from({ length: halfOpen }, () => new Wire(server.port, { keep: true }));
    for (const wire of silent) wire.say(handshake(graph));
  });

  afterAll(async () => {
    for (const { socket } of silent) socket.destroy();
    await server.stop();
  });

  const client = async (path: string): Promise<RawClient> => {
    const opened = new RawClient(
      `${server.wsUrl}${path}`,
      {},
      path === graph ? ['graphql-transport-ws'] : [],
    );
    return opened.opened();
  };

  async function graphClient(): Promise<RawClient> {
    const opened = await client(graph);
    opened.send({ type: 'connection_init' });
    await opened.ofType('connection_ack');
    return opened;
  }

  async function codes(
    path: string,
    cases: readonly (readonly [name: string, bytes: string, code: number])[],
  ) {
    return Promise.all(
      cases.map(async ([name, bytes]) => {
        const wire = await openWire(server.port, path);
        wire.say(bytes);
        const code = await closeCode(wire);
        wire.socket.destroy();
        return [name, code];
      }),
    );
  }

  it('rejects invalid handshakes', async () => {
    const cases: readonly (readonly [string, string, number])[] = [
      ['a short key', handshake(graph, { key: 'short' }), 400],
      ['no key', handshake(graph, { key: '' }), 400],
      ['an old version', handshake(graph, { version: '7' }), 400],
      ['a version that is none', handshake(graph, { version: 'x' }), 400],
      [
        'a broken list of protocols',
        handshake('/ws/system', { headers: ['Sec-WebSocket-Protocol: a,,b'] }),
        400,
      ],
      ['a POST', handshake(graph).replace('GET', 'POST'), 400],
      ['no feed', handshake('/ws/nothing'), 404],
      ['a path that cannot be read', handshake('/ws/%'), 400],
      ['a path with a zero', handshake('/ws/system%00'), 400],
      ['another host', handshake(graph).replace('Host: localhost', 'Host: evil.example'), 403],
      ['a name with a line break', handshake('/ws/system?client_id=a%0d%0ab'), 400],
      ['a name that is too long', handshake(`/ws/system?client_id=${'a'.repeat(200)}`), 400],
      ['a wrong credential', handshake('/ws/system?api_key=wrong'), 401],
      ['an endless head', handshake(graph, { headers: [`X-A: ${'a'.repeat(20_000)}`] }), 431],
    ];
    const answers = await server.unharmed(() =>
      Promise.all(cases.map(async ([name, bytes]) => [name, (await exchange(server.port, bytes)).status])),
    );
    expect(answers).toEqual(cases.map(([name, , status]) => [name, status]));
    const wire = await openWire(server.port, graph, { headers: [] }); // another client is accepted meanwhile
    expect(statusIn(wire.text)).toBe(101);
  });

  it('rejects pages of other origins, except where an old system allows all', async () => {
    const origins = [
      'https://evil.example',
      'null',
      'http://localhost.evil.example',
      'http://localhost:1\\@evil.example',
    ];
    for (const path of paths) {
      const isForAll = path.startsWith('/ws?') || path === '/ws' || path === '/ws/live';
      const statuses = await server.unharmed(() =>
        Promise.all(
          origins.map(async (origin) => {
            const wire = new Wire(server.port);
            wire.say(handshake(path, { headers: [`Origin: ${origin}`] }));
            const text = await wire.until((heard) => heard.includes('\r\n\r\n'));
            wire.socket.destroy();
            return statusIn(text);
          }),
        ),
      );
      expect([path, ...statuses]).toEqual([path, ...origins.map(() => (isForAll ? 101 : 403))]);
    }
  });

  it.each(paths)('closes a socket that violates the protocol, at %s', async (path) => {
    const found = await server.unharmed(() => codes(path, malformed));
    expect(found).toEqual(malformed.map(([name, , code]) => [name, code]));
  });

  it.each([graph, '/ws/system'])(
    'does not wait for the end of a message without one, at %s',
    async (path) => {
      const wire = await openWire(server.port, path);
      await server.unharmed(async () => {
        wire.say(frame('x'.repeat(65_536), { last: false }));
        let over = false;
        void wire.closed.then(() => (over = true));
        const part = frame('x'.repeat(65_536), { opcode: opcodes.continuation, last: false });
        for (let sent = 1; sent < 200 && !over; sent++) await wire.saySlowly(part);
      });
      expect(await closeCode(wire)).toBe(1009);
    },
  );

  it('does not buffer a message in fragments of one byte', async () => {
    const wire = await openWire(server.port, graph);
    const part = frame('x', { opcode: opcodes.continuation, last: false });
    await server.unharmed(async () => {
      wire.say(frame('x', { last: false }));
      wire.say(part.repeat(20_000));
    });
    expect(await closeCode(wire)).toBe(1008);
  });

  it.each([graph, '/ws/system'])('does not decompress a bomb, at %s', async (path) => {
    const bomb = deflateRawSync(Buffer.alloc(20_000_000, ' '), { finishFlush: 2 })
      .subarray(0, -4)
      .toString('latin1');
    expect(bomb.length).toBeLessThan(200_000);
    const wire = await openWire(server.port, path, {
      headers: ['Sec-WebSocket-Extensions: permessage-deflate'],
    });
    await server.unharmed(async () => wire.say(frame(bomb, { reserved: 4 })));
    expect(await closeCode(wire)).toBe(1009);
  });

  it.each(paths)(
    'does not buffer pongs for a client that sends pings and reads nothing, at %s',
    async (path) => {
      const wire = await openWire(server.port, path);
      wire.socket.pause();
      const pings = frame('x'.repeat(125), { opcode: opcodes.ping }).repeat(500);
      let over = false;
      void wire.closed.then(() => (over = true));
      await server.unharmed(async () => {
        for (let sent = 0; sent < 1_000 && !over; sent++) {
          await wire.saySlowly(pings);
          if (sent % 10 === 0) await server.neighbourGets(1); // time to be cut off
        }
      });
      expect(over).toBe(true);
    },
  );

  it.each([
    ['pings with long ids', archmesh, `{"type":"ping","id":"${'x'.repeat(1_000_000)}"}`],
    ['pings with long payloads', graph, `{"type":"ping","payload":{"a":"${'x'.repeat(900_000)}"}}`],
    ['subscriptions that are refused', graph, `{"type":"subscribe","id":"s","payload":{"query":"{ x }"}}`],
  ])('buffers little for a client that reads no response: %s', async (_name, path, text) => {
    const wire = await openWire(server.port, path);
    wire.socket.pause();
    if (path === graph) wire.say(frame('{"type":"connection_init"}'));
    const messages = frame(text).repeat(Math.ceil(1_000_000 / text.length));
    await server.unharmed(async () => {
      for (let sent = 0; sent < 150; sent++) wire.say(messages);
    });
    const grownMb = await server.grownMb();
    wire.socket.destroy();
    expect(grownMb).toBeLessThan(150);
  });

  it.each(feeds)('closes a client that keeps exceeding the message rate, at %s', async (path) => {
    const wire = await openWire(server.port, path);
    await server.unharmed(async () => wire.say(ping.repeat(1_500)));
    expect(await closeCode(wire)).toBe(1008);
  });

  it('reads messages of a fast graphql-ws client later, and responds to all of them', async () => {
    const count = 1_200;
    const talker = await client(graph);
    await server.unharmed(async () => {
      for (let sent = 0; sent < count; sent++) talker.send('{"type":"ping"}');
      for (let heard = 0; heard < count; heard++) await talker.ofType('pong');
    });
    expect(talker.socket.readyState).toBe(1);
  });

  it('closes a client that does not speak graphql-transport-ws', async () => {
    const init = frame('{"type":"connection_init"}');
    const endless = 'subscription { connections(everyMs: 3600000) { sampledAt } }';
    const subscribing = (id: unknown, query: unknown): string =>
      frame(JSON.stringify({ type: 'subscribe', id, payload: { query } }));
    const cases: readonly (readonly [string, string, number])[] = [
      ['no JSON', frame('hello'), 4400],
      ['brackets without end', frame('['.repeat(100_000)), 4400],
      ['brackets', frame(deep), 4400],
      ['no type', frame('{}'), 4400],
      ['a type in the prototype', frame('{"__proto__":{"type":"connection_init"}}'), 4400],
      ['the type of another protocol', frame('{"type":"start","id":"1"}'), 4400],
      ['an init that is no object', frame(`{"type":"connection_init","payload":${deep}}`), 4400],
      ['an id that is none', init + subscribing(1, endless), 4400],
      ['no id', init + subscribing('', endless), 4400],
      ['a query that is none', init + subscribing('1', { a: 1 }), 4400],
      ['a subscription before all else', subscribing('1', endless), 4401],
      ['a wrong credential', frame('{"type":"connection_init","payload":{"token":"wrong"}}'), 4403],
      ['a credential that is none', frame(`{"type":"connection_init","payload":{"token":${deep}}}`), 4403],
      ['two inits', init + init, 4429],
    ];
    const found = await server.unharmed(() => codes(graph, cases));
    expect(found).toEqual(cases.map(([name, , code]) => [name, code]));
    const twice = await graphClient();
    for (let count = 0; count < 2; count++)
      twice.send({ type: 'subscribe', id: 'same', payload: { query: endless } });
    expect(await twice.closed).toMatchObject({ code: 4409 });
    const odd = await graphClient();
    for (const id of ['__proto__', 'constructor']) {
      odd.send(`{"type":"subscribe","id":"${id}","payload":{"query":"{ viewer { subject } }"}}`);
      expect(await odd.ofType('complete')).toMatchObject({ id });
    }
  });

  it.each(['/ws/system', '/ws', '/ws/live', '/api/dashboard/ws/live-updates'])(
    'is not closed by any message of a client of %s',
    async (path) => {
      const talker = await client(path);
      await server.unharmed(async () => {
        for (const message of [
          '{"type":"ping","timestamp":' + deep + '}', // this message once ended the process
          '{"type":"ping","id":' + deep + ',"__proto__":{"a":1}}',
          '{"type":"__proto__"}',
          '{"type":"request_metrics","constructor":1}',
          deep,
          '{"type":{}}',
        ])
          talker.send(message);
        await talker.next(({ type }) => type === 'pong');
        await talker.next(({ type, code }) => type === 'error' && code === 'INVALID_MESSAGE');
      });
      expect(talker.socket.readyState).toBe(1);
    },
  );

  it('survives arbitrary messages of an ArchMesh client', async () => {
    const talker = await client(archmesh);
    await server.unharmed(async () => {
      for (const message of [
        `{"type":"ping","id":${deep}}`,
        `{"type":"ping","id":"x","timestamp":${deep}}`,
        `{"type":"ping","id":"x","data":{"a":${deep}}}`,
        `{"type":"large_data","id":"x","data":{"data_id":"\\u0000","chunk_index":1e308,"total_chunks":-1,"chunk_data":"","checksum":""}}`,
        '{"type":"__proto__","id":"__proto__"}',
        '{"type":"ping","id":"ping_last"}',
      ])
        talker.send(message);
      await talker.next(({ type, id }) => type === 'pong' && id === 'pong_last');
    });
    expect(talker.socket.readyState).toBe(1);
  });

  it('allows one connection a hundred of six hundred operations', async () => {
    const greedy = await graphClient();
    const wanted = 600;
    const outcomes = new Map<string, string>();
    await server.unharmed(async () => {
      for (let id = 0; id < wanted; id++) {
        const query = `subscription { a${id}: connections(everyMs: 3600000) { sampledAt } }`;
        greedy.send({ type: 'subscribe', id: String(id), payload: { query } });
      }
      while (outcomes.size < wanted) {
        const { id, type, payload } = await greedy.next();
        const [error] = (type === 'error' ? payload : []) as { extensions: { code: string } }[];
        outcomes.set(String(id), error?.extensions.code ?? 'served');
      }
    });
    const served = [...outcomes.values()].filter((outcome) => outcome === 'served').length;
    expect(served).toBe(100);
    expect(new Set(outcomes.values())).toEqual(new Set(['served', 'OVERLOADED']));
    greedy.close();
    await greedy.closed;
  });

  it('keeps nothing of clients that connect and disconnect', async () => {
    const fickle = await graphClient();
    await server.unharmed(async () => {
      for (let id = 0; id < 300; id++) {
        const query = `subscription { b${id}: connections(everyMs: 3600000) { sampledAt } }`;
        fickle.send({ type: 'subscribe', id: String(id), payload: { query } });
        fickle.send({ type: 'complete', id: String(id) });
      }
      for (let count = 0; count < 100; count++) {
        const { socket } = new Wire(server.port);
        socket.once('connect', () => {
          socket.write(handshake(graph).slice(0, 60 + count));
          socket.destroySoon();
        });
      }
    });
    fickle.close();
    await fickle.closed;
    const groups = async (): Promise<unknown> => {
      const response = await fetch(
        `${server.url}/graphql?query={subscriptions{groups{field,subscriberCount}}}`,
      );
      return ((await response.json()) as { data: { subscriptions: { groups: unknown } } }).data.subscriptions
        .groups;
    };
    await expect.poll(groups).toEqual([{ field: 'connections', subscriberCount: 1 }]); // that of the other client
  });

  it('does not keep messages after handling them', async () => {
    const junk = `[${'{},'.repeat(300_000)}{}]`; // twenty megabytes, once it is read
    const query = 'subscription { auditEvents { action } }';
    const first = await client(graph);
    const hoarders = [first];
    await server.unharmed(async () => {
      for (let count = 0; count < 10; count++) {
        const hoarder = count === 0 ? first : await client(graph);
        if (count > 0) hoarders.push(hoarder);
        hoarder.send(`{"type":"connection_init","payload":{"a":${junk}}}`);
        await hoarder.ofType('connection_ack');
      }
      for (let id = 0; id < 10; id++) {
        first.send(
          `{"type":"subscribe","id":"${id}","payload":{"query":"${query}","variables":{"a":${junk}}}}`,
        );
        first.send(`{"type":"subscribe","id":"${id}x","payload":{"query":"${query}"},"a":${junk}}`);
      }
      first.send('{"type":"subscribe","id":"last","payload":{"query":"{ viewer { subject } }"}}');
      await first.next(({ id, type }) => id === 'last' && type === 'complete');
    });
    for (const hoarder of hoarders) expect(hoarder.socket.readyState).toBe(1);
  });

  it('does not keep the megabyte of a subscription message', async () => {
    const verbose = await graphClient();
    const query =
      'subscription ($provider: String) { alertEvents(filter: { providerName: $provider }) { cursor } }';
    const variables = { provider: 'x'.repeat(900_000) };
    await server.unharmed(async () =>
      verbose.send({ type: 'subscribe', id: '1', payload: { query, variables } }),
    );
    expect(await verbose.ofType('error')).toMatchObject({
      payload: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });

  it('closes a client that uses an operation id of a million characters', async () => {
    const verbose = await graphClient();
    const id = 'x'.repeat(1_000_000);
    await server.unharmed(async () => {
      verbose.send({ type: 'subscribe', id, payload: { query: '{ viewer { subject } }' } });
      expect((await verbose.closed).code).toBe(4400);
    });
  });

  it('closes a client that sends no connection_init with 4408', async () => {
    const ended = await server.unharmed(() => Promise.all(silent.map(closeCode)));
    expect(ended.length).toBe(halfOpen);
    expect(new Set(ended)).toEqual(new Set([4408]));
  });

  it('uses no more memory afterwards, and every log line is well-formed', async () => {
    expect(await server.grownMb()).toBeLessThan(150);
    for (const line of server.logged) expect(() => JSON.parse(line) as unknown).not.toThrow();
    expect(server.logged.filter((line) => line.includes('"level":"ERROR"'))).toEqual([]);
    expect(
      statusIn(
        (await exchange(server.port, head('GET /livez HTTP/1.1', 'Host: a', 'Connection: close'))).text,
      ),
    ).toBe(200);
  });
});
