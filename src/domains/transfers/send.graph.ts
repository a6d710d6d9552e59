import { randomUUID } from 'node:crypto';
import { AppError } from '../../errors.ts';
import { builder } from '../../graph/builder.ts';
import type { GraphContext } from '../../graph/context.ts';
import { describedEnum } from '../../graph/event-enum.ts';
import { boolean, exposedFields, id, int, nullable, of } from '../../graph/exposed-fields.ts';
import { Failure } from '../../graph/failures.ts';
import { InvalidInput } from '../../graph/invalid-input.ts';
import type { Draft } from '../../journal/topic.ts';
import { chunkBytesMax, chunksMax } from '../../lib/chunks.ts';
import {
  assemblyBounds,
  assemblyOf,
  ChunkRefused,
  verifySha256,
  type ChunkRefusalReason,
  type CompleteTransfer,
} from './assembly.ts';
import { dropStaged, keepStaged, stageBytes } from './bytes.store.ts';
import { deliveryDrafts, idBounds, requireStorable } from './deliveries.graph.ts';
import { transferEvents, transferReceived, type TransferReceived } from './events.ts';
import { Transfer } from './graph.ts';
import { findTransferId, readTransfer } from './store.ts';

/** More than the assembly accepts, because its errors are more precise. */
const chunkDataCharsMax = 4 * chunkBytesMax;
const looseBounds = { chars: 4_096 } as const;
const openSecondsMax = assemblyBounds.openMsMax / 1_000;

const SendChunkInput = builder.inputType('SendChunkInput', {
  description:
    'A chunk of large data. Chunks can be sent in any order. A chunk that is sent again replaces the earlier one.',
  fields: (t) => ({
    sessionId: t.id({
      bounds: { chars: 256 },
      description:
        'Separates transfers that a subject sends from several places. Default: an empty text. A session can have at most ' +
        `${assemblyBounds.openPerSessionMax} incomplete transfers.`,
    }),
    dataId: t.id({
      required: true,
      bounds: looseBounds,
      description: 'Name of the data, 1 to 256 characters, the same in every chunk.',
    }),
    chunkIndex: t.int({
      required: true,
      description: 'Number of the chunk: 0 to chunkCount - 1, or, in all chunks, 1 to chunkCount.',
    }),
    chunkCount: t.int({
      required: true,
      description: `Number of chunks, 1 to ${chunksMax}, the same in every chunk.`,
    }),
    chunkData: t.string({
      required: true,
      bounds: { chars: chunkDataCharsMax },
      description: `Padded base64 of at most ${chunkBytesMax} bytes.`,
    }),
    checksum: t.string({
      required: true,
      bounds: looseBounds,
      description:
        'SHA-256, hexadecimal: of the bytes of this chunk, or, in every chunk, of the complete data.',
    }),
    recipientId: t.id({
      bounds: idBounds,
      description:
        "Subject of a user's credential, the same in every chunk. The stored transfer is delivered to this user, as by " +
        '`deliverTransfer`. Default: no delivery.',
    }),
  }),
});

interface StoredData {
  readonly transferId: string;
  readonly totalBytes: number;
  readonly sha256: string;
}

interface SentChunk extends Partial<StoredData> {
  readonly dataId: string;
  readonly receivedChunkCount: number;
  readonly chunkCount: number;
  /** Then the data is stored, and its properties are set. */
  readonly complete: boolean;
}

const SentChunkType = builder.objectRef<SentChunk>('SentChunk').implement({
  description: 'The state of a transfer after a chunk was received.',
  fields: (t) => ({
    ...exposedFields(t, {
      dataId: id('Name of the data, chosen by its sender.'),
      receivedChunkCount: int('Number of different chunks received so far.'),
      chunkCount: int('Number of chunks of the complete data.'),
      complete: boolean('Whether all chunks were received and the data is stored.'),
      totalBytes: nullable.safeInt('Size of the data in bytes. Null until it is complete.'),
      sha256: nullable.string('SHA-256 of the data, hexadecimal. Null until it is complete.'),
    }),
    transfer: t.field({
      type: Transfer,
      nullable: true,
      description: 'The stored data. Null until it is complete.',
      resolve: ({ transferId }, _args, { db }) =>
        transferId === undefined ? null : readTransfer(db, transferId),
    }),
  }),
});

