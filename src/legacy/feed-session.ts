import { GraphQLError } from 'graphql';
import type { Subscriber } from '../delivery/subscriber.ts';
import { AppError, closeCodes } from '../errors.ts';
import type { SocketConnection } from '../websocket/endpoint.ts';
import type { MessageError, TypedMessage } from './client-messages.ts';
import { closeReason } from './close-reason.ts';
import type { Feed, FeedErrorCode } from './dialect.ts';
import { frameText, type FeedFrame, type FrameText } from './feed-frame.ts';
import type { EventPart, GaugePart, QueryPart, RequestPart } from './feed-parts.ts';
import type { FeedSubscription } from './feed-subscription.ts';
import { graphRequest } from './graph-request.ts';
import type { PathValues } from './message.ts';
import type { Progress } from './remembered-clients.ts';
import { SlidingWindow } from './sliding-window.ts';
import { SocketSession, type AccessEnd } from './socket-session.ts';
import { isAccessError } from './stream-errors.ts';

interface Joined {
  readonly part: GaugePart | EventPart;
  readonly subscription: FeedSubscription<FeedFrame>;
  readonly subscriber: Subscriber<FeedFrame>;
}

/**
 * One socket of a feed. At connect it takes the end of the log first, then subscribes and queries, so that no event is
 * missed. It sends the current values in the order of the feed's parts, then the events that a known client has
 * missed, then new events.
 */
export class FeedSession extends SocketSession {
  /** The `client_id` with the subject in front; null: the client gave none. */
  readonly #clientId: string | null;
  readonly #values: PathValues;
  /** The cursor of the last event that was sent, by part. */
  readonly #progress: Progress = new Map();
  /** Subscriptions that started before the current values were sent; null: they are sent. */
  #waiting: Joined[] | null = [];
  /** By event key, the time up to which the messages of query parts cover what happened. */
  readonly #alreadySent = new Map<string, number>();
  readonly #requestRates = new Map<RequestPart, SlidingWindow>();
  readonly #running = new Set<RequestPart>();

  constructor(feed: Feed, connection: SocketConnection) {
    const { messageBytesMax, messagesPerSecondMax } = feed.limits;
    super(feed, connection, { bytesMax: messageBytesMax, perWindowMax: messagesPerSecondMax });
    const clientId = connection.url.searchParams.get('client_id');
    this.#clientId = clientId === null ? null : `${connection.viewer.subject} ${clientId}`;
    this.#values = Object.fromEntries(connection.values);
  }

  /** Never rejects. */
  async start(): Promise<void> {
    const closing = this.feed.spec.reject?.(this.#values) ?? null;
    if (closing !== null) return this.connection.socket.close(closing.code, closeReason(closing.reason));
    this.listen();
    try {
      await this.#open();
    } catch (error) {
      this.fail(error);
    }
  }

  async #open(): Promise<void> {
    const { delivery, spec, limits, clients } = this.feed;
    const head = delivery.head();
    const replays = this.#clientId !== null && limits.replayMax > 0;
    const known = replays ? await clients.find(spec.path, this.#clientId ?? '') : undefined;
    if (!this.open) return;
    const openings = spec.parts.map(async (part): Promise<readonly FrameText[]> => {
      if (part.kind === 'interval') return [];
      if (part.kind === 'static') return [frameText(part.message({ atMs: Date.now() }, this.connection))];
      if (part.kind === 'query') return this.#query(part);
      await this.#subscribe(part, head, part.kind === 'event' && part.replayed ? known : undefined);
      return [];
    });
    if (this.#clientId !== null) clients.connected(spec.path, this.#clientId, this.#progress);
    const settled = await Promise.allSettled(openings);
    const failed = settled.find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    if (this.open) this.#begin(await Promise.all(openings));
  }

  /** Sends the current values, in the order of the parts, and joins the subscriptions. */
  #begin(openings: readonly (readonly FrameText[])[]): void {
    const waiting = this.#waiting ?? [];
    const { outbound } = this.connection;
    outbound.cork();
    try {
      for (const [index, part] of this.feed.spec.parts.entries()) {
        this.writer.send(openings[index] ?? []);
        const gauge = part.kind === 'gauge' ? waiting.find((joined) => joined.part === part) : undefined;
        for (let frame = gauge?.subscriber.next(); frame !== undefined; frame = gauge?.subscriber.next())
          this.writer.send(frame.opening());
      }
    } finally {
      outbound.uncork();
    }
    this.#waiting = null;
    for (const kind of ['gauge', 'event'])
      for (const joined of waiting) if (joined.part.kind === kind) this.#join(joined);
    for (const timer of this.feed.timers) timer.join(this.#sendAtInterval);
  }

  #subscribe(
    part: GaugePart | EventPart,
    head: string,
    known: ReadonlyMap<string, string> | undefined,
  ): Promise<unknown> {
    const cursor = known?.get(part.name);
    if (part.kind === 'event') this.#progress.set(part.name, cursor ?? head);
    const subscription = this.subscribe(part, this.#values, {
      after: part.kind === 'event' ? (cursor ?? head) : null,
      replayMax: cursor === undefined ? undefined : this.feed.limits.replayMax,
      join: (subscriber) => {
        const joined = { part, subscription, subscriber };
        if (this.#waiting === null) this.#join(joined);
        else this.#waiting = [...this.#waiting.filter((other) => other.part !== part), joined];
      },
    });
    return subscription.start();
  }

  #join({ part, subscription, subscriber }: Joined): void {
    if (subscriber.done) return;
    if (part.kind === 'gauge') return this.frames.join(subscriber, this.writer);
    this.frames.join(subscriber, {
      write: ({ messages, cursor, key, occurredAt }) => {
        if (!this.open) return false; // the client has closed and gets the event when it reconnects
        const sentUntil = part.replayed ? undefined : this.#alreadySent.get(key);
        const isSent = sentUntil !== undefined && sentUntil >= occurredAt;
        const writable = isSent || this.writer.send(messages);
        if (cursor !== null) this.#progress.set(part.name, (subscription.reached = cursor));
        return writable;
      },
    });
    return undefined;
  }

