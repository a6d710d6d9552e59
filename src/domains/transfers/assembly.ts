import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../errors.ts';
import { base64Chars, chunkBytesMax, chunksMax, decodedBase64 } from '../../lib/chunks.ts';
import type { Share } from '../../lib/memory-budget.ts';
import { isStorable } from '../../lib/storable.ts';
import { IncomingTransfer } from './incoming-transfer.ts';

export interface SentChunk {
  readonly dataId: string;
  /** Starts at 0 or at 1. */
  readonly index: number;
  readonly total: number;
  /** Base64. */
  readonly data: string;
  /** SHA-256, hexadecimal: of this chunk, or in every chunk of the complete data. */
  readonly checksum: string;
  /** The user to deliver the transfer to, the same in every chunk. Default: null, no user. */
  readonly recipient?: string | null;
}

/** A transfer with all its chunks. It occupies memory until it is released or reopened. */
export interface CompleteTransfer {
  readonly dataId: string;
  readonly totalBytes: number;
  /** Null: the transfer is not delivered to a user. */
  readonly recipient: string | null;
  /** The checksum of the complete data, if the chunks had it instead of their own. */
  readonly expectedSha256: string | null;
  /** In order. */
  readonly chunks: readonly Buffer[];
  /** Frees the memory, after the transfer was stored or dropped. */
  release(): void;
  /** Opens the transfer again after it could not be stored. Any of its chunks, sent again, completes it. */
  reopen(nowMs: number): void;
}

/** Limits of the transfers that are held in memory. A transfer is open until it is complete. */
export const assemblyBounds = {
  openPerSessionMax: 4,
  openMax: 1_000,
  /** From the first chunk of a transfer. An open transfer is then dropped. */
  openMsMax: 300_000,
  sessionBytesMax: 128 * 1024 * 1024,
  /** Of all sessions of a subject. */
  subjectBytesMax: 128 * 1024 * 1024,
  bytesMax: 256 * 1024 * 1024,
};

const dataIdCharsMax = 256;
const sha256Text = /^[0-9a-f]{64}$/;

interface Session {
  readonly key: string;
  readonly subject: string;
  readonly open: Map<string, Open>;
  bytes: number;
}

interface Open {
  readonly session: Session;
  readonly transfer: IncomingTransfer;
  readonly sinceMs: number;
  bytes: number;
}

/**
 * Assembles the chunks of each session to transfers, in memory. The mutation `sendChunk` adds chunks and stores what is
 * complete. The assembly reads no clock and stores nothing, and checks every limit before it accepts a chunk.
 */
export class Assembly {
  readonly #bounds: typeof assemblyBounds;
  readonly #sessions = new Map<string, Session>();
  readonly #bytesBySubject = new Map<string, number>();
  /** In the order in which they were opened. */
  readonly #open = new Set<Open>();
  #bytes = 0;

  constructor(bounds = assemblyBounds) {
    this.#bounds = bounds;
  }

  /** Memory of all transfers that are open, or complete and not released. */
  get bytes(): number {
    return this.#bytes;
  }

  get openTransfers(): number {
    return this.#open.size;
  }

