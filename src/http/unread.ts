import { addressKey } from '../lib/address-key.ts';
import { MemoryBudget, memoryBudgetDefault, type Share } from '../lib/memory-budget.ts';
import { limitOf, type AddressLimit } from '../lib/concurrency-limiter.ts';

/**
 * Counts the bytes that were sent to clients and that they have not read yet, in all and for each address. Whoever
 * sends asks first; where there is no room, the answer is refused or its connection closed.
 */
export class UnreadBytes {
  readonly #share: Share;
  readonly #perAddress: AddressLimit | null;
  readonly #byAddress = new Map<string, number>();

  constructor(
    share: Share = new MemoryBudget(memoryBudgetDefault).share('answers'),
    perAddress: AddressLimit | null = null,
  ) {
    this.#share = share;
    this.#perAddress = perAddress;
  }

  /** What waits in one connection of this address, or for one answer. */
  of(address: string): Waiting {
    return new Waiting(this, address);
  }

  /**
   * @returns false when there is no room. One answer fits always where nothing else waits, so that a small budget
   * makes no answer impossible.
   */
  acquire(address: string, bytes: number): boolean {
    const key = addressKey(address);
    const before = this.#byAddress.get(key) ?? 0;
    if (before > 0 && before + bytes > limitOf(this.#perAddress, address)) return false;
    if (!this.#share.acquire(bytes)) {
      if (this.#share.bytes > 0) return false;
      this.#share.adjust(bytes);
    }
    this.#byAddress.set(key, before + bytes);
    return true;
  }

  release(address: string, bytes: number): void {
    const key = addressKey(address);
    this.#share.release(bytes);
    const left = (this.#byAddress.get(key) ?? 0) - bytes;
    if (left > 0) this.#byAddress.set(key, left);
    else this.#byAddress.delete(key);
  }
}

/** What one connection or one answer holds of `UnreadBytes`. */
export class Waiting {
  readonly #unread: UnreadBytes;
  readonly #address: string;
  #bytes = 0;

  constructor(unread: UnreadBytes, address: string) {
    this.#unread = unread;
    this.#address = address;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** So many bytes wait now. @returns false when there is no room for more; what was counted before stays counted. */
  set(bytes: number): boolean {
    const more = bytes - this.#bytes;
    if (more > 0 && !this.#unread.acquire(this.#address, more)) return false;
    if (more < 0) this.#unread.release(this.#address, -more);
    this.#bytes = bytes;
    return true;
  }
}
