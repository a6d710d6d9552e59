import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Authenticate } from '../auth/authenticate.ts';
import { credentialsOf } from '../auth/credentials.ts';
import type { SecurityEvent } from '../auth/security-event.ts';
import { may, unauthenticated, type Viewer } from '../auth/viewer.ts';
import { AppError, closeCodes } from '../errors.ts';
import { asClientError } from '../graph/errors.ts';
import { maskLoggedUrl } from '../lib/mask.ts';
import { limitOf } from '../lib/concurrency-limiter.ts';
import { TickLimiter } from '../lib/tick-limiter.ts';
import { valuesInPath } from '../lib/path-pattern.ts';
import type { Log, SocketLog } from '../log/log.ts';
import type { SocketConnection, SocketEndpoint } from './endpoint.ts';
import { guard } from '../http/guard.ts';
import { startHeartbeat } from './heartbeat.ts';
import { carriesSession, originAllowed } from '../http/origin.ts';
import { OutboundSocket } from './outbound-socket.ts';
import type { Registry } from './registry.ts';
import type { UpgradeHandler } from '../http/http-server.ts';
import { addressOf, isSecure, routeOf, urlOf } from '../http/request.ts';
import { featureDisabled, rejectSocket } from '../http/send.ts';
import { UnreadBudget } from '../http/unread-budget.ts';
import { guarded } from '../lib/guarded.ts';

export interface UpgradeOptions {
  readonly endpoints: () => readonly SocketEndpoint[];
  readonly authenticate: Authenticate;
  readonly registry: Registry;
  /** Limit on open sockets of the process. */
  readonly connectionsMax: number;
  /** Limits the handshakes per turn of the event loop. */
  readonly tickLimiter?: TickLimiter;
  readonly trustProxy: boolean;
  readonly compression: boolean;
  /** Counts the bytes that clients have not read yet. */
  readonly unread?: UnreadBudget;
  readonly pingIntervalMs: number;
  readonly pongTimeoutMs: number;
  readonly log: Log;
  readonly socketLog: SocketLog;
  readonly audit: (event: SecurityEvent) => void;
}

/** Handshakes per turn of the event loop, so that many reconnecting clients do not delay the connected ones. */
export const handshakesPerTick = 16;
/** A handshake that takes longer is destroyed. */
const handshakeMs = 10_000;
const compressionThresholdBytes = 1024;

interface Found {
  readonly endpoint: SocketEndpoint;
  readonly values: ReadonlyMap<string, string>;
}

/** A handshake that has passed the checks. */
interface Accepted extends Found {
  readonly url: URL;
  readonly viewer: Viewer;
  readonly address: string;
}

/**
 * Handles every WebSocket handshake. It finds the endpoint, checks origin, credential, limits and features, rejects with
 * a plain HTTP response, and passes the endpoint an open socket that is counted, logged and pinged.
 */
