import type { Delivery } from '../journal/topic.ts';
import type { Subscriber, SubscriberOptions } from './subscriber.ts';

export interface JoinOptions extends SubscriberOptions {
  /** The cursor to resume after. Null: from now on. Ignored for gauges, which start with the current values. */
  readonly after: string | null;
  /** Maximum number of entries to replay: the newest ones after the cursor. Null: all. */
  readonly replayMax: number | null;
}

/** The subscribers with equal document, variables, view and encoding. An entry is executed once for all of them. */
export interface Group<Frame> {
  readonly delivery: Delivery;
  readonly subscribers: Set<Subscriber<Frame>>;
  /** LATEST: number of values that were replaced before a subscriber had taken them. */
  readonly skipped: number;
  join(options: JoinOptions): Promise<Subscriber<Frame>>;
  /** Must be called when the last subscriber has left. */
  stop(): void;
}
