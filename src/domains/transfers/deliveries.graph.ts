import { randomUUID } from 'node:crypto';
import { may } from '../../auth/viewer.ts';
import { AppError } from '../../errors.ts';
import { builder } from '../../graph/builder.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import { float, id, payloadFields, string } from '../../graph/exposed-fields.ts';
import { NotFound } from '../../graph/failures.ts';
import { InvalidInput } from '../../graph/invalid-input.ts';
import { loader } from '../../graph/loaders.ts';
import type { Draft } from '../../journal/topic.ts';
import { isStorable } from '../../lib/storable.ts';
import { ownAudit } from '../governance/events.ts';
import { transferDelivered, transferDeliveries, type TransferDelivered } from './events.ts';
import { Transfer } from './graph.ts';
import { readDelivery, readTransfer, readTransfersOf, type TransfersTable } from './store.ts';

// A user sees only the deliveries to them: both fields depend on the viewer, and the stream of all events leaves
// deliveries out.

const transferOf = loader<string, TransfersTable>(async ({ db }, ids) => {
  const found = await readTransfersOf(db, ids);
  return new Map(found.map((transfer) => [transfer.id, transfer]));
});

export const TransferDelivery = eventType('TransferDelivery', transferDeliveries, {
  kind: null,
  description:
    'A transfer that was delivered to a user. Its `id` is the `data_id` under which the sockets of ArchMesh send the ' +
    'bytes. Source: the mutations `deliverTransfer` and `sendChunk`.',
  fields: (t) => ({
    transfer: t.field({
      type: Transfer,
      nullable: true,
      description: 'The transfer, by which its bytes can be read; null when it is no longer kept.',
      resolve: ({ payload }, _args, context) => transferOf(context).load(payload.transferId),
    }),
    ...payloadFields(t, {
      transferId: id('The `id` of the transfer.'),
      dataId: id('As the sender of the transfer names it; not unique.'),
      totalBytes: float('Bytes, a whole number.'),
      sha256: string('SHA-256 of all bytes, hexadecimal.'),
      sender: id('The subject of the credential by which the transfer was sent.'),
      userId: id('The user that it was delivered to, by the subject of their credential.'),
      deliveredBy: id('The subject of the credential by which it was delivered.'),
    }),
  }),
});

builder.queryField('transferDelivery', (t) =>
  t.field({
    type: TransferDelivery,
    nullable: true,
    requires: 'read',
    viewerDependent: true,
    description: 'A delivery to the viewer; null when it is not known (any more) or is for another user.',
    args: { id: t.arg.id({ required: true, description: 'The `id` of the delivery.' }) },
    resolve: async (_root, args, { db, viewer }) => {
      const delivery = isStorable(args.id) ? await readDelivery(db, args.id) : null;
      return delivery?.payload.userId === viewer.subject ? delivery : null;
    },
  }),
);

eventSubscription('transferDeliveryEvents', {
  type: TransferDelivery,
  topic: transferDeliveries,
  description: 'Transfers that are delivered to the viewer',
  note: 'They come here and nowhere else: `events` leaves them out.',
  viewerDependent: true,
  matches:
    (_args, { viewer }) =>
    ({ payload }) =>
      payload.userId === viewer.subject,
});

export const userIdBounds = { chars: [1, 256] } as const;
const idBounds = { chars: [1, 256] } as const;
const storable = 'Unicode without U+0000';

/** @throws InvalidInput where no user can have this id. */
export function requireUserId(field: string, userId: string): void {
  if (!isStorable(userId)) throw new InvalidInput(field, storable);
}

/** The event of a delivery and its audit entry. */
export function deliveryDrafts(deliveryId: string, delivered: TransferDelivered): readonly Draft[] {
  const { transferId, dataId, totalBytes, userId, deliveredBy } = delivered;
  const about = { topic: transferDeliveries, key: userId, type: transferDelivered };
  const event: Draft<TransferDelivered> = { ...about, id: deliveryId, payload: delivered };
  const audit = ownAudit('transfer_delivered', deliveredBy, {
    targetId: userId,
    action: 'delivered transfer',
    details: JSON.stringify({ deliveryId, transferId, dataId, totalBytes }),
  });
  return [event, audit];
}

const DeliverTransferInput = builder.inputType('DeliverTransferInput', {
  description: 'Which transfer to deliver, and to whom.',
  fields: (t) => ({
    transferId: t.id({
      required: true,
      bounds: idBounds,
      description: 'The `id` of a transfer that is stored, which it is once all its chunks are there.',
    }),
    userId: t.id({
      required: true,
      bounds: userIdBounds,
      description: 'The user, by the subject of their credential. Nobody has to be connected by it.',
    }),
  }),
});

builder.mutationField('deliverTransfer', (t) =>
  t.field({
    type: TransferDelivery,
    requires: 'anyCapability',
    description:
      'Delivers a stored transfer to a user: each of their sockets on every instance is sent the bytes (ArchMesh), and ' +
      '`transferDeliveryEvents` tells of it. Its sender may, and everybody with `write`; others get FORBIDDEN. Delivering ' +
      'again is another delivery. Audited as `transfer_delivered`. The answer comes after the commit, and does not wait ' +
      'until anything is received.',
    args: {
      input: t.arg({ type: DeliverTransferInput, required: true, description: 'What to deliver to whom.' }),
    },
    errors: {
      types: [InvalidInput, NotFound],
      dataField: { name: 'delivery', description: 'What was delivered.' },
    },
    resolve: async (_root, { input }, { db, journal, viewer }) => {
      const { transferId, userId } = input;
      if (!isStorable(transferId)) throw new InvalidInput('transferId', storable);
      requireUserId('userId', userId);
      const transfer = await readTransfer(db, transferId);
      if (transfer === null) throw new NotFound('transfer', transferId);
      const { data_id: dataId, total_bytes: totalBytes, sha256, sender } = transfer;
      if (sender !== viewer.subject && !may(viewer, 'write'))
        throw new AppError(
          'FORBIDDEN',
          'Only its sender may deliver this transfer, or whoever has `write`.',
          {
            details: { requires: ['write'] },
          },
        );
      const deliveryId = randomUUID();
      const drafts = deliveryDrafts(deliveryId, {
        transferId,
        dataId,
        totalBytes,
        sha256,
        sender,
        userId,
        deliveredBy: viewer.subject,
      });
      await journal.log.append(drafts);
      const delivery = await readDelivery(db, deliveryId);
      if (delivery === null) throw new Error(`delivery ${deliveryId} was stored and is not there`);
      return delivery;
    },
  }),
);
