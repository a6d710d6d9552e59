import { AppError } from '../errors.ts';
import { disposable } from '../lib/disposable.ts';
import { approximateBytes } from '../lib/approximate-bytes.ts';
import { addressKey } from '../lib/address-key.ts';
import type { Share } from '../lib/memory-budget.ts';
import { limitOf, type AddressLimit } from '../lib/concurrency-limiter.ts';
import type { Operation } from '../engine/operation.ts';
import type { Variables } from '../engine/variables.ts';

/** Measured size in memory of a subscriber, including its state in the connection and the protocol. */
const subscriberBytes = 4_096;
/** Measured size in memory of a group without its document, variables and frames. */
const groupBytes = 6_144;

/** The memory of a group, and the addresses that have subscribers in it. */
export interface GroupMemory {
  readonly operation: Operation;
  readonly bytes: number;
  /** Number of subscribers by address. */
  readonly subscribers: Map<string, number>;
}

/**
 * Counts the memory of open subscriptions, in total and per address, and rejects subscriptions that exceed a limit. In
 * the total a group and a document count once; for an address, each group in which it has subscribers counts.
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

  group(operation: Operation, key: string, variables: Variables): GroupMemory {
    const bytes =
      groupBytes + 2 * key.length + approximateBytes(variables.coerced) + approximateBytes(variables.raw);
    return { operation, bytes, subscribers: new Map() };
  }

  /** Counts a subscriber until disposed. @param address null: the server itself. @throws AppError OVERLOADED */
  add(group: GroupMemory, address: string | null): Disposable {
    const owner = address === null ? '' : addressKey(address);
    const owned = subscriberBytes + (group.subscribers.has(owner) ? 0 : group.bytes + group.operation.bytes);
    const before = this.#byAddress.get(owner) ?? 0;
    const ownedMax = address === null ? Infinity : limitOf(this.#perAddress, address);
    if (before + owned > ownedMax) throw overloaded('of this address', ownedMax);
    const documents = this.#documents.get(group.operation) ?? 0;
    const bytes =
      subscriberBytes +
      (group.subscribers.size === 0 ? group.bytes : 0) +
      (documents === 0 ? group.operation.bytes : 0);
    if (!this.#share.acquire(bytes)) throw overloaded('of this server', this.#share.bytesMax);
    if (group.subscribers.size === 0) this.#documents.set(group.operation, documents + 1);
    group.subscribers.set(owner, (group.subscribers.get(owner) ?? 0) + 1);
    this.#byAddress.set(owner, before + owned);
    return disposable(() => this.#remove(group, owner));
  }

  #remove(group: GroupMemory, owner: string): void {
    let owned = subscriberBytes;
    let bytes = subscriberBytes;
    if (!decrease(group.subscribers, owner)) owned += group.bytes + group.operation.bytes;
    if (group.subscribers.size === 0) {
      bytes += group.bytes;
      if (!decrease(this.#documents, group.operation)) bytes += group.operation.bytes;
    }
    this.#share.release(bytes);
    const left = (this.#byAddress.get(owner) ?? 0) - owned;
    if (left > 0) this.#byAddress.set(owner, left);
    else this.#byAddress.delete(owner);
  }
}

/** @returns whether the count is still positive. */
function decrease<Key>(counts: Map<Key, number>, key: Key): boolean {
  const left = (counts.get(key) ?? 0) - 1;
  if (left > 0) counts.set(key, left);
  else counts.delete(key);
  return left > 0;
}

function overloaded(scope: string, bytesMax: number): AppError {
  return new AppError(
    'OVERLOADED',
    `The subscriptions ${scope} exceed the memory limit of ${bytesMax} bytes.`,
    {
      retryable: true,
      details: { bytesMax },
    },
  );
}
