import type { DocumentNode } from 'graphql';
import type { z } from 'zod';
import type { Priority } from '../lib/priority-queue.ts';
import type { OriginRule } from '../http/origin.ts';
import type { SocketConnection, SocketEndpoint } from '../websocket/endpoint.ts';
import type { Feed } from './feed.ts';
import type { Parameters, ValuesOf } from './parameters.ts';
import type { RestFailure } from './rest-failure.ts';

/**
 * An old system's tongue, as data: which documents it asks of the graph, how their results look in its words, and how
 * it talks about itself. `rest.ts` and `feed.ts` serve any of them; a dialect never serves anything itself, and it
 * knows the graph by its schema only.
 */
export interface Dialect {
  readonly name: string;
  /** What people call the old system. */
  readonly title: string;
  /** Origins of the pages that may call its endpoints. */
  readonly origins: OriginRule;
  /** Whether pages of allowed origins may send cookies and the like. */
  readonly credentials: boolean;
  readonly routes: readonly RestRoute[];
  readonly feeds: readonly FeedSpec[];
  readonly voice: Voice;
  /** Whether the open sockets of one address on all its feeds are limited. Default: they are not. */
  readonly limitedPerAddress?: boolean;
}

/** What a dialect says on a socket besides its messages. */
export interface Voice {
  /** @param atMs Unix milliseconds. */
  error(failure: { readonly code: FeedErrorCode; readonly message: string }, atMs: number): Message;
  /** @param ping what is answered: some clients want their own timestamp back. */
  pong(atMs: number, ping: Message): Message;
}

/** What a client did; a dialect may have its own word for it. */
export type FeedErrorCode =
  | 'INVALID_MESSAGE'
  | 'PAYLOAD_TOO_LARGE'
  | 'RATE_LIMITED'
  | 'FORBIDDEN'
  | 'INTERNAL_ERROR';

/** One JSON object to or from a client. */
export type Message = Readonly<Record<string, unknown>>;

/** A GraphQL document that carries the types of what it takes and gives, as the code generator writes it. */
export interface Document<Data, Variables> extends DocumentNode {
  readonly __apiType?: (variables: Variables) => Data;
}

/** When what is mapped happened or was asked for. Maps read no clock. */
export interface Moment {
  /** Unix milliseconds. */
  readonly atMs: number;
}

// REST

export interface RestRoute {
  readonly method: 'GET' | 'POST';
  /** Without trailing slash; parameters in braces: `/api/providers/{name}`. */
  readonly path: string;
  readonly summary: string;
  readonly parameters: Parameters;
  /** Why there is nothing at a path with these values, said before the body is looked at; null: there is. */
  readonly turnsAway: (values: unknown) => RestFailure | null;
  /** null: no body is read. */
  readonly body: BodyRule | null;
  /** Switches that all have to be on; the first that is off is named in the answer. */
  readonly needs: readonly string[];
  /** Served to everybody, also where everything else needs a credential. */
  readonly open: boolean;
  /** The dialect whose rule for origins holds; null: its own. */
  readonly originsOf: string | null;
  readonly query: DocumentNode;
  readonly variables: (values: unknown, body: unknown) => Readonly<Record<string, unknown>>;
  readonly map: (data: unknown, values: unknown, moment: Moment) => Reply;
  /** What is answered, for its description. Nothing is checked against it but in tests. null: not described yet. */
  readonly answer: z.ZodType | null;
  /** Statuses besides 200 with which the same is answered. */
  readonly answersAlso: readonly number[];
}

export interface BodyRule {
  readonly schema: z.ZodType;
  /** Whether it may be left out; it is `{}` then. */
  readonly optional: boolean;
  /** The code of an object that the schema refuses. Default: INVALID_BODY, as for what is no object at all. */
  readonly refusedAs?: 'INVALID_PARAMETER';
}

export interface Reply {
  /** Default: 200. */
  readonly status?: number;
  readonly body: unknown;
}

export interface RouteOptions<Data, Variables, Declared extends Parameters, Body> {
  readonly path: string;
  readonly summary: string;
  readonly parameters?: Declared;
  readonly turnsAway?: (values: ValuesOf<Declared>) => RestFailure | null;
  readonly body?: BodyRule & { readonly schema: z.ZodType<Body> };
  readonly needs?: readonly string[];
  readonly open?: boolean;
  readonly originsOf?: string;
  readonly document: Document<Data, Variables>;
  readonly variables?: (values: ValuesOf<Declared>, body: Body) => Variables;
  readonly map: (data: Data, values: ValuesOf<Declared>, moment: Moment) => Reply;
  readonly answer?: z.ZodType;
  readonly answersAlso?: readonly number[];
}