  /**
   * @param nowMs of a monotonic clock.
   * @param subject of the session's credential.
   * @returns the number of chunks received, and the transfer once it is complete. @throws ChunkRefused
   */
  add(
    sessionKey: string,
    chunk: SentChunk,
    nowMs: number,
    subject = sessionKey,
  ): { readonly received: number; readonly complete: CompleteTransfer | null } {
    this.dropExpired(nowMs);
    const session = this.#sessions.get(sessionKey) ?? { key: sessionKey, subject, open: new Map(), bytes: 0 };
    const { dataId, total, index, recipient = null } = chunk;
    const known = session.open.get(dataId);
    const reject = (
      reason: ChunkRefusalReason,
      message: string,
      transfer: 'drop' | 'keep' = 'drop',
    ): never => {
      const isDropped = transfer === 'drop' && known !== undefined;
      if (isDropped) this.#drop(known);
      throw new ChunkRefused(reason, message, isDropped);
    };

    if (dataId.length < 1 || dataId.length > dataIdCharsMax || !isStorable(dataId))
      reject('BAD_DATA_ID', `dataId must be 1 to ${dataIdCharsMax} characters of Unicode without U+0000.`);
    if (total > chunksMax)
      reject('TOO_MANY_CHUNKS', `The number of chunks must be at most ${chunksMax}.`, 'keep');
    if (!Number.isInteger(total) || total < 1)
      reject('BAD_TOTAL', 'The number of chunks must be at least 1.');
    if (known !== undefined && known.transfer.total !== total)
      reject('TOTAL_CHANGED', `The number of chunks must be ${known.transfer.total}, as in earlier chunks.`);
    if (known !== undefined && known.transfer.recipient !== recipient)
      reject('RECIPIENT_CHANGED', 'The recipient must be the same in every chunk.');
    const transfer = known?.transfer ?? new IncomingTransfer(dataId, total, recipient);
    if (!transfer.acceptsIndex(index))
      reject('BAD_INDEX', 'With n chunks, indexes must be 0 to n - 1, or 1 to n, in all chunks.');
    const tooLarge = `A chunk must have at most ${chunkBytesMax} bytes.`;
    if (chunk.data.length > base64Chars(chunkBytesMax)) reject('CHUNK_TOO_LARGE', tooLarge, 'keep');
    const bytes = decodedBase64(chunk.data) ?? reject('BAD_BASE64', 'chunkData must be padded base64.');
    if (bytes.length > chunkBytesMax) reject('CHUNK_TOO_LARGE', tooLarge, 'keep');

    const { openPerSessionMax, openMax, sessionBytesMax, subjectBytesMax, bytesMax } = this.#bounds;
    if (known === undefined && session.open.size >= openPerSessionMax)
      reject('TOO_MANY_OPEN', `A session can have at most ${openPerSessionMax} incomplete transfers.`);
    const growth = transfer.growth(index, bytes);
    const isFull =
      (known === undefined && this.#open.size >= openMax) ||
      session.bytes + growth > sessionBytesMax ||
      (this.#bytesBySubject.get(session.subject) ?? 0) + growth > subjectBytesMax ||
      this.#bytes + growth > bytesMax;
    if (isFull) reject('NO_ROOM', 'The memory for incomplete transfers is full. Try again later.', 'keep');
    const checksum = chunk.checksum.toLowerCase();
    if (!sha256Text.test(checksum) || !transfer.add(index, bytes, checksum))
      reject('CHECKSUM_MISMATCH', 'The checksum matches neither the chunk nor the complete data.');

    const open = known ?? this.#begin(session, transfer, nowMs);
    this.#grow(open, growth);
    return { received: transfer.received, complete: transfer.isComplete ? this.#finish(open) : null };
  }

  /** Drops transfers that have been open for too long. @returns how many. */
  dropExpired(nowMs: number): number {
    let dropped = 0;
    for (const open of this.#open) {
      if (nowMs - open.sinceMs < this.#bounds.openMsMax) break;
      this.#drop(open);
      dropped++;
    }
    return dropped;
  }

  #begin(session: Session, transfer: IncomingTransfer, sinceMs: number): Open {
    const open = { session, transfer, sinceMs, bytes: 0 };
    session.open.set(transfer.dataId, open);
    this.#open.add(open);
    this.#sessions.set(session.key, session);
    return open;
  }

  #finish(open: Open): CompleteTransfer {
    const { session, transfer } = open;
    const chunks = transfer.chunks();
    this.#close(open);
    return {
      dataId: transfer.dataId,
      recipient: transfer.recipient,
      totalBytes: chunks.reduce((sum, { length }) => sum + length, 0),
      expectedSha256: transfer.expectedSha256(),
      chunks,
      release: () => this.#grow(open, -open.bytes),
      reopen: (nowMs) => {
        const { bytes } = open;
        this.#grow(open, -bytes);
        if (session.open.has(transfer.dataId)) return; // a client has begun it again in the meantime
        this.#grow(this.#begin(session, transfer, nowMs), bytes);
      },
    };
  }

  #drop(open: Open): void {
    this.#close(open);
    this.#grow(open, -open.bytes);
  }

  #close(open: Open): void {
    open.session.open.delete(open.transfer.dataId);
    this.#open.delete(open);
  }

