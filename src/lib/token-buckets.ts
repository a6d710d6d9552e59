import { growingLru } from './growing-lru.ts';

interface Bucket {
  level: number;
  /** When the level was right, milliseconds. */
  at: number;
}

/** Owners that are remembered; who is forgotten begins with a full bucket. */
const ownersMax = 10_000;

/** A rate with bursts for each of many owners: what is spent comes back at a steady pace. */
export class TokenBuckets {
  readonly #buckets = growingLru<string, Bucket>(ownersMax);
  readonly #burst: number;
  readonly #perSecond: number;
  readonly #now: () => number;

  constructor(burst: number, perSecond: number, now = () => performance.now()) {
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#now = now;
  }

  /** @returns false when there is not so much; nothing is spent then. */
  spend(owner: string, amount: number): boolean {
    const at = this.#now();
    const bucket = this.#buckets.get(owner) ?? { level: this.#burst, at };
    bucket.level = Math.min(this.#burst, bucket.level + ((at - bucket.at) / 1_000) * this.#perSecond);
    bucket.at = at;
    this.#buckets.set(owner, bucket);
    if (bucket.level < amount) return false;
    bucket.level -= amount;
    return true;
  }
}
