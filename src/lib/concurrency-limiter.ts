import { addressKey } from './address-key.ts';
import { isLoopback } from './loopback.ts';

/** A limit for each client address. */
export interface AddressLimit {
  readonly max: number;
  /** Whether the limit applies to loopback addresses too. A local proxy connects all its clients from one of them. */
  readonly loopback: boolean;
}

/** The limit that applies to an address; Infinity where none does. */
export function limitOf(limit: AddressLimit | null, address: string): number {
  return limit === null || (!limit.loopback && isLoopback(address)) ? Infinity : limit.max;
}

/** Counts of other processes that share the limits of this one. */
export interface PeerCounts {
  /** The count of all others for a key, as far as it is known here. */
  of(key: string): number;
  /** The sum over all keys. */
  total(): number;
  /** The own count for a key has changed. */
  changed(key: string, own: number): void;
}

/**
 * Counts concurrent operations, in total and per client address (`addressKey`). The caller compares `countOf` with
 * `maxOf` and rejects with an error of its own, then calls `acquire` and, at the end of the operation, `release`.
 */
export class ConcurrencyLimiter {
  readonly #limit: AddressLimit | null;
  readonly #peers: PeerCounts | null;
  readonly #counts = new Map<string, number>();
  #count = 0;

  constructor(limit: AddressLimit | null = null, peers: PeerCounts | null = null) {
    this.#limit = limit;
    this.#peers = peers;
  }

  /** The total over all addresses, and over all processes that share the limit. */
  get count(): number {
    return this.#count + (this.#peers?.total() ?? 0);
  }

  countOf(address: string): number {
    const key = addressKey(address);
    return this.#own(key) + (this.#peers?.of(key) ?? 0);
  }

  maxOf(address: string): number {
    return limitOf(this.#limit, address);
  }

  acquire(address: string): void {
    this.#change(addressKey(address), 1);
  }

  release(address: string): void {
    this.#change(addressKey(address), -1);
  }

  #own(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  #change(key: string, by: 1 | -1): void {
    const own = this.#own(key) + by;
    this.#count += by;
    if (own > 0) this.#counts.set(key, own);
    else this.#counts.delete(key);
    this.#peers?.changed(key, own);
  }
}
