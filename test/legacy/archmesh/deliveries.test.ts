import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type DatabaseHandle } from '../../../src/db/database.ts';
import { stageBytes } from '../../../src/domains/transfers/bytes.store.ts';
import { silentLog } from '../../../src/log/log.ts';
import { startTestApp, type TestApp } from '../../_util/app.ts';
import { createTestDatabase, type TestDatabase } from '../../_util/database.ts';
import {
  chunk,
  env,
  join,
  notification,
  report,
  sha256,
  tokens,
  type Envelope,
  type MeshClient,
} from './_archmesh.ts';

const chunkBytes = 65_536;

// Two instances on one database. Each test has its own users, so that it receives no deliveries of another test.

let database: TestDatabase;
let opened: DatabaseHandle;
let here: TestApp;
let there: TestApp;
const users = ['cut', 'late', 'both', 'slow', 'gone', 'wire', 'rude', 'empty'] as const;
const tokenOf = (user: (typeof users)[number]): string => `token-of-${user}`;

beforeAll(async () => {
  database = await createTestDatabase();
  opened = openDatabase({ connection: database.connection, log: silentLog });
  const more = users.map((user) => `${tokenOf(user)}:${user}:user`).join();
  // at DEBUG every chunk would be logged
  const own = { ...env, AUTH_TOKENS: `${env.AUTH_TOKENS},${more}`, LOG_LEVEL: 'INFO' };
  const options = { database: database.connection, keep: true };
  [here, there] = await Promise.all([startTestApp(own, options), startTestApp(own, options)]);
});

afterAll(async () => {
  await Promise.all([here.stop(), there.stop()]);
  await opened[Symbol.asyncDispose]();
  await database.drop();
});

/** Stores a transfer as an upload does, without the event. @returns its id. */
async function stored(bytes: Buffer, sender = 'ann'): Promise<string> {
  const { kysely } = opened;
  const id = `transfer-${sha256(bytes).slice(0, 16)}-${sender}`;
  await stageBytes(kysely, id, [bytes]);
  await sql`insert into transfers (seq, id, data_id, sender, total_bytes, sha256, received_at)
    select coalesce(min(seq), 0) - 1, ${id}, 'report', ${sender}, ${bytes.length}, ${sha256(bytes)}, now()
    from transfers where seq < 0`.execute(kysely);
  return id;
}

/** @returns the delivery's id, which is the `data_id` of its chunks. */
async function deliver(transferId: string, userId: string, app = here): Promise<string> {
  const { data, errors } = await app.graphql<{ deliverTransfer: { delivery: { id: string } } }>(
    `mutation ($input: DeliverTransferInput!) { deliverTransfer(input: $input) {
      ... on DeliverTransferSuccess { delivery { id: deliveryId } } } }`,
    { input: { transferId, recipientId: userId } },
    { authorization: `Bearer ${tokens.ann}` },
  );
  expect(errors).toBeUndefined();
  return data.deliverTransfer.delivery.id;
}

interface Chunk {
  readonly data_id: string;
  readonly chunk_index: number;
  readonly total_chunks: number;
  readonly chunk_data: string;
  readonly checksum: string;
}

async function nextChunk(client: MeshClient): Promise<{ readonly data: Chunk; readonly bytes: Buffer }> {
  const { data } = (await client.nextOfType('large_data')) as Envelope & { data: Chunk };
  const bytes = Buffer.from(data.chunk_data, 'base64');
  expect(data.checksum).toBe(sha256(bytes));
  return { data, bytes };
}

/** All chunks of this delivery, starting with chunk `from`. @throws Error when any other message arrives. */
async function received(client: MeshClient, dataId: string, from = 0): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let index = from; ; index++) {
    const { data, bytes } = await nextChunk(client);
    expect([data.data_id, data.chunk_index]).toEqual([dataId, index]);
    parts.push(bytes);
    if (index === data.total_chunks - 1) return Buffer.concat(parts);
  }
}

function request(data: object): object {
  return { type: 'large_data_request', id: 'request_1', timestamp: new Date().toISOString(), data };
}

