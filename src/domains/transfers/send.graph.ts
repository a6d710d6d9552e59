import { randomUUID } from 'node:crypto';
import { AppError } from '../../errors.ts';
import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { boolean, exposedFields, id, nullable, of, partFields } from '../../graph/exposed-fields.ts';
import { Failure } from '../../graph/failures.ts';
import { InvalidInput } from '../../graph/invalid-input.ts';
import type { Draft } from '../../journal/topic.ts';
import { chunkBytesMax, chunksMax } from '../../lib/chunks.ts';
import {
  assemblyBounds,
  assemblyOf,
  ChunkRefused,
  verified,
  type RefusalReason,
  type Whole,
} from './assembly.ts';
import { dropStaged, keepStaged, stageBytes } from './bytes.store.ts';
import { deliveryDrafts, requireUserId, userIdBounds } from './deliveries.graph.ts';
import { transferEvents, transferReceived, type TransferReceived } from './events.ts';
import { Transfer } from './graph.ts';
import { findTransfer, readTransfer } from './store.ts';

/** More than the assembly accepts, so that a sender usually gets the assembly's more precise reason. */
const chunkDataCharsMax = 4 * chunkBytesMax;
const looseNameBounds = { chars: 4_096 } as const;

const ChunkInput = builder.inputType('ChunkInput', {
  description:
    'A chunk of large data. Chunks may come in any order; one that comes again replaces the first.',
  fields: (t) => ({
    session: t.id({
      bounds: { chars: 256 },
      description:
        'Tells apart what one subject sends at several places. Default: empty. At most ' +
        `${assemblyBounds.openPerSessionMax} transfers of a session may be open.`,
    }),
    dataId: t.id({
      required: true,
      bounds: looseNameBounds,
      description: 'A name for the whole, 1 to 256 characters, the same in every chunk.',
    }),
    chunkIndex: t.int({
      required: true,
      description: 'Which chunk it is: 0 to totalChunks − 1, or, in all of them, 1 to totalChunks.',
    }),
    totalChunks: t.int({
      required: true,
      description: `How many chunks there are, 1 to ${chunksMax}, the same in every chunk.`,
    }),
    chunkData: t.string({
      required: true,
      bounds: { chars: chunkDataCharsMax },
      description: `Base64 with its padding, of at most ${chunkBytesMax} bytes.`,
    }),
    checksum: t.string({
      required: true,
      bounds: looseNameBounds,
      description: 'SHA-256, hexadecimal: of this chunk’s bytes or, in every chunk, of the whole.',
    }),
    deliverTo: t.id({
      bounds: userIdBounds,
      description:
        'Delivers the whole to this user once it is stored, as `deliverTransfer` does: the subject of their credential, ' +
        'the same in every chunk. Default: nobody.',
    }),
  }),
});

interface Sent {
  readonly dataId: string;
  readonly received: number;
  readonly total: number;
  /** Null until it is complete and stored. */
  readonly stored: {
    readonly transferId: string;
    readonly totalBytes: number;
    readonly sha256: string;
  } | null;
}

const SentChunk = builder.objectRef<Sent>('SentChunk').implement({
  description: 'How far large data has come with a chunk.',
  fields: (t) => ({
    ...exposedFields(t, { dataId: id('The whole that it belongs to.') }),
    receivedChunks: t.exposeInt('received', { description: 'Different chunks that are there.' }),
    totalChunks: t.exposeInt('total', { description: 'Chunks that the whole has.' }),
    complete: t.boolean({
      description: 'Everything is there and stored.',
      resolve: ({ stored }) => stored !== null,
    }),
    ...partFields(t, ({ stored }) => stored, {
      totalBytes: nullable.float('Bytes of the whole, a whole number; null until it is complete.'),
      sha256: nullable.string('SHA-256 of the whole, hexadecimal; null until it is complete.'),
    }),
    transfer: t.field({
      type: Transfer,
      nullable: true,
      description: 'The whole as it is stored; null until it is complete.',
      resolve: ({ stored }, _args, { db }) => (stored === null ? null : readTransfer(db, stored.transferId)),
    }),
  }),
});

const RefusalReasonType = describedEnum<RefusalReason>('ChunkRefusalReason', 'Why a chunk is not taken.', {
  BAD_DATA_ID: 'The name is empty, too long, or holds U+0000 or half a surrogate pair.',
  BAD_TOTAL: 'There cannot be so few chunks.',
  TOTAL_CHANGED: 'Other chunks of it gave another total.',
  RECIPIENT_CHANGED: 'Other chunks of it named another `deliverTo`, or none.',
  TOO_MANY_CHUNKS: `There are more than ${chunksMax}.`,
  BAD_INDEX: 'There is no such chunk, or some count from 0 and some from 1.',
  BAD_BASE64: 'The data is no base64 with its padding.',
  CHUNK_TOO_LARGE: `It has more than ${chunkBytesMax} bytes.`,
  CHECKSUM_MISMATCH: 'The checksum is neither that of the chunk nor that of the whole.',
  TOO_MANY_OPEN: `The session has ${assemblyBounds.openPerSessionMax} others open. They end, at the latest after ${assemblyBounds.openMsMax / 1_000} seconds.`,
  NO_ROOM: 'Too much is being sent at the moment; the same chunk may be taken later.',
});

