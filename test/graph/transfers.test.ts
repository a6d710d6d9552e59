import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { dropAbandoned, keepStaged, stageBytes } from '../../src/domains/transfers/bytes.store.ts';
import { retainedTransfers } from '../../src/domains/transfers/store.ts';
import { split } from '../../src/lib/chunks.ts';
import { silentLog } from '../../src/log/log.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { removeBefore } from '../_util/remove-old.ts';
import { publishMutation } from '../_util/publish.ts';

const env = {
  FEATURE_SYSTEM_MONITORING: 'false',
  FEATURE_DATABASE_MONITORING: 'false',
  AUTH_TOKENS:
    'pat-token:pat:developer,sue-token:sue:developer,ann-token:ann:user,root-token:root:admin,guest-token:guest:guest',
};
const as = (name: string): Record<string, string> => ({ authorization: `Bearer ${name}-token` });

const sendChunk = `mutation ($input: SendChunkInput!) { sendChunk(input: $input) {
  __typename
  ... on SendChunkSuccess { chunk {
    dataId receivedChunkCount chunkCount complete totalBytes sha256 transfer { id: transferId senderId } } }
  ... on ChunkRefused { code reason dropped }
  ... on InvalidInput { field allowed }
} }`;

interface Sent {
  __typename: string;
  chunk: {
    complete: boolean;
    totalBytes: number | null;
    sha256: string | null;
    transfer: { id: string } | null;
  };
}

