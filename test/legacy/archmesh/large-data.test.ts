import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../_util/app.ts';
import { chunk, env, join, sha256 } from './_archmesh.ts';

const whole = Buffer.from(Array.from({ length: 150_000 }, (_, at) => at % 251));
const parts = [whole.subarray(0, 65_536), whole.subarray(65_536, 131_072), whole.subarray(131_072)];
const total = { total_chunks: 3 };
let app: TestApp;

beforeAll(async () => {
  app = await startTestApp(env, { keep: true });
});

afterAll(() => app.stop());

describe('large data', () => {
  it('M27, M29, M42: is accepted in chunks of 64 KiB in any order, and can then be read in the graph', async () => {
    const client = await join(app); // a user without the capability to publish
    for (const at of [2, 0, 1])
      client.send(chunk(parts[at] ?? Buffer.alloc(0), { ...total, data_id: 'readable', chunk_index: at }));
    expect((await client.nextOfType('large_data_received')).data).toEqual({
      data_id: 'readable',
      status: 'received',
      total_size: 150_000,
    });
    const { data } = await app.graphql<{ transfers: { edges: { node: Record<string, string> }[] } }>(
      `{ transfers { edges { node { dataId totalBytes sha256 senderId
           a: chunk(index: 0, bytes: 65536) b: chunk(index: 1, bytes: 65536) c: chunk(index: 2, bytes: 65536) } } } }`,
    );
    const received = data.transfers.edges.filter(({ node }) => node['dataId'] === 'readable');
    expect(
      received.map(({ node: { a = '', b = '', c = '', ...node } }) => ({
        ...node,
        bytes: Buffer.concat([a, b, c].map((text) => Buffer.from(text, 'base64'))).equals(whole),
      })),
    ).toEqual([
      { dataId: 'readable', totalBytes: 150_000, sha256: sha256(whole), senderId: 'ann', bytes: true },
    ]);
  });

  it('M27: has the last version of a chunk that was sent twice', async () => {
    const client = await join(app);
    const [first = whole, second = whole, third = whole] = parts;
    for (const [at, bytes] of [
      [0, Buffer.from('not yet')],
      [2, third],
      [0, first],
      [1, second],
    ] as const)
      client.send(chunk(bytes, { ...total, data_id: 'again', chunk_index: at }));
    await client.nextOfType('large_data_received');
    const { data } = await app.graphql<{
      transfers: { edges: { node: { dataId: string; sha256: string } }[] };
    }>('{ transfers { edges { node { dataId sha256 } } } }');
    const received = data.transfers.edges.find(({ node }) => node.dataId === 'again');
    expect(received?.node.sha256).toBe(sha256(whole));
  });

  it('M27: whose indexes include both 0 and total_chunks is dropped', async () => {
    const client = await join(app);
    for (const [one, other] of [
      [0, 3],
      [3, 0],
    ] as const) {
      client.send(chunk(whole.subarray(0, 9), { ...total, chunk_index: one }));
      client.send(chunk(whole.subarray(0, 9), { ...total, chunk_index: other }));
      expect(await client.nextError('INVALID_MESSAGE_FORMAT')).toMatchObject({ reason: 'bad_index' });
    }
  });

  it('M27: may count from 1, repeat a chunk, and carry the checksum of the whole in every chunk', async () => {
    const client = await join(app);
    for (const at of [0, 0, 1, 2])
      client.send(
        chunk(parts[at] ?? Buffer.alloc(0), { ...total, chunk_index: at + 1, checksum: sha256(whole) }),
      );
    expect((await client.nextOfType('large_data_received')).data).toMatchObject({ total_size: 150_000 });
  });

  it('M24, M42, M43: in chunks that are too large or too many is MESSAGE_TOO_LARGE', async () => {
    const client = await join(app);
    client.send(chunk(Buffer.alloc(65_537), { ...total, chunk_index: 0 }));
    expect(await client.nextError('MESSAGE_TOO_LARGE')).toMatchObject({
      reason: 'chunk_too_large',
      message_id: 'large_data_0',
    });
    for (const many of [1_001, 2 ** 40]) {
      client.send(chunk(Buffer.alloc(1), { total_chunks: many, chunk_index: 0 }));
      expect(await client.nextError('MESSAGE_TOO_LARGE')).toMatchObject({ reason: 'too_many_chunks' });
    }
    client.send(chunk(Buffer.alloc(1), { total_chunks: 1_000, chunk_index: 0 }));
    await client.settled();
  });

  it('M25, M27: with an invalid checksum, index, total or base64 is INVALID_MESSAGE_FORMAT, and its chunks are dropped', async () => {
    const client = await join(app);
    const [first = whole, second = whole, third = whole] = parts;
    const wrong: [object, string][] = [
      [{ checksum: sha256(third) }, 'checksum_mismatch'],
      [{ chunk_index: 4 }, 'bad_index'],
      [{ chunk_index: -1 }, 'bad_index'],
      [{ total_chunks: 4 }, 'total_changed'],
      [{ chunk_data: '???' }, 'bad_base64'],
    ];
    for (const [more, reason] of wrong) {
      client.send(chunk(second, { ...total, chunk_index: 1 }));
      client.send(chunk(first, { ...total, chunk_index: 0, ...more }));
      expect(await client.nextError('INVALID_MESSAGE_FORMAT')).toMatchObject({ reason });
      client.send(chunk(third, { ...total, chunk_index: 2 }));
      client.send(chunk(first, { ...total, chunk_index: 0 }));
      await client.settled(reason); // the chunks were dropped, so the data is incomplete
      client.send(chunk(second, { ...total, chunk_index: 1 }));
      await client.nextOfType('large_data_received');
    }
  });

  it('M27: of one session may be in four open transfers; a fifth has to wait', async () => {
    const [client, other] = await Promise.all([join(app), join(app)]);
    const begun = (id: string): object => {
      const message = chunk(Buffer.alloc(1), { total_chunks: 2, chunk_index: 0 });
      return { ...message, data: { ...(message['data'] as object), data_id: id } };
    };
    for (const id of ['a', 'b', 'c', 'd']) client.send(begun(id));
    await client.settled();
    client.send(begun('e'));
    expect(await client.nextError('RATE_LIMIT_EXCEEDED')).toMatchObject({ reason: 'too_many_open' });
    other.send(begun('e'));
    await other.settled();
  });
});
