import type { Draft, Gauge } from '../journal/topic.ts';

/**
 * Measures something and returns it as a sample. A source writes nothing itself: the runner puts the sample into the
 * journal, runs the source at the interval that readers demand, never overlaps samples, and aborts one that exceeds
 * `timeoutMs`. An exception of a source is counted and logged, and the next sample is taken as scheduled.
 */
export interface Source extends Partial<AsyncDisposable> {
  /** Name in logs and metrics: `host`, `database`. */
  readonly name: string;
  /** Topics (by name) whose readers make this source run. The first one is its main topic. */
  readonly feeds: readonly string[];
  /**
   * The minimum interval, milliseconds, whatever readers request. Default: the shortest interval that a reader may
   * request. A slower source documents that in the description of the argument `everyMs`.
   */
  readonly fastestMs?: number;
  /** The minimum interval for readers of topics other than the first. Default: `fastestMs`. */
  readonly otherFeedsFastestMs?: number;
  /** The interval without readers, milliseconds; null: it does not run then. */
  readonly backgroundMs: number | null;
  readonly timeoutMs: number;
  /**
   * The lease of which the source runs only on the holder. All instances must get its gauges (`Domain.shared`). Default:
   * it runs on every instance.
   */
  readonly lease?: string;
  /** @param paceMs the interval to the next sample; absent or null: none is planned. */
  sample(signal: AbortSignal, paceMs?: number | null): Promise<Sample>;
}

/** The result of one measurement. */
export interface Sample {
  readonly gauges: readonly Gauge[];
  /** Events to store. They are durable before the gauges are put. */
  readonly events?: readonly Draft[];
  /** Called once the events are durable, so that a source can forget what it has reported. */
  readonly recorded?: () => void;
}
