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

/**
 * Counts concurrent operations, in total and per client address (`addressKey`). The caller compares `countOf` with
 * `maxOf` and rejects with an error of its own, then calls `acquire` and, at the end of the operation, `release`.
 */
export class ConcurrencyLimiter {
  readonly #limit: AddressLimit | null;
  readonly #counts = new Map<string, number>();
  #count = 0;

  constructor(limit: AddressLimit | null = null) {
    this.#limit = limit;
  }

  /** The total over all addresses. */
  get count(): number {
    return this.#count;
  }

  countOf(address: string): number {
    return this.#counts.get(addressKey(address)) ?? 0;
  }

  maxOf(address: string): number {
    return limitOf(this.#limit, address);
  }

  acquire(address: string): void {
    this.#count++;
    this.#counts.set(addressKey(address), this.countOf(address) + 1);
  }

  release(address: string): void {
    this.#count--;
    const left = this.countOf(address) - 1;
    if (left > 0) this.#counts.set(addressKey(address), left);
    else this.#counts.delete(addressKey(address));
  }
}