  #grow(open: Open, bytes: number): void {
    open.bytes += bytes;
    open.session.bytes += bytes;
    this.#bytes += bytes;
    const { subject } = open.session;
    const held = (this.#bytesBySubject.get(subject) ?? 0) + bytes;
    if (held > 0) this.#bytesBySubject.set(subject, held);
    else this.#bytesBySubject.delete(subject);
    if (open.session.bytes === 0 && open.session.open.size === 0) this.#sessions.delete(open.session.key);
  }
}

export type ChunkRefusalReason =
  | 'BAD_DATA_ID'
  | 'BAD_TOTAL'
  | 'TOTAL_CHANGED'
  | 'RECIPIENT_CHANGED'
  | 'TOO_MANY_CHUNKS'
  | 'BAD_INDEX'
  | 'BAD_BASE64'
  | 'CHUNK_TOO_LARGE'
  | 'CHECKSUM_MISMATCH'
  | 'TOO_MANY_OPEN'
  | 'NO_ROOM';

export class ChunkRefused extends AppError {
  readonly reason: ChunkRefusalReason;
  /** Whether the open transfer of the chunk was dropped. */
  readonly dropped: boolean;

  constructor(reason: ChunkRefusalReason, message: string, dropped: boolean) {
    const retryable = reason === 'TOO_MANY_OPEN' || reason === 'NO_ROOM';
    super(retryable ? 'OVERLOADED' : 'BAD_USER_INPUT', message, { retryable, details: { reason, dropped } });
    this.reason = reason;
    this.dropped = dropped;
  }
}

/** Hashing blocks the event loop, so at most this is hashed per turn. */
const bytesPerTurn = 1_048_576;

/**
 * Computes the SHA-256 of a transfer, hexadecimal, and compares it with the sender's.
 * @throws ChunkRefused if they differ, after releasing the transfer.
 */
export async function verifySha256(transfer: CompleteTransfer): Promise<string> {
  const hash = createHash('sha256');
  let bytesThisTurn = 0;
  for (const bytes of transfer.chunks) {
    hash.update(bytes);
    bytesThisTurn += bytes.length;
    if (bytesThisTurn < bytesPerTurn) continue;
    bytesThisTurn = 0;
    await setImmediate();
  }
  const sha256 = hash.digest('hex');
  if (transfer.expectedSha256 === null || transfer.expectedSha256 === sha256) return sha256;
  transfer.release();
  throw new ChunkRefused('CHECKSUM_MISMATCH', 'The checksum does not match the complete data.', true);
}

const assemblies = new WeakMap<object, Assembly>();

/** The assembly of a server. A process can have several servers; each is identified by its log. */
export function assemblyOf(log: object): Assembly {
  const assembly = assemblies.get(log) ?? new Assembly();
  assemblies.set(log, assembly);
  return assembly;
}

/** Creates the assembly of a server within its share of memory, of which a subject gets at most half. */
export function createAssembly(log: object, share: Share): Assembly {
  const { bytesMax } = share;
  const subjectBytesMax = Math.min(assemblyBounds.subjectBytesMax, Math.floor(bytesMax / 2));
  const assembly = new Assembly({ ...assemblyBounds, bytesMax, subjectBytesMax });
  share.observe(() => assembly.bytes);
  assemblies.set(log, assembly);
  return assembly;
}
