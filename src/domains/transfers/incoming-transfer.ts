import { sha256 } from '../../lib/chunks.ts';

interface ReceivedChunk {
  readonly bytes: Buffer;
  readonly checksum: string;
  /** Whether the checksum is that of these bytes. Otherwise it is that of the complete data. */
  readonly isOwnChecksum: boolean;
}

/** Memory of a received chunk besides its bytes. */
const overheadBytes = 512;

/** A transfer of which some chunks, in any order, have been received. */
export class IncomingTransfer {
  readonly dataId: string;
  readonly total: number;
  readonly recipient: string | null;
  readonly #chunks = new Map<number, ReceivedChunk>();

  constructor(dataId: string, total: number, recipient: string | null = null) {
    this.dataId = dataId;
    this.total = total;
    this.recipient = recipient;
  }

  get received(): number {
    return this.#chunks.size;
  }

  get isComplete(): boolean {
    return this.#chunks.size === this.total;
  }

  /** The indexes of a transfer start at 0 or at 1. */
  acceptsIndex(index: number): boolean {
    if (!Number.isInteger(index) || index < 0 || index > this.total) return false;
    if (index === 0) return !this.#chunks.has(this.total);
    return index < this.total || !this.#chunks.has(0);
  }

  /** Additional memory with this chunk, in bytes; negative if it replaces a larger one. */
  growth(index: number, bytes: Buffer): number {
    return memoryOf(bytes) - memoryOf(this.#chunks.get(index)?.bytes);
  }

  /**
   * Adds a chunk, or replaces the one with the same index.
   * @returns false if the checksums are inconsistent, so that the transfer cannot be completed.
   */
  add(index: number, bytes: Buffer, checksum: string): boolean {
    this.#chunks.delete(index);
    const isOwnChecksum = sha256(bytes) === checksum;
    // Checksums of the complete data are the same in every chunk.
    for (const other of this.#chunks.values())
      if (other.checksum !== checksum && !(isOwnChecksum && other.isOwnChecksum)) return false;
    this.#chunks.set(index, { bytes, checksum, isOwnChecksum });
    return true;
  }

  /** In order. */
  chunks(): readonly Buffer[] {
    return [...this.#chunks].sort(([a], [b]) => a - b).map(([, { bytes }]) => bytes);
  }

  /** The checksum of the complete data; null if the chunks have their own. */
  expectedSha256(): string | null {
    return [...this.#chunks.values()].find(({ isOwnChecksum }) => !isOwnChecksum)?.checksum ?? null;
  }
}

function memoryOf(bytes: Buffer | undefined): number {
  return bytes === undefined ? 0 : bytes.length + overheadBytes;
}
