import type { Draft, Gauge } from '../journal/topic.ts';

/**
 * A source looks at the world and says what it saw. It never writes anywhere itself: the runner puts what
 * `sample` returns into the journal, paces it by demand, never lets two samples overlap, and aborts one that
 * outlasts `timeoutMs`. A source that throws is tried again at its next turn; the failure is counted and logged.
 */
export interface Source extends Partial<AsyncDisposable> {
  /** Name in logs and metrics: `host`, `database`. */
  readonly name: string;
  /** Topics (by name) whose readers make this source run. The first one is the topic it mainly feeds. */
  readonly feeds: readonly string[];
  /**
   * The fastest pace, in milliseconds, whatever readers ask for. Default: the shortest interval that a reader may ask
   * for. A source that is slower than that says so in the description of the argument `everyMs`.
   */
  readonly fastestMs?: number;
  /** The fastest pace for readers of topics other than the first. Default: `fastestMs`. */
  readonly otherFeedsFastestMs?: number;
  /** The pace when nobody watches, in milliseconds; null: it does not run then. */
  readonly backgroundMs: number | null;
  readonly timeoutMs: number;
  /** @param paceMs the interval to the next sample; absent or null: no next one is planned. */
  sample(signal: AbortSignal, paceMs?: number | null): Promise<Sample>;
}

/** What one look at the world brought. */
export interface Sample {
  readonly gauges: readonly Gauge[];
  /** Events to be stored. They are durable before the gauges are put. */
  readonly events?: readonly Draft[];
  /** Called once the events are durable, so that a source can forget what it has reported. */
  readonly recorded?: () => void;
}
