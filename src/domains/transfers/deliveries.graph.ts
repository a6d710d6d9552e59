import { builder } from '../../graph/builder.ts';
import { Event, eventRef } from '../../graph/event.ts';
import { loader } from '../../graph/loaders.ts';
import { stream, throughTheDoor } from '../../graph/stream.ts';
import { isStorable } from '../../lib/storable.ts';
import type { Entry } from '../../journal/topic.ts';
import { readDelivery } from './deliveries.store.ts';
import { transferDeliveries, type TransferDelivered } from './events.ts';
import { readTransfersOf, type TransfersTable } from './store.ts';
import { Transfer } from './transfers.graph.ts';

// A user sees what is delivered to them and nothing else: both fields look at the viewer, and the stream of all events
// leaves deliveries out.

const transferOf = loader<string, TransfersTable>(async ({ db }, ids) => {
  const found = await readTransfersOf(db, ids);
  return new Map(found.map((transfer) => [transfer.id, transfer]));
});

export const TransferDelivery = eventRef('TransferDelivery', transferDeliveries, { kind: null });

builder.objectType(TransferDelivery, {
  description:
    'A transfer that was delivered to a user. Its `id` is the `data_id` under which the sockets of ArchMesh send the ' +
    'bytes. Source: the mutations `deliverTransfer` and `sendChunk`.',
  interfaces: [Event],
  fields: (t) => ({
    transferId: t.id({
      description: 'The `id` of the transfer.',
      resolve: ({ payload }) => payload.transferId,
    }),
    transfer: t.field({
      type: Transfer,
      nullable: true,
      description: 'The transfer, by which its bytes can be read; null when it is no longer kept.',
      resolve: ({ payload }, _args, context) => transferOf(context).load(payload.transferId),
    }),
    dataId: t.id({
      description: 'As the sender of the transfer names it; not unique.',
      resolve: ({ payload }) => payload.dataId,
    }),
    totalBytes: t.float({
      description: 'Bytes, a whole number.',
      resolve: ({ payload }) => payload.totalBytes,
    }),
    sha256: t.string({
      description: 'SHA-256 of all bytes, hexadecimal.',
      resolve: ({ payload }) => payload.sha256,
    }),
    sender: t.id({
      description: 'The subject of the credential by which the transfer was sent.',
      resolve: ({ payload }) => payload.sender,
    }),
    userId: t.id({
      description: 'The user that it was delivered to, by the subject of their credential.',
      resolve: ({ payload }) => payload.userId,
    }),
    deliveredBy: t.id({
      description: 'The subject of the credential by which it was delivered.',
      resolve: ({ payload }) => payload.deliveredBy,
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
    resolve: async (_root, { id }, { db, viewer }) => {
      const delivery = isStorable(id) ? await readDelivery(db, id) : null;
      return delivery?.payload.userId === viewer.subject ? delivery : null;
    },
  }),
);

builder.subscriptionField('transferDeliveryEvents', (t) =>
  t.field({
    type: TransferDelivery,
    requires: 'read',
    viewerDependent: true,
    description:
      'EVERY. Transfers that are delivered to the viewer, after the cursor `after` or from now on. They come here and ' +
      'nowhere else: `events` leaves them out.',
    args: {
      after: t.arg({
        type: 'Cursor',
        description: 'Go on behind this cursor; `earliest`: from the oldest event kept.',
      }),
    },
    extensions: stream({
      delivery: 'EVERY',
      topics: [transferDeliveries.name],
      types: () => null,
      matches: (_args, { viewer }) => {
        const { subject } = viewer;
        return (entry) => (entry as Entry<TransferDelivered>).payload.userId === subject;
      },
    }),
    subscribe: throughTheDoor<TransferDelivered>,
    resolve: (entry) => entry,
  }),
);
