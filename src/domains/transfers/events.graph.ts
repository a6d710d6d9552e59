import { builder } from '../../graph/builder.ts';
import { Event, eventRef } from '../../graph/event.ts';
import { stream, throughTheDoor } from '../../graph/stream.ts';
import { transferEvents, type TransferReceived } from './events.ts';

const TransferEvent = eventRef('TransferEvent', transferEvents, { kind: 'TRANSFER' });

builder.objectType(TransferEvent, {
  description: 'Large data was received whole. Its `id` is the transfer’s, by which its bytes can be read.',
  interfaces: [Event],
  fields: (t) => ({
    dataId: t.id({
      description: 'As its sender names it; not unique.',
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
      description: 'The subject of the sender’s credential; `anonymous` without one.',
      resolve: ({ payload }) => payload.sender,
    }),
  }),
});

builder.subscriptionField('transferEvents', (t) =>
  t.field({
    type: TransferEvent,
    requires: 'read',
    description: 'EVERY. Large data that is received, after the cursor `after` or from now on.',
    args: {
      after: t.arg({
        type: 'Cursor',
        description: 'Go on behind this cursor; `earliest`: from the oldest event kept.',
      }),
    },
    extensions: stream({ delivery: 'EVERY', topics: [transferEvents.name], types: () => null }),
    subscribe: throughTheDoor<TransferReceived>,
    resolve: (entry) => entry,
  }),
);