interface ChunkInput {
  readonly dataId: string;
  readonly sessionId?: string;
  readonly chunkIndex: number;
  readonly chunkCount: number;
  readonly chunkData: string;
  readonly checksum: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function chunksOf(dataId: string, text: string, bytes?: number): ChunkInput[] {
  return [...split(text, bytes)].map(({ index, total, data, checksum }) => ({
    dataId,
    chunkIndex: index,
    chunkCount: total,
    chunkData: data,
    checksum,
  }));
}

async function send(app: TestApp, input: ChunkInput, name = 'pat'): Promise<Sent> {
  const { data, errors } = await app.graphql<{ sendChunk: Sent }>(sendChunk, { input }, as(name));
  expect(errors).toBeUndefined();
  return data.sendChunk;
}

async function cursorNow(app: TestApp): Promise<string> {
  const events = [{ kpi: { totalRevenue: 1 } }];
  const { data } = await app.graphql<{ publish: { cursor: string } }>(
    publishMutation(),
    { events },
    as('pat'),
  );
  return data.publish.cursor;
}

async function transfersOf(app: TestApp): Promise<number> {
  const { data } = await app.graphql<{ transfers: { totalCount: number } }>(
    '{ transfers { totalCount } }',
    {},
    as('ann'),
  );
  return data.transfers.totalCount;
}

/** Sends all of it. @returns the transfer's id. */
async function sendAll(app: TestApp, chunks: readonly ChunkInput[], name = 'pat'): Promise<string> {
  let last: Sent | null = null;
  for (const chunk of chunks) last = await send(app, chunk, name);
  return last?.chunk.transfer?.id ?? '';
}

/** The bytes of a transfer, chunk by chunk, as text. */
async function contentOf(app: TestApp, id: string, bytes?: number): Promise<string> {
  interface Read {
    transfer: { totalBytes: number; chunk: string | null } | null;
  }
  const read: Buffer[] = [];
  for (let index = 0; ; index++) {
    const { data } = await app.graphql<Read>(
      `query ($id: ID!, $index: Int!${bytes === undefined ? '' : ', $bytes: Int'}) {
        transfer(transferId: $id) { chunk(index: $index${bytes === undefined ? '' : ', bytes: $bytes'}) } }`,
      { id, index, ...(bytes === undefined ? {} : { bytes }) },
      as('ann'),
    );
    const chunk = data.transfer?.chunk ?? null;
    if (chunk === null) return Buffer.concat(read).toString();
    read.push(Buffer.from(chunk, 'base64'));
  }
}

const text = (length: number): string =>
  Array.from({ length: Math.ceil(length / 8) }, (_, index) => String(index).padStart(8, '.'))
    .join('')
    .slice(0, length);

let shared: TestApp;
beforeAll(async () => {
  shared = await startTestApp(env, { keep: true });
});
afterAll(() => shared.stop());

describe('a transfer', () => {
  it('is stored with its last chunk, sent as an event, and can be read', async () => {
    const after = await cursorNow(shared);
    const whole = text(150_000);
    const [a, b, c] = chunksOf('report', whole);
    if (a === undefined || b === undefined || c === undefined) throw new Error('three chunks are expected');
    expect(await send(shared, c)).toEqual({
      __typename: 'SendChunkSuccess',
      chunk: {
        dataId: 'report',
        receivedChunkCount: 1,
        chunkCount: 3,
        complete: false,
        totalBytes: null,
        sha256: null,
        transfer: null,
      },
    });
    await send(shared, a);
    await send(shared, c);
    const last = await send(shared, b);
    const id = last.chunk.transfer?.id ?? '';
    expect(last.chunk).toMatchObject({
      receivedChunkCount: 3,
      complete: true,
      totalBytes: 150_000,
      sha256: sha256(whole),
      transfer: { senderId: 'pat' },
    });
    const { value } = await graphqlClient(shared.wsUrl, { connectionParams: { token: 'ann-token' } })
      .iterate({
        query:
          'subscription ($after: Cursor) { transferEvents(after: $after) { id: transferId dataId totalBytes sha256 senderId } }',
        variables: { after },
      })
      .next();
    const transfer = { id, dataId: 'report', totalBytes: 150_000, sha256: sha256(whole), senderId: 'pat' };
    expect(value).toEqual({ data: { transferEvents: transfer } });
    const { data } = await shared.graphql(
      `query ($id: ID!) { transfer(transferId: $id) { id: transferId dataId totalBytes sha256 senderId receivedAt } }`,
      { id },
      as('ann'),
    );
    expect(data).toMatchObject({ transfer: { ...transfer, receivedAt: expect.any(String) as string } });
    expect(await contentOf(shared, id)).toBe(whole);
    expect(await contentOf(shared, id, 7_001)).toBe(whole);
  });

  it('is read across the parts in which it is stored', async () => {
    const whole = text(1_300_000);
    const id = await sendAll(shared, chunksOf('large', whole));
    expect(await contentOf(shared, id, 65_536)).toBe(whole);
    expect(await contentOf(shared, id, 65_001)).toBe(whole);
    // many parts are read with one statement, and returned in their order
    const places = [...Array(20).keys()];
    const { data } = await shared.graphql<{ transfer: Record<string, string> }>(
      `query ($id: ID!) { transfer(transferId: $id) {
        ${places.map((place) => `at${place}: chunk(index: ${19 - place}, bytes: 64000)`).join(' ')} } }`,
      { id },
      as('ann'),
    );
    for (const place of places)
      expect(Buffer.from(data.transfer[`at${place}`] ?? '', 'base64').toString()).toBe(
        whole.slice((19 - place) * 64_000, (20 - place) * 64_000),
      );
  });

  it('is stored once per sender and session, separately from others with the same id', async () => {
    const before = await transfersOf(shared);
    const id = await sendAll(shared, chunksOf('once', 'one and two', 6));
    expect(await sendAll(shared, chunksOf('once', 'one and two', 4))).toBe(id);
    expect(await sendAll(shared, chunksOf('once', 'one and three', 6))).not.toBe(id);
    expect(await sendAll(shared, chunksOf('once', 'one and two', 6), 'sue')).not.toBe(id);
    const [first, second] = chunksOf('apart', 'ab', 1) as [ChunkInput, ChunkInput];
    await send(shared, { ...first, sessionId: '1' });
    expect((await send(shared, { ...second, sessionId: '2' })).chunk.complete).toBe(false);
    expect((await send(shared, { ...second, sessionId: '1' }, 'sue')).chunk.complete).toBe(false);
    expect((await send(shared, { ...second, sessionId: '1' })).chunk.complete).toBe(true);
    const empty = await sendAll(shared, chunksOf('empty', ''));
    expect(await contentOf(shared, empty)).toBe('');
    expect(await transfersOf(shared)).toBe(before + 5);
  });

  it('can be completed again if it could not be stored', async () => {
    const app = await startTestApp(env);
    const [first, second] = chunksOf('open again', 'ab', 1) as [ChunkInput, ChunkInput];
    const database = openDatabase({ connection: app.database, log: silentLog });
    await send(app, first);
    await database.kysely.schema.alterTable('transfer_parts').renameTo('gone').execute();
    const { errors } = await app.graphql(sendChunk, { input: second }, as('pat'));
    expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL_ERROR' } }]);
    await database.kysely.schema.alterTable('gone').renameTo('transfer_parts').execute();
    await database[Symbol.asyncDispose]();
    const id = await sendAll(app, [second]);
    expect(await contentOf(app, id)).toBe('ab');
    expect(await transfersOf(app)).toBe(1);
  });

  it('is stored in parts without delaying `publish`', async () => {
    const database = openDatabase({ connection: shared.database, log: silentLog });
    const inTheWay = await database.pool.connect();
    await inTheWay.query('begin; lock table transfer_parts in access exclusive mode');
    const sending = sendAll(shared, chunksOf('part by part', 'one and two', 6));
    const waiting = `select 1 from pg_locks where relation = 'transfer_parts'::regclass and not granted`;
    await expect.poll(async () => (await database.pool.query(waiting)).rowCount).toBe(1);
    const events = [{ notification: { title: 't', message: 'm', category: 'USER_ACTION', priority: 'LOW' } }];
    const published = await shared.graphql(publishMutation(), { events }, as('pat'));
    expect(published.errors).toBeUndefined();
    expect((await database.pool.query(waiting)).rowCount).toBe(1); // it waited all the while
    await inTheWay.query('commit');
    inTheWay.release();
    expect(await contentOf(shared, await sending)).toBe('one and two');
    expect((await database.pool.query('select from transfer_stagings')).rowCount).toBe(0);
    await database[Symbol.asyncDispose]();
  });

  it('leaves no data if its instance ends before the event is stored', async () => {
    const { kysely, ...database } = openDatabase({ connection: shared.database, log: silentLog });
    await sendAll(shared, chunksOf('kept', 'kept'));
    const parts = async (): Promise<object[]> =>
      kysely
        .selectFrom('transfer_parts')
        .select(['transfer_id', 'part'])
        .orderBy('transfer_id')
        .orderBy('part')
        .execute();
    const stored = await parts();
    await stageBytes(kysely, 'half', [Buffer.from('abandoned')]);
    expect(await dropAbandoned(kysely, 60_000)).toBe(0);
    expect(await dropAbandoned(kysely, 0)).toBe(1);
    expect(stored).not.toEqual([]);
    expect(await parts()).toEqual(stored);
    expect(await keepStaged(kysely, 'half')).toBe(false);
    await database[Symbol.asyncDispose]();
  });
});

describe('transfers', () => {
  it('are listed in pages, the last received first, and removed with their data by retention', async () => {
    const app = await startTestApp(env);
    for (const name of ['a', 'b', 'c', 'd', 'e']) await sendAll(app, chunksOf(name, name));
    interface Page {
      transfers: {
        edges: { node: { dataId: string } }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    }
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data }: { data: Page } = await app.graphql<Page>(
        `query ($after: String) { transfers(first: 2, after: $after) {
          edges { node { dataId } } pageInfo { hasNextPage endCursor } } }`,
        { after },
        as('ann'),
      );
      seen.push(...data.transfers.edges.map(({ node }) => node.dataId));
      after = data.transfers.pageInfo.hasNextPage ? data.transfers.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(['e', 'd', 'c', 'b', 'a']);
    await sendAll(app, chunksOf('a', 'other'), 'ann');
    const selected = async (filter: object) => {
      const { data } = await app.graphql<{
        transfers: { totalCount: number; edges: { node: { dataId: string; senderId: string } }[] };
      }>(
        'query ($filter: TransferFilter) { transfers(filter: $filter) { totalCount edges { node { dataId senderId } } } }',
        { filter },
        as('ann'),
      );
      expect(data.transfers.totalCount).toBe(data.transfers.edges.length);
      return data.transfers.edges.map(({ node }) => `${node.senderId}'s ${node.dataId}`);
    };
    expect(await selected({ senderId: 'ann' })).toEqual(["ann's a"]);
    expect(await selected({ dataId: 'a' })).toEqual(["ann's a", "pat's a"]);
    expect(await selected({ dataId: 'a', senderId: 'pat' })).toEqual(["pat's a"]);
    expect(await selected({ until: '2026-01-01T00:00:00Z' })).toEqual([]);
    const database = openDatabase({ connection: app.database, log: silentLog });
    expect(await removeBefore(database, retainedTransfers, new Date(Date.now() - 60_000))).toBe(0);
    expect(await removeBefore(database, retainedTransfers, new Date(Date.now() + 60_000))).toBe(6);
    expect(await database.kysely.selectFrom('transfer_parts').select('part').execute()).toEqual([]);
    await database[Symbol.asyncDispose]();
  });
});

describe('a chunk', () => {
  it('that is invalid is rejected with the reason, and ends its transfer', async () => {
    const [first, second] = chunksOf('d', 'ab', 1) as [ChunkInput, ChunkInput];
    const refused = { __typename: 'ChunkRefused', code: 'BAD_USER_INPUT' };
    await send(shared, first);
    expect(await send(shared, { ...second, checksum: sha256('x') })).toEqual({
      ...refused,
      reason: 'CHECKSUM_MISMATCH',
      dropped: true,
    });
    expect((await send(shared, second)).chunk.complete).toBe(false);
    expect(await send(shared, { ...first, chunkCount: 1_001 })).toEqual({
      ...refused,
      reason: 'TOO_MANY_CHUNKS',
      dropped: false,
    });
    expect((await send(shared, first)).chunk.complete).toBe(true);
    expect(await send(shared, { ...first, sessionId: 'x'.repeat(257) })).toMatchObject({
      __typename: 'InvalidInput',
      field: 'sessionId',
    });
  });

  it('requires a credential with any capability', async () => {
    const [input] = chunksOf('d', 'a') as [ChunkInput];
    expect((await send(shared, input, 'ann')).chunk.complete).toBe(true); // a user, who may not publish
    const { errors } = await shared.graphql(sendChunk, { input });
    expect(errors).toMatchObject([
      { extensions: { code: 'AUTHENTICATION_FAILED', requires: ['anyCapability'] } },
    ]);
    const guest = await shared.graphql(sendChunk, { input }, as('guest')); // of a role that does not exist
    expect(guest.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', requires: ['anyCapability'] } }]);
  });

  it('is read within the limits of one request', async () => {
    const id = await sendAll(shared, chunksOf('bounds', text(100_000)));
    const read = (chunks: string): ReturnType<TestApp['graphql']> =>
      shared.graphql(`query ($id: ID!) { transfer(transferId: $id) { ${chunks} } }`, { id }, as('ann'));
    for (const [chunk, argument] of [
      ['chunk(index: -1)', 'index'],
      ['chunk(index: 0, bytes: 0)', 'bytes'],
      ['chunk(index: 0, bytes: 65537)', 'bytes'],
    ] as const)
      expect((await read(chunk)).errors).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT', argument } },
      ]);
    expect((await read('chunk(index: 2147483647, bytes: 65536)')).data).toEqual({
      transfer: { chunk: null },
    });
    for (let number = 0; number < 2; number++)
      await sendAll(shared, chunksOf(`more ${number}`, text(100_000)));
    const each = Array.from({ length: 58 }, (_, place) => `at${place}: chunk(index: 0, bytes: 65536)`);
    expect((await read(each.join(' '))).errors).toBeUndefined();
    const { errors } = await shared.graphql(
      `{ transfers(first: 3) { edges { node { ${each.join(' ')} } } } }`,
      {},
      as('ann'),
    );
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });
});
