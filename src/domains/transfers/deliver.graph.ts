import { randomUUID } from 'node:crypto';
import { may } from '../../auth/viewer.ts';
import { AppError } from '../../errors.ts';
import { builder } from '../../graph/builder.ts';
import { NotFound } from '../../graph/failures.ts';
import { InvalidInput } from '../../graph/invalid-input.ts';
import type { Draft } from '../../journal/topic.ts';
import { isStorable } from '../../lib/storable.ts';
import { ownAudit } from '../governance/events.ts';
import { TransferDelivery } from './deliveries.graph.ts';
import { readDelivery } from './deliveries.store.ts';
import { transferDelivered, transferDeliveries, type TransferDelivered } from './events.ts';
import { readTransfer } from './store.ts';

export const userIdBounds = { chars: [1, 256] } as const;
const idBounds = { chars: [1, 256] } as const;
const storable = 'Unicode without U+0000';

/** @throws InvalidInput where no user can have this id. */
export function requireUserId(field: string, userId: string): void {
  if (!isStorable(userId)) throw new InvalidInput(field, storable);
}

/** What a delivery stores: the event, and that it is audited. */
export function deliveryDrafts(id: string, delivered: TransferDelivered): readonly Draft[] {
  const { transferId, dataId, totalBytes, userId, deliveredBy } = delivered;
  const event: Draft<TransferDelivered> = {
    topic: transferDeliveries,
    key: userId,
    type: transferDelivered,
    id,
    payload: delivered,
  };
  const audit = ownAudit('transfer_delivered', deliveredBy, {
    targetId: userId,
    action: 'delivered transfer',
    details: JSON.stringify({ deliveryId: id, transferId, dataId, totalBytes }),
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
      const id = randomUUID();
      const drafts = deliveryDrafts(id, {
        transferId,
        dataId,
        totalBytes,
        sha256,
        sender,
        userId,
        deliveredBy: viewer.subject,
      });
      await journal.log.append(drafts);
      const delivery = await readDelivery(db, id);
      if (delivery === null) throw new Error(`delivery ${id} was stored and is not there`);
      return delivery;
    },
  }),
);
