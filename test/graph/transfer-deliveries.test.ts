import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { retainedDeliveries } from '../../src/domains/transfers/store.ts';
import { silentLog } from '../../src/log/log.ts';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { graphqlClient } from '../_util/clients.ts';
import { removeBefore } from '../_util/remove-old.ts';

const env = {
  FEATURE_SYSTEM_MONITORING: 'false',
  FEATURE_DATABASE_MONITORING: 'false',
  AUTH_TOKENS:
    'pat-token:pat:developer,ann-token:ann:user,bob-token:bob:user,cid-token:cid:user,root-token:root:admin',
};
const as = (name: string): Record<string, string> => ({ authorization: `Bearer ${name}-token` });
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp(env, { keep: true });
});
afterAll(() => app.stop());

/** Sends a text in two chunks. @returns the transfer's id. */
async function send(name: string, dataId: string, text: string, recipientId?: string): Promise<string> {
  let id = '';
  for (const [chunkIndex, part] of [text.slice(0, 1), text.slice(1)].entries()) {
    const input = {
      dataId,
      chunkIndex,
      chunkCount: 2,
      chunkData: Buffer.from(part).toString('base64'),
      checksum: sha256(part),
      ...(recipientId === undefined ? {} : { recipientId }),
    };
    const { data, errors } = await app.graphql<{
      sendChunk: { chunk: { transfer: { id: string } | null } };
    }>(
      `mutation ($input: SendChunkInput!) { sendChunk(input: $input) {
        ... on SendChunkSuccess { chunk { transfer { id: transferId } } } } }`,
      { input },
      as(name),
    );
    expect(errors).toBeUndefined();
    id = data.sendChunk.chunk.transfer?.id ?? '';
  }
  return id;
}

interface Delivered {
  readonly deliverTransfer: {
    readonly __typename: string;
    readonly delivery: { readonly id: string };
  };
}

function deliver(name: string, transferId: string, userId: string) {
  return app.graphql<Delivered>(
    `mutation ($input: DeliverTransferInput!) { deliverTransfer(input: $input) { __typename
      ... on DeliverTransferSuccess { delivery { id: deliveryId transferId dataId totalBytes sha256 senderId recipientId deliveredBy } }
      ... on NotFound { code what }
      ... on InvalidInput { code field allowed } } }`,
    { input: { transferId, recipientId: userId } },
    as(name),
  );
}

/** The first `count` delivery events of a user. */
async function received(name: string, count: number): Promise<Record<string, unknown>[]> {
  const events = graphqlClient(app.wsUrl, { connectionParams: { token: `${name}-token` } }).iterate<{
    transferDeliveryEvents: Record<string, unknown>;
  }>({
    query: `subscription { transferDeliveryEvents(after: "earliest") {
      id: deliveryId dataId recipientId senderId deliveredBy transfer { chunk(index: 0) } } }`,
  });
  const heard: Record<string, unknown>[] = [];
  for await (const { data } of events) {
    if (data) heard.push(data.transferDeliveryEvents);
    if (heard.length === count) break;
  }
  return heard;
}

