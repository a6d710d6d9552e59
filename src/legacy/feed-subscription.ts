import type { DocumentNode } from 'graphql';
import type { SubscribeOptions } from '../delivery/delivery.ts';
import type { Subscriber } from '../delivery/subscriber.ts';
import type { SocketConnection } from '../websocket/endpoint.ts';
import type { Feed } from './dialect.ts';
import { codeOf, isRetryable } from './stream-errors.ts';

/** How long to wait before subscribing again while the store is unavailable. */
const retryMs = 1_000;

/** As a cursor: before the oldest retained event. */
export const earliest = 'earliest';

export interface FeedSubscriptionOptions<Frame> extends Pick<SubscribeOptions<Frame>, 'encoder' | 'reader'> {
  readonly feed: Pick<Feed, 'engine' | 'delivery'>;
  readonly connection: Pick<SocketConnection, 'viewer' | 'address'>;
  readonly query: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The cursor after which the subscription starts; null: a gauge, which is not resumed. */
  readonly after: string | null;
  /** Of the events after the cursor, at most this many are sent when it starts, the newest. Default: all. */
  readonly replayMax?: number | undefined;
  /** Whether the subscription skips to the oldest retained event when its cursor has expired. Default: while it replays. */
  readonly skipsExpired?: boolean;
  /** Called when the subscription has started, again after each interruption. */
  readonly join: (subscriber: Subscriber<Frame>) => void;
  /** Called when the subscriber that joined has ended. */
  readonly leave: (subscriber: Subscriber<Frame>) => void;
  /** Called when the subscription ends permanently: with an error, or with null because the server stops. */
  readonly failed: (error: unknown) => void;
}

/** One subscription of one socket. While the store is unavailable it waits, and then resumes after its last event. */
export class FeedSubscription<Frame> {
  readonly #options: FeedSubscriptionOptions<Frame>;
  /** The cursor of the last event that was taken. */
  reached: string | null;
  #replayMax: number | undefined;
  #subscriber: Subscriber<Frame> | null = null;
  #retry: NodeJS.Timeout | null = null;
  /** Counts starts, so that callbacks of an earlier start are ignored. */
  #round = 0;
  #closed = false;

  constructor(options: FeedSubscriptionOptions<Frame>) {
    this.#options = options;
    this.#replayMax = options.replayMax;
    this.reached = options.after;
  }

  /**
   * Starts after `reached`, also when it has started before. Never rejects.
   * @returns the error, which has been handled; null: none.
   */
  async start(): Promise<unknown> {
    this.#stop();
    if (this.#closed) return null;
    const round = this.#round;
    const { feed, connection, query, variables, encoder, reader, join } = this.#options;
    const { viewer, address } = connection;
    const ended = (error: unknown): void => {
      if (round === this.#round) this.#ended(error);
    };
    const request = { query, variables };
    try {
      const operation = feed.engine.prepare(request, viewer);
      const subscriber = await feed.delivery.subscribe(operation, request, viewer, {
        encoder,
        reader,
        address,
        ended,
        ...(this.reached === null ? {} : { after: this.reached }),
        ...(this.#replayMax === undefined ? {} : { replayMax: this.#replayMax }),
      });
      if (round !== this.#round) {
        subscriber.leave();
        return null;
      }
      this.#replayMax = undefined;
      this.#subscriber = subscriber;
      join(subscriber);
      return null;
    } catch (error) {
      ended(error);
      return error;
    }
  }

  close(): void {
    this.#closed = true;
    this.#stop();
  }

  #stop(): void {
    this.#round++;
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    this.#drop();
  }

  #ended(error: unknown): void {
    const { skipsExpired = this.#replayMax !== undefined, failed } = this.#options;
    this.#round++;
    this.#drop();
    if (skipsExpired && codeOf(error) === 'CURSOR_EXPIRED' && this.reached !== earliest) {
      this.reached = earliest;
      void this.start();
    } else if (this.reached !== null && isRetryable(error))
      this.#retry = setTimeout(() => void this.start(), retryMs);
    else failed(error);
  }

  #drop(): void {
    const subscriber = this.#subscriber;
    if (subscriber === null) return;
    this.#subscriber = null;
    this.#options.leave(subscriber);
    subscriber.leave();
  }
}
