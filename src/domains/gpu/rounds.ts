import type { Gpu } from './events.ts';

/**
 * Puts single GPUs together to rounds of all of them. nvidia-smi prints them by rising index and does not say where a
 * round ends. So a round is whole when it has as many GPUs as the one before, when the next one begins, or when
 * nothing more has come for a while; a GPU that comes later still makes it whole once more.
 */
export class Rounds {
  #gpus: readonly Gpu[] = [];
  #told = false;
  #expected = Number.POSITIVE_INFINITY;

  /** The newest whole round, if this GPU made one whole. */
  add(gpu: Gpu): readonly Gpu[] | null {
    const last = this.#gpus.at(-1);
    let finished: readonly Gpu[] | null = null;
    if (last !== undefined && gpu.gpuId <= last.gpuId) {
      finished = this.quiet();
      this.#expected = this.#gpus.length;
      this.#gpus = [];
    }
    this.#gpus = [...this.#gpus, gpu];
    this.#told = false;
    return this.#gpus.length >= this.#expected ? this.quiet() : finished;
  }

  /** The round so far, unless it was told already: nothing more has come for a while. */
  quiet(): readonly Gpu[] | null {
    if (this.#told || this.#gpus.length === 0) return null;
    this.#told = true;
    return this.#gpus;
  }
}
