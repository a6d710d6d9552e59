import { WebSocket, type RawData } from 'ws';
import { may } from '../auth/viewer.ts';
import { AppError } from '../errors.ts';
import { Connection, type OutboundChannel } from '../delivery/connection.ts';
import type { Subscriber } from '../delivery/subscriber.ts';
import type { SocketConnection } from '../websocket/endpoint.ts';
import { bytesOf, ClientMessages } from './client-messages.ts';
import { closeReason } from './close-reason.ts';
import type { AnswerPart, EventPart, GaugePart, GreetingPart, Message, PathValues } from './dialect.ts';
import type { Feed } from './feed.ts';
import { frameText, type FeedFrame, type FrameText } from './feed-frame.ts';
import { FeedWriter } from './feed-writer.ts';
import type { Progress } from './remembered-clients.ts';
import { SlidingWindow } from './sliding-window.ts';
import { codeOf, isRetryable } from './stream-errors.ts';
import { guarded } from '../lib/guarded.ts';

/** A stream that the store could not serve is asked for again after this time. */
const retryMs = 1_000;

const goingAway = 1001;
const policy = 1008;
const internalError = 1011;

/** What there is to tell at connect, in its place among the others. */
type Opening =
  | { readonly kind: 'said'; readonly messages: readonly FrameText[] }
  | { readonly kind: 'gauge'; readonly member: Subscriber<FeedFrame> }
  | { readonly kind: 'event'; readonly part: EventPart; readonly member: Subscriber<FeedFrame> }
  | { readonly kind: 'none' };

/**
 * One socket of a feed. At connect it takes the end of the log first and then everything else, so that nothing that
 * happens meanwhile is missed: the present values are written in the feed's order, then what a client that is known
 * has missed, then what happens. What the client sends is judged, and answered if it has to be.
 */
export class FeedSession {
  readonly #feed: Feed;
  readonly #connection: SocketConnection;
  readonly #outlet: OutboundChannel;
  readonly #frames: Connection;
  readonly #writer: FeedWriter;
  readonly #members = new Set<Subscriber<FeedFrame>>();
  readonly #judge: ClientMessages;
  /** The name that it gave itself, which is its subject's own; null: none. */
  readonly #clientId: string | null;
  readonly #values: PathValues;
  /** How far this client got with each stream of events. */
  readonly #progress: Progress = new Map();
  /** What greetings have told, by the key of the events that would tell it again. */
  readonly #told = new Map<string, number>();
  readonly #retries = new Set<NodeJS.Timeout>();
  /** How often each question of the client was answered, and those that are being answered. */
  readonly #answered = new Map<AnswerPart, SlidingWindow>();
  readonly #answering = new Set<AnswerPart>();
  #following: Disposable | null = null;
  #closed = false;

  constructor(feed: Feed, connection: SocketConnection) {
    const { messageBytesMax, messagesPerSecondMax } = feed.limits;
    this.#feed = feed;
    this.#connection = connection;
    this.#outlet = connection.outbound;
    this.#frames = new Connection(this.#outlet, feed.ticker);
    this.#writer = new FeedWriter(connection, feed);
    this.#judge = new ClientMessages({ bytesMax: messageBytesMax, perSecondMax: messagesPerSecondMax });
    const clientId = connection.url.searchParams.get('client_id');
    this.#clientId = clientId === null ? null : `${connection.viewer.subject} ${clientId}`;
    this.#values = Object.fromEntries(connection.values);
  }