describe('a stored transfer', () => {
  it('M28: reaches every socket of its user on each instance, byte for byte, and no other socket', async () => {
    const whole = randomBytes(1_048_576 + 7);
    const id = await stored(whole);
    const clients = await Promise.all([here, here, there].map((app) => join(app, tokenOf('both'))));
    const others = await Promise.all([here, there].map((app) => join(app, tokens.bob)));
    const dataId = await deliver(id, 'both');
    for (const client of clients) expect((await received(client, dataId)).equals(whole)).toBe(true);
    for (const client of [...clients, ...others]) await client.settled(); // no further message arrives
  });

  it('M28: of no bytes is one empty chunk', async () => {
    const client = await join(here, tokenOf('empty'));
    const dataId = await deliver(await stored(Buffer.alloc(0)), 'empty');
    const { data } = await nextChunk(client);
    expect(data).toMatchObject({ data_id: dataId, chunk_index: 0, total_chunks: 1, chunk_data: '' });
  });

  it('M28, M30: resumes at the missing chunk after a cut connection, even at another instance', async () => {
    const whole = randomBytes(40 * chunkBytes);
    const next = randomBytes(9);
    const [first, second] = await Promise.all([stored(whole), stored(next)]);
    const client = await join(here, tokenOf('cut'));
    const dataId = await deliver(first, 'cut');
    const parts: Buffer[] = [];
    while (parts.length < 13) parts.push((await nextChunk(client)).bytes);
    client.socket.terminate();
    const behind = await deliver(second, 'cut', there); // while the client is disconnected
    const again = await join(there, tokenOf('cut'));
    again.send(request({ data_id: dataId, chunk_index: 13 }));
    parts.push(await received(again, dataId, 13));
    expect(Buffer.concat(parts).equals(whole)).toBe(true);
    expect((await received(again, behind)).equals(next)).toBe(true);
    again.send(request({ data_id: behind, chunk_index: 1 })); // the client has all chunks
    await again.settled();
    again.send(request({ data_id: dataId, chunk_index: 38 }));
    expect(await received(again, dataId, 38)).toHaveLength(2 * chunkBytes);
    expect(await received(again, behind)).toHaveLength(9);
  });

  it('M28: that was delivered before its user first connected is sent on request', async () => {
    const [one, two] = [randomBytes(chunkBytes + 1), randomBytes(3)];
    const ids = [await deliver(await stored(one), 'late'), await deliver(await stored(two), 'late')] as const;
    const client = await join(there, tokenOf('late')); // nothing is sent at connect
    client.send(request({}));
    expect((await received(client, ids[0])).equals(one)).toBe(true);
    expect((await received(client, ids[1])).equals(two)).toBe(true);
  });

  it('M28, M46, M49: waits in the store for a client that does not read, lets messages pass, and arrives whole', async () => {
    const whole = randomBytes(6 * 1_048_576);
    const chunks = whole.length / chunkBytes;
    const id = await stored(whole);
    const [slow, fast] = [await join(here, tokenOf('slow')), await join(here, tokenOf('slow'))];
    slow.socket.pause();
    const dataId = await deliver(id, 'slow');
    expect(sha256(await received(fast, dataId))).toBe(sha256(whole));
    const sent = await sentTo('slow');
    expect(sent).toHaveLength(2);
    expect(Math.max(...sent)).toBeGreaterThanOrEqual(chunks);
    expect(Math.min(...sent)).toBeLessThan(chunks * 0.75); // the buffers of the connection hold the rest
    await report(here, [notification({ userId: 'slow', priority: 'LOW' })]);
    await fast.nextOfType('notification');
    slow.socket.resume();
    const order: string[] = [];
    const parts: Buffer[] = [];
    while (parts.length < chunks) {
      const { type, data } = (await slow.next()) as unknown as Envelope;
      order.push(type);
      if (type === 'large_data') parts.push(Buffer.from(String(data['chunk_data']), 'base64'));
    }
    expect(sha256(Buffer.concat(parts))).toBe(sha256(whole));
    expect(order.filter((type) => type === 'notification')).toHaveLength(1); // the notification arrives before the last chunk
  });

  it('M28: that is no longer kept is skipped, and later ones arrive', async () => {
    const [kept, removed] = [await stored(randomBytes(5)), await stored(randomBytes(6))];
    const gone = await deliver(removed, 'gone');
    await opened.kysely.deleteFrom('transfers').where('id', '=', removed).execute();
    const behind = await deliver(kept, 'gone');
    const client = await join(here, tokenOf('gone'));
    client.send(request({ data_id: gone }));
    expect(await received(client, behind)).toHaveLength(5);
  });
});

