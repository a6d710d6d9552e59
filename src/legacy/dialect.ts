import type { z } from 'zod';
import type { Ticker } from '../delivery/connection.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { Encoder } from '../delivery/encoder.ts';
import type { Engine } from '../engine/engine.ts';
import type { OriginRule } from '../http/origin.ts';
import type { Log, SocketLog } from '../log/log.ts';
import type { SocketConnection, SocketEndpoint } from '../websocket/endpoint.ts';
import type { FeedFrame } from './feed-frame.ts';
import type { EventPart, FeedPart, GaugePart, RequestPart } from './feed-parts.ts';
import type { IntervalTimer } from './interval-timer.ts';
import type { Message, PathValues } from './message.ts';
import type { RememberedClients, SharedProgress } from './remembered-clients.ts';
import type { RestRoute } from './rest-route.ts';

/**
 * The protocol of one old system, as data: the documents that it sends to the graph, how their results become its
 * messages and response bodies, and its control messages. `rest.ts` and `feed.ts` serve every dialect. A dialect knows
 * the graph by its schema only.
 */
export interface Dialect {
  readonly name: string;
  /** The name of the old system for people. */
  readonly title: string;
  /** Origins of the pages that may call its endpoints. */
  readonly origins: OriginRule;
  /** Whether pages of allowed origins may send credentials, such as cookies. */
  readonly credentials: boolean;
  readonly routes: readonly RestRoute[];
  readonly feeds: readonly FeedSpec[];
  readonly controlMessages: ControlMessages;
  /** Whether the number of open sockets of one address on all its feeds is limited. Default: false. */
  readonly limitedPerAddress?: boolean;
}

/** The messages that all feeds of a dialect have in common. */
export interface ControlMessages {
  /** @param atMs Unix milliseconds. */
  error(failure: { readonly code: FeedErrorCode; readonly message: string }, atMs: number): Message;
  /** @param ping the message to answer: some clients expect their own timestamp in the pong. */
  pong(atMs: number, ping: Message): Message;
  readonly schemas: Readonly<Record<'error' | 'pong', z.ZodType>>;
}

/** Why a client gets an error message. A dialect may send its own code for each. */
export const feedErrorCodes = [
  'INVALID_MESSAGE',
  'PAYLOAD_TOO_LARGE',
  'RATE_LIMITED',
  'FORBIDDEN',
  'INTERNAL_ERROR',
] as const;

export type FeedErrorCode = (typeof feedErrorCodes)[number];

/** A WebSocket endpoint that sends JSON messages. */
export interface FeedSpec {
  /** Without trailing slash; parameters in braces: `/agents/{agent_id}/status`. */
  readonly path: string;
  readonly summary: string;
  /** Features that must all be on. The 503 response names the first that is off. */
  readonly needs?: readonly string[];
  /** Where several feeds share a path: whether this feed serves the request. Default: it does. */
  readonly matches?: (url: URL) => boolean;
  /** Whether a socket is closed as soon as it has opened, and with which code. Default: null, the socket is served. */
  readonly reject?: (values: PathValues) => Closing | null;
  /** Authenticates the client where the system does not use the common credentials. */
  readonly identify?: NonNullable<SocketEndpoint['identify']>;
  /** The query parameter with the credential. Default: `api_key`. */
  readonly credentialIn?: string;
  /** The messages that the server sends besides control messages, by type. Each schema's description is the summary. */
  readonly messages?: Readonly<Record<string, z.ZodType>>;
  /** By type, the messages that clients may send besides ping and requests, and the type of the response. */
  readonly accepts?: Readonly<Record<string, { readonly schema: z.ZodType; readonly response: string }>>;
  /** Serves an open socket where `FeedSession` does not fit. */
  readonly serve?: (feed: Feed, connection: SocketConnection) => void;
  /** A client gets their messages at connect in this order. */
  readonly parts: readonly FeedPart[];
  /** Results that a client may request. */
  readonly requests?: readonly RequestPart[];
}

export interface Closing {
  /** 4000 to 4999 are for applications. */
  readonly code: number;
  /** Cut to the 123 bytes that fit into a close frame. */
  readonly reason: string;
}

export interface FeedOptions {
  /** How far clients with a `client_id` have read, known to all instances. Null: this process remembers them alone. */
  readonly sharedProgress?: SharedProgress | null;
  readonly engine: Engine;
  readonly delivery: Delivery;
  readonly ticker: Ticker;
  readonly dialect: Dialect;
  readonly features: Readonly<Record<string, boolean>>;
  readonly limits: FeedLimits;
  readonly log: Log;
  readonly socketLog: SocketLog;
  /** Called when a client was closed because it sent too many messages. */
  readonly flooded?: (connection: SocketConnection) => void;
  /** Called when a client was closed because it lost its access. */
  readonly accessEnded?: (connection: SocketConnection) => void;
}

export interface FeedLimits {
  /** A larger message gets an error; one above twice this size closes the socket with 1009. */
  readonly messageBytesMax: number;
  /** Messages of one client that are read in any second. */
  readonly messagesPerSecondMax: number;
  /** Open sockets of one address on all feeds of a dialect that limits them; null: no limit. */
  readonly perAddressMax: number | null;
  /** Maximum number of events that are replayed to a client that reconnects; 0: none. */
  readonly replayMax: number;
}

/** What all sockets of one feed share. */
export interface Feed extends FeedOptions {
  readonly spec: FeedSpec;
  readonly encoders: ReadonlyMap<GaugePart | EventPart, Encoder<FeedFrame>>;
  readonly clients: RememberedClients;
  readonly timers: readonly IntervalTimer[];
}
