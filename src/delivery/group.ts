import type { Delivery } from '../journal/topic.ts';
import type { Subscriber, SubscriberOptions } from './subscriber.ts';

export interface JoinOptions extends SubscriberOptions {
  /** The cursor to begin after; null: now. Gauges begin with the current values. */
  readonly after: string | null;
  /** Of the entries after the cursor, at most this many, the newest; null: all. */
  readonly replayMax: number | null;
}

/**
 * Subscribers with the same document, variables, authorization view and encoding. An entry is executed and encoded once
 * for all of them.
 */
export interface Group<Frame> {
  readonly delivery: Delivery;
  readonly subscribers: Set<Subscriber<Frame>>;
  /** LATEST: values that a subscriber had not taken when a newer one took their place. */
  readonly skipped: number;
  join(options: JoinOptions): Promise<Subscriber<Frame>>;
  /** Called when the last subscriber has left. */
  stop(): void;
}
