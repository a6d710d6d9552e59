import { addressKey } from '../lib/address-key.ts';
import { limitOf, type AddressLimit } from '../lib/concurrency-limiter.ts';
import { MemoryBudget, memoryBudgetDefault, type Share } from '../lib/memory-budget.ts';

/**
 * Limits the bytes that were sent to clients and that they have not read yet, in total and for each address. Senders
 * reserve bytes before they send; without room the response is rejected or the connection closed.
 */
export class UnreadBudget {
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

  /** The unread bytes of one connection or one response to this address. */
  of(address: string): UnreadBytes {
    return new UnreadBytes(this, address);
  }

  /**
   * @returns false when there is no room. A single response always fits while nothing else is unread, so that a small
   * budget makes no response impossible.
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

/** What one connection or one response holds of an `UnreadBudget`. */
export class UnreadBytes {
  readonly #budget: UnreadBudget;
  readonly #address: string;
  #bytes = 0;

  constructor(budget: UnreadBudget, address: string) {
    this.#budget = budget;
    this.#address = address;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Sets the number of unread bytes. @returns false when there is no room for more; then the number is unchanged. */
  set(bytes: number): boolean {
    const more = bytes - this.#bytes;
    if (more > 0 && !this.#budget.acquire(this.#address, more)) return false;
    if (more < 0) this.#budget.release(this.#address, -more);
    this.#bytes = bytes;
    return true;
  }
}
