import { resolveCursorConnection, type ResolveCursorConnectionArgs } from '@pothos/plugin-relay';
import { AppError } from '../../errors.ts';
import { builder } from '../../graph/builder.ts';
import { keyText, parseKey } from '../../graph/list-key.ts';
import { loader } from '../../graph/loaders.ts';
import { textSize } from '../../graph/text-size.ts';
import { selects } from '../../graph/selects.ts';
import { chunkBytesMax } from '../../lib/chunks.ts';
import { base64Chars } from './decoded.ts';
import { countReading, lookupBytes, requestBytesMax } from './reading.ts';
import {
  countTransfers,
  readRanges,
  readTransfer,
  readTransfers,
  type Range,
  type TransfersTable,
} from './store.ts';

/** Its base64 has 64 KiB. */
const chunkBytesDefault = 49_152;

const bytesOf = loader<Range, Buffer>(async ({ db }, ranges) => {
  const found = await readRanges(db, ranges);
  return new Map(ranges.map((range, place) => [range, found[place] ?? Buffer.alloc(0)]));
});

export const Transfer = builder.objectRef<TransfersTable>('Transfer').implement({
  description: 'Large data that was received whole. Source: the mutation `sendChunk`.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Unique; the id of its event as well.' }),
    dataId: t.exposeID('data_id', { description: 'As its sender names it; not unique.' }),
    totalBytes: t.exposeFloat('total_bytes', { description: 'Bytes, a whole number.' }),
    sha256: t.exposeString('sha256', { description: 'SHA-256 of all bytes, hexadecimal.' }),
    sender: t.exposeID('sender', {
      description: 'The subject of the sender’s credential; `anonymous` without one.',
    }),
    receivedAt: t.field({
      type: 'DateTime',
      description: 'When it was there and stored.',
      resolve: (transfer) => transfer.received_at,
    }),
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

const pageMax = 1_000;

builder.queryField('transfers', (t) =>
  t.connection(
    {
      type: Transfer,
      requires: 'read',
      description:
        'Large data of all senders, the last received first. Paged by keyset: a page deep inside costs what the first one ' +
        'costs. Source: the table transfers, kept RETENTION_DAYS.',
      resolve: async (_root, args, { db }, info) => {
        const page = await resolveCursorConnection(
          {
            args,
            defaultSize: 100,
            maxSize: pageMax,
            toCursor: (transfer: TransfersTable) =>
              keyText({ at: transfer.received_at.getTime(), seq: transfer.seq }),
          },
          async ({ before, after, limit, inverted }: ResolveCursorConnectionArgs) => [
            ...(await readTransfers(db, {
              limit,
              newestFirst: !inverted,
              olderThan: parseKey(after, 'after'),
              newerThan: parseKey(before, 'before'),
            })),
          ],
        );
        return { ...page, totalCount: selects(info, 'totalCount') ? await countTransfers(db) : 0 };
      },
    },
    {
      name: 'TransferConnection',
      description: 'A page of transfers.',
      fields: (c) => ({
        totalCount: c.int({
          description: 'All transfers. Counted only when asked for.',
          resolve: ({ totalCount }) => totalCount,
        }),
      }),
    },
    { name: 'TransferEdge', description: 'A transfer and its place in the list.' },
  ),
);

builder.queryField('transfer', (t) =>
  t.field({
    type: Transfer,
    nullable: true,
    requires: 'read',
    description: 'Large data that was received; null when it is not known (any more).',
    args: { id: t.arg.id({ required: true, description: 'The `id` of the transfer, not its `dataId`.' }) },
    resolve: (_root, { id }, { db }) => readTransfer(db, id),
  }),
);
