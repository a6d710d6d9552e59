import type { Kysely } from 'kysely';
import { isUnavailable, unavailable } from '../db/database-fault.ts';
import type { Database } from '../db/database.ts';
import { retryConflicts } from '../db/retry-conflicts.ts';
import type { AppError } from '../errors.ts';
import type { Share } from '../lib/memory-budget.ts';
import type { Gauges } from './gauges.ts';
import type { Statement } from './topic-handlers.ts';
import type { Gauge, Topic } from './topic.ts';
import { commitBoundsDefault, WriteQueue, type CommitBounds, type WriteRequest } from './write-queue.ts';

/**
 * How a domain stores the values of a gauge that clients report. Gauges without a handler are measured by sources and
 * are in memory only.
 */
export interface GaugeHandler<Payload = unknown> {
  readonly topic: Topic<Payload, 'LATEST'>;
  /**
   * Checks values before they are stored, and reserves what they need, such as places for new keys. If it rejects one, it
   * reserves nothing.
   */
  admit?(gauges: readonly RecordedGauge<Payload>[]): Rejection | null;
  /** Statements that store the values. They are executed in their order in one transaction. */
  store(gauges: readonly RecordedGauge<Payload>[]): readonly Statement[];
  /** Values of other gauges that become readable together with a stored value. */
  derived?(gauge: RecordedGauge<Payload>): readonly Gauge[];
}

/** The first value that is rejected, and why. */
export interface Rejection {
  readonly gauge: RecordedGauge;
  readonly error: AppError;
}

/** A reported value: it exists and has a time. */
export type RecordedGauge<Payload = unknown> = Gauge<Payload> & {
  readonly payload: Payload;
  readonly occurredAt: number;
};

export interface GaugeRecorderOptions {
  readonly db: Kysely<Database>;
  readonly gauges: Gauges;
  readonly handlers: readonly GaugeHandler[];
  /** Memory limit of waiting values. */
  readonly memory: Share;
  readonly bounds?: CommitBounds;
}

/**
 * Stores reported values of gauges, then puts them. The publish mutation calls it.
 *
 * It promises: a value is durable when `record` resolves; all values of a call are stored or none; readers never see a
 * value that is older than the one before it. Values that arrive during a transaction are stored together by the next.
 */
export class GaugeRecorder {
  readonly #db: Kysely<Database>;
  readonly #gauges: Gauges;
  readonly #handlers: ReadonlyMap<string, GaugeHandler>;
  readonly #queue: WriteQueue<readonly RecordedGauge[], void>;

  constructor({ db, gauges, handlers, memory, bounds = commitBoundsDefault }: GaugeRecorderOptions) {
    this.#db = db;
    this.#gauges = gauges;
    this.#handlers = new Map(handlers.map((handler) => [handler.topic.name, handler]));
    this.#queue = new WriteQueue((batch) => this.#commit(batch), { bounds, memory });
  }

  /** Checks values before they are stored by any of the methods below. Null: all are admitted. */
  admit(gauges: readonly RecordedGauge[]): Rejection | null {
    for (const [handler, own] of this.#byHandler(gauges)) {
      const rejection = handler.admit?.(own) ?? null;
      if (rejection !== null) return rejection;
    }
    return null;
  }

  /**
   * Stores admitted values.
   * @throws AppError OVERLOADED (too many values wait; retry), DATABASE_UNAVAILABLE (retry).
   */
  record(gauges: readonly RecordedGauge[]): Promise<void> {
    return this.#queue.enqueue(gauges.length, gauges);
  }

  /** Stores admitted values in a transaction of the caller. Once it is committed, the caller calls `put`. */
  async store(db: Kysely<Database>, gauges: readonly RecordedGauge[]): Promise<void> {
    for (const [handler, own] of this.#byHandler(gauges))
      for (const statement of handler.store(own)) await db.executeQuery(statement.compile(db));
  }

  /** Makes stored values readable: of each key the newest, unless a newer one is readable already. */
  put(gauges: readonly RecordedGauge[]): void {
    const newest = new Map<string, RecordedGauge>();
    for (const gauge of gauges) {
      const key = `${gauge.topic.name}\n${gauge.key}`;
      const before = newest.get(key) ?? this.#gauges.newest(gauge.topic, gauge.key);
      if (before === undefined || before.occurredAt <= gauge.occurredAt) newest.set(key, gauge);
    }
    this.#gauges.put([...newest.values()].flatMap((gauge) => [gauge, ...this.#derived(gauge)]));
  }

  /** Rejects further values, and resolves when those that wait are stored. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#queue.close();
  }

  async #commit(batch: readonly WriteRequest<readonly RecordedGauge[], void>[]): Promise<void> {
    const gauges = batch.flatMap(({ work }) => work);
    try {
      await retryConflicts(() => this.#db.transaction().execute((trx) => this.store(trx, gauges)));
    } catch (error) {
      if (!isUnavailable(error) && batch.length > 1) {
        for (const request of batch) await this.#commit([request]); // rejects only the failing one
        return;
      }
      for (const { reject } of batch) reject(isUnavailable(error) ? unavailable(error) : error);
      return;
    }
    this.put(gauges);
    for (const { resolve } of batch) resolve();
  }

  #derived(gauge: RecordedGauge): readonly Gauge[] {
    return this.#handlers.get(gauge.topic.name)?.derived?.(gauge) ?? [];
  }

  #byHandler(gauges: readonly RecordedGauge[]): [GaugeHandler, readonly RecordedGauge[]][] {
    return [...new Set(gauges.map(({ topic }) => topic.name))].map((name) => {
      const handler = this.#handlers.get(name);
      if (handler === undefined) throw new Error(`the topic ${name} has no gauge handler`);
      return [handler, gauges.filter(({ topic }) => topic.name === name)];
    });
  }
}
