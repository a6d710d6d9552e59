import { randomUUID } from 'node:crypto';
import { WebSocket, type RawData } from 'ws';
import { may } from '../../auth/viewer.ts';
import { Connection, type OutboundChannel } from '../../delivery/connection.ts';
import { BreakerOpen } from '../../lib/breaker.ts';
import { split } from '../../lib/chunks.ts';
import { PriorityQueue } from '../../lib/priority-queue.ts';
import type { SocketConnection } from '../../websocket/endpoint.ts';
import { bytesOf, ClientMessages, type Verdict } from '../client-messages.ts';
import type { EventPart, Message } from '../dialect.ts';
import type { Feed } from '../feed.ts';
import { frameText, type FeedFrame, type FrameText } from '../feed-frame.ts';
import { FeedWriter } from '../feed-writer.ts';
import { codeOf } from '../stream-errors.ts';
import { DeliveryStream } from './delivery-stream.ts';
import { Following } from './following.ts';
import type { Mesh } from './mesh.ts';
import { chunkOf, errorOf, heard, pongOf, receivedOf, type Heard, type Mistake } from './messages.ts';
import { takeChunk } from './take-chunk.ts';
import { guarded } from '../../lib/guarded.ts';

const minuteMs = 60_000;
/** How long a client that finds no room should stay away. */
const fullRetryS = 30;
const idleRetryS = 30;

const goingAway = 1001;
const policy = 1008;
const internalError = 1011;
const full = 1013;
const unauthorized = 4401;
const idle = 4408;

/**
 * One socket of ArchMesh. It differs from a feed's session in that a client is told here what is wrong with its
 * credential, and in that what happens does not wait at its cursor: it is taken at once into a small queue from which
 * what matters more goes first and the least is dropped when the client is too slow.
 */
export class MeshSession {
  readonly #feed: Feed;
  readonly #connection: SocketConnection;
  readonly #mesh: Mesh;
  readonly #outlet: OutboundChannel;
  readonly #frames: Connection;
  readonly #writer: FeedWriter;
  readonly #judge: ClientMessages;
  readonly #followed = new Set<Following<FeedFrame>>();
  readonly #waiting = new PriorityQueue<FrameText>();
  #deliveries: DeliveryStream | null = null;
  #following: Disposable | null = null;
  #silence: NodeJS.Timeout | null = null;
  #flushing = false;
  /** Called when nothing waits in the queue. */
  #emptied: (() => void) | null = null;
  #closed = false;

