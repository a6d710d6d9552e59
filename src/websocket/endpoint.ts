import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import type { Viewer } from '../auth/viewer.ts';
import type { OriginRule } from '../http/origin.ts';
import type { Rejection } from '../http/request.ts';
import type { OutboundSocket } from './outbound-socket.ts';

/**
 * A path that speaks WebSocket. The upgrade handler checks paths, origins, limits and credentials for all of them
 * alike; an endpoint only says what its rules are and talks to the sockets that come through.
 */
export interface SocketEndpoint {
  /** Who it belongs to, in logs and in the graph: `graphql`, or an old system. */
  readonly dialect: string;
  /** Without trailing slash; parameters in braces: `/ws/system`, `/agents/{agent_id}/status`. */
  readonly path: string;
  readonly origins: OriginRule;
  /** Open sockets one address may have on all endpoints of this dialect; null: no limit. */
  readonly perAddressMax: number | null;
  /** Whether this computer itself, or a proxy on it, may have any number of them. Default: it may not. */
  readonly sparesLoopback?: boolean;
  /** Subprotocols it speaks; null: any, none is chosen. */
  readonly protocols: readonly string[] | null;
  /** Frames above this end the socket with 1009. */
  readonly frameBytesMax: number;
  /** The switched-off feature that keeps it closed (503), or null. */
  readonly disabledBy: () => string | null;
  /** Where several endpoints share a path: whether this one takes the request. The first that does is it. */
  readonly takes?: (url: URL) => boolean;
  /**
   * Whether the credential may also come in a message once the socket is open. Then a handshake without one is let
   * through, whatever is required, and the endpoint asks for it.
   */
  readonly credentialInMessage?: boolean;
  /** Whether the first ping goes out as soon as a socket is open, so that its latency is known at once. Default: true. */
  readonly pingsAtOnce?: boolean;
  /** The close code of a server that shuts down. Default: 1001. */
  readonly goingAwayCode?: number;
  /**
   * Authenticates the handshake in place of the server: by another credential, or by accepting a client that gets the
   * error on its socket.
   */
  readonly identify?: (url: URL) => Promise<Viewer | Rejection>;
  /** A reason to refuse this very request, or null. */
  readonly refuse?: (url: URL) => Rejection | null;
  opened(connection: SocketConnection): void;
}

/** A socket whose handshake was accepted. */
export interface SocketConnection {
  /** Unique in this process. */
  readonly id: string;
  readonly endpoint: SocketEndpoint;
  /** For its events and for closing it; what is sent goes through `outbound`. */
  readonly socket: WebSocket;
  readonly outbound: OutboundSocket;
  readonly request: IncomingMessage;
  readonly url: URL;
  /** The parameters of the endpoint's path, decoded. */
  readonly values: ReadonlyMap<string, string>;
  /** The client's address, with proxies taken into account as configured. */
  readonly address: string;
  /** By the handshake's credential; an endpoint that takes one in a message puts its viewer here. */
  viewer: Viewer;
  /** Unix milliseconds. */
  readonly openedAt: number;
  readonly counters: SocketCounters;
}

/** Counters of a socket, shown by the graph. */
export interface SocketCounters {
  received: number;
  sent: number;
  /** Time from ping to pong, milliseconds; null until measured. */
  latencyMs: number | null;
  /** When the last pong or message came, Unix milliseconds; null before the first. */
  lastHeardAt: number | null;
}
