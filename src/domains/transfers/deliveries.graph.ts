import { randomUUID } from 'node:crypto';
import { may } from '../../auth/viewer.ts';
import { AppError } from '../../errors.ts';
import { builder } from '../../graph/builder.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import { id, payloadFields } from '../../graph/exposed-fields.ts';
import { NotFound } from '../../graph/failures.ts';
import { InvalidInput } from '../../graph/invalid-input.ts';
import { listConnection } from '../../graph/keyset-connection.ts';
import { connectionLink, linkField } from '../../graph/links.ts';
import type { Draft, Entry } from '../../journal/topic.ts';
import { isStorable } from '../../lib/storable.ts';
import { ownAudit } from '../governance/events.ts';
import { transferDelivered, transferDeliveries, type TransferDelivered } from './events.ts';
import { Transfer, transferFields } from './graph.ts';
import {
  deliveryList,
  readDelivery,
  readTransfer,
  toDelivery,
  type DeliveryFilter,
  type TransferDeliveriesTable,
} from './store.ts';

// A user sees only deliveries to that user: both root fields depend on the viewer, and `events` excludes deliveries.

export const TransferDelivery = eventType('TransferDelivery', transferDeliveries, {
  kind: null,
  isVisible: ({ payload }, { viewer }) => payload.userId === viewer.subject,
  description:
    'The delivery of a transfer to a user. Source: the mutations `deliverTransfer` and `sendChunk`.',
  fields: (t) => ({
    deliveryId: t.exposeID('id', {
      description: 'Identifies the delivery. The `data_id` of the chunks on an ArchMesh socket.',
    }),
    transfer: linkField(t, {
      to: Transfer,
      description: 'The stored data. Null if it is no longer retained.',
      key: ({ payload }) => payload.transferId,
    }),
    recipientId: t.id({
      description: "Subject of the recipient's credential.",
      resolve: ({ payload }) => payload.userId,
    }),
    ...payloadFields(t, {
      ...transferFields,
      transferId: id('Identifier of the stored data, for the query `transfer`.'),
      deliveredBy: id('Subject of the credential that requested the delivery.'),
    }),
  }),
});

const deliveries = listConnection<
  DeliveryFilter,
  TransferDeliveriesTable,
  Entry<TransferDelivered>,
  Pick<DeliveryFilter, 'transferId'>
>('deliveries', {
  name: 'TransferDelivery',
  type: TransferDelivery,
  list: deliveryList,
  node: toDelivery,
  viewerDependent: true,
  page: 'A page of deliveries of a transfer.',
  edge: 'A delivery and its position in the list.',
  totalCount: 'Number of retained deliveries of the transfer to the viewer.',
  followedBy: 'transferDeliveryEvents',
  filter: ({ transferId = '' }, { viewer }) => ({ transferId, userId: viewer.subject }),
});

connectionLink(Transfer, 'deliveries', deliveries, {
  description:
    'The deliveries of the transfer to the viewer, most recent first. Source: the table transfer_deliveries.',
  of: ({ id: transferId }) => ({ transferId }),
});

builder.queryField('transferDelivery', (t) =>
  t.field({
    type: TransferDelivery,
    nullable: true,
    requires: 'read',
    viewerDependent: true,
    description:
      'Returns a delivery to the viewer, or null if it is unknown, no longer retained, or a delivery to another user.',
    args: { deliveryId: t.arg.id({ required: true, description: 'Identifier of the delivery.' }) },
    resolve: async (_root, { deliveryId }, { db, viewer }) => {
      const delivery = isStorable(deliveryId) ? await readDelivery(db, deliveryId) : null;
      return delivery?.payload.userId === viewer.subject ? delivery : null;
    },
  }),
);

eventSubscription('transferDeliveryEvents', {
  type: TransferDelivery,
  topic: transferDeliveries,
  description: 'Deliveries to the viewer',
  note: '`events` does not include deliveries.',
  viewerDependent: true,
  matches:
    (_args, { viewer }) =>
    ({ payload }) =>
      payload.userId === viewer.subject,
});

export const idBounds = { chars: [1, 256] } as const;

/** @throws InvalidInput if PostgreSQL cannot store the id. */
export function requireStorable(field: string, value: string): void {
  if (!isStorable(value)) throw new InvalidInput(field, 'Unicode without U+0000');
}

/** The event of a delivery, and its audit entry. */
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
  description: 'A transfer to deliver, and its recipient.',
  fields: (t) => ({
    transferId: t.id({
      required: true,
      bounds: idBounds,
      description: 'Identifier of a stored transfer.',
    }),
    recipientId: t.id({
      required: true,
      bounds: idBounds,
      description: "Subject of the recipient's credential. The recipient need not be connected.",
    }),
  }),
});

builder.mutationField('deliverTransfer', (t) =>
  t.field({
    type: TransferDelivery,
    requires: 'anyCapability',
    description:
      'Delivers a stored transfer to a user. `transferDeliveryEvents` reports the delivery, and every ArchMesh socket of ' +
      'the user receives the data. Allowed for the sender of the transfer and for viewers with `write`; others get ' +
      'FORBIDDEN. Each call is a separate delivery. Recorded in the audit log as `transfer_delivered`. Returns after the ' +
      'commit, without waiting for the recipient.',
    args: {
      input: t.arg({
        type: DeliverTransferInput,
        required: true,
        description: 'The transfer and its recipient.',
      }),
    },
    errors: {
      types: [InvalidInput, NotFound],
      dataField: { name: 'delivery', description: 'The new delivery.' },
    },
    resolve: async (_root, { input }, { db, journal, viewer }) => {
      const { transferId, recipientId: userId } = input;
      requireStorable('transferId', transferId);
      requireStorable('recipientId', userId);
      const transfer = await readTransfer(db, transferId);
      if (transfer === null) throw new NotFound('transfer', transferId);
      const { dataId, totalBytes, sha256, sender } = transfer;
      if (sender !== viewer.subject && !may(viewer, 'write'))
        throw new AppError(
          'FORBIDDEN',
          'Only the sender may deliver this transfer without the capability `write`.',
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
      if (delivery === null) throw new Error(`delivery ${deliveryId} was stored but cannot be read`);
      return delivery;
    },
  }),
);