  constructor(feed: Feed, connection: SocketConnection, mesh: Mesh) {
    this.#feed = feed;
    this.#connection = connection;
    this.#mesh = mesh;
    this.#outlet = connection.outbound;
    this.#frames = new Connection(this.#outlet, feed.ticker);
    this.#writer = new FeedWriter(connection, feed);
    this.#judge = new ClientMessages({
      bytesMax: feed.limits.messageBytesMax,
      perSecondMax: mesh.options.messagesPerMinuteMax,
      spanMs: minuteMs,
    });
  }

  /** Never rejects. */
  async start(): Promise<void> {
    const { socket, viewer, id } = this.#connection;
    const { figures, options } = this.#mesh;
    socket.on('error', () => {}); // it closes, and is logged where it was opened
    if (!viewer.authenticated) {
      options.turnedAway(this.#connection, 'token');
      const message = 'The token is missing, wrong or expired.';
      return this.#end({ code: 'AUTHENTICATION_FAILED', message, reason: 'invalid_token' }, unauthorized);
    }
    if (figures.open >= options.connectionsMax) {
      options.turnedAway(this.#connection, 'full');
      const message = 'There are as many connections as there may be.';
      return this.#end(
        { code: 'RATE_LIMIT_EXCEEDED', message, reason: 'too_many_connections', retryAfterS: fullRetryS },
        full,
      );
    }
    figures.opened(id, viewer.subject);
    socket.on(
      'message',
      guarded((data, isBinary) => void this.#received(data, isBinary)),
    );
    socket.once(
      'close',
      guarded(() => this.#left()),
    );
    this.#listenOn();
    this.#following = viewer.credential?.follow(() => this.#failIfBarred()) ?? null;
    this.#failIfBarred(); // it took a moment to get here
    const after = this.#feed.delivery.head();
    try {
      await this.#mesh.registration.run(() => this.#register(after));
    } catch (error) {
      if (error instanceof BreakerOpen) this.#end(systemError(error.message, error), internalError, error);
    }
  }

  /** Hears of everything from now on. @throws where the server failed; what follows from that is done. */
  async #register(after: string): Promise<void> {
    if (this.#closed) return;
    this.#deliveries = this.#deliveriesBehind(after);
    const events = this.#feed.spec.parts.flatMap((part) =>
      part.kind === 'event' ? [this.#eventsBehind(after, part)] : [],
    );
    for (const followed of events) this.#followed.add(followed);
    const failures = await Promise.all([...events, this.#deliveries].map((followed) => followed.start()));
    const failure = failures.find((one) => one !== null && !isRefusal(one));
    if (failure !== undefined) throw failure;
  }

  // What happens

  #eventsBehind(after: string, part: EventPart): Following<FeedFrame> {
    const { engine, delivery, encoders } = this.#feed;
    const { viewer, address } = this.#connection;
    const encoder = encoders.get(part);
    if (encoder === undefined) throw new Error(`${part.name} is no part of this feed`);
    const following = new Following<FeedFrame>({
      engine,
      delivery,
      viewer,
      address,
      query: part.query,
      variables: part.variables({}),
      encoder,
      reader: this.#frames,
      after,
      join: (member) =>
        this.#frames.join(member, {
          write: ({ cursor, messages, priority }) => {
            if (cursor !== null) following.reached = cursor;
            for (const message of messages) this.#waiting.push(message, priority);
            this.#flushSoon();
            return true; // what waits is bounded by the queue
          },
        }),
      leave: (member) => this.#frames.leave(member),
      failed: (error) => this.#fail(error),
    });
    return following;
  }

  #deliveriesBehind(after: string): DeliveryStream {
    const { viewer, address } = this.#connection;
    return new DeliveryStream({
      engine: this.#feed.engine,
      delivery: this.#feed.delivery,
      viewer,
      address,
      after,
      reading: this.#mesh.reading,
      room: () => this.#roomForChunk(),
      write: (message) => this.#writeOne(frameText(message)),
      refuse: (mistake) => this.#refuse(mistake),
      failed: (error) => this.#fail(error),
    });
  }

  /** Chunks of deliveries go when the client has taken what was sent before and nothing else waits for it. */
  async #roomForChunk(): Promise<void> {
    while (!this.#closed) {
      if (this.#waiting.length > 0)
        await new Promise<void>((resolve) => {
          this.#emptied = resolve;
        });
      else if (this.#outlet.writable()) return;
      else await new Promise<void>((resolve) => this.#outlet.onceDrained(resolve));
    }
  }

  /** Later in this turn, when everything that happened in it is there: then the order of priorities holds. */
  #flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    setImmediate(() => this.#flush());
  }

  #flush(): void {
    this.#flushing = false;
    this.#outlet.cork();
    while (!this.#closed && this.#outlet.writable()) {
      const next = this.#waiting.shift();
      if (next === undefined) break;
      this.#write(next);
    }
    this.#outlet.uncork();
    if (this.#closed) return;
    if (this.#waiting.length === 0) return this.#emptied?.();
    this.#flushing = true;
    this.#outlet.onceDrained(() => this.#flush());
  }

  // What the client says

  async #received(data: RawData, isBinary: boolean): Promise<void> {
    const { socket, counters, id } = this.#connection;
    counters.received++;
    if (socket.readyState !== WebSocket.OPEN) return;
    const bytes = bytesOf(data);
    this.#mesh.figures.received(id, bytes.length);
    this.#logHeard(isBinary ? null : bytes.toString());
    this.#listenOn();
    const atMs = performance.now();
    const verdict = this.#judge.judge(data, isBinary, atMs);
    if (verdict.kind === 'error') return this.#refuse(this.#mistakeOf(verdict, atMs));
    if (verdict.kind === 'flood') {
      this.#feed.flooded?.(this.#connection);
      return socket.close(policy, 'Too many messages.');
    }
    if (verdict.kind === 'message') await this.#handle(heard(verdict.message), atMs);
  }

  /** Never rejects. */
  async #handle(what: Heard, atMs: number): Promise<void> {
    if (what.kind === 'mistake') return this.#refuse(what.mistake);
    try {
      const mistake = await this.#mesh.message.run(() => this.#answer(what));
      if (mistake !== null) return this.#refuse({ ...mistake, messageId: what.id });
      this.#mesh.figures.answered(this.#connection.id, performance.now() - atMs);
    } catch (error) {
      this.#refuse({ ...systemError('The message could not be handled.', error), messageId: what.id }, error);
    }
  }

  /** @returns what is wrong with it; null: it is answered. */
  async #answer(what: Exclude<Heard, { kind: 'mistake' }>): Promise<Mistake | null> {
    if (what.kind === 'ping') {
      this.#say(pongOf(what.id, Date.now()));
      return null;
    }
    if (what.kind === 'large_data_request') return (await this.#deliveries?.resume(what.position)) ?? null;
    const { received, mistake } = await takeChunk(this.#feed.engine, this.#connection, what.chunk);
    if (received !== null) this.#say(receivedOf(received.dataId, received.totalBytes, Date.now()));
    return mistake;
  }

  #mistakeOf({ code, message }: Verdict & { kind: 'error' }, atMs: number): Mistake {
    if (code === 'RATE_LIMITED') {
      const retryAfterS = Math.max(1, Math.ceil(this.#judge.waitMs(atMs) / 1_000));
      return { code: 'RATE_LIMIT_EXCEEDED', message, reason: 'too_many_messages', retryAfterS };
    }
    if (code === 'PAYLOAD_TOO_LARGE')
      return { code: 'MESSAGE_TOO_LARGE', message, reason: 'message_too_large' };
    return { code: 'INVALID_MESSAGE_FORMAT', message, reason: 'malformed' };
  }

  // What the server says

  /** ResponseCache the client. It goes before everything that waits, and is never dropped. */
  #say(message: Message): void {
    const text = frameText(message);
    if (!this.#connection.outbound.open) return;
    this.#mesh.figures.sent(this.#connection.id, Buffer.byteLength(text.text));
    this.#writer.answer(text);
  }

  /** Tells what is wrong, and the connection goes on. */
  #refuse(mistake: Mistake, error?: unknown): void {
    this.#tell(mistake, 'connection kept', error);
  }

  /** Tells what is wrong, and ends the connection. */
  #end(mistake: Mistake, closeCode: number, error?: unknown): void {
    if (this.#connection.socket.readyState !== WebSocket.OPEN) return; // it ends already
    this.#tell(mistake, `closed with ${closeCode}`, error);
    this.#connection.socket.close(closeCode, mistake.message);
  }

  #tell(mistake: Mistake, recovery: string, error?: unknown): void {
    const { id, viewer, endpoint, address } = this.#connection;
    const user = viewer.authenticated ? viewer.subject : null;
    this.#mesh.figures.failed(id, user);
    this.#feed.socketLog.failed({
      id,
      dialect: endpoint.dialect,
      address,
      session: id,
      user,
      errorType: mistake.code,
      reason: `${mistake.reason}: ${mistake.message}`,
      recovery,
      err: error ?? new Error(mistake.message),
    });
    this.#say(errorOf(mistake, id, Date.now()));
  }

  #write(message: FrameText): void {
    if (message.text.length > this.#feed.limits.messageBytesMax / 4 && this.#isTooLarge(message)) {
      const dataId = `data_${randomUUID()}`;
      for (const chunk of split(message.text)) this.#writeOne(frameText(chunkOf(dataId, chunk, Date.now())));
    } else this.#writeOne(message);
  }

  #isTooLarge({ text }: FrameText): boolean {
    return Buffer.byteLength(text) > this.#feed.limits.messageBytesMax;
  }

  #writeOne(message: FrameText): void {
    const { socket, id } = this.#connection;
    if (socket.readyState !== WebSocket.OPEN) return;
    this.#mesh.figures.sent(id, Buffer.byteLength(message.text));
    this.#writer.send([message]);
  }

  /** @param text null: of a binary message. */
  #logHeard(text: string | null): void {
    const { socketLog, spec } = this.#feed;
    if (socketLog.logsMessages)
      socketLog.message({ id: this.#connection.id, path: spec.path, direction: 'in', text });
  }

  // How it ends

  /** The client has said something: its time begins anew. */
  #listenOn(): void {
    if (this.#silence !== null) return void this.#silence.refresh();
    this.#silence = setTimeout(() => {
      const message = 'Nothing was said for too long.';
      this.#end({ code: 'CONNECTION_TIMEOUT', message, reason: 'idle', retryAfterS: idleRetryS }, idle);
    }, this.#mesh.options.idleTimeoutMs);
  }

  /** The token, or what its bearer may do, is not what it was. */
  #failIfBarred(): void {
    const { viewer } = this.#connection;
    const ended = viewer.credential?.ended ?? null;
    if (ended === null && may(viewer, 'read')) return;
    this.#feed.accessEnded?.(this.#connection);
    if (ended === 'expired') {
      const message = 'The token has expired. Come back with another one.';
      const mistake = { code: 'AUTHENTICATION_FAILED', message, reason: 'token_expired' } as const;
      return this.#end({ ...mistake, reconnect: true, retryAfterS: 0 }, unauthorized);
    }
    const message = ended === null ? 'The token allows nothing any more.' : 'The token was revoked.';
    const reason = ended === null ? 'forbidden' : 'token_revoked';
    this.#end({ code: 'AUTHENTICATION_FAILED', message, reason }, unauthorized);
  }

  /** Ends the connection: null, because the server ends. */
  #fail(error: unknown): void {
    if (this.#closed) return;
    if (error === null) return this.#connection.socket.close(goingAway);
    if (isRefusal(error)) {
      const { message } = error as Error;
      return this.#end({ code: 'AUTHENTICATION_FAILED', message, reason: 'forbidden' }, unauthorized, error);
    }
    this.#feed.log.error({ connection: this.#connection.id, err: error }, 'a feed failed');
    return this.#end(systemError('An unexpected error happened.', error), internalError, error);
  }

  #left(): void {
    this.#closed = true;
    this.#following?.[Symbol.dispose]();
    if (this.#silence !== null) clearTimeout(this.#silence);
    this.#frames.close();
    for (const following of this.#followed) following.close();
    this.#deliveries?.close();
    this.#mesh.figures.closed(this.#connection.id);
  }
}

/** What a client is told of a failure of ours, and when to come back where that is known. */
function systemError(message: string, error: unknown): Mistake {
  const mistake = { code: 'SYSTEM_ERROR', message } as const;
  return error instanceof BreakerOpen
    ? { ...mistake, reason: 'circuit_open', retryAfterS: error.retryAfterS }
    : { ...mistake, reason: 'internal_error' };
}

/** It is the client that may not, no failure of ours. */
function isRefusal(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'FORBIDDEN' || code === 'AUTHENTICATION_FAILED';
}
