import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** The documents of one client take at most this fraction of the store. */
const ownerShare = 1 / 8;
/** Approximate size in memory of an entry besides its text. */
const entryBytes = 512;

interface Persisted {
  readonly text: string;
  /** The client that stored the document. Null: unknown. */
  readonly owner: string | null;
}

/** The documents that one client has stored. */
interface Owned {
  /** In the order of their last use. */
  readonly hashes: Set<string>;
  bytes: number;
}

/**
 * Documents that clients have sent once and request by their SHA-256 afterwards (automatic persisted queries). The store
 * is bounded in bytes and drops the documents that were not used for the longest time. A client that stores many
 * documents replaces its own ones first, so that it cannot replace those of all others.
 */
export class PersistedDocuments {
  readonly #documents: LRUCache<string, Persisted>;
  readonly #owners = new Map<string, Owned>();
  readonly #ownerBytesMax: number;

  constructor(bytesMax: number) {
    this.#ownerBytesMax = bytesMax * ownerShare;
    this.#documents = new LRUCache<string, Persisted>({
      maxSize: Math.max(1, bytesMax),
      sizeCalculation: ({ text }) => bytesOf(text),
      dispose: (document, hash) => this.#disowned(hash, document),
    });
  }

  get bytes(): number {
    return this.#documents.calculatedSize;
  }

  /** Number of clients that have documents in the store. */
  get ownerCount(): number {
    return this.#owners.size;
  }

  find(hash: string): string | null {
    const found = this.#documents.get(hash);
    if (found === undefined) return null;
    const hashes = found.owner === null ? undefined : this.#owners.get(found.owner)?.hashes;
    if (hashes?.delete(hash) === true) hashes.add(hash);
    return found.text;
  }

  /** Whether this is the hash of the text. */
  matches(hash: string, text: string): boolean {
    if (this.#documents.peek(hash)?.text === text) return true;
    return createHash('sha256').update(text).digest('hex') === hash;
  }

  /** @param hash verified by `matches`. */
  add(hash: string, text: string, owner: string | null): void {
    if (this.find(hash) !== null) return;
    const bytes = bytesOf(text);
    if (owner !== null && !this.#makeRoom(owner, bytes)) return;
    this.#documents.set(hash, { text, owner });
    if (owner === null || !this.#documents.has(hash)) return;
    const owned = this.#owners.get(owner) ?? { hashes: new Set(), bytes: 0 };
    owned.hashes.add(hash);
    owned.bytes += bytes;
    this.#owners.set(owner, owned);
  }

  /** Drops documents of a client until it may store another. @returns false if the document is too large. */
  #makeRoom(owner: string, bytes: number): boolean {
    if (bytes > this.#ownerBytesMax) return false;
    for (const hash of this.#owners.get(owner)?.hashes ?? []) {
      if ((this.#owners.get(owner)?.bytes ?? 0) + bytes <= this.#ownerBytesMax) break;
      this.#documents.delete(hash);
    }
    return true;
  }

  #disowned(hash: string, { text, owner }: Persisted): void {
    const owned = owner === null ? undefined : this.#owners.get(owner);
    if (owner === null || owned === undefined || !owned.hashes.delete(hash)) return;
    owned.bytes -= bytesOf(text);
    if (owned.hashes.size === 0) this.#owners.delete(owner);
  }
}

function bytesOf(text: string): number {
  return entryBytes + 2 * text.length;
}
