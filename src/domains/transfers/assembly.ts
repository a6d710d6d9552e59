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
  /** The user to deliver the transfer to, the same in every chunk. Default: null, no user. */
  readonly recipient?: string | null;
}

export interface Progress {
  readonly received: number;
  /** Null until all chunks are there. */
  readonly whole: Whole | null;
}

/** A complete transfer. It takes memory until it is released or put back. */
export interface Whole {
  readonly dataId: string;
  readonly totalBytes: number;
  /** The user to deliver it to; null: no user. */
  readonly recipient: string | null;
  /** The SHA-256 of all bytes that every chunk gave; null where each chunk gave its own. `verified` checks it. */
  readonly promised: string | null;
  /** In their order. */
  readonly chunks: readonly Buffer[];
  /** Frees its memory, when it is stored or dropped. */
  release(): void;
  /** Opens it again when it could not be stored: sending any of its chunks again completes it. */
  putBack(nowMs: number): void;
}

/** Limits of what is held in memory. */
export interface AssemblyBounds {
  /** Transfers that a session may have open. */
  readonly openPerSessionMax: number;
  /** Transfers that may be open in all. */
  readonly openMax: number;
  /** A transfer that is not complete this long after its first chunk is dropped. */
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
 * Assembles the chunks that clients send, each session separately. It is in memory only: it reads no clock and stores
 * nothing. Every limit is checked before a chunk is accepted.
 */
export class Assembly {
  readonly #bounds: AssemblyBounds;
  readonly #sessions = new Map<string, Session>();
  /** Bytes by subject. */
  readonly #subjects = new Map<string, number>();
  /** In the order in which they were opened. */
  readonly #open = new Set<Open>();
  #bytes = 0;

  constructor(bounds: AssemblyBounds = assemblyBounds) {
    this.#bounds = bounds;
  }

  /** Bytes of memory of all transfers that are open or not stored yet. */
  get bytes(): number {
    return this.#bytes;
  }

  get openTransfers(): number {
    return this.#open.size;
  }

  /**
   * @param nowMs of a monotonic clock.
   * @param subject the subject of the session's credential.
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

  /** Drops transfers that took too long. @returns how many. */
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
        if (session.open.has(transfer.dataId)) return; // it was opened again meanwhile
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

/** Temporary reasons: the same chunk may be accepted later. */
const temporary: ReadonlySet<RefusalReason> = new Set(['TOO_MANY_OPEN', 'NO_ROOM']);

/** A chunk that is not accepted. */
export class ChunkRefused extends AppError {
  readonly reason: RefusalReason;
  /** Whether its open transfer was dropped. */
  readonly dropped: boolean;

  constructor(reason: RefusalReason, message: string, dropped: boolean) {
    const retryable = temporary.has(reason);
    super(retryable ? 'OVERLOADED' : 'BAD_USER_INPUT', message, { retryable, details: { reason, dropped } });
    this.reason = reason;
    this.dropped = dropped;
  }
}

/** Bytes that are hashed in one turn of the event loop, which blocks it. */
const turnBytes = 1_048_576;

/**
 * Checks the bytes against the SHA-256 that the sender gave.
 * @returns their SHA-256, hexadecimal. @throws ChunkRefused when it differs; the transfer is released then.
 */
export async function verified(whole: Whole): Promise<string> {
  const hash = createHash('sha256');
  let unyielded = 0;
  for (const bytes of whole.chunks) {
    hash.update(bytes);
    unyielded += bytes.length;
    if (unyielded < turnBytes) continue;
    unyielded = 0;
    await setImmediate();
  }
  const sha256 = hash.digest('hex');
  if (whole.promised === null || whole.promised === sha256) return sha256;
  whole.release();
  throw new ChunkRefused('CHECKSUM_MISMATCH', 'The checksum is not that of the whole.', true);
}

const assemblies = new WeakMap<object, Assembly>();

/** The assembly of a server; a process may have several servers. @param server its log, which identifies it. */
export function assemblyOf(server: object): Assembly {
  let own = assemblies.get(server);
  if (own === undefined) {
    own = new Assembly();
    assemblies.set(server, own);
  }
  return own;
}

/** Creates the assembly of a server that starts, with its memory. A subject gets at most half of that. */
export function beginAssembly(server: object, share: Share): Assembly {
  const { bytesMax } = share;
  const subjectBytesMax = Math.min(assemblyBounds.subjectBytesMax, Math.floor(bytesMax / 2));
  const assembly = new Assembly({ ...assemblyBounds, bytesMax, subjectBytesMax });
  share.observe(() => assembly.bytes);
  assemblies.set(server, assembly);
  return assembly;
}