/** `GET` of what one query gives. */
export function get<Data, Variables, const Declared extends Parameters = Parameters>(
  options: Omit<RouteOptions<Data, Variables, Declared, unknown>, 'body'>,
): RestRoute {
  return route('GET', options);
}

/** `POST` to one mutation. */
export function post<Data, Variables, const Declared extends Parameters = Parameters, Body = unknown>(
  options: RouteOptions<Data, Variables, Declared, Body>,
): RestRoute {
  return route('POST', options);
}

function route<Data, Variables, Declared extends Parameters, Body>(
  method: RestRoute['method'],
  options: RouteOptions<Data, Variables, Declared, Body>,
): RestRoute {
  const { document, variables, map, turnsAway = () => null, ...rest } = options;
  return {
    method,
    path: rest.path,
    summary: rest.summary,
    parameters: rest.parameters ?? {},
    turnsAway: turnsAway as RestRoute['turnsAway'],
    body: rest.body ?? null,
    needs: rest.needs ?? [],
    open: rest.open ?? false,
    originsOf: rest.originsOf ?? null,
    query: document,
    variables: (values, body) => variables?.(values as ValuesOf<Declared>, body as Body) ?? {},
    map: map as RestRoute['map'],
    answer: rest.answer ?? null,
    answersAlso: rest.answersAlso ?? [],
  };
}

// Feeds

/** A raw WebSocket. */
export interface FeedSpec {
  /** Without trailing slash; parameters in braces: `/agents/{agent_id}/status`. */
  readonly path: string;
  readonly summary: string;
  /** Switches that all have to be on; the first that is off is named in the refusal. */
  readonly needs: readonly string[];
  /** Where feeds share a path: whether this one takes the request. Default: it does. */
  readonly takes?: (url: URL) => boolean;
  /** Why a client is let in only to be closed at once; null: it is served. Default: everybody is. */
  readonly turnsAway?: (values: PathValues) => Closing | null;
  /** Says who comes, where the system has a way of its own. */
  readonly identify?: NonNullable<SocketEndpoint['identify']>;
  /** The parameter of the query that holds the credential. Default: `api_key`. */
  readonly credentialIn?: string;
  /** What its clients may say besides ping, for its description, and the message that answers it. */
  readonly hears?: readonly { readonly name: string; readonly schema: z.ZodType; readonly answer: string }[];
  /** Serves a socket that was opened, where the system's rules are too much its own for `FeedSession`. */
  readonly serve?: (feed: Feed, connection: SocketConnection) => void;
  /** In the order in which a client gets what there is at connect. */
  readonly parts: readonly FeedPart[];
  /** What a client may ask for besides. */
  readonly answers?: readonly AnswerPart[];
}

/** What stands in the braces of a path, by name. */
export type PathValues = Readonly<Record<string, string>>;

export interface Closing {
  /** Of the WebSocket protocol: 4000 to 4999 are a dialect's own. */
  readonly code: number;
  /** Cut to the 123 bytes that the protocol has room for. */
  readonly reason: string;
}

/** One kind of message, or a few that come from one place. */
export type FeedPart = HelloPart | PulsePart | GreetingPart | GaugePart | EventPart;

/** By their type, for their description: the messages that a part may say. Each schema's description is the summary. */
export type Messages = Readonly<Record<string, z.ZodType>>;

/** What is said at connect without asking anybody. */
export interface HelloPart {
  readonly kind: 'hello';
  /** Unique in its feed, as those of all parts: the type of its messages. */
  readonly name: string;
  /** @param socket its id is unique in this process. */
  readonly say: (moment: Moment, socket: { readonly id: string }) => Message;
  readonly messages?: Messages;
}

/** What is said to everybody again and again without asking anybody. */
export interface PulsePart {
  readonly kind: 'pulse';
  readonly name: string;
  readonly everyMs: number;
  readonly say: (moment: Moment) => Message;
  readonly messages?: Messages;
}

