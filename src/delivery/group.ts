import type { Delivery } from '../journal/topic.ts';
import type { Subscriber, SubscriberOptions } from './subscriber.ts';

export interface JoinOptions extends SubscriberOptions {
  /** Where to begin; null: now. Gauges begin with what is there. */
  readonly after: string | null;
  /** Of what was missed, at most this many entries, the newest; null: all. */
  readonly replayMax: number | null;
}

/**
 * Readers with the same document, variables, authorization view and encoding. Whatever their number, an entry is
 * executed and encoded once.
 */
export interface Group<Frame> {
  readonly delivery: Delivery;
  readonly subscribers: Set<Subscriber<Frame>>;
  /** LATEST: values that a subscriber had not taken when a newer one took their place. */
  readonly skipped: number;
  join(options: JoinOptions): Promise<Subscriber<Frame>>;
  /** Nobody is left. */
  stop(): void;
}
