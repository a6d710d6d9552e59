import { AppError } from '../errors.ts';
import { approximateBytes } from '../lib/approximate-bytes.ts';
import { addressKey } from '../lib/address-key.ts';
import type { Share } from '../lib/memory-budget.ts';
import { limitOf, type AddressLimit } from '../lib/concurrency-limiter.ts';
import type { Operation } from '../engine/operation.ts';
import type { Variables } from '../engine/variables.ts';

/** A subscriber, its connection's part in it and what the protocol keeps of it; measured. */
const subscriberBytes = 4_096;
/** A group without its document, variables and results; measured. */
const groupBytes = 6_144;

/** What a group of equal subscriptions takes in memory while it has subscribers, and who has them. */
export interface Held {
  readonly operation: Operation;
  readonly bytes: number;
  /** Members by address. */
  readonly subscribers: Map<string, number>;
}

/**
 * Counts what open subscriptions hold, in all and for each address: a subscriber for itself, and a group and a document once
 * for all, and once for each address that has subscribers in it.
 */
export class SubscriptionMemory {
  readonly #share: Share;
  readonly #perAddress: AddressLimit | null;
  readonly #byAddress = new Map<string, number>();
  readonly #documents = new Map<Operation, number>();

  constructor(share: Share, perAddress: AddressLimit | null) {
    this.#share = share;
    this.#perAddress = perAddress;
  }

  group(operation: Operation, key: string, variables: Variables): Held {
    const bytes =
      groupBytes + 2 * key.length + approximateBytes(variables.all) + approximateBytes(variables.raw);
    return { operation, bytes, subscribers: new Map() };
  }

  /** @param address null: of this server itself. @throws AppError OVERLOADED */
  enter(held: Held, address: string | null): Disposable {
    const owner = address === null ? '' : addressKey(address);
    const owned = subscriberBytes + (held.subscribers.has(owner) ? 0 : held.bytes + held.operation.bytes);
    const before = this.#byAddress.get(owner) ?? 0;
    const ownedMax = address === null ? Infinity : limitOf(this.#perAddress, address);
    if (before + owned > ownedMax) throw overloaded('The subscriptions of this address', ownedMax);
    const documents = this.#documents.get(held.operation) ?? 0;
    const bytes =
      subscriberBytes +
      (held.subscribers.size === 0 ? held.bytes : 0) +
      (documents === 0 ? held.operation.bytes : 0);
    if (!this.#share.acquire(bytes))
      throw overloaded('The subscriptions of this server', this.#share.bytesMax);
    if (held.subscribers.size === 0) this.#documents.set(held.operation, documents + 1);
    held.subscribers.set(owner, (held.subscribers.get(owner) ?? 0) + 1);
    this.#byAddress.set(owner, before + owned);
    let left = false;
    return {
      [Symbol.dispose]: () => {
        if (left) return;
        left = true;
        this.#leave(held, owner);
      },
    };
  }

  #leave(held: Held, owner: string): void {
    let owned = subscriberBytes;
    let bytes = subscriberBytes;
    if (!decrease(held.subscribers, owner)) owned += held.bytes + held.operation.bytes;
    if (held.subscribers.size === 0) {
      bytes += held.bytes;
      if (!decrease(this.#documents, held.operation)) bytes += held.operation.bytes;
    }
    this.#share.release(bytes);
    const left = (this.#byAddress.get(owner) ?? 0) - owned;
    if (left > 0) this.#byAddress.set(owner, left);
    else this.#byAddress.delete(owner);
  }
}

/** @returns whether any are left. */
function decrease<Key>(counts: Map<Key, number>, key: Key): boolean {
  const left = (counts.get(key) ?? 0) - 1;
  if (left > 0) counts.set(key, left);
  else counts.delete(key);
  return left > 0;
}

function overloaded(whose: string, bytesMax: number): AppError {
  return new AppError('OVERLOADED', `${whose} may hold ${bytesMax} bytes of memory.`, {
    retryable: true,
    details: { bytesMax },
  });
}
