import { sha256 } from '../../lib/chunks.ts';

/** A chunk that came and is what its sender says of it, or may still be. */
interface Held {
  readonly bytes: Buffer;
  readonly checksum: string;
  /** The checksum is of these bytes. If not, it has to be that of the whole, and the same in every chunk. */
  readonly own: boolean;
}

/** What a held chunk costs besides its bytes. */
const overheadBytes = 512;

/** Large data that is coming in: some of its chunks, in whatever order. */
export class IncomingTransfer {
  readonly dataId: string;
  readonly total: number;
  /** The user to whom the whole is to be delivered; null: nobody. */
  readonly recipient: string | null;
  readonly #held = new Map<number, Held>();

  constructor(dataId: string, total: number, recipient: string | null = null) {
    this.dataId = dataId;
    this.total = total;
    this.recipient = recipient;
  }

  /** Different chunks that are there. */
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

  /** Bytes of memory that it takes more with this chunk; below zero when it replaces a larger one. */
  growth(index: number, bytes: Buffer): number {
    return costOf(bytes) - costOf(this.#held.get(index)?.bytes);
  }

  /**
   * Takes a chunk, in the place of one with the same index.
   * @returns whether the checksums can still be right; where not, nothing is to be expected of it any more.
   */
  take(index: number, bytes: Buffer, checksum: string): boolean {
    this.#held.delete(index);
    const own = sha256(bytes) === checksum;
    // A checksum that is not of its own chunk is of the whole, and stands in every chunk.
    for (const held of this.#held.values())
      if (held.checksum !== checksum && !(own && held.own)) return false;
    this.#held.set(index, { bytes, checksum, own });
    return true;
  }

  /** The chunks in their order once all are there. */
  chunks(): readonly Buffer[] {
    return [...this.#held].sort(([a], [b]) => a - b).map(([, { bytes }]) => bytes);
  }

  /** What the checksums say of the whole; null where each is of its own chunk. */
  promised(): string | null {
    return [...this.#held.values()].find(({ own }) => !own)?.checksum ?? null;
  }
}

function costOf(bytes: Buffer | undefined): number {
  return bytes === undefined ? 0 : bytes.length + overheadBytes;
}