const ChunkRefusalReasonType = describedEnum<ChunkRefusalReason>(
  'ChunkRefusalReason',
  'Why a chunk was rejected.',
  {
    BAD_DATA_ID: '`dataId` is empty, too long, or contains U+0000 or half a surrogate pair.',
    BAD_TOTAL: '`chunkCount` is less than 1.',
    TOTAL_CHANGED: '`chunkCount` differs from that of earlier chunks.',
    RECIPIENT_CHANGED: '`recipientId` differs from that of earlier chunks.',
    TOO_MANY_CHUNKS: `\`chunkCount\` is greater than ${chunksMax}.`,
    BAD_INDEX: '`chunkIndex` is out of range, or some indexes start at 0 and others at 1.',
    BAD_BASE64: '`chunkData` is not padded base64.',
    CHUNK_TOO_LARGE: `The chunk has more than ${chunkBytesMax} bytes.`,
    CHECKSUM_MISMATCH: '`checksum` matches neither the chunk nor the complete data.',
    TOO_MANY_OPEN: `The session has ${assemblyBounds.openPerSessionMax} other incomplete transfers. Each ends after at most ${openSecondsMax} seconds.`,
    NO_ROOM: 'The memory for incomplete transfers is full. Send the chunk again later.',
  },
);

builder.objectType(ChunkRefused, {
  name: 'ChunkRefused',
  description: 'A rejected chunk.',
  interfaces: [Failure],
  isTypeOf: (error) => error instanceof ChunkRefused,
  fields: (t) =>
    exposedFields(t, {
      reason: of(ChunkRefusalReasonType, 'Why the chunk was rejected.'),
      dropped: boolean('Whether earlier chunks were dropped, so that all chunks have to be sent again.'),
    }),
});

builder.mutationField('sendChunk', (t) =>
  t.field({
    type: SentChunkType,
    requires: 'anyCapability',
    description:
      'Sends a chunk of large data. The last missing chunk stores the data, and the mutation then returns after the commit. ' +
      'Chunks are held in the memory of the instance that receives them, and are dropped if the data is not complete ' +
      `${openSecondsMax} seconds after its first chunk. Data that the same sender has stored under the same name is not ` +
      'stored again, but is delivered again if `recipientId` is given.',
    args: {
      input: t.arg({ type: SendChunkInput, required: true, description: 'The data and its position.' }),
    },
    errors: {
      types: [ChunkRefused, InvalidInput],
      dataField: { name: 'chunk', description: 'The state of the transfer.' },
    },
    resolve: async (_root, { input }, context): Promise<SentChunk> => {
      const { dataId, chunkCount } = input;
      const { subject } = context.viewer;
      const recipient = input.recipientId ?? null;
      if (recipient !== null) requireStorable('recipientId', recipient);
      const chunk = {
        dataId,
        index: input.chunkIndex,
        total: chunkCount,
        data: input.chunkData,
        checksum: input.checksum,
        recipient,
      };
      const session = JSON.stringify([subject, input.sessionId ?? '']);
      const assembly = assemblyOf(context.journal.log);
      const { received, complete } = assembly.add(session, chunk, performance.now(), subject);
      const sent = { dataId, receivedChunkCount: received, chunkCount, complete: complete !== null };
      return complete === null ? sent : { ...sent, ...(await verifyAndStore(complete, context)) };
    },
  }),
);

async function verifyAndStore(transfer: CompleteTransfer, context: GraphContext): Promise<StoredData> {
  const sha256 = await verifySha256(transfer);
  try {
    const transferId = await store(transfer, sha256, context);
    transfer.release();
    return { transferId, totalBytes: transfer.totalBytes, sha256 };
  } catch (error) {
    transfer.reopen(performance.now());
    throw error;
  }
}

/** Stores the bytes, and then the event that makes them readable. @returns the id of the stored transfer. */
async function store(
  { dataId, totalBytes, chunks, recipient }: CompleteTransfer,
  sha256: string,
  { db, journal, viewer }: GraphContext,
): Promise<string> {
  const payload: TransferReceived = { dataId, totalBytes, sha256, sender: viewer.subject };
  const knownId = await findTransferId(db, payload);
  if (knownId !== null) {
    const drafts = deliveriesOf(knownId, payload, recipient);
    if (drafts.length > 0) await journal.log.append(drafts);
    return knownId;
  }
  const transferId = randomUUID();
  try {
    await stageBytes(db, transferId, chunks);
    const { value } = await journal.log.transact((locked) => commit(locked, transferId, payload, recipient));
    if (value !== transferId) await dropStaged(db, transferId);
    return value;
  } catch (error) {
    await dropStaged(db, transferId).catch(() => undefined); // `dropAbandoned` retries it
    throw error;
  }
}

/** Runs with the lock of the log, so it executes a few short statements, however large the transfer is. */
async function commit(
  locked: GraphContext['db'],
  transferId: string,
  payload: TransferReceived,
  recipient: string | null,
): Promise<{ value: string; drafts: readonly Draft[] }> {
  const knownId = await findTransferId(locked, payload);
  if (knownId !== null) return { value: knownId, drafts: deliveriesOf(knownId, payload, recipient) };
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

/** Empty without a recipient. */
function deliveriesOf(
  transferId: string,
  payload: TransferReceived,
  recipient: string | null,
): readonly Draft[] {
  if (recipient === null) return [];
  const delivered = { ...payload, transferId, userId: recipient, deliveredBy: payload.sender };
  return deliveryDrafts(randomUUID(), delivered);
}