  /** Never rejects. */
  async start(): Promise<void> {
    const { socket } = this.#connection;
    socket.on('error', () => {}); // it closes, and is logged where it was opened
    const closing = this.#feed.spec.turnsAway?.(this.#values) ?? null;
    if (closing !== null) return socket.close(closing.code, closeReason(closing.reason));
    socket.on(
      'message',
      guarded((data, isBinary) => this.#hear(data, isBinary)),
    );
    socket.once(
      'close',
      guarded(() => this.#left()),
    );
    this.#following = this.#connection.viewer.credential?.follow(() => this.#failIfBarred()) ?? null;
    try {
      await this.#open();
    } catch (error) {
      this.#fail(error);
    }
  }

  async #open(): Promise<void> {
    const { delivery, spec, limits, clients } = this.#feed;
    const head = delivery.head();
    const known =
      this.#clientId === null || limits.replayMax === 0 ? undefined : clients.find(spec.path, this.#clientId);
    const openings = spec.parts.map((part) => {
      if (part.kind === 'hello') {
        const message = part.say({ atMs: Date.now() }, this.#connection);
        return Promise.resolve<Opening>({ kind: 'said', messages: [frameText(message)] });
      }
      if (part.kind === 'pulse') return Promise.resolve<Opening>({ kind: 'none' });
      if (part.kind === 'greeting') return this.#greet(part);
      if (part.kind === 'gauge') return this.#watch(part);
      const cursor = part.replayed ? known?.get(part.name) : undefined;
      this.#progress.set(part.name, cursor ?? head);
      return this.#follow(part, cursor !== undefined);
    });
    if (this.#clientId !== null) clients.stays(spec.path, this.#clientId, this.#progress);
    const settled = await Promise.allSettled(openings);
    const failed = settled.find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    if (!this.#closed) this.#begin(await Promise.all(openings));
  }

  /** Writes what there is, in the feed's order, and lets the streams go on from there. */
  #begin(openings: readonly Opening[]): void {
    this.#outlet.cork();
    try {
      for (const opening of openings) {
        if (opening.kind === 'said') this.#writer.send(opening.messages);
        if (opening.kind !== 'gauge') continue;
        for (let frame = opening.member.next(); frame !== undefined; frame = opening.member.next())
          this.#writer.send(frame.opening());
      }
    } finally {
      this.#outlet.uncork();
    }
    for (const opening of openings)
      if (opening.kind === 'gauge') this.#frames.join(opening.member, this.#writer);
    for (const opening of openings)
      if (opening.kind === 'event') this.#joinEvents(opening.part, opening.member);
    for (const pulse of this.#feed.pulses.values()) pulse.join(this.#beaten);
  }

  #joinEvents({ name, replayed }: EventPart, member: Subscriber<FeedFrame>): void {
    this.#frames.join(member, {
      write: ({ messages, cursor, key, occurredAt }) => {
        const toldAt = replayed ? undefined : this.#told.get(key);
        const told = toldAt !== undefined && toldAt >= occurredAt;
        const welcome = told || this.#writer.send(messages);
        if (cursor !== null) this.#progress.set(name, cursor);
        return welcome;
      },
    });
  }

  async #greet(part: GreetingPart): Promise<Opening> {
    const asked = await this.#ask(part);
    if (asked === null) return { kind: 'none' };
    for (const [key, atMs] of part.told(asked.data)) this.#told.set(key, atMs);
    return { kind: 'said', messages: asked.messages };
  }

