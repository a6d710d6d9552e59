import { raceAbort } from '../../lib/race-abort.ts';
import { waitAtMost } from '../../lib/wait-at-most.ts';
import type { Gpu } from './events.ts';
import { startNvidiaSmi, type NvidiaSmiProcess } from './nvidia-smi-process.ts';

export interface GpuReaderOptions {
  /** Default: `nvidia-smi`, found in the PATH when it is started. */
  readonly command?: string;
  /** The longest interval between readings. */
  readonly intervalMs: number;
  /** How long `read` waits for the first reading. Default: 3 s, less than the time limit of a sample. */
  readonly firstReadingMaxMs?: number;
  /**
   * A process without output for three intervals and this time is replaced. Doubles with each failure, because some
   * machines need half a minute for the first reading. Default: 5 s.
   */
  readonly silenceMs?: number;
  /** The process is stopped when `read` has not been called for this time. Default: 60 s. */
  readonly idleMs?: number;
  /** How long a process keeps a short interval that no reader needs. Default: 30 s. */
  readonly slowDownAfterMs?: number;
  /** The pause before a restart; doubles with each failure. Default: 1 s. */
  readonly restartMinMs?: number;
}

/** All GPUs at one moment (Unix milliseconds), or the reason why they are not available. */
export type GpuReading = { readonly gpus: readonly Gpu[]; readonly at: number } | { readonly reason: string };

const restartMaxMs = 60_000;
const silenceMaxMs = 60_000;
const silentIntervals = 3;
/** The exit of a process that has run for this time is not counted with earlier failures. */
const steadyAfterMs = 30_000;
/** The intervals of the process. With few steps, readers that request different intervals cause few restarts. */
const intervalStepsMs = [100, 200, 500, 1_000];

/**
 * Reads GPUs from one nvidia-smi process. A start takes a second of the driver's time, so the process keeps running
 * while `read` is called, and the newest reading is kept. `read` itself starts the process, also after a failure.
 */
export class GpuReader implements AsyncDisposable {
  readonly #options: Required<GpuReaderOptions>;
  #resolveChange = (): void => {};
  /** Resolves with the next reading or the end of the process. */
  #change = this.#nextChange();
  /** The process that was started last. */
  #process: NvidiaSmiProcess | null = null;
  /** Whether `#process` is used: it has neither ended nor been stopped. */
  #running = false;
  #newest: { readonly gpus: readonly Gpu[]; readonly at: number } | null = null;
  #reason: string | null = null;
  #startedAt = 0;
  /** Of the current or next process. */
  #intervalMs: number;
  /** When a reader last needed this interval. */
  #neededAt = 0;
  #failures = 0;
  #notBefore = Number.NEGATIVE_INFINITY;
  #idle: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(options: GpuReaderOptions) {
    this.#options = {
      command: 'nvidia-smi',
      firstReadingMaxMs: 3_000,
      silenceMs: 5_000,
      idleMs: 60_000,
      slowDownAfterMs: 30_000,
      restartMinMs: 1_000,
      ...options,
    };
    this.#intervalMs = options.intervalMs;
  }

  /**
   * Returns the newest reading; waits for the first one after a start. If `everyMs` is shorter than the interval of the
   * process, another process replaces it. @throws only when `signal` aborts.
   */
  async read(signal: AbortSignal, everyMs = this.#options.intervalMs): Promise<GpuReading> {
    if (this.#disposed) return { reason: 'the server is stopping' };
    clearTimeout(this.#idle);
    this.#adjustInterval(stepFor(everyMs, this.#options.intervalMs));
    if (this.#canStart()) this.#start();
    try {
      if (this.#newest === null && this.#running)
        await raceAbort(waitAtMost(this.#options.firstReadingMaxMs, this.#change), signal);
    } finally {
      clearTimeout(this.#idle);
      if (!this.#disposed) this.#idle = setTimeout(() => void this.#stop(), this.#options.idleMs);
    }
    if (this.#newest !== null) return this.#newest;
    const complaint = this.#running ? this.#process?.complaint() : null;
    return { reason: complaint ?? this.#reason ?? 'nvidia-smi has not responded yet' };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    clearTimeout(this.#idle);
    await this.#stop();
  }

  /** A shorter interval takes effect immediately, a longer one after `slowDownAfterMs`, because a start is expensive. */
  #adjustInterval(everyMs: number): void {
    const now = performance.now();
    if (everyMs === this.#intervalMs) this.#neededAt = now;
    if (everyMs === this.#intervalMs || (this.#running && this.#newest === null)) return;
    if (everyMs > this.#intervalMs && now - this.#neededAt < this.#options.slowDownAfterMs) return;
    this.#intervalMs = everyMs;
    this.#neededAt = now;
    if (!this.#running) return;
    // `read` returns the newest reading until the next process has one, and starts that after this one has exited.
    this.#running = false;
    void this.#process?.stop();
  }

  /** There is only one process at a time, also if the last one cannot be killed. */
  #canStart(): boolean {
    return !this.#running && this.#process?.isAlive() !== true && performance.now() >= this.#notBefore;
  }

  #start(): void {
    const { command, silenceMs } = this.#options;
    const intervalMs = this.#intervalMs;
    this.#running = true;
    this.#startedAt = performance.now();
    const extraMs = Math.min(silenceMs * 2 ** Math.min(this.#failures, 10), silenceMaxMs);
    try {
      this.#process = startNvidiaSmi({
        command,
        intervalMs,
        silenceMs: silentIntervals * intervalMs + extraMs,
        onReading: (gpus) => {
          this.#newest = { gpus, at: Date.now() };
          this.#reason = null;
          this.#changed();
        },
        onEnd: (reason) => this.#ended(reason),
      });
    } catch (error) {
      this.#ended(`nvidia-smi could not be started: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`);
    }
  }

  #ended(reason: string): void {
    this.#running = false;
    this.#newest = null;
    this.#reason = reason;
    this.#failures = performance.now() - this.#startedAt >= steadyAfterMs ? 1 : this.#failures + 1;
    const waitMs = this.#options.restartMinMs * 2 ** Math.min(this.#failures - 1, 10);
    this.#notBefore = performance.now() + Math.min(waitMs, restartMaxMs);
    this.#changed();
  }

  async #stop(): Promise<void> {
    this.#running = false;
    this.#newest = null;
    this.#reason = null;
    this.#failures = 0;
    this.#notBefore = Number.NEGATIVE_INFINITY;
    this.#changed();
    await this.#process?.stop();
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.#resolveChange = resolve;
    });
  }

  #changed(): void {
    this.#resolveChange();
    this.#change = this.#nextChange();
  }
}

function stepFor(everyMs: number, usualMs: number): number {
  if (everyMs >= usualMs) return usualMs;
  const [shortest = usualMs] = intervalStepsMs;
  return intervalStepsMs.findLast((step) => step <= everyMs && step < usualMs) ?? Math.min(shortest, usualMs);
}
