import { growingLru } from './growing-lru.ts';

interface Bucket {
  level: number;
  /** The time of the level, milliseconds. */
  at: number;
}

/** Maximum number of remembered owners; a forgotten owner starts with a full bucket. */
const ownersMax = 10_000;

/** A token bucket per owner: a burst, refilled at a constant rate. */
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

  /** @returns false when the bucket has too few tokens; none are consumed then. */
  consume(owner: string, amount: number): boolean {
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
