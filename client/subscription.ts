import type { GraphQLFormattedError } from 'graphql';
import { backoffMs, type Backoff } from './backoff.ts';
import type { CursorStore } from './cursor-store.ts';
import type { Resumable } from './document.ts';
import { codeOf, hasCode, isRetryable, OpsgraphError, retryAfterMsOf } from './errors.ts';
import { hasReached, livePosition } from './live-position.ts';
import type { GraphqlRequest, GraphqlResult, Transport } from './transport.ts';

/**
 * A subscription that outlives its connections. It starts on each transport after the last event that it has delivered,
 * so that no event is missing and none is delivered twice.
 */

/** Events that a subscription cannot receive any more. */
export interface Gap {
  /** The events are no longer retained, or the log is another one. */
  readonly code: 'CURSOR_EXPIRED' | 'CURSOR_INVALID';
  readonly message: string;
  /** The position after which events are missing. */
  readonly after: string;
  /** The position before the oldest retained event. Null if the log is another one. */
  readonly oldestCursor: string | null;
  /** Where the subscription continues by default: the newest event when the gap was found. */
  readonly resumesAt: string | null;
}

/** Where to continue: at `resumesAt` (`now`, the default), at the oldest retained event, after a cursor, or not at all. */
export type GapDecision = 'now' | 'oldest' | 'stop' | { readonly after: string } | void;

export interface SubscriptionHandlers<Data> {
  /** The position moves on after this function, and is stored after the promise that it returns. */
  next(data: Data, result: GraphqlResult<Data>): unknown;
  /** Events are missing. Without this handler, the subscription ends with the error. */
  gap?(gap: Gap): GapDecision | Promise<GapDecision>;
  /** One result has only errors; the subscription continues. Without this handler, it ends with the error. */
  failed?(error: OpsgraphError): void;
  /** The subscription has ended. Default: logs the error. */
  error?(error: OpsgraphError): void;
  complete?(): void;
}

export interface SubscriptionOptions {
  readonly request: GraphqlRequest;
  /** Null: the subscription starts again with the current value. */
  readonly resumable: Resumable | null;
  /** The name of its position in the store. */
  readonly name?: string | undefined;
  readonly store?: CursorStore | undefined;
  readonly retry: Backoff;
  /** A subscription that resumed is up to date when no event has arrived for this time. */
  readonly quietMs: number;
  /** The subscription has ended. */
  ended(): void;
  /** `hasStarted` or `isCatchingUp` has changed. */
  changed(): void;
  /** The credential of the transport has ended. */
  credentialEnded(transport: Transport, message: string): void;
}

const gapCodes = ['CURSOR_EXPIRED', 'CURSOR_INVALID'] as const;

export class Subscription {
  readonly #options: SubscriptionOptions;
  readonly #handlers: SubscriptionHandlers<Readonly<Record<string, unknown>>>;
  #transport: Transport | null = null;
  #stop: (() => void) | null = null;
  /** Changes with each start, so that what belongs to an earlier one is ignored. */
  #run = 0;
  #attempt = 0;
  #position: string | null;
  #isLoaded: boolean;
  #hasStarted = false;
  #isHeld = false;
  #isEnded = false;
  #gap: Promise<void> | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #quiet: ReturnType<typeof setTimeout> | undefined;
  #target: string | null = null;
  #isCatchingUp = false;
  #isStoring = false;
  #toStore: string | null = null;

  constructor(
    options: SubscriptionOptions,
    handlers: SubscriptionHandlers<Readonly<Record<string, unknown>>>,
  ) {
    this.#options = options;
    this.#handlers = handlers;
    const { resumable, request, name, store } = options;
    const given = resumable === null ? null : request.variables?.[resumable.variable];
    this.#position = typeof given === 'string' ? given : (resumable?.after ?? null);
    this.#isLoaded = resumable === null || name === undefined || store === undefined;
  }

  /** Whether it has ever been sent to a server. From then on, its position is known. */
  get hasStarted(): boolean {
    return this.#hasStarted;
  }

  /** Whether it has not yet received what it missed. */
  get isCatchingUp(): boolean {
    return this.#isCatchingUp;
  }