/** The number of messages sent on each socket of a user. */
async function sentTo(user: string): Promise<number[]> {
  const { data } = await here.graphql<{ connections: { sockets: { subject: string; sentCount: number }[] } }>(
    '{ connections { sockets { subject sentCount } } }',
    {},
    { authorization: `Bearer ${tokens.admin}` },
  );
  return data.connections.sockets.filter(({ subject }) => subject === user).map(({ sentCount }) => sentCount);
}

describe('large data from a client', () => {
  it('M27, M28: that names a user is stored and delivered to that user', async () => {
    const [sender, recipient] = [await join(here), await join(there, tokenOf('wire'))];
    const whole = randomBytes(100_000);
    const parts = [whole.subarray(0, chunkBytes), whole.subarray(chunkBytes)];
    for (const time of [1, 2]) {
      for (const [at, bytes] of parts.entries())
        sender.send(chunk(bytes, { total_chunks: 2, chunk_index: at, user_id: 'wire' }));
      expect((await sender.nextOfType('large_data_received')).data).toMatchObject({ total_size: 100_000 });
      const { data, bytes } = await nextChunk(recipient);
      expect(Buffer.concat([bytes, (await nextChunk(recipient)).bytes]).equals(whole)).toBe(true);
      expect(data.data_id, `time ${time}`).not.toBe('data_456'); // the id of the client is not unique
    }
    await sender.settled();
    sender.send(chunk(Buffer.alloc(1), { total_chunks: 2, chunk_index: 0, user_id: 'wire' }));
    sender.send(chunk(Buffer.alloc(1), { total_chunks: 2, chunk_index: 1, user_id: 'bob' }));
    expect(await sender.nextError('INVALID_MESSAGE_FORMAT')).toMatchObject({ reason: 'recipient_changed' });
    sender.send(chunk(Buffer.alloc(1), { total_chunks: 2, chunk_index: 0, user_id: '' }));
    expect(await sender.nextError('INVALID_MESSAGE_FORMAT')).toMatchObject({ reason: 'invalid_data' });
    await recipient.settled();
  });
});

describe('a request for large data', () => {
  it('M25, M28: for data that was not delivered to this user, or for an invalid chunk, is INVALID_MESSAGE_FORMAT', async () => {
    const client = await join(here, tokenOf('rude'));
    const own = await deliver(await stored(randomBytes(chunkBytes)), 'rude');
    await nextChunk(client);
    const foreign = await deliver(await stored(randomBytes(4)), 'bob');
    for (const [data, reason] of [
      [{ data_id: foreign }, 'unknown_data_id'],
      [{ data_id: 'no such thing\u0000' }, 'unknown_data_id'],
      [{ data_id: own, chunk_index: 2 }, 'bad_index'],
      [{ data_id: own, chunk_index: -1 }, 'bad_index'],
      [{ chunk_index: 1 }, 'bad_index'],
      [{ data_id: 7 }, 'invalid_data'],
      [{ data_id: 'x'.repeat(257) }, 'invalid_data'],
      [{ data_id: own, chunk_index: 0.5 }, 'invalid_data'],
    ] as const) {
      client.send(request(data));
      expect(await client.nextError('INVALID_MESSAGE_FORMAT')).toMatchObject({
        reason,
        message_id: 'request_1',
      });
    }
    client.send(request({ data_id: own }));
    expect(await received(client, own)).toHaveLength(chunkBytes);
  });
});
