import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import type { Viewer } from '../auth/viewer.ts';
import type { AppError } from '../errors.ts';
import type { OriginRule } from '../http/origin.ts';
import type { OutboundSocket } from './outbound-socket.ts';

/**
 * A path that speaks WebSocket. The upgrade handler checks paths, origins, limits and credentials for all endpoints; an
 * endpoint declares its rules and serves the sockets that were accepted.
 */
export interface SocketEndpoint {
  /** The owner in logs and in the graph: `graphql`, or an old system. */
  readonly dialect: string;
  /** Without trailing slash; parameters in braces: `/ws/system`, `/agents/{agent_id}/status`. */
  readonly path: string;
  readonly origins: OriginRule;
  /** Limit on open sockets of one address on all endpoints of this dialect. Null: no limit. */
  readonly perAddressMax: number | null;
  /** Whether loopback addresses are exempt from `perAddressMax`. Default: false. */
  readonly loopbackExempt?: boolean;
  /** Accepted subprotocols, the preferred one first. Null: any, and none is selected. */
  readonly protocols: readonly string[] | null;
  /** A larger frame closes the socket with 1009. */
  readonly frameBytesMax: number;
  /** The feature that is off and disables the endpoint (503), or null. */
  readonly disabledBy: () => string | null;
  /** Where several endpoints share a path: whether this one serves the request. The first that matches serves it. */
  readonly matches?: (url: URL) => boolean;
  /**
   * Whether the credential may also be sent in a message on the open socket. Then a handshake without a credential is
   * accepted, also where one is required, and the endpoint requires it.
   */
  readonly credentialInMessage?: boolean;
  /** Whether to send a ping as soon as a socket is open, which measures its latency. Default: true. */
  readonly pingOnOpen?: boolean;
  /** The close code when the server stops. Default: 1001. */
  readonly shutdownCloseCode?: number;
  /**
   * Authenticates the handshake in place of the server: with another credential, or by accepting a client that gets the
   * error on its socket. @throws AppError when the handshake is rejected.
   */
  readonly identify?: (url: URL) => Promise<Viewer>;
  /** Why this request is rejected, or null. */
  readonly reject?: (url: URL) => AppError | null;
  opened(connection: SocketConnection): void;
}

/** A socket whose handshake was accepted. */
export interface SocketConnection {
  /** Unique in this process. */
  readonly id: string;
  readonly endpoint: SocketEndpoint;
  /** For its events and for closing it. Messages are sent with `outbound`. */
  readonly socket: WebSocket;
  readonly outbound: OutboundSocket;
  readonly request: IncomingMessage;
  readonly url: URL;
  /** The parameters of the endpoint's path, decoded. */
  readonly values: ReadonlyMap<string, string>;
  /** The client's address, with proxies taken into account as configured. */
  readonly address: string;
  /** From the credential of the handshake. An endpoint that reads a credential from a message replaces it. */
  viewer: Viewer;
  /** Unix milliseconds. */
  readonly openedAt: number;
  readonly counters: SocketCounters;
}

/** Counters of a socket, shown in the graph. */
export interface SocketCounters {
  /** Messages. */
  received: number;
  sent: number;
  /** Time from ping to pong, milliseconds. Null until measured. */
  latencyMs: number | null;
  /** When the last pong or message was received, Unix milliseconds. Null before the first. */
  lastReceivedAt: number | null;
}
