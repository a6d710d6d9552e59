import { describe, expect, test } from 'vitest';
import { greeted, serve } from './feed-server.contract.ts';

describe('a client’s message', () => {
  test('that is a ping is answered with pong, and an unknown message is ignored', async () => {
    const { connect } = await serve();
    const client = await greeted(connect());
    client.send({ type: 'subscribe', channels: ['all'] });
    client.send({ type: 'ping' });
    expect(await client.next()).toMatchObject({ type: 'pong' });
  });

  test('A70: that is invalid is answered with an error, and the connection stays open', async () => {
    const { connect, ring } = await serve();
    const client = await greeted(connect());
    for (const broken of ['{', '[]', '{"type":1}', Buffer.from('{"type":"ping"}')]) {
      client.send(broken);
      expect(await client.next()).toEqual({
        type: 'error',
        code: 'INVALID_MESSAGE',
        message: 'A message is a JSON object with a type, as text.',
        timestamp: expect.closeTo(Date.now(), -6),
      });
    }
    await ring(1);
    expect(await client.next()).toEqual({ type: 'rung', n: 1 });
  });

  test('A61: above the limit is rejected, and above twice the limit the socket closes with 1009', async () => {
    const { connect } = await serve();
    const client = await greeted(connect());
    client.send('x'.repeat(1_001));
    expect(await client.next()).toMatchObject({ type: 'error', code: 'PAYLOAD_TOO_LARGE' });
    client.send('x'.repeat(2_000));
    expect(await client.next()).toMatchObject({ type: 'error', code: 'PAYLOAD_TOO_LARGE' });
    client.send('x'.repeat(2_001));
    expect((await client.closed).code).toBe(1009);
  });

  test('A62: beyond ten a second is dropped with RATE_LIMITED, and the connection stays open', async () => {
    const { connect, ring } = await serve();
    const client = await greeted(connect());
    for (let sent = 0; sent < 50; sent++) client.send({ type: 'ping' });
    for (let answered = 0; answered < 10; answered++)
      expect(await client.next()).toMatchObject({ type: 'pong' });
    expect(await client.next()).toMatchObject({ type: 'error', code: 'RATE_LIMITED' });
    await ring(1);
    expect(await client.next()).toEqual({ type: 'rung', n: 1 });
  });

  test('A69: that keeps exceeding the rate limit closes the socket with 1008, which is audited', async () => {
    const { connect, audited } = await serve();
    const client = await greeted(connect());
    for (let sent = 0; sent < 400; sent++) client.send({ type: 'ping' });
    expect((await client.closed).code).toBe(1008);
    expect(audited).toEqual([{ type: 'rate_limited', path: '/old/feed', address: '127.0.0.1' }]);
  });
});