  async #query(part: QueryPart): Promise<readonly FrameText[]> {
    const result = await this.#execute(part);
    if (result === null) return [];
    for (const [key, atMs] of part.alreadySent(result.data)) this.#alreadySent.set(key, atMs);
    return result.messages;
  }

  /** Returns null and logs the error when the query fails. */
  async #execute(part: QueryPart | RequestPart): Promise<{ data: unknown; messages: FrameText[] } | null> {
    const { engine, log, spec } = this.feed;
    try {
      const variables = part.variables(this.#values);
      const data = await graphRequest(engine, this.connection.viewer, part.query, variables);
      return { data, messages: part.map(data, { atMs: Date.now() }).map(frameText) };
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      log.warn({ path: spec.path, part: part.name, err: error }, 'a query of a feed failed');
      return null;
    }
  }

  protected override onInvalidMessage(error: MessageError): void {
    this.#sendError(error);
  }

  protected override onMessage(message: TypedMessage, atMs: number): void {
    const { dialect, spec } = this.feed;
    if (message.type === 'ping')
      return this.#send([frameText(dialect.controlMessages.pong(Date.now(), message))]);
    const part = spec.requests?.find(({ name }) => name === message.type);
    if (part === undefined || this.#running.has(part)) return undefined;
    const rate = this.#requestRates.get(part) ?? new SlidingWindow(part.everyMs, 1);
    this.#requestRates.set(part, rate);
    if (rate.admit(atMs)) void this.#answer(part);
    return undefined;
  }

  /** Never rejects. */
  async #answer(part: RequestPart): Promise<void> {
    this.#running.add(part);
    try {
      this.#send((await this.#execute(part))?.messages ?? []);
    } catch (error) {
      this.fail(error);
    } finally {
      this.#running.delete(part);
    }
  }

  readonly #sendAtInterval = (message: FrameText): void => this.#send([message]);

  /** Sends messages that may be dropped: a client that does not read misses them. */
  #send(messages: readonly FrameText[]): void {
    if (this.connection.outbound.writable()) this.writer.send(messages);
  }

  #sendError(error: { readonly code: FeedErrorCode; readonly message: string }): void {
    this.#send([frameText(this.feed.dialect.controlMessages.error(error, Date.now()))]);
  }

  protected override onError(error: unknown): void {
    const { socket, id } = this.connection;
    const { log, spec, accessEnded } = this.feed;
    if (isAccessError(error)) {
      accessEnded?.(this.connection);
      this.#sendError({ code: 'FORBIDDEN', message: error.message });
      return socket.close(closeCodes.policyViolation, 'Not allowed.');
    }
    const message = 'An unexpected error happened.';
    log.error({ connection: id, path: spec.path, err: error }, 'a feed failed');
    this.#sendError({ code: 'INTERNAL_ERROR', message });
    return socket.close(closeCodes.internalError, message);
  }

  protected override onAccessEnded(ended: AccessEnd): void {
    this.fail(
      ended === null
        ? new AppError('FORBIDDEN', 'This needs the capability read.')
        : new AppError('AUTHENTICATION_FAILED', `The credential is ${ended}.`),
    );
  }

  protected override onClosed(): void {
    for (const timer of this.feed.timers) timer.leave(this.#sendAtInterval);
    if (this.#clientId !== null)
      this.feed.clients.disconnected(this.feed.spec.path, this.#clientId, this.#progress);
  }
}