export function createUpgrade(options: UpgradeOptions): UpgradeHandler {
  const { registry, log, socketLog, unread = new UnreadBudget() } = options;
  const servers = new Map<string, WebSocketServer>();
  const { tickLimiter = new TickLimiter(handshakesPerTick) } = options;

  function serverFor(endpoint: SocketEndpoint): WebSocketServer {
    const { frameBytesMax, protocols } = endpoint;
    const key = JSON.stringify([frameBytesMax, protocols]);
    let server = servers.get(key);
    if (server === undefined) {
      server = new WebSocketServer({
        noServer: true,
        clientTracking: false,
        maxPayload: frameBytesMax,
        perMessageDeflate: options.compression && { threshold: compressionThresholdBytes },
        handleProtocols: (offered) => protocols?.find((protocol) => offered.has(protocol)) ?? false,
      });
      const rejectMalformed = ({ message }: Error, socket: Duplex, request: IncomingMessage): void =>
        reject(request, socket, new AppError('INVALID_PARAMETER', message));
      server.on(
        'wsClientError',
        guard(log, 'wsClientError', (_, socket) => socket, rejectMalformed),
      );
      servers.set(key, server);
    }
    return server;
  }

  function find(url: URL): Found | null {
    const path = routeOf(url);
    for (const endpoint of options.endpoints()) {
      const values = valuesInPath(endpoint.path, path);
      if (values !== null && (endpoint.matches?.(url) ?? true)) return { endpoint, values };
    }
    return null;
  }

  /** @throws AppError when the handshake is rejected. */
  async function check(request: IncomingMessage): Promise<Accepted> {
    const url = urlOf(request);
    if (url === null) throw new AppError('INVALID_PARAMETER', 'The path cannot be read.');
    const found = find(url);
    if (found === null) throw new AppError('NOT_FOUND', 'There is no feed here.');
    const { endpoint } = found;
    const address = addressOf(request, options.trustProxy);
    if (!originAllowed(endpoint.origins, request.headers.origin, request.headers.host)) {
      options.audit({ type: 'origin_rejected', path: endpoint.path, address });
      throw new AppError('FORBIDDEN', 'Origin not allowed.');
    }
    const feature = endpoint.disabledBy();
    const rejection = feature === null ? endpoint.reject?.(url) : featureDisabled(feature);
    if (rejection) throw rejection;
    checkProtocol(request, endpoint);
    const at = { ...found, url, address };
    const viewer = await (endpoint.identify?.(url) ?? identify(request, at));
    return { ...at, viewer };
  }

  async function identify(request: IncomingMessage, at: Omit<Accepted, 'viewer'>): Promise<Viewer> {
    const { endpoint, url, address } = at;
    const later = endpoint.credentialInMessage ?? false;
    const { origin, host } = request.headers;
    const cookie = carriesSession(endpoint.origins, origin, host);
    const credentials = credentialsOf(request.headers, {
      url,
      keyInUrl: true,
      cookie,
      secure: isSecure(request, options.trustProxy),
    });
    let viewer: Viewer;
    try {
      viewer = await options.authenticate(credentials);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'AUTHENTICATION_FAILED') throw error;
      if (later && credentials.token === null) return unauthenticated;
      options.audit({ type: 'authentication_failed', path: endpoint.path, address });
      throw error;
    }
    if (!later && !may(viewer, 'read')) throw new AppError('FORBIDDEN', 'This needs the capability read.');
    return viewer;
  }

  async function handshake(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    done: () => void,
  ): Promise<void> {
    const accepted = await check(request);
    // Nothing is awaited between this check and `registry.opened`, so that two handshakes cannot exceed a limit together.
    checkLimits(accepted.endpoint, accepted.address);
    serverFor(accepted.endpoint).handleUpgrade(request, socket, head, (opened) => {
      done();
      open(request, opened, accepted);
    });
  }

  function checkLimits(endpoint: SocketEndpoint, address: string): void {
    const { perAddressMax, loopbackExempt = false, dialect } = endpoint;
    const bound = perAddressMax === null ? null : { max: perAddressMax, loopback: !loopbackExempt };
    if (registry.openFrom(dialect, address) >= limitOf(bound, address))
      throw new AppError('RATE_LIMITED', `One address may have at most ${perAddressMax} connections.`);
    if (registry.sizeOfAll >= options.connectionsMax)
      throw new AppError('OVERLOADED', 'The server has as many connections as it takes.');
  }

  function open(request: IncomingMessage, socket: WebSocket, accepted: Accepted): void {
    const { endpoint, address } = accepted;
    const counters = { received: 0, sent: 0, latencyMs: null, lastReceivedAt: null };
    const outbound = new OutboundSocket(socket, request.socket, counters, unread.of(address));
    const connection: SocketConnection = {
      ...accepted,
      id: randomUUID(),
      socket,
      outbound,
      request,
      openedAt: Date.now(),
      counters,
    };
    const { id } = connection;
    const about = { id, dialect: endpoint.dialect, path: endpoint.path, address };
    registry.opened(connection);
    socketLog.opened({ ...about, url: maskLoggedUrl(request.url ?? ''), subject: connection.viewer.subject });
    const closed = (code: number): void => {
      registry.closed(connection, code);
      const lasted = { openMs: Date.now() - connection.openedAt, ...counters };
      socketLog.closed({ ...about, code, ...lasted });
    };
    socket.on(
      'error',
      guarded((error) => socketLog.failed({ ...about, err: error })),
    );
    socket.once('close', guarded(closed));
    startHeartbeat(
      { socket, outbound, counters },
      {
        pingIntervalMs: options.pingIntervalMs,
        pongTimeoutMs: options.pongTimeoutMs,
        pingOnOpen: endpoint.pingOnOpen ?? true,
        onPong: (ms) => registry.ponged(endpoint, ms),
        onTimeout() {
          registry.failed();
          socketLog.failed({ ...about, reason: 'no pong' });
          socket.terminate();
        },
      },
    );
    try {
      endpoint.opened(connection);
    } catch (error) {
      log.error({ ...about, err: error }, 'an endpoint failed to open a socket');
      socket.close(closeCodes.internalError, 'An unexpected error happened.');
    }
  }

  function reject(request: IncomingMessage, socket: Duplex, thrown: unknown): void {
    const error = toAppError(thrown);
    const url = urlOf(request);
    registry.rejected(url === null ? null : (find(url)?.endpoint ?? null), url === null ? '' : routeOf(url));
    socketLog.failed({
      url: maskLoggedUrl(request.url ?? ''),
      address: addressOf(request, options.trustProxy),
      status: error.status,
      reason: error.message,
    });
    rejectSocket(socket, error);
  }

  function toAppError(thrown: unknown): AppError {
    const error = asClientError(thrown);
    if (error instanceof AppError) return error;
    const errorId = randomUUID();
    log.error({ err: error, errorId }, 'a handshake failed');
    return new AppError('INTERNAL_ERROR', 'An unexpected error happened.', { details: { errorId } });
  }

  return (request, socket, head, rejection) => {
    const ignore = (): void => {};
    socket.on('error', ignore);
    const deadline = setTimeout(() => socket.destroy(), handshakeMs);
    socket.once('close', () => clearTimeout(deadline));
    if (rejection !== null) return reject(request, socket, rejection);
    tickLimiter.run(() => {
      if (socket.destroyed) return;
      handshake(request, socket, head, () => {
        clearTimeout(deadline);
        socket.off('error', ignore);
      }).catch((error: unknown) => reject(request, socket, error));
    });
  };
}

/** A client whose subprotocols are all unsupported would end the connection without a reason. */
function checkProtocol({ headers }: IncomingMessage, { protocols }: SocketEndpoint): void {
  const offered = headers['sec-websocket-protocol']?.split(',').map((protocol) => protocol.trim());
  if (protocols === null || offered === undefined) return;
  if (protocols.some((protocol) => offered.includes(protocol))) return;
  throw new AppError('INVALID_PARAMETER', `Sec-WebSocket-Protocol must offer ${protocols[0]}.`);
}