builder.objectType(ChunkRefused, {
  name: 'ChunkRefused',
  description: 'A chunk that is not taken.',
  interfaces: [Failure],
  isTypeOf: (error) => error instanceof ChunkRefused,
  fields: (t) => ({
    ...exposedFields(t, {
      reason: of(RefusalReasonType, 'Why.'),
      dropped: boolean('Whether the chunks that were there are given up: the whole has to be sent again.'),
    }),
  }),
});

builder.mutationField('sendChunk', (t) =>
  t.field({
    type: SentChunk,
    requires: 'anyCapability',
    description:
      'Takes a chunk of large data. With the last one the whole is stored, and the answer comes after the commit. What is ' +
      `not complete ${assemblyBounds.openMsMax / 1_000} seconds after its first chunk is given up; chunks are kept in the ` +
      'memory of the instance that they are sent to. Sending again what is stored, by the same sender under the same name, ' +
      'stores nothing again; it is delivered again where `deliverTo` says so.',
    args: { input: t.arg({ type: ChunkInput, required: true, description: 'The chunk.' }) },
    errors: {
      types: [ChunkRefused, InvalidInput],
      dataField: { name: 'chunk', description: 'How far it has come.' },
    },
    resolve: async (_root, { input }, context): Promise<Sent> => {
      const { dataId, totalChunks: total } = input;
      const session = input.session ?? '';
      const recipient = input.deliverTo ?? null;
      if (recipient !== null) requireUserId('deliverTo', recipient);
      const { received, whole } = assemblyOf(context.journal.log).add(
        JSON.stringify([context.viewer.subject, session]),
        {
          dataId,
          index: input.chunkIndex,
          total,
          data: input.chunkData,
          checksum: input.checksum,
          recipient,
        },
        performance.now(),
        context.viewer.subject,
      );
      return { dataId, received, total, stored: whole === null ? null : await stored(whole, context) };
    },
  }),
);

async function stored(whole: Whole, context: GraphContext): Promise<NonNullable<Sent['stored']>> {
  const { totalBytes } = whole;
  const sha256 = await verified(whole);
  try {
    const transferId = await store(whole, sha256, context);
    whole.release();
    return { transferId, totalBytes, sha256 };
  } catch (error) {
    whole.putBack(performance.now());
    throw error;
  }
}

/** Stores the bytes, and then the event that makes them readable. @returns the transfer's id. */
async function store(
  { dataId, totalBytes, chunks, recipient }: Whole,
  sha256: string,
  { db, journal, viewer }: GraphContext,
): Promise<string> {
  const payload: TransferReceived = { dataId, totalBytes, sha256, sender: viewer.subject };
  const before = await findTransfer(db, payload);
  if (before !== null) {
    const drafts = deliveriesOf(before, payload, recipient);
    if (drafts.length > 0) await journal.log.append(drafts);
    return before;
  }
  const transferId = randomUUID();
  try {
    await stageBytes(db, transferId, chunks);
    const { value } = await journal.log.transact((locked) => commit(locked, transferId, payload, recipient));
    if (value !== transferId) await dropStaged(db, transferId);
    return value;
  } catch (error) {
    await dropStaged(db, transferId).catch(() => undefined); // what stays is removed within the hour
    throw error;
  }
}

/** Under the lock of the log: a few short statements, however large the transfer is. */
async function commit(
  locked: GraphContext['db'],
  transferId: string,
  payload: TransferReceived,
  recipient: string | null,
): Promise<{ value: string; drafts: readonly Draft[] }> {
  const known = await findTransfer(locked, payload);
  if (known !== null) return { value: known, drafts: deliveriesOf(known, payload, recipient) };
  if (!(await keepStaged(locked, transferId)))
    throw new AppError('TIMEOUT', 'Storing the transfer took too long.', { retryable: true });
  const draft: Draft<TransferReceived> = {
    topic: transferEvents,
    key: payload.sender,
    type: transferReceived,
    id: transferId,
    payload,
  };
  return { value: transferId, drafts: [draft, ...deliveriesOf(transferId, payload, recipient)] };
}

/** The delivery to the user that the sender named; empty where none was named. */
function deliveriesOf(
  transferId: string,
  payload: TransferReceived,
  recipient: string | null,
): readonly Draft[] {
  if (recipient === null) return [];
  const delivered = { ...payload, transferId, userId: recipient, deliveredBy: payload.sender };
  return deliveryDrafts(randomUUID(), delivered);
}