describe('deliverTransfer', () => {
  it('stores a delivery, sends it only to its user, and is audited', async () => {
    const id = await send('ann', 'report', 'text');
    const { data } = await deliver('ann', id, 'bob');
    const delivery = {
      id: expect.any(String) as string,
      transferId: id,
      dataId: 'report',
      totalBytes: 4,
      sha256: sha256('text'),
      senderId: 'ann',
      recipientId: 'bob',
      deliveredBy: 'ann',
    };
    expect(data.deliverTransfer).toEqual({ __typename: 'DeliverTransferSuccess', delivery });
    const { data: others } = await deliver('ann', id, 'ann'); // what each gets is their own
    const [bobs, anns] = [data.deliverTransfer.delivery.id, others.deliverTransfer.delivery.id];
    const known = { dataId: 'report', senderId: 'ann', deliveredBy: 'ann', transfer: { chunk: 'dGV4dA==' } };
    expect(await received('bob', 1)).toEqual([{ ...known, id: bobs, recipientId: 'bob' }]);
    expect(await received('ann', 1)).toEqual([{ ...known, id: anns, recipientId: 'ann' }]);
    const linked = await Promise.all(
      ['bob', 'ann', 'root'].map((name) =>
        app.graphql(
          `{ transfer(transferId: "${id}") { deliveries { totalCount edges { node { deliveryId recipientId
            transfer { transferId } } } } } }`,
          {},
          as(name),
        ),
      ),
    );
    const deliveriesOf = (...found: [deliveryId: string, recipientId: string][]) => ({
      transfer: {
        deliveries: {
          totalCount: found.length,
          edges: found.map(([deliveryId, recipientId]) => ({
            node: { deliveryId, recipientId, transfer: { transferId: id } },
          })),
        },
      },
    });
    expect(linked.map((answer) => answer.data)).toEqual([
      deliveriesOf([bobs, 'bob']),
      deliveriesOf([anns, 'ann']),
      deliveriesOf(),
    ]);
    const seen = async (name: string, delivered: string) =>
      (
        await app.graphql(
          'query ($id: ID!) { transferDelivery(deliveryId: $id) { recipientId } }',
          { id: delivered },
          as(name),
        )
      ).data;
    expect(await seen('bob', bobs)).toEqual({ transferDelivery: { recipientId: 'bob' } });
    for (const [name, delivered] of [
      ['ann', bobs],
      ['root', bobs],
      ['bob', 'none'],
      ['bob', 'no\u0000ne'],
    ] as const)
      expect(await seen(name, delivered)).toEqual({ transferDelivery: null });
    const audited = await app.graphql(
      `{ auditLogs(filter: { eventTypes: ["transfer_delivered"], targetId: "bob" }) { edges { node {
        actorId action status details } } } }`,
      {},
      as('root'),
    );
    expect(audited.data).toMatchObject({
      auditLogs: {
        edges: [{ node: { actorId: 'ann', action: 'delivered transfer', status: 'success' } }],
      },
    });
    expect(JSON.stringify(audited.data)).toContain(id);
  });

  it('is allowed for the sender of the transfer, and with the capability `write`', async () => {
    const id = await send('ann', 'mine', 'text');
    expect((await deliver('bob', id, 'bob')).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN', requires: ['write'] } },
    ]);
    for (const name of ['pat', 'root'])
      expect((await deliver(name, id, 'cid')).data.deliverTransfer).toMatchObject({
        delivery: { senderId: 'ann', deliveredBy: name },
      });
  });

  it('rejects an unknown, incomplete or removed transfer, and an invalid user', async () => {
    const notFound = { __typename: 'NotFound', code: 'NOT_FOUND', what: 'transfer' };
    expect((await deliver('pat', 'none', 'bob')).data.deliverTransfer).toEqual(notFound);
    const id = await send('ann', 'removed', 'text');
    const { kysely, ...database } = openDatabase({ connection: app.database, log: silentLog });
    await kysely.deleteFrom('transfers').where('id', '=', id).execute();
    await database[Symbol.asyncDispose]();
    expect((await deliver('ann', id, 'bob')).data.deliverTransfer).toEqual(notFound);
    for (const [transferId, userId, field] of [
      [id, '', 'recipientId'],
      [id, 'x'.repeat(257), 'recipientId'],
      [id, 'bo\u0000b', 'recipientId'],
      ['\u0000', 'bob', 'transferId'],
    ] as const)
      expect((await deliver('ann', transferId, userId)).data.deliverTransfer).toMatchObject({
        __typename: 'InvalidInput',
        code: 'BAD_USER_INPUT',
        field,
      });
  });
});

describe('sendChunk with recipientId', () => {
  it('delivers the transfer with its last chunk, each time that the chunk is sent', async () => {
    const id = await send('pat', 'for cid', 'text', 'dan');
    expect(await send('pat', 'for cid', 'text', 'dan')).toBe(id);
    const database = openDatabase({ connection: app.database, log: silentLog });
    const deliveries = await database.kysely
      .selectFrom('transfer_deliveries')
      .select(['transfer_id', 'user_id', 'delivered_by'])
      .where('user_id', '=', 'dan')
      .execute();
    const one = { transfer_id: id, user_id: 'dan', delivered_by: 'pat' };
    expect(deliveries).toEqual([one, one]);
    expect(await removeBefore(database, retainedDeliveries, new Date(Date.now() - 60_000))).toBe(0);
    expect(
      await removeBefore(database, retainedDeliveries, new Date(Date.now() + 60_000)),
    ).toBeGreaterThanOrEqual(2);
    await database[Symbol.asyncDispose]();
  });
});
