import { WebSocket, type RawData } from 'ws';
import { may, type Viewer } from '../auth/viewer.ts';
import { Connection } from '../delivery/connection.ts';
import { closeCodes } from '../errors.ts';
import { guarded } from '../lib/guarded.ts';
import type { SocketConnection } from '../websocket/endpoint.ts';
import {
  bytesOf,
  ClientMessages,
  type ClientMessageLimits,
  type MessageError,
  type TypedMessage,
} from './client-messages.ts';
import type { Feed } from './dialect.ts';
import type { FeedFrame } from './feed-frame.ts';
import type { EventPart, GaugePart } from './feed-parts.ts';
import { FeedSubscription, type FeedSubscriptionOptions } from './feed-subscription.ts';
import { FeedWriter } from './feed-writer.ts';
import type { PathValues } from './message.ts';

/** Why a credential is no longer valid; null: it is valid, but its subject has lost the capability `read`. */
export type AccessEnd = NonNullable<Viewer['credential']>['ended'];

/**
 * One client on an open socket: reads its messages within limits, subscribes to the parts of the feed, and ends with
 * the socket, the credential or the server. Subclasses define the protocol. Nothing that a client sends ends more than
 * its own connection.
 */
export abstract class SocketSession {
  protected readonly feed: Feed;
  protected readonly connection: SocketConnection;
  protected readonly frames: Connection;
  protected readonly writer: FeedWriter;
  protected readonly clientMessages: ClientMessages;
  protected closed = false;
  readonly #subscriptions = new Set<{ close(): void }>();
  #credential: Disposable | null = null;

  constructor(feed: Feed, connection: SocketConnection, limits: ClientMessageLimits) {
    this.feed = feed;
    this.connection = connection;
    this.frames = new Connection(connection.outbound, feed.ticker);
    this.writer = new FeedWriter(connection, feed);
    this.clientMessages = new ClientMessages(limits);
    connection.socket.on('error', () => {}); // the socket closes, and where it was opened that is logged
  }

  /** @param atMs on a monotonic clock, as below. */
  protected abstract onMessage(message: TypedMessage, atMs: number): void;
  protected abstract onInvalidMessage(error: MessageError, atMs: number): void;
  protected abstract onAccessEnded(ended: AccessEnd): void;
  /** Sends the error and closes the socket. */
  protected abstract onError(error: unknown): void;
  protected abstract onClosed(): void;

  /** Called for each message before it is parsed. */
  protected onBytes(_bytes: number): void {}

  protected listen(): void {
    const { socket, viewer } = this.connection;
    socket.on(
      'message',
      guarded((data, isBinary) => this.#receive(data, isBinary)),
    );
    socket.once(
      'close',
      guarded(() => this.#close()),
    );
    this.#credential = viewer.credential?.follow(() => this.checkAccess()) ?? null;
  }

  protected get open(): boolean {
    return !this.closed && this.connection.socket.readyState === WebSocket.OPEN;
  }

  protected subscribe(
    part: GaugePart | EventPart,
    values: PathValues,
    options: Pick<FeedSubscriptionOptions<FeedFrame>, 'after' | 'replayMax' | 'join'>,
  ): FeedSubscription<FeedFrame> {
    const { feed, connection } = this;
    const encoder = feed.encoders.get(part);
    if (encoder === undefined) throw new Error(`${part.name} is not a part of this feed`);
    const subscription = new FeedSubscription<FeedFrame>({
      feed,
      connection,
      query: part.query,
      variables: part.variables(values),
      encoder,
      reader: this.frames,
      leave: (subscriber) => this.frames.leave(subscriber),
      failed: (error) => this.fail(error),
      ...options,
    });
    return this.closeWithSocket(subscription);
  }

  protected closeWithSocket<Resource extends { close(): void }>(resource: Resource): Resource {
    this.#subscriptions.add(resource);
    return resource;
  }

  protected checkAccess(): void {
    const { viewer } = this.connection;
    const ended = viewer.credential?.ended ?? null;
    if (ended !== null || !may(viewer, 'read')) this.onAccessEnded(ended);
  }

  /** Ends the connection. @param error null: the server stops. */
  protected fail(error: unknown): void {
    if (!this.open) return;
    if (error === null) this.connection.socket.close(closeCodes.goingAway);
    else this.onError(error);
  }

  #receive(data: RawData, isBinary: boolean): void {
    try {
      this.#handle(data, isBinary);
    } catch (error) {
      this.fail(error);
    }
  }

  #handle(data: RawData, isBinary: boolean): void {
    const { socket, counters, id } = this.connection;
    const { socketLog, spec } = this.feed;
    counters.received++;
    if (socket.readyState !== WebSocket.OPEN) return;
    const bytes = bytesOf(data);
    this.onBytes(bytes.length);
    if (socketLog.logsMessages) {
      const text = isBinary ? null : bytes.toString();
      socketLog.message({ id, path: spec.path, direction: 'in', text });
    }
    const atMs = performance.now();
    const result = this.clientMessages.read(bytes, isBinary, atMs);
    if (result.kind === 'message') this.onMessage(result.message, atMs);
    if (result.kind === 'error') this.onInvalidMessage(result, atMs);
    if (result.kind !== 'flood') return;
    this.feed.flooded?.(this.connection);
    socket.close(closeCodes.policyViolation, 'Too many messages.');
  }

  #close(): void {
    this.closed = true;
    this.#credential?.[Symbol.dispose]();
    this.frames.close();
    for (const subscription of this.#subscriptions) subscription.close();
    this.onClosed();
  }
}
