import type { Delivery } from '../../delivery/delivery.ts';
import type { DocumentNode } from 'graphql';
import type { Viewer } from '../../auth/viewer.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Encoder } from '../../delivery/encoder.ts';
import type { Subscriber, Reader } from '../../delivery/subscriber.ts';
import { codeOf, isRetryable } from '../stream-errors.ts';

/** A stream that the store could not serve is asked for again after this time. */
const retryMs = 1_000;

export interface FollowingOptions<Frame> {
  readonly engine: Engine;
  readonly delivery: Delivery;
  readonly viewer: Viewer;
  /** The client's. */
  readonly address: string;
  readonly query: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly encoder: Encoder<Frame>;
  readonly reader: Reader;
  /** The cursor behind which it begins. */
  readonly after: string;
  /** Whether it goes on with the oldest event that is kept when those behind its cursor no longer are. */
  readonly skipsExpired?: boolean;
  /** A member has begun. */
  readonly join: (member: Subscriber<Frame>) => void;
  /** It is none any more. */
  readonly leave: (member: Subscriber<Frame>) => void;
  /** It ends with an error, or with null because the server ends it. */
  readonly failed: (error: unknown) => void;
}

/** A subscription of one socket. A store that does not answer is no reason to end it: it goes on when that does. */
export class Following<Frame> {
  readonly #options: FollowingOptions<Frame>;
  /** Up to where events were taken: what is behind it is still to come. */
  reached: string;
  #member: Subscriber<Frame> | null = null;
  #retry: NodeJS.Timeout | null = null;
  /** Counts the times that it began; what an earlier one has to say is of no interest. */
  #round = 0;
  #closed = false;

  constructor(options: FollowingOptions<Frame>) {
    this.#options = options;
    this.reached = options.after;
  }

  /**
   * Begins behind `reached`, also where it has begun before. Never rejects.
   * @returns what went wrong, which has been seen to; null: nothing.
   */
  async start(): Promise<unknown> {
    this.#stop();
    if (this.#closed) return null;
    const round = this.#round;
    const { engine, delivery, viewer, address, query, variables, encoder, reader, join } = this.#options;
    const ended = (error: unknown): void => {
      if (round === this.#round) this.#ended(error);
    };
    const request = { query, variables };
    try {
      const options = { encoder, reader, address, ended, after: this.reached };
      const member = await delivery.subscribe(engine.prepare(request, viewer), request, viewer, options);
      if (round !== this.#round) {
        member.leave();
        return null;
      }
      this.#member = member;
      join(member);
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
    const { skipsExpired = false, failed } = this.#options;
    this.#round++;
    this.#drop();
    if (skipsExpired && codeOf(error) === 'CURSOR_EXPIRED' && this.reached !== earliest) {
      this.reached = earliest;
      void this.start();
    } else if (isRetryable(error)) this.#retry = setTimeout(() => void this.start(), retryMs);
    else failed(error);
  }

  #drop(): void {
    const member = this.#member;
    if (member === null) return;
    this.#member = null;
    this.#options.leave(member);
    member.leave();
  }
}

/** As a cursor: before the oldest event that is kept. */
export const earliest = 'earliest';
