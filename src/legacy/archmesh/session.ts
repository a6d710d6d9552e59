import { randomUUID } from 'node:crypto';
import { BreakerOpen } from '../../lib/breaker.ts';
import { split } from '../../lib/chunks.ts';
import type { SocketConnection } from '../../websocket/endpoint.ts';
import type { MessageError, TypedMessage } from '../client-messages.ts';
import type { Feed } from '../dialect.ts';
import { ArchmeshSendChunkDocument } from '../documents.generated.ts';
import { frameText, type FeedFrame, type FrameText } from '../feed-frame.ts';
import type { EventPart } from '../feed-parts.ts';
import type { FeedSubscription } from '../feed-subscription.ts';
import { graphRequest } from '../graph-request.ts';
import type { Message } from '../message.ts';
import { SocketSession, type AccessEnd } from '../socket-session.ts';
import { closeCodes } from '../../errors.ts';
import { isAccessError } from '../stream-errors.ts';
import { DeliveryStream } from './delivery-stream.ts';
import { chunkResult } from './map.ts';
import type { Mesh } from './mesh.ts';
import {
  chunkMessage,
  errorMessage,
  parseMessage,
  pongMessage,
  receivedMessage,
  type ClientChunk,
  type MeshError,
  type ParsedMessage,
} from './messages.ts';
import { Outbox } from './outbox.ts';

const minuteMs = 60_000;
/** When a client should reconnect after it was rejected for the limit of connections, or was idle. */
const fullRetryS = 30;
const idleRetryS = 30;

/**
 * One socket of ArchMesh. Unlike a feed session it sends authentication errors on the open socket, and it takes events
 * immediately into a small queue by priority.
 */
export class MeshSession extends SocketSession {
  readonly #mesh: Mesh;
  readonly #outbox: Outbox;
  #deliveries: DeliveryStream | null = null;
  #idleTimer: NodeJS.Timeout | null = null;

  constructor(feed: Feed, connection: SocketConnection, mesh: Mesh) {
    super(feed, connection, {
      bytesMax: feed.limits.messageBytesMax,
      perWindowMax: mesh.options.messagesPerMinuteMax,
      windowMs: minuteMs,
    });
    this.#mesh = mesh;
    this.#outbox = new Outbox(connection.outbound, (message) => this.#write(message));
  }

