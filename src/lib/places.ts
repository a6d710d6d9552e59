import { boundKeyOf } from './bound-key.ts';
import { isLoopback } from './loopback.ts';

/** How many of something one address may have at a time. */
export interface AddressBound {
  readonly max: number;
  /** Whether that holds for this computer as well, which may be a proxy with all its clients behind it. */
  readonly loopback: boolean;
}

/** How many an address may have; Infinity where nothing bounds it. */
export function boundOf(bound: AddressBound | null, address: string): number {
  return bound === null || (!bound.loopback && isLoopback(address)) ? Infinity : bound.max;
}

/** Counts what is under way, in all and for each address, or rather what is bounded as one (`boundKeyOf`). */
export class Places {
  readonly #bound: AddressBound | null;
  readonly #taken = new Map<string, number>();
  #all = 0;

  constructor(bound: AddressBound | null = null) {
    this.#bound = bound;
  }

  /** Taken in all. */
  get all(): number {
    return this.#all;
  }

  takenBy(address: string): number {
    return this.#taken.get(boundKeyOf(address)) ?? 0;
  }

  maxOf(address: string): number {
    return boundOf(this.#bound, address);
  }

  take(address: string): void {
    this.#all++;
    this.#taken.set(boundKeyOf(address), this.takenBy(address) + 1);
  }

  leave(address: string): void {
    this.#all--;
    const left = this.takenBy(address) - 1;
    if (left > 0) this.#taken.set(boundKeyOf(address), left);
    else this.#taken.delete(boundKeyOf(address));
  }
}
