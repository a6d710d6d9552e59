import { AppError } from '../../errors.ts';
import { builder } from '../../graph/builder.ts';
import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import { exposedFields, float, id, payloadFields, string } from '../../graph/exposed-fields.ts';
import { keysetConnection } from '../../graph/keyset-connection.ts';
import { loader } from '../../graph/loaders.ts';
import { textSize } from '../../graph/text-size.ts';
import { base64Chars, chunkBytesMax } from '../../lib/chunks.ts';
import { readRanges, type Range } from './bytes.store.ts';
import { transferEvents } from './events.ts';
import { readTransfer, transferList, type TransfersTable } from './store.ts';

/** Bytes of transfers that one request may read. */
const requestBytesMax = 4 * 1024 * 1024;
/** Every chunk counts at least this much, since each takes a lookup. */
const lookupBytes = 16 * 1024;

/** Its base64 has 64 KiB. */
const chunkBytesDefault = 49_152;

const bytesOf = loader<Range, Buffer>(async ({ db }, ranges) => {
  const found = await readRanges(db, ranges);
  return new Map(ranges.map((range, place) => [range, found[place] ?? Buffer.alloc(0)]));
});

/** What a transfer, its event and its deliveries have in common. */
const name = 'As its sender names it; not unique.';
const bytesInAll = 'Bytes, a whole number.';
const content = {
  sha256: string('SHA-256 of all bytes, hexadecimal.'),
  sender: id('The subject of the sender’s credential; `anonymous` without one.'),
};

export const Transfer = builder.objectRef<TransfersTable>('Transfer').implement({
  description: 'Large data that was received whole. Source: the mutation `sendChunk`.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Unique; the id of its event as well.' }),
    dataId: t.exposeID('data_id', { description: name }),
    totalBytes: t.exposeFloat('total_bytes', { description: bytesInAll }),
    receivedAt: t.expose('received_at', { type: 'DateTime', description: 'When it was there and stored.' }),
    ...exposedFields(t, content),
    chunk: t.string({
      nullable: true,
      extensions: textSize(base64Chars(chunkBytesMax)),
      description:
        'Some of its bytes, in base64; null behind its end. One request may read ' +
        `${requestBytesMax} bytes, each chunk counting at least ${lookupBytes}.`,
      args: {
        index: t.arg.int({ required: true, description: 'Which chunk of this size, from 0.' }),
        bytes: t.arg.int({
          defaultValue: chunkBytesDefault,
          description:
            `Bytes of a chunk, 1 to ${chunkBytesMax}. Default: ${chunkBytesDefault}, the base64 of which has 65536 ` +
            'characters. Multiples of 3 can be put together without decoding.',
        }),
      },
      resolve: async (transfer, args, context) => {
        const bytes = args.bytes ?? chunkBytesDefault;
        if (args.index < 0) throw misplaced('index', '0 or more');
        if (bytes < 1 || bytes > chunkBytesMax) throw misplaced('bytes', `1 to ${chunkBytesMax}`);
        const first = args.index * bytes;
        const past = Math.min(first + bytes, transfer.total_bytes);
        if (first >= transfer.total_bytes) return null;
        countReading(context, past - first);
        const read = await bytesOf(context).load({ transferId: transfer.id, first, past });
        // retention may have taken it since the transfer was looked up
        return read === undefined || read.length !== past - first ? null : read.toString('base64');
      },
    }),
  }),
});

function misplaced(argument: string, allowed: string): AppError {
  return new AppError('BAD_USER_INPUT', `${argument} must be ${allowed}.`, {
    details: { argument, allowed },
  });
}

keysetConnection('transfers', {
  name: 'Transfer',
  type: Transfer,
  list: transferList,
  description:
    'Large data of all senders, the last received first. Paged by keyset: a page deep inside costs what the first one ' +
    'costs. Source: the table transfers, kept RETENTION_DAYS.',
  page: 'A page of transfers.',
  edge: 'A transfer and its place in the list.',
  totalCount: 'All transfers.',
  filter: () => ({}),
});

builder.queryField('transfer', (t) =>
  t.field({
    type: Transfer,
    nullable: true,
    requires: 'read',
    description: 'Large data that was received; null when it is not known (any more).',
    args: { id: t.arg.id({ required: true, description: 'The `id` of the transfer, not its `dataId`.' }) },
    resolve: (_root, args, { db }) => readTransfer(db, args.id),
  }),
);

const bytesRead = new WeakMap<object, number>();

/** Counts what a request reads. @throws AppError BAD_USER_INPUT when it is too much. */
function countReading(request: object, bytes: number): void {
  const sum = (bytesRead.get(request) ?? 0) + Math.max(bytes, lookupBytes);
  bytesRead.set(request, sum);
  if (sum > requestBytesMax)
    throw new AppError(
      'BAD_USER_INPUT',
      `One request may read ${requestBytesMax} bytes of transfers, each chunk counting at least ${lookupBytes}.`,
      { details: { allowed: `${requestBytesMax} bytes` } },
    );
}

const TransferEvent = eventType('TransferEvent', transferEvents, {
  kind: 'TRANSFER',
  description: 'Large data was received whole. Its `id` is the transfer’s, by which its bytes can be read.',
  fields: (t) => ({
    ...payloadFields(t, { ...content, dataId: id(name), totalBytes: float(bytesInAll) }),
  }),
});

eventSubscription('transferEvents', {
  type: TransferEvent,
  topic: transferEvents,
  description: 'Large data that is received',
});
