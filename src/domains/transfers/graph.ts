import { AppError } from '../../errors.ts';
import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import {
  dateTime,
  exposedFields,
  id,
  named,
  payloadFields,
  safeInt,
  string,
} from '../../graph/exposed-fields.ts';
import { keysetConnection, searchedPages } from '../../graph/keyset-connection.ts';
import { loader } from '../../graph/loaders.ts';
import { timeRangeFields } from '../../graph/time-range-fields.ts';
import { textSize } from '../../graph/text-size.ts';
import { linkField } from '../../graph/links.ts';
import { fromList, nodeType } from '../../graph/node.ts';
import { camelKeys } from '../../lib/case-keys.ts';
import { base64Chars, chunkBytesMax } from '../../lib/chunks.ts';
import { readRanges, type ByteRange } from './bytes.store.ts';
import { transferEvents } from './events.ts';
import { readTransfer, transferList, type StoredTransfer } from './store.ts';

/** Total of the bytes that one request can read, where each chunk counts as at least the cost of a lookup. */
const requestBytesMax = 4 * 1024 * 1024;
const lookupBytes = 16 * 1024;

/** 64 KiB in base64. */
const chunkBytesDefault = 49_152;

const bytesOf = loader<ByteRange, Buffer>(async ({ db }, ranges) => {
  const found = await readRanges(db, ranges);
  return new Map(ranges.map((range, place) => [range, found[place] ?? Buffer.alloc(0)]));
});

/** The fields that a transfer, its event and its deliveries have in common. */
export const transferFields = {
  dataId: id('Name of the data, chosen by its sender; not unique.'),
  totalBytes: safeInt('Size of the data in bytes.'),
  sha256: string('SHA-256 of the data, hexadecimal.'),
  sender: named(
    'senderId',
    id("Subject of the sender's credential. `anonymous` if the server requires no credential."),
  ),
};

export const Transfer = nodeType<StoredTransfer>('Transfer', {
  description: 'Large data that was received completely and stored. Source: the mutation `sendChunk`.',
  key: ({ id: transferId }) => transferId,
  load: fromList(transferList, (row): StoredTransfer => camelKeys(row)),
  fields: (t) => ({
    transferId: t.exposeID('id', { description: 'Identifies the transfer.' }),
    ...exposedFields(t, {
      receivedAt: dateTime('Time when the complete data was stored.'),
      ...transferFields,
    }),
    chunk: t.string({
      nullable: true,
      extensions: textSize(base64Chars(chunkBytesMax)),
      description:
        `A chunk of the data, in base64. Null after the end. A request can read at most ${requestBytesMax} bytes; each ` +
        `chunk counts as at least ${lookupBytes}.`,
      args: {
        index: t.arg.int({
          required: true,
          description: 'Zero-based number of the chunk, for this chunk size.',
        }),
        bytes: t.arg.int({
          defaultValue: chunkBytesDefault,
          description:
            `Chunk size, 1 to ${chunkBytesMax}. Default: ${chunkBytesDefault}, which is 65536 characters of base64. If it ` +
            'is a multiple of 3, the base64 texts can be concatenated without decoding.',
        }),
      },
      resolve: async (transfer, args, context) => {
        const bytes = args.bytes ?? chunkBytesDefault;
        if (args.index < 0) throw invalidArgument('index', '0 or more');
        if (bytes < 1 || bytes > chunkBytesMax) throw invalidArgument('bytes', `1 to ${chunkBytesMax}`);
        const first = args.index * bytes;
        const past = Math.min(first + bytes, transfer.totalBytes);
        if (first >= transfer.totalBytes) return null;
        countRead(context, past - first);
        const read = await bytesOf(context).load({ transferId: transfer.id, first, past });
        // Retention may have removed the bytes since the transfer was read.
        return read === undefined || read.length !== past - first ? null : read.toString('base64');
      },
    }),
  }),
});

function invalidArgument(argument: string, allowed: string): AppError {
  return new AppError('BAD_USER_INPUT', `${argument} must be ${allowed}.`, {
    details: { argument, allowed },
  });
}

const TransferFilterInput = builder.inputType('TransferFilter', {
  description: 'Selects transfers that match all given conditions.',
  fields: (t) => ({
    senderId: t.id({ description: 'Only transfers of this sender, a subject of a credential.' }),
    dataId: t.id({ description: 'Only transfers of data with this name, of all senders.' }),
    ...timeRangeFields(t, 'transfers that were received'),
  }),
});

keysetConnection('transfers', {
  name: 'Transfer',
  type: Transfer,
  node: (row): StoredTransfer => camelKeys(row),
  list: transferList,
  description:
    'Returns the transfers of all senders, the most recently received first. Source: the table transfers, which retains a ' +
    `transfer for RETENTION_DAYS. ${searchedPages('`senderId` and `dataId`')}`,
  followedBy: 'transferEvents',
  page: 'A page of transfers.',
  edge: 'A transfer and its cursor.',
  totalCount: 'Number of retained transfers that match the filter.',
  filterInput: TransferFilterInput,
});

builder.queryField('transfer', (t) =>
  t.field({
    type: Transfer,
    nullable: true,
    requires: 'read',
    description: 'Returns a transfer, or null if it is unknown or no longer retained.',
    args: {
      transferId: t.arg.id({
        required: true,
        description: 'The `transferId` of the transfer, not its `dataId`.',
      }),
    },
    resolve: (_root, { transferId }, { db }) => readTransfer(db, transferId),
  }),
);

const bytesRead = new WeakMap<GraphContext, number>();

/** Adds to the bytes that a request has read. @throws AppError BAD_USER_INPUT if there are too many. */
function countRead(context: GraphContext, bytes: number): void {
  const sum = (bytesRead.get(context) ?? 0) + Math.max(bytes, lookupBytes);
  bytesRead.set(context, sum);
  if (sum > requestBytesMax)
    throw new AppError(
      'BAD_USER_INPUT',
      `A request can read at most ${requestBytesMax} bytes of transfers; each chunk counts as at least ${lookupBytes}.`,
      { details: { allowed: `${requestBytesMax} bytes` } },
    );
}

const TransferEvent = eventType('TransferEvent', transferEvents, {
  kind: 'TRANSFER',
  description: 'Large data was received completely and stored. Source: the mutation `sendChunk`.',
  fields: (t) => ({
    transferId: t.exposeID('id', { description: 'Identifies the transfer.' }),
    ...payloadFields(t, transferFields),
    transfer: linkField(t, {
      to: Transfer,
      description: 'The stored data. Null if it is no longer retained.',
      key: (entry) => entry.id,
    }),
  }),
});

eventSubscription('transferEvents', {
  type: TransferEvent,
  topic: transferEvents,
  description: 'Events of transfers that were received completely',
});
