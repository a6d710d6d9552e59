import { print, type DocumentNode } from 'graphql';
import type { z } from 'zod';
import type { Parameters, ValuesOf } from './parameters.ts';

/**
 * An old system's tongue, as data: which documents it asks of the graph, how their results look in its words, and how
 * it talks about itself. `rest.ts` and `feed.ts` serve any of them; a dialect never serves anything itself, and it
 * knows the graph by its schema only.
 */
export interface Dialect {
  readonly name: string;
  /** Whether pages of allowed origins may send cookies and the like. */
  readonly credentials: boolean;
  readonly routes: readonly RestRoute[];
  readonly feeds: readonly FeedSpec[];
  readonly voice: Voice;
}

/** What a dialect says on a socket besides its messages. */
export interface Voice {
  /** @param atMs Unix milliseconds. */
  error(failure: { readonly code: FeedErrorCode; readonly message: string }, atMs: number): Message;
  pong(atMs: number): Message;
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
  /** null: no body is read. */
  readonly body: BodyRule | null;
  /** Switches that all have to be on; the first that is off is named in the answer. */
  readonly needs: readonly string[];
  /** Served to everybody, also where everything else needs a credential. */
  readonly open: boolean;
  /** The dialect whose rule for origins holds; null: its own. */
  readonly originsOf: string | null;
  readonly query: string;
  readonly variables: (values: unknown, body: unknown) => Readonly<Record<string, unknown>>;
  readonly map: (data: unknown, values: unknown, moment: Moment) => Reply;
}

export interface BodyRule {
  readonly schema: z.ZodType;
  /** Whether it may be left out; it is `{}` then. */
  readonly optional: boolean;
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
  readonly body?: { readonly schema: z.ZodType<Body>; readonly optional: boolean };
  readonly needs?: readonly string[];
  readonly open?: boolean;
  readonly originsOf?: string;
  readonly document: Document<Data, Variables>;
  readonly variables?: (values: ValuesOf<Declared>, body: Body) => Variables;
  readonly map: (data: Data, values: ValuesOf<Declared>, moment: Moment) => Reply;
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
  const { document, variables, map, ...rest } = options;
  return {
    method,
    path: rest.path,
    summary: rest.summary,
    parameters: rest.parameters ?? {},
    body: rest.body ?? null,
    needs: rest.needs ?? [],
    open: rest.open ?? false,
    originsOf: rest.originsOf ?? null,
    query: print(document),
    variables: (values, body) => variables?.(values as ValuesOf<Declared>, body as Body) ?? {},
    map: map as RestRoute['map'],
  };
}

// Feeds

/** A raw WebSocket. */
export interface FeedSpec {
  /** Without trailing slash. */
  readonly path: string;
  readonly summary: string;
  /** Switches that all have to be on; the first that is off is named in the refusal. */
  readonly needs: readonly string[];
  /** In the order in which a client gets what there is at connect. */
  readonly parts: readonly FeedPart[];
}

/** One kind of message, or a few that come from one place. */
export type FeedPart = GreetingPart | GaugePart | EventPart;

interface Part {
  /** Unique in its feed: the type of its messages. */
  readonly name: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Pure. An empty list: nothing is said. */
  readonly map: (data: unknown, moment: Moment) => readonly Message[];
}

/** What is asked once, at connect. */
export interface GreetingPart extends Part {
  readonly kind: 'greeting';
  /** Keys of which it tells, and up to when (Unix milliseconds): what events that are not replayed need not repeat. */
  readonly told: (data: unknown) => ReadonlyMap<string, number>;
}

/** The newest value, at connect and then at the pace of the feed. */
export interface GaugePart extends Part {
  readonly kind: 'gauge';
  /** Whether a value is told at connect too. */
  readonly atConnect: (data: unknown) => boolean;
}

/** What happens from now on, each once. */
export interface EventPart extends Part {
  readonly kind: 'event';
  /** The position in the log that the result names. */
  readonly cursor: (data: unknown) => string;
  /** Whether a client that comes back under its name gets what it missed. */
  readonly replayed: boolean;
}

interface PartOptions<Data, Variables> {
  readonly name: string;
  readonly document: Document<Data, Variables>;
  readonly variables?: Variables;
  readonly map: (data: Data, moment: Moment) => Message | readonly Message[] | null;
}

export function greeting<Data, Variables>(
  options: PartOptions<Data, Variables> & { readonly told?: (data: Data) => ReadonlyMap<string, number> },
): GreetingPart {
  const { told = () => new Map() } = options;
  return { kind: 'greeting', ...part(options), told: told as GreetingPart['told'] };
}

export function gauge<Data, Variables>(
  options: PartOptions<Data, Variables> & { readonly atConnect?: (data: Data) => boolean },
): GaugePart {
  const { atConnect = () => true } = options;
  return { kind: 'gauge', ...part(options), atConnect: atConnect as GaugePart['atConnect'] };
}

export function event<Data, Variables>(
  options: PartOptions<Data, Variables> & {
    readonly cursor: (data: Data) => string;
    readonly replayed: boolean;
  },
): EventPart {
  const { cursor, replayed } = options;
  return { kind: 'event', ...part(options), cursor: cursor as EventPart['cursor'], replayed };
}

function part<Data, Variables>({ name, document, variables, map }: PartOptions<Data, Variables>): Part {
  return {
    name,
    query: print(document),
    variables: variables ?? {},
    map: (data, moment) => {
      const said = map(data as Data, moment);
      return said === null ? [] : Array.isArray(said) ? (said as readonly Message[]) : [said as Message];
    },
  };
}
