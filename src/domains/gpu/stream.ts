import type { Gpu } from './events.ts';
import { startRun, type Run } from './run.ts';

export interface GpuStreamOptions {
  readonly command: string;
  /** The longest interval between rounds. */
  readonly intervalMs: number;
  /** How long a reader waits for the first round. */
  readonly answerMs: number;
  /** How long it may be silent, beyond three intervals, before it is given up; doubles with each failure. */
  readonly silentExtraMs: number;
  /** It stops when nobody has read for so long. */
  readonly idleMs: number;
  /** How long a process goes on at a short interval that no reader needs any more. */
  readonly slowDownAfterMs: number;
  /** How long to wait before another try; doubles with each failure. */
  readonly restartMinMs: number;
}

/** All GPUs at one moment (Unix milliseconds), or why they are not known. */
export type Reading = { readonly gpus: readonly Gpu[]; readonly at: number } | { readonly reason: string };

const RESTART_MAX_MS = 60_000;
/** A process that lived for so long was no failure. */
const STEADY_AFTER_MS = 30_000;
const SILENT_INTERVALS = 3;
/** The intervals at which it runs, so that readers who all ask for another one do not have it started each time. */
const STEPS_MS = [100, 200, 500, 1_000];
/** Some machines need half a minute for the first round, hence the growing patience. */
const SILENCE_MAX_MS = 60_000;

/**
 * Keeps one nvidia-smi running while somebody reads, because to start it takes a second of the driver's time. It is
 * started, and started again after a failure, by the readers themselves, and remembers the newest round for them.
 */
export class GpuStream implements AsyncDisposable {
  readonly #options: GpuStreamOptions;
  readonly #waiting = new Set<() => void>();
  /** The last one started. */
  #run: Run | null = null;
  /** Whether it is expected to tell something yet. */
  #running = false;
  #newest: { readonly gpus: readonly Gpu[]; readonly at: number } | null = null;
  #reason: string | null = null;
  #startedAt = 0;
  /** Between rounds of the process that runs or comes next. */
  #intervalMs: number;
  /** When a reader last needed rounds as often as that. */
  #neededAt = 0;
  #failures = 0;
  #notBefore = Number.NEGATIVE_INFINITY;
  #idle: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(options: GpuStreamOptions) {
    this.#options = options;
    this.#intervalMs = options.intervalMs;
  }

  /**
   * The newest round; waits for the first one after a start. Rejects only when `signal` aborts. Where `everyMs` is
   * shorter than the interval of the process, another one takes its place.
   */
  async read(signal: AbortSignal, everyMs = this.#options.intervalMs): Promise<Reading> {
    if (this.#disposed) return { reason: 'the server is stopping' };
    clearTimeout(this.#idle);
    this.#follow(stepBelow(everyMs, this.#options.intervalMs));
    if (this.#isDue()) this.#start();
    try {
      if (this.#newest === null && this.#running) await this.#news(signal);
    } finally {
      this.#restLater();
    }
    if (this.#newest !== null) return this.#newest;
    const complaint = this.#running ? this.#run?.complaint() : null;
    return { reason: complaint ?? this.#reason ?? 'nvidia-smi has not answered yet' };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    clearTimeout(this.#idle);
    await this.#rest();
  }

  /** Faster at once, slower when nobody has needed the shorter interval for a while: a start is dear. */
  #follow(everyMs: number): void {
    const now = performance.now();
    if (everyMs === this.#intervalMs) this.#neededAt = now;
    if (everyMs === this.#intervalMs || (this.#running && this.#newest === null)) return;
    if (everyMs > this.#intervalMs && now - this.#neededAt < this.#options.slowDownAfterMs) return;
    this.#intervalMs = everyMs;
    this.#neededAt = now;
    if (!this.#running) return;
    // The newest round is shown until the next process has one; a read starts that once this one is gone.
    this.#running = false;
    void this.#run?.stop();
  }

  /** One process at a time, also when the last one will not go. */
  #isDue(): boolean {
    return !this.#running && this.#run?.alive() !== true && performance.now() >= this.#notBefore;
  }

  #start(): void {
    const { command, silentExtraMs } = this.#options;
    const intervalMs = this.#intervalMs;
    this.#running = true;
    this.#startedAt = performance.now();
    const patienceMs = Math.min(silentExtraMs * 2 ** Math.min(this.#failures, 10), SILENCE_MAX_MS);
    try {
      this.#run = startRun({
        command,
        intervalMs,
        silenceMs: SILENT_INTERVALS * intervalMs + patienceMs,
        onRound: (gpus) => {
          this.#newest = { gpus, at: Date.now() };
          this.#reason = null;
          this.#wake();
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
    this.#failures = performance.now() - this.#startedAt >= STEADY_AFTER_MS ? 1 : this.#failures + 1;
    const waitMs = this.#options.restartMinMs * 2 ** Math.min(this.#failures - 1, 10);
    this.#notBefore = performance.now() + Math.min(waitMs, RESTART_MAX_MS);
    this.#wake();
  }

  #restLater(): void {
    clearTimeout(this.#idle);
    if (!this.#disposed) this.#idle = setTimeout(() => void this.#rest(), this.#options.idleMs);
  }

  async #rest(): Promise<void> {
    this.#running = false;
    this.#newest = null;
    this.#reason = null;
    this.#failures = 0;
    this.#notBefore = Number.NEGATIVE_INFINITY;
    this.#wake();
    await this.#run?.stop();
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
  }

  /** Resolves with the first round, the end of the process, or after a while. */
  async #news(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, this.#options.answerMs);
      signal.addEventListener('abort', wake);
      this.#waiting.add(wake);
    });
    signal.throwIfAborted();
  }
}

function stepBelow(everyMs: number, usualMs: number): number {
  if (everyMs >= usualMs) return usualMs;
  return (
    STEPS_MS.findLast((step) => step <= everyMs && step < usualMs) ??
    Math.min(STEPS_MS[0] ?? usualMs, usualMs)
  );
}
