import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../errors.ts';
import { base64Chars, chunkBytesMax, chunksMax, decodedBase64 } from '../../lib/chunks.ts';
import type { Share } from '../../lib/memory-budget.ts';
import { isStorable } from '../../lib/storable.ts';
import { IncomingTransfer } from './incoming-transfer.ts';

export interface SentChunk {
  readonly dataId: string;
  /** From 0 or from 1. */
  readonly index: number;
  readonly total: number;
  /** Base64. */
  readonly data: string;
  /** SHA-256, hexadecimal: of the chunk, or of the whole in every chunk. */
  readonly checksum: string;
  /** The user to whom the whole is to be delivered, in every chunk. Default: null, nobody. */
  readonly recipient?: string | null;
}

export interface Progress {
  readonly received: number;
  /** Null until all chunks are there. */
  readonly whole: Whole | null;
}

/** Large data that is there. It takes up room until somebody says what becomes of it. */
export interface Whole {
  readonly dataId: string;
  readonly totalBytes: number;
  /** The user to whom it is to be delivered; null: nobody. */
  readonly recipient: string | null;
  /** What all bytes' SHA-256 has to be, as every chunk said; null where each chunk had its own. `verified` looks. */
  readonly promised: string | null;
  /** In their order. */
  readonly chunks: readonly Buffer[];
  /** It is stored or given up: its room is free. */
  release(): void;
  /** It could not be stored: it is open again, and sending any of its chunks once more completes it. */
  putBack(nowMs: number): void;
}

/** Bounds of what is held in memory. */
export interface AssemblyBounds {
  /** Transfers that a session may have open. */
  readonly openPerSessionMax: number;
  /** Transfers that may be open in all. */
  readonly openMax: number;
  /** What is not whole so long after its first chunk is given up. */
  readonly openMsMax: number;
  readonly sessionBytesMax: number;
  /** Over all sessions of a subject. */
  readonly subjectBytesMax: number;
  readonly bytesMax: number;
}