  /** What the graph says at this moment; null, and a line in the log, when it cannot say. */
  async #ask(part: GreetingPart | AnswerPart): Promise<{ data: unknown; messages: FrameText[] } | null> {
    const { engine, log, spec } = this.#feed;
    const { viewer } = this.#connection;
    const request = this.#requestOf(part);
    const { data, errors } = await engine.execute(engine.prepare(request, viewer), request, viewer);
    if (errors === undefined) return { data, messages: part.map(data, { atMs: Date.now() }).map(frameText) };
    log.warn({ path: spec.path, part: part.name, err: errors[0] }, 'a feed cannot say what it is asked');
    return null;
  }

  #requestOf({ query, variables }: GreetingPart | GaugePart | EventPart | AnswerPart) {
    return { query, variables: variables(this.#values) };
  }

  async #watch(part: GaugePart): Promise<Opening> {
    return { kind: 'gauge', member: await this.#subscribe(part, (error) => this.#fail(error)) };
  }

  /** A store that does not answer is no reason to end the feed: the stream begins when it does. */
  async #follow(part: EventPart, replay: boolean): Promise<Opening> {
    const ended = (error: unknown): void => {
      if (isRetryable(error)) this.#followLater(part, false);
      else this.#fail(error);
    };
    try {
      const after = this.#progress.get(part.name) ?? this.#feed.delivery.head();
      const replayed = replay ? { replayMax: this.#feed.limits.replayMax } : {};
      return { kind: 'event', part, member: await this.#subscribe(part, ended, { after, ...replayed }) };
    } catch (error) {
      if (replay && codeOf(error) === 'CURSOR_EXPIRED') {
        this.#progress.set(part.name, 'earliest'); // the oldest of what was missed are dropped, as with any replay
        return this.#follow(part, replay);
      }
      if (!isRetryable(error)) throw error;
      this.#followLater(part, replay);
      return { kind: 'none' };
    }
  }

  #followLater(part: EventPart, replay: boolean): void {
    if (this.#closed) return;
    const timer = setTimeout(() => {
      this.#retries.delete(timer);
      void this.#followNow(part, replay);
    }, retryMs);
    this.#retries.add(timer);
  }

  /** Never rejects. */
  async #followNow(part: EventPart, replay: boolean): Promise<void> {
    try {
      const opening = await this.#follow(part, replay);
      if (opening.kind === 'event' && !this.#closed) this.#joinEvents(part, opening.member);
    } catch (error) {
      this.#fail(error);
    }
  }

  async #subscribe(
    part: GaugePart | EventPart,
    ended: (error: unknown) => void,
    from: { readonly after?: string; readonly replayMax?: number } = {},
  ): Promise<Subscriber<FeedFrame>> {
    const { engine, delivery, encoders } = this.#feed;
    const encoder = encoders.get(part);
    if (encoder === undefined) throw new Error(`${part.name} is no part of this feed`);
    const { viewer } = this.#connection;
    let member: Subscriber<FeedFrame> | null = null;
    const request = this.#requestOf(part);
    member = await delivery.subscribe(engine.prepare(request, viewer), request, viewer, {
      encoder,
      reader: this.#frames,
      address: this.#connection.address,
      ended: (error: unknown) => {
        if (member !== null) this.#forget(member);
        ended(error);
      },
      ...from,
    });
    this.#members.add(member);
    if (this.#closed) this.#forget(member);
    return member;
  }

  #forget(member: Subscriber<FeedFrame>): void {
    this.#members.delete(member);
    this.#frames.leave(member);
    member.leave();
  }

  /** Whatever a client says ends at most its own connection. */
  #hear(data: RawData, isBinary: boolean): void {
    try {
      this.#received(data, isBinary);
    } catch (error) {
      this.#fail(error);
    }
  }

  #received(data: RawData, isBinary: boolean): void {
    const { socket, counters } = this.#connection;
    const { dialect, flooded } = this.#feed;
    counters.received++;
    if (socket.readyState !== WebSocket.OPEN) return;
    this.#logHeard(isBinary ? null : bytesOf(data).toString());
    const verdict = this.#judge.judge(data, isBinary, performance.now());
    if (verdict.kind === 'error') this.#say(dialect.voice.error(verdict, Date.now()));
    if (verdict.kind === 'message') this.#heard(verdict.message);
    if (verdict.kind !== 'flood') return;
    flooded?.(this.#connection);
    socket.close(policy, 'Too many messages.');
  }

  #heard(message: Message): void {
    const { dialect, spec } = this.#feed;
    if (message['type'] === 'ping') return this.#say(dialect.voice.pong(Date.now(), message));
    const question = spec.answers?.find(({ name }) => name === message['type']);
    if (question === undefined || this.#answering.has(question)) return undefined;
    const pace = this.#answered.get(question) ?? new SlidingWindow(question.everyMs, 1);
    this.#answered.set(question, pace);
    if (pace.admit(performance.now())) void this.#answer(question);
    return undefined;
  }

  /** Never rejects. */
  async #answer(question: AnswerPart): Promise<void> {
    this.#answering.add(question);
    try {
      const asked = await this.#ask(question);
      if (asked !== null && this.#outlet.writable()) this.#writer.send(asked.messages);
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#answering.delete(question);
    }
  }

  /** Who does not read what it is sent is spared. */
  readonly #beaten = (message: FrameText): void => {
    if (this.#outlet.writable()) this.#writer.send([message]);
  };

  /** An answer to the client alone. One that does not read what it is sent gets none. */
  #say(message: Message): void {
    if (this.#outlet.writable()) this.#writer.send([frameText(message)]);
  }

  /** @param text null: of a binary message. */
  #logHeard(text: string | null): void {
    const { socketLog, spec } = this.#feed;
    if (socketLog.logsMessages)
      socketLog.message({ id: this.#connection.id, path: spec.path, direction: 'in', text });
  }

  /** Ends the connection: null, because the server ends. */
  #fail(error: unknown): void {
    const { socket, id } = this.#connection;
    const { dialect, log, spec, accessEnded } = this.#feed;
    if (this.#closed || socket.readyState !== WebSocket.OPEN) return;
    if (error === null) return socket.close(goingAway);
    const code = codeOf(error);
    if (code === 'FORBIDDEN' || code === 'AUTHENTICATION_FAILED') {
      accessEnded?.(this.#connection);
      this.#say(dialect.voice.error({ code: 'FORBIDDEN', message: (error as Error).message }, Date.now()));
      return socket.close(policy, 'Not allowed.');
    }
    log.error({ connection: id, path: spec.path, err: error }, 'a feed failed');
    this.#say(
      dialect.voice.error({ code: 'INTERNAL_ERROR', message: 'An unexpected error happened.' }, Date.now()),
    );
    return socket.close(internalError, 'An unexpected error happened.');
  }

  /** What the client may do has changed. Its streams have noticed, if there are any. */
  #failIfBarred(): void {
    const { viewer } = this.#connection;
    const ended = viewer.credential?.ended ?? null;
    if (ended !== null) this.#fail(new AppError('AUTHENTICATION_FAILED', `The credential is ${ended}.`));
    else if (!may(viewer, 'read')) this.#fail(new AppError('FORBIDDEN', 'This needs the capability read.'));
  }

  #left(): void {
    this.#closed = true;
    this.#following?.[Symbol.dispose]();
    for (const timer of this.#retries) clearTimeout(timer);
    for (const pulse of this.#feed.pulses.values()) pulse.leave(this.#beaten);
    this.#frames.close();
    for (const member of this.#members) member.leave();
    this.#members.clear();
    if (this.#clientId !== null)
      this.#feed.clients.left(this.#feed.spec.path, this.#clientId, this.#progress);
  }
}
