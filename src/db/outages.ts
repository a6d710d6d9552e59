import type { Log } from '../log/log.ts';
import type { FaultReason } from './database-fault.ts';

/** A single failure of these kinds is no outage: long statements have timeouts of their own, and retries follow. */
const oftenAlone: ReadonlySet<FaultReason> = new Set(['TIMEOUT', 'LOCKED', 'CONFLICT']);
const togetherMin = 3;

/** An outage is over after this time without a failure. During one, at least one statement per second is sent. */
const quietMs = 15_000;

interface Outage {
  readonly since: number;
  failures: number;
  lastAt: number;
}

/**
 * Logs faults of the database once per outage and reason: one line at its start, one at its end. Timeouts and conflicts
 * count as an outage only when several occur within the same seconds.
 */
export class Outages implements Disposable {
  readonly #log: Log;
  readonly #quietMs: number;
  readonly #open = new Map<FaultReason, Outage>();
  /** The times of the latest failures that are no outage yet. */
  readonly #alone = new Map<FaultReason, number[]>();
  #timer: NodeJS.Timeout | null = null;

  constructor(log: Log, quiet: number = quietMs) {
    this.#log = log;
    this.#quietMs = quiet;
  }

  /** The reasons of current failures. */
  reasons(): readonly FaultReason[] {
    return [...this.#open.keys()];
  }

  add(reason: FaultReason, error: { readonly message: string; readonly code?: string | undefined }): void {
    const now = performance.now();
    const known = this.#open.get(reason);
    if (known !== undefined) {
      known.failures += 1;
      known.lastAt = now;
      return;
    }
    if (oftenAlone.has(reason) && !this.#isRepeated(reason, now)) return;
    this.#open.set(reason, { since: now, failures: 1, lastAt: now });
    this.#log.warn({ reason, code: error.code, message: error.message }, 'the database fails');
    this.#timer ??= setInterval(() => this.#closeQuiet(), this.#quietMs / 4).unref();
  }

  [Symbol.dispose](): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#open.clear();
  }

  #isRepeated(reason: FaultReason, now: number): boolean {
    const recent = (this.#alone.get(reason) ?? []).filter((at) => now - at < this.#quietMs);
    recent.push(now);
    const repeated = recent.length >= togetherMin;
    this.#alone.set(reason, repeated ? [] : recent);
    return repeated;
  }

  #closeQuiet(): void {
    const now = performance.now();
    for (const [reason, { since, failures, lastAt }] of this.#open) {
      if (now - lastAt < this.#quietMs) continue;
      this.#open.delete(reason);
      const seconds = Math.round((lastAt - since) / 1_000);
      this.#log.info({ reason, failures, seconds }, 'the database no longer fails');
    }
    if (this.#open.size === 0) this[Symbol.dispose]();
  }
}