  /** Never rejects. */
  async start(): Promise<void> {
    const { viewer, id } = this.connection;
    const { stats, options } = this.#mesh;
    if (!viewer.authenticated) {
      options.rejected(this.connection, 'token');
      const message = 'The token is missing, wrong or expired.';
      return this.#end(
        { code: 'AUTHENTICATION_FAILED', message, reason: 'invalid_token' },
        closeCodes.unauthorized,
      );
    }
    if (stats.open >= options.connectionsMax) {
      options.rejected(this.connection, 'full');
      const message = 'There are as many connections as there may be.';
      return this.#end(
        { code: 'RATE_LIMIT_EXCEEDED', message, reason: 'too_many_connections', retryAfterS: fullRetryS },
        closeCodes.tryAgainLater,
      );
    }
    stats.opened(id, viewer.subject);
    this.listen();
    this.#restartIdleTimer();
    this.checkAccess(); // the access may have ended since the handshake
    const after = this.feed.delivery.head();
    try {
      await this.#mesh.registration.run(() => this.#register(after));
    } catch (error) {
      if (error instanceof BreakerOpen)
        this.#end(systemError(error.message, error), closeCodes.internalError, error);
    }
  }

  /** Subscribes to everything that happens from now on. @throws an error of the server, which has been handled. */
  async #register(after: string): Promise<void> {
    if (this.closed) return;
    this.#deliveries = this.closeWithSocket(this.#deliveriesAfter(after));
    const parts = this.feed.spec.parts.filter((part) => part.kind === 'event');
    const subscriptions = [...parts.map((part) => this.#eventsAfter(after, part)), this.#deliveries];
    const errors = await Promise.all(subscriptions.map((subscription) => subscription.start()));
    const error = errors.find((one) => one !== null && !isAccessError(one));
    if (error !== undefined) throw error;
  }

  #eventsAfter(after: string, part: EventPart): FeedSubscription<FeedFrame> {
    const subscription = this.subscribe(
      part,
      {},
      {
        after,
        join: (subscriber) =>
          this.frames.join(subscriber, {
            write: ({ cursor, messages, priority }) => {
              if (cursor !== null) subscription.reached = cursor;
              for (const message of messages) this.#outbox.push(message, priority);
              return true; // the outbox is bounded
            },
          }),
      },
    );
    return subscription;
  }

  #deliveriesAfter(after: string): DeliveryStream {
    return new DeliveryStream({
      feed: this.feed,
      connection: this.connection,
      after,
      limitReads: this.#mesh.limitReads,
      room: () => this.#outbox.idle(),
      write: (message) => this.#writeOne(frameText(message)),
      reject: (error) => this.#reject(error),
      failed: (error) => this.fail(error),
    });
  }

  // Messages from the client

  protected override onBytes(bytes: number): void {
    this.#mesh.stats.received(this.connection.id, bytes);
    this.#restartIdleTimer();
  }

  protected override onInvalidMessage({ code, message }: MessageError, atMs: number): void {
    if (code === 'RATE_LIMITED') {
      const retryAfterS = Math.max(1, Math.ceil(this.clientMessages.waitMs(atMs) / 1_000));
      this.#reject({ code: 'RATE_LIMIT_EXCEEDED', message, reason: 'too_many_messages', retryAfterS });
    } else if (code === 'PAYLOAD_TOO_LARGE')
      this.#reject({ code: 'MESSAGE_TOO_LARGE', message, reason: 'message_too_large' });
    else this.#reject({ code: 'INVALID_MESSAGE_FORMAT', message, reason: 'malformed' });
  }

  protected override onMessage(message: TypedMessage, atMs: number): void {
    const parsed = parseMessage(message);
    if (parsed.kind === 'error') this.#reject(parsed.error);
    else void this.#handle(parsed, atMs);
  }

  /** Never rejects. */
  async #handle(message: Exclude<ParsedMessage, { kind: 'error' }>, atMs: number): Promise<void> {
    const messageId = message.id;
    try {
      const error = await this.#mesh.message.run(() => this.#answer(message));
      if (error !== null) return this.#reject({ ...error, messageId });
      this.#mesh.stats.answered(this.connection.id, performance.now() - atMs);
    } catch (error) {
      this.#reject({ ...systemError('The message could not be handled.', error), messageId }, error);
    }
  }

  /** @returns the error of the message; null: answered. @throws when the database fails. */
  async #answer(message: Exclude<ParsedMessage, { kind: 'error' }>): Promise<MeshError | null> {
    if (message.kind === 'ping') {
      this.#send(pongMessage(message.id, Date.now()));
      return null;
    }
    if (message.kind === 'large_data_request')
      return (await this.#deliveries?.resume(message.position)) ?? null;
    return this.#storeChunk(message.chunk);
  }

  async #storeChunk({ data_id, chunk_index, total_chunks, chunk_data, checksum, user_id }: ClientChunk) {
    const { id, viewer } = this.connection;
    const input = {
      sessionId: id,
      dataId: data_id,
      chunkIndex: chunk_index,
      chunkCount: total_chunks,
      chunkData: chunk_data,
      checksum,
      recipientId: user_id ?? null,
    };
    const data = await graphRequest(this.feed.engine, viewer, ArchmeshSendChunkDocument, { input });
    const { received, error } = chunkResult(data);
    if (received !== null) this.#send(receivedMessage(received.dataId, received.totalBytes, Date.now()));
    return error;
  }

  // Messages to the client

  /** Responses are sent before queued messages, and are never dropped. */
  #send(message: Message): void {
    const text = frameText(message);
    if (!this.connection.outbound.open) return;
    this.#mesh.stats.sent(this.connection.id, Buffer.byteLength(text.text));
    this.writer.respond(text);
  }

  /** Sends an error and keeps the connection. */
  #reject(error: MeshError, cause?: unknown): void {
    this.#sendError(error, 'connection kept', cause);
  }

  /** Sends an error and closes the connection. */
  #end(error: MeshError, closeCode: number, cause?: unknown): void {
    if (!this.open) return;
    this.#sendError(error, `closed with ${closeCode}`, cause);
    this.connection.socket.close(closeCode, error.message);
  }

  #sendError(error: MeshError, recovery: string, cause?: unknown): void {
    const { id, viewer, endpoint, address } = this.connection;
    const user = viewer.authenticated ? viewer.subject : null;
    this.#mesh.stats.failed(id, user);
    this.feed.socketLog.failed({
      id,
      dialect: endpoint.dialect,
      address,
      session: id,
      user,
      errorType: error.code,
      reason: `${error.reason}: ${error.message}`,
      recovery,
      err: cause ?? new Error(error.message),
    });
    this.#send(errorMessage(error, id, Date.now()));
  }

  /** Splits a message that is larger than the limit of clients. */
  #write(message: FrameText): void {
    const { messageBytesMax } = this.feed.limits;
    const { text } = message;
    // a UTF-16 unit has at most three bytes in UTF-8, so counting is needed only for long texts
    if (text.length <= messageBytesMax / 4 || Buffer.byteLength(text) <= messageBytesMax)
      return this.#writeOne(message);
    const dataId = `data_${randomUUID()}`;
    for (const chunk of split(text)) this.#writeOne(frameText(chunkMessage(dataId, chunk, Date.now())));
    return undefined;
  }

  #writeOne(message: FrameText): void {
    if (!this.open) return;
    this.#mesh.stats.sent(this.connection.id, Buffer.byteLength(message.text));
    this.writer.send([message]);
  }

  // The end of the connection

  #restartIdleTimer(): void {
    if (this.#idleTimer !== null) return void this.#idleTimer.refresh();
    this.#idleTimer = setTimeout(() => {
      const message = 'Nothing was said for too long.';
      this.#end(
        { code: 'CONNECTION_TIMEOUT', message, reason: 'idle', retryAfterS: idleRetryS },
        closeCodes.timeout,
      );
    }, this.#mesh.options.idleTimeoutMs);
  }

  protected override onAccessEnded(ended: AccessEnd): void {
    this.feed.accessEnded?.(this.connection);
    if (ended === 'expired') {
      const message = 'The token has expired. Come back with another one.';
      const error = { code: 'AUTHENTICATION_FAILED', message, reason: 'token_expired' } as const;
      return this.#end({ ...error, reconnect: true, retryAfterS: 0 }, closeCodes.unauthorized);
    }
    const message = ended === null ? 'The token allows nothing any more.' : 'The token was revoked.';
    const reason = ended === null ? 'forbidden' : 'token_revoked';
    return this.#end({ code: 'AUTHENTICATION_FAILED', message, reason }, closeCodes.unauthorized);
  }

  protected override onError(error: unknown): void {
    if (isAccessError(error)) {
      const { message } = error;
      return this.#end(
        { code: 'AUTHENTICATION_FAILED', message, reason: 'forbidden' },
        closeCodes.unauthorized,
        error,
      );
    }
    this.feed.log.error({ connection: this.connection.id, err: error }, 'a feed failed');
    return this.#end(systemError('An unexpected error happened.', error), closeCodes.internalError, error);
  }

  protected override onClosed(): void {
    if (this.#idleTimer !== null) clearTimeout(this.#idleTimer);
    this.#outbox.close();
    this.#mesh.stats.closed(this.connection.id);
  }
}

/** An error of the server, with a retry time if that is known. */
function systemError(message: string, error: unknown): MeshError {
  const common = { code: 'SYSTEM_ERROR', message } as const;
  return error instanceof BreakerOpen
    ? { ...common, reason: 'circuit_open', retryAfterS: error.retryAfterS }
    : { ...common, reason: 'internal_error' };
}