export const assemblyBounds: AssemblyBounds = {
  openPerSessionMax: 4,
  openMax: 1_000,
  openMsMax: 300_000,
  sessionBytesMax: 128 * 1024 * 1024,
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
 * Puts together what clients send in chunks, each session by itself. Pure memory: it reads no clock and stores nothing.
 * Every bound is looked at before a chunk is taken.
 */
export class Assembly {
  readonly #bounds: AssemblyBounds;
  readonly #sessions = new Map<string, Session>();
  /** Bytes by subject. */
  readonly #subjects = new Map<string, number>();
  /** In the order in which they began. */
  readonly #open = new Set<Open>();
  #bytes = 0;

  constructor(bounds: AssemblyBounds = assemblyBounds) {
    this.#bounds = bounds;
  }

  /** Bytes of memory that everything takes which is open or not stored yet. */
  get bytes(): number {
    return this.#bytes;
  }

  get openTransfers(): number {
    return this.#open.size;
  }

  /**
   * @param nowMs of any clock that does not go back.
   * @param subject whose session it is.
   * @throws ChunkRefused
   */
  add(sessionKey: string, chunk: SentChunk, nowMs: number, subject = sessionKey): Progress {
    this.sweep(nowMs);
    const session = this.#sessions.get(sessionKey) ?? { key: sessionKey, subject, open: new Map(), bytes: 0 };
    const { dataId, total, index, recipient = null } = chunk;
    const known = session.open.get(dataId);
    const refuse = (reason: RefusalReason, message: string, gives: 'up' | 'not' = 'up'): never => {
      if (gives === 'up' && known !== undefined) this.#drop(known);
      throw new ChunkRefused(reason, message, gives === 'up' && known !== undefined);
    };

    if (dataId.length < 1 || dataId.length > dataIdCharsMax || !isStorable(dataId))
      refuse('BAD_DATA_ID', `dataId must be 1 to ${dataIdCharsMax} characters of Unicode without U+0000.`);
    if (total > chunksMax) refuse('TOO_MANY_CHUNKS', `There may be ${chunksMax} chunks.`, 'not');
    if (!Number.isInteger(total) || total < 1) refuse('BAD_TOTAL', 'totalChunks must be 1 or more.');
    if (known !== undefined && known.transfer.total !== total)
      refuse('TOTAL_CHANGED', `There were ${known.transfer.total} chunks to come before.`);
    if (known !== undefined && known.transfer.recipient !== recipient)
      refuse('RECIPIENT_CHANGED', 'Other chunks of it named another recipient, or none.');
    const transfer = known?.transfer ?? new IncomingTransfer(dataId, total, recipient);
    if (!transfer.fits(index)) refuse('BAD_INDEX', 'Indexes count from 0 or from 1, and not from both.');
    const tooLarge = `A chunk may have at most ${chunkBytesMax} bytes.`;
    if (chunk.data.length > base64Chars(chunkBytesMax)) refuse('CHUNK_TOO_LARGE', tooLarge, 'not');
    const bytes =
      decodedBase64(chunk.data) ?? refuse('BAD_BASE64', 'chunkData must be base64 with its padding.');
    if (bytes.length > chunkBytesMax) refuse('CHUNK_TOO_LARGE', tooLarge, 'not');

    const { openPerSessionMax, openMax, sessionBytesMax, subjectBytesMax, bytesMax } = this.#bounds;
    if (known === undefined && session.open.size >= openPerSessionMax)
      refuse('TOO_MANY_OPEN', `A session may have at most ${openPerSessionMax} transfers open.`);
    const growth = transfer.growth(index, bytes);
    const full =
      (known === undefined && this.#open.size >= openMax) ||
      session.bytes + growth > sessionBytesMax ||
      (this.#subjects.get(session.subject) ?? 0) + growth > subjectBytesMax ||
      this.#bytes + growth > bytesMax;
    if (full) refuse('NO_ROOM', 'Too much is being sent at the moment. Try again later.', 'not');
    const checksum = chunk.checksum.toLowerCase();
    if (!sha256Text.test(checksum) || !transfer.take(index, bytes, checksum))
      refuse('CHECKSUM_MISMATCH', 'The checksum is neither of the chunk nor of the whole.');

    const open = known ?? this.#begin(session, transfer, nowMs);
    this.#grow(open, growth);
    return { received: transfer.received, whole: transfer.complete ? this.#finish(open) : null };
  }

  /** Gives up what took too long. @returns how many. */
  sweep(nowMs: number): number {
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

  #finish(open: Open): Whole {
    const { session, transfer } = open;
    const chunks = transfer.chunks();
    this.#close(open);
    return {
      dataId: transfer.dataId,
      recipient: transfer.recipient,
      totalBytes: chunks.reduce((sum, { length }) => sum + length, 0),
      promised: transfer.promised(),
      chunks,
      release: () => this.#grow(open, -open.bytes),
      putBack: (nowMs) => {
        const { bytes } = open;
        this.#grow(open, -bytes);
        if (session.open.has(transfer.dataId)) return; // it has begun anew meanwhile
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
    const held = (this.#subjects.get(subject) ?? 0) + bytes;
    if (held > 0) this.#subjects.set(subject, held);
    else this.#subjects.delete(subject);
    if (open.session.bytes === 0 && open.session.open.size === 0) this.#sessions.delete(open.session.key);
  }
}

export type RefusalReason =
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

/** Reasons that time takes away: the same chunk may be taken later. */
const passing: ReadonlySet<RefusalReason> = new Set(['TOO_MANY_OPEN', 'NO_ROOM']);

/** A chunk that is not taken. */
export class ChunkRefused extends AppError {
  readonly reason: RefusalReason;
  /** Whether its transfer, which was open, is given up. */
  readonly dropped: boolean;

  constructor(reason: RefusalReason, message: string, dropped: boolean) {
    const retryable = passing.has(reason);
    super(retryable ? 'OVERLOADED' : 'BAD_USER_INPUT', message, { retryable, details: { reason, dropped } });
    this.reason = reason;
    this.dropped = dropped;
  }
}

/** Bytes that are hashed in one turn of the event loop: everybody else waits meanwhile. */
const turnBytes = 1_048_576;

/**
 * Looks whether what came is what was promised.
 * @returns its SHA-256, hexadecimal. @throws ChunkRefused when it is something else; its room is free then.
 */
export async function verified(whole: Whole): Promise<string> {
  const hash = createHash('sha256');
  let waiting = 0;
  for (const bytes of whole.chunks) {
    hash.update(bytes);
    waiting += bytes.length;
    if (waiting < turnBytes) continue;
    waiting = 0;
    await setImmediate();
  }
  const sha256 = hash.digest('hex');
  if (whole.promised === null || whole.promised === sha256) return sha256;
  whole.release();
  throw new ChunkRefused('CHECKSUM_MISMATCH', 'The checksum is not that of the whole.', true);
}

const assemblies = new WeakMap<object, Assembly>();

/** What one server is putting together; a process may hold several servers. @param server its log, of which it has one. */
export function assemblyOf(server: object): Assembly {
  let own = assemblies.get(server);
  if (own === undefined) {
    own = new Assembly();
    assemblies.set(server, own);
  }
  return own;
}

/** The same for a server that begins, with what it may hold. Of that no subject gets more than half. */
export function beginAssembly(server: object, share: Share): Assembly {
  const { bytesMax } = share;
  const subjectBytesMax = Math.min(assemblyBounds.subjectBytesMax, Math.floor(bytesMax / 2));
  const assembly = new Assembly({ ...assemblyBounds, bytesMax, subjectBytesMax });
  share.observe(() => assembly.bytes);
  assemblies.set(server, assembly);
  return assembly;
}