  /** What it sends when it starts. */
  get request(): GraphqlRequest {
    const { resumable, request } = this.#options;
    if (resumable === null) return request;
    const variables = { ...request.variables, [resumable.variable]: this.#position };
    return { ...request, query: resumable.query, variables };
  }

  attach(transport: Transport): void {
    this.#transport = transport;
    if (!this.#isHeld) this.#restart();
  }

  detach(): void {
    this.#transport = null;
    this.#halt();
  }

  /** Stops receiving until `release`. */
  hold(): void {
    if (this.#isHeld || this.#isEnded) return;
    this.#isHeld = true;
    this.#halt();
  }

  release(): void {
    if (!this.#isHeld || this.#isEnded) return;
    this.#isHeld = false;
    if (this.#transport !== null) this.#restart();
  }

  /** Ends without calling a handler. */
  end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.detach();
    this.#options.ended();
  }

  fail(error: OpsgraphError): void {
    if (this.#isEnded) return;
    this.end();
    if (this.#handlers.error === undefined) console.error(error);
    else this.#handlers.error(error);
  }

  #complete(): void {
    if (this.#isEnded) return;
    this.end();
    this.#handlers.complete?.();
  }

  #halt(): void {
    this.#run++;
    clearTimeout(this.#retry);
    this.#setCatchingUp(false);
    this.#stop?.();
    this.#stop = null;
  }

  #restart(): void {
    this.#halt();
    const transport = this.#transport;
    if (transport === null || this.#isEnded) return;
    this.#start(transport, this.#run).catch((error: unknown) => this.fail(asError(error)));
  }

  async #start(transport: Transport, run: number): Promise<void> {
    if (this.#gap !== null) await this.#gap;
    if (!this.#isLoaded) await this.#load();
    if (run !== this.#run) return;
    if (this.#options.resumable !== null) {
      if (this.#position === null) await this.#startNow(transport);
      else if (this.#hasStarted || this.#options.name !== undefined) this.#catchUp(transport, run);
      if (run !== this.#run) return;
    }
    if (!this.#hasStarted) {
      this.#hasStarted = true;
      this.#options.changed();
    }
    const current = (act: () => void): void => {
      if (run === this.#run) act();
    };
    this.#stop = transport.start(this.request, {
      next: (result) => current(() => this.#next(result)),
      moved: (cursor) => current(() => this.#advance(cursor)),
      error: (errors) => current(() => this.#failed(errors, transport)),
      complete: () => current(() => this.#complete()),
    });
  }

  async #startNow(transport: Transport): Promise<void> {
    this.#position = await livePosition(transport);
    if (this.#position !== null) this.#store(this.#position);
  }

  async #load(): Promise<void> {
    const { name = '', store } = this.#options;
    const stored = await store?.get(name);
    this.#isLoaded = true;
    if (typeof stored === 'string' && stored !== '') this.#position = stored;
  }

  #next(result: GraphqlResult): void {
    this.#attempt = 0;
    const { data, errors = [] } = result;
    if (data === null || data === undefined) {
      const error = new OpsgraphError(errors);
      if (this.#handlers.failed === undefined) return this.fail(error);
      this.#handlers.failed(error);
      return undefined;
    }
    const cursor = this.#takeCursor(data);
    try {
      const handled = this.#handlers.next(data, result);
      if (cursor === null) return undefined;
      if (handled instanceof Promise)
        handled.then(
          () => this.#store(cursor),
          (error: unknown) => this.fail(asError(error)),
        );
      else this.#store(cursor);
      this.#advance(cursor);
    } catch (error) {
      this.fail(asError(error));
    }
    return undefined;
  }

  /** The position of the last event in a result, without what the client has added to the events. */
  #takeCursor(data: Readonly<Record<string, unknown>>): string | null {
    const { resumable } = this.#options;
    if (resumable === null) return null;
    const { key, cursorKey, cursorAdded } = resumable;
    const events = [data[key]].flat() as (Record<string, unknown> | null | undefined)[];
    const cursor = events.at(-1)?.[cursorKey];
    if (cursorAdded) for (const event of events) if (event) delete event[cursorKey];
    return typeof cursor === 'string' ? cursor : null;
  }

  /** The next start is after this cursor. */
  #advance(cursor: string): void {
    this.#position = cursor;
    if (!this.#isCatchingUp || this.#target === null) return;
    if (hasReached(cursor, this.#target)) this.#setCatchingUp(false);
    else this.#awaitQuiet();
  }

  #store(cursor: string): void {
    const { name, store } = this.#options;
    if (name === undefined || store === undefined) return;
    this.#toStore = cursor;
    if (!this.#isStoring) void this.#storeAll(name, store);
  }

  /** Stores the newest position. While a store is slow, positions in between are skipped. */
  async #storeAll(name: string, store: CursorStore): Promise<void> {
    this.#isStoring = true;
    while (this.#toStore !== null) {
      const cursor = this.#toStore;
      this.#toStore = null;
      try {
        await store.set(name, cursor);
      } catch {
        // A full or forbidden storage loses no event: after a restart, those since the stored position come again.
      }
    }
    this.#isStoring = false;
  }

  #failed(errors: readonly GraphQLFormattedError[], transport: Transport): void {
    const { resumable, credentialEnded } = this.#options;
    this.#stop = null;
    const code = gapCodes.find((one) => hasCode(errors, one));
    if (resumable !== null && code !== undefined && this.#handlers.gap !== undefined)
      return void (this.#gap = this.#handleGap(errors, code, transport).finally(() => (this.#gap = null)));
    const ended = errors.find(({ extensions }) => extensions?.['ended'] !== undefined);
    if (ended !== undefined && codeOf([ended]) === 'AUTHENTICATION_FAILED')
      return credentialEnded(transport, ended.message);
    if (!isRetryable(errors)) return this.fail(new OpsgraphError(errors));
    const delayMs = Math.max(backoffMs(this.#attempt++, this.#options.retry), retryAfterMsOf(errors) ?? 0);
    this.#retry = setTimeout(() => this.#restart(), delayMs);
  }

  async #handleGap(
    errors: readonly GraphQLFormattedError[],
    code: Gap['code'],
    transport: Transport,
  ): Promise<void> {
    const run = this.#run;
    const error = errors.find(({ extensions }) => extensions?.['code'] === code);
    const oldest = error?.extensions?.['oldestCursor'];
    const oldestCursor = typeof oldest === 'string' ? oldest : null;
    const resumesAt = await livePosition(transport);
    if (run !== this.#run) return; // the next start gets the same error
    const after = this.#position ?? '';
    const gap: Gap = { code, message: error?.message ?? '', after, oldestCursor, resumesAt };
    try {
      const decision = (await this.#handlers.gap?.(gap)) ?? 'now';
      if (decision === 'stop') return this.#complete();
      if (typeof decision === 'object') this.#position = decision.after;
      else this.#position = decision === 'oldest' ? (oldestCursor ?? 'earliest') : resumesAt;
      if (this.#position !== null) this.#store(this.#position);
      if (run === this.#run) this.#restart();
    } catch (failure) {
      this.fail(asError(failure));
    }
  }

  /** Until the position that was the newest at the start, or until no event has arrived for a time. */
  #catchUp(transport: Transport, run: number): void {
    this.#target = null;
    this.#setCatchingUp(true);
    void livePosition(transport).then((target) => {
      if (run !== this.#run || !this.#isCatchingUp) return;
      if (target === null || (this.#position !== null && hasReached(this.#position, target)))
        return this.#setCatchingUp(false);
      this.#target = target;
      this.#awaitQuiet();
    });
  }

  #awaitQuiet(): void {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#setCatchingUp(false), this.#options.quietMs);
  }

  #setCatchingUp(isCatchingUp: boolean): void {
    clearTimeout(this.#quiet);
    if (this.#isCatchingUp === isCatchingUp) return;
    this.#isCatchingUp = isCatchingUp;
    this.#options.changed();
  }
}

function asError(error: unknown): OpsgraphError {
  if (error instanceof OpsgraphError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new OpsgraphError([], { message, code: 'HANDLER_FAILED', cause: error });
}