interface Part {
  readonly name: string;
  readonly query: DocumentNode;
  readonly variables: (values: PathValues) => Readonly<Record<string, unknown>>;
  /** Pure. An empty list: nothing is said. */
  readonly map: Said;
  /** Absent: one, of the part's name, of which no more is described. */
  readonly messages?: Messages;
}

type Said = (data: unknown, moment: Moment) => readonly Message[];

/** What is asked once, at connect. */
export interface GreetingPart extends Part {
  readonly kind: 'greeting';
  /** Keys of which it tells, and up to when (Unix milliseconds): what events that are not replayed need not repeat. */
  readonly told: (data: unknown) => ReadonlyMap<string, number>;
}

/** The newest value, at connect and then at its own pace. A feed may have several, each with another one. */
export interface GaugePart extends Part {
  readonly kind: 'gauge';
  /** Whether a value is told at connect too. */
  readonly atConnect: (data: unknown) => boolean;
  /** What is said of it at connect; null: the same as later. */
  readonly opening: Said | null;
}

/** What happens from now on, each once. */
export interface EventPart extends Part {
  readonly kind: 'event';
  /** The position in the log that the result names. */
  readonly cursor: (data: unknown) => string;
  /** Whether a client that comes back under its name gets what it missed. */
  readonly replayed: boolean;
  /** How much it matters, where a session has a queue. */
  readonly priority: (data: unknown) => Priority;
}

/** What a client asks for by a message whose type is the name, and is told alone. */
export interface AnswerPart extends Part {
  readonly kind: 'answer';
  /** A client is answered once in this time; what it asks meanwhile is not heard. */
  readonly everyMs: number;
}

interface PartOptions<Data, Variables> {
  readonly name: string;
  readonly document: Document<Data, Variables>;
  readonly variables?: Variables | ((values: PathValues) => Variables);
  readonly map: Mapping<Data>;
  readonly messages?: Messages;
}

type Mapping<Data> = (data: Data, moment: Moment) => Message | readonly Message[] | null;

export function hello(options: Omit<HelloPart, 'kind'>): HelloPart {
  return { kind: 'hello', ...options };
}

export function pulse(options: Omit<PulsePart, 'kind'>): PulsePart {
  return { kind: 'pulse', ...options };
}

export function greeting<Data, Variables>(
  options: PartOptions<Data, Variables> & { readonly told?: (data: Data) => ReadonlyMap<string, number> },
): GreetingPart {
  const { told = () => new Map() } = options;
  return { kind: 'greeting', ...part(options), told: told as GreetingPart['told'] };
}

export function gauge<Data, Variables>(
  options: PartOptions<Data, Variables> & {
    readonly atConnect?: (data: Data) => boolean;
    readonly opening?: Mapping<Data>;
  },
): GaugePart {
  const { atConnect = () => true, opening } = options;
  return {
    kind: 'gauge',
    ...part(options),
    atConnect: atConnect as GaugePart['atConnect'],
    opening: opening === undefined ? null : said(opening),
  };
}

export function event<Data, Variables>(
  options: PartOptions<Data, Variables> & {
    readonly cursor: (data: Data) => string;
    readonly replayed: boolean;
    readonly priority?: (data: Data) => Priority;
  },
): EventPart {
  const { cursor, replayed, priority = () => 'normal' } = options;
  return {
    kind: 'event',
    ...part(options),
    cursor: cursor as EventPart['cursor'],
    replayed,
    priority: priority as EventPart['priority'],
  };
}

export function answer<Data, Variables>(
  options: PartOptions<Data, Variables> & { readonly everyMs: number },
): AnswerPart {
  return { kind: 'answer', ...part(options), everyMs: options.everyMs };
}

function part<Data, Variables>(options: PartOptions<Data, Variables>): Part {
  const { name, document, variables, map, messages } = options;
  return {
    name,
    ...(messages === undefined ? {} : { messages }),
    query: document,
    variables: (values) =>
      (typeof variables === 'function'
        ? (variables as (values: PathValues) => Variables)(values)
        : variables) ?? {},
    map: said(map),
  };
}

function said<Data>(map: Mapping<Data>): Said {
  return (data, moment) => {
    const messages = map(data as Data, moment);
    if (messages === null) return [];
    return Array.isArray(messages) ? (messages as readonly Message[]) : [messages as Message];
  };
}
