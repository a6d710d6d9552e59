import { sha256 } from '../../lib/chunks.ts';

/** A received chunk whose checksum is right, or may still be. */
interface Held {
  readonly bytes: Buffer;
  readonly checksum: string;
  /** Whether the checksum is of these bytes. If not, it is that of the whole, and the same in every chunk. */
  readonly own: boolean;
}

/** Memory of a held chunk besides its bytes. */
const overheadBytes = 512;

/** A transfer that is being received: some of its chunks, in any order. */
export class IncomingTransfer {
  readonly dataId: string;
  readonly total: number;
  /** The user to deliver the transfer to; null: no user. */
  readonly recipient: string | null;
  readonly #held = new Map<number, Held>();

  constructor(dataId: string, total: number, recipient: string | null = null) {
    this.dataId = dataId;
    this.total = total;
    this.recipient = recipient;
  }

  /** Different chunks that were received. */
  get received(): number {
    return this.#held.size;
  }

  get complete(): boolean {
    return this.#held.size === this.total;
  }

  /** Whether an index fits: they count from 0 or from 1, never both. */
  fits(index: number): boolean {
    if (!Number.isInteger(index) || index < 0 || index > this.total) return false;
    if (index === 0) return !this.#held.has(this.total);
    return index < this.total || !this.#held.has(0);
  }

  /** Additional bytes of memory with this chunk; negative when it replaces a larger one. */
  growth(index: number, bytes: Buffer): number {
    return costOf(bytes) - costOf(this.#held.get(index)?.bytes);
  }

  /**
   * Adds a chunk, or replaces the one with the same index.
   * @returns whether the checksums can still be right; if not, the transfer cannot be completed.
   */
  take(index: number, bytes: Buffer, checksum: string): boolean {
    this.#held.delete(index);
    const own = sha256(bytes) === checksum;
    // A checksum that is not of its own chunk is of the whole, and the same in every chunk.
    for (const held of this.#held.values())
      if (held.checksum !== checksum && !(own && held.own)) return false;
    this.#held.set(index, { bytes, checksum, own });
    return true;
  }

  /** The chunks in their order once all are there. */
  chunks(): readonly Buffer[] {
    return [...this.#held].sort(([a], [b]) => a - b).map(([, { bytes }]) => bytes);
  }

  /** The checksum of the whole that the chunks gave; null where each gave its own. */
  promised(): string | null {
    return [...this.#held.values()].find(({ own }) => !own)?.checksum ?? null;
  }
}

function costOf(bytes: Buffer | undefined): number {
  return bytes === undefined ? 0 : bytes.length + overheadBytes;
}
