import type { DocumentNode } from 'graphql';
import type { Priority } from '../lib/priority-queue.ts';
import type { Document, Message, Moment, PathValues } from './message.ts';

/** Declares one kind of message of a feed, or several that have one source. */
export type FeedPart = StaticPart | QueryPart | IntervalPart | GaugePart | EventPart;

interface AnyPart {
  /** Unique in its feed. */
  readonly name: string;
}

/** Sent at connect, without a query. */
export interface StaticPart extends AnyPart {
  readonly kind: 'static';
  /** @param socket its id is unique in this process. */
  readonly message: (moment: Moment, socket: { readonly id: string }) => Message;
}

/** Sent to every client at the same time and at fixed intervals, without a query. */
export interface IntervalPart extends AnyPart {
  readonly kind: 'interval';
  readonly everyMs: number;
  readonly message: (moment: Moment) => Message;
}

interface GraphPart extends AnyPart {
  readonly query: DocumentNode;
  readonly variables: (values: PathValues) => Readonly<Record<string, unknown>>;
  /** Pure. An empty list sends nothing. */
  readonly map: MessagesOf;
}

type MessagesOf = (data: unknown, moment: Moment) => readonly Message[];

/** The result of a query, sent at connect. */
export interface QueryPart extends GraphPart {
  readonly kind: 'query';
  /**
   * By the key of an event, up to when (Unix milliseconds) the messages cover what happened: events of parts that are
   * not replayed are not sent again.
   */
  readonly alreadySent: (data: unknown) => ReadonlyMap<string, number>;
}

/** The latest value, at connect and then at the pace of its subscription. A feed may have several at several paces. */
export interface GaugePart extends GraphPart {
  readonly kind: 'gauge';
  /** Whether a value is sent at connect too. */
  readonly atConnect: (data: unknown) => boolean;
  /** Maps the value that is sent at connect; null: `map`. */
  readonly opening: MessagesOf | null;
}

/** Every event from now on, once. */
export interface EventPart extends GraphPart {
  readonly kind: 'event';
  /** Whether a client that reconnects under its `client_id` gets the events that it missed. */
  readonly replayed: boolean;
  /** The order in which queued messages are sent, in sessions with a queue. */
  readonly priority: (data: unknown) => Priority;
}

/** The result of a query, sent to a client that requests it with a message whose type is the part's name. */
export interface RequestPart extends GraphPart {
  readonly kind: 'request';
  /** The type of the messages with the result. */
  readonly response: string;
  /** At most one request in this time is answered; others are ignored. */
  readonly everyMs: number;
}

interface GraphPartOptions<Data, Variables> extends AnyPart {
  readonly document: Document<Data, Variables>;
  readonly variables?: Variables | ((values: PathValues) => Variables);
  readonly map: MapOf<Data>;
}

type MapOf<Data> = (data: Data, moment: Moment) => Message | readonly Message[] | null;

/** The result of a subscription to events: its only field selects the cursor. */
type WithCursor = Readonly<Record<string, { readonly cursor: string }>>;

export function staticPart(options: Omit<StaticPart, 'kind'>): StaticPart {
  return { kind: 'static', ...options };
}

export function intervalPart(options: Omit<IntervalPart, 'kind'>): IntervalPart {
  return { kind: 'interval', ...options };
}

export function queryPart<Data, Variables>(
  options: GraphPartOptions<Data, Variables> & {
    readonly alreadySent?: (data: Data) => ReadonlyMap<string, number>;
  },
): QueryPart {
  const { alreadySent = () => new Map() } = options;
  return {
    kind: 'query',
    ...graphPart(options),
    alreadySent: alreadySent as QueryPart['alreadySent'],
  };
}

export function gaugePart<Data, Variables>(
  options: GraphPartOptions<Data, Variables> & {
    readonly atConnect?: (data: Data) => boolean;
    readonly opening?: MapOf<Data>;
  },
): GaugePart {
  const { atConnect = () => true, opening } = options;
  return {
    kind: 'gauge',
    ...graphPart(options),
    atConnect: atConnect as GaugePart['atConnect'],
    opening: opening === undefined ? null : messagesOf(opening),
  };
}

export function eventPart<Data extends WithCursor, Variables>(
  options: GraphPartOptions<Data, Variables> & {
    readonly replayed?: boolean;
    readonly priority?: (data: Data) => Priority;
  },
): EventPart {
  const { replayed = false, priority = () => 'normal' } = options;
  return {
    kind: 'event',
    ...graphPart(options),
    replayed,
    priority: priority as EventPart['priority'],
  };
}

export function requestPart<Data, Variables>(
  options: GraphPartOptions<Data, Variables> & Pick<RequestPart, 'everyMs' | 'response'>,
): RequestPart {
  const { everyMs, response } = options;
  return { kind: 'request', ...graphPart(options), everyMs, response };
}

function graphPart<Data, Variables>(options: GraphPartOptions<Data, Variables>): GraphPart {
  const { name, document, variables = {}, map } = options;
  return {
    name,
    query: document,
    variables: (typeof variables === 'function' ? variables : () => variables) as GraphPart['variables'],
    map: messagesOf(map),
  };
}

function messagesOf<Data>(map: MapOf<Data>): MessagesOf {
  return (data, moment) => {
    const messages = map(data as Data, moment);
    if (messages === null) return [];
    return Array.isArray(messages) ? (messages as readonly Message[]) : [messages as Message];
  };
}
