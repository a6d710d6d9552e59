import type { UpgradeHandler } from '../http/upgrade-handler.ts';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Authenticate } from '../auth/authenticate.ts';
import { credentialsOf } from '../auth/credentials.ts';
import type { SecurityEvent } from '../auth/security-event.ts';
import { may, unauthenticated, type Viewer } from '../auth/viewer.ts';
import { AppError } from '../errors.ts';
import { asClientError } from '../graph/errors.ts';
import { maskLoggedUrl } from '../lib/mask.ts';
import { limitOf } from '../lib/concurrency-limiter.ts';
import { TickLimiter } from '../lib/tick-limiter.ts';
import { valuesInPath } from '../lib/path-pattern.ts';
import type { Log, SocketLog } from '../log/log.ts';
import type { SocketConnection, SocketEndpoint } from './endpoint.ts';
import { guard } from '../http/guard.ts';
import { keepBeating } from './heartbeat.ts';
import { sendLastResponse } from '../http/last-response.ts';
import { carriesSession, originAllowed } from '../http/origin.ts';
import { OutboundSocket } from './outbound-socket.ts';
import type { Registry } from './registry.ts';
import {
  addressOf,
  errorBody,
  isSecure,
  rawResponse,
  routeOf,
  statusOf,
  urlOf,
  type Rejection,
} from '../http/request.ts';
import { UnreadBytes } from '../http/unread.ts';
import { guarded } from '../lib/guarded.ts';

export interface UpgradeOptions {
  readonly endpoints: () => readonly SocketEndpoint[];
  readonly authenticate: Authenticate;
  readonly registry: Registry;
  /** Open sockets of the whole process. */
  readonly maxConnections: number;
  /** Where handshakes wait for their turn. */
  readonly tickLimiter?: TickLimiter;
  readonly trustProxy: boolean;
  readonly compression: boolean;
  /** What clients have not read yet. */
  readonly unread?: UnreadBytes;
  readonly pingIntervalMs: number;
  readonly pongTimeoutMs: number;
  readonly log: Log;
  readonly socketLog: SocketLog;
  readonly audit: (event: SecurityEvent) => void;
}

/** Handshakes per iteration of the event loop, so that a reconnecting crowd does not delay the connected clients. */
export const handshakesPerTick = 16;
/** A handshake that takes longer, or a refusal that is not taken, is cut off. */
const handshakeMs = 10_000;
const compressionThresholdBytes = 1024;

class Refusal extends Error {
  readonly details: Rejection;
  readonly endpoint: SocketEndpoint | null;
  constructor(details: Rejection, endpoint: SocketEndpoint | null) {
    super(details.message);
    this.details = details;
    this.endpoint = endpoint;
  }
}

interface Found {
  readonly endpoint: SocketEndpoint;
  readonly values: ReadonlyMap<string, string>;
}

interface Admission extends Found {
  readonly url: URL;
  readonly viewer: Viewer;
  readonly address: string;
}

/**
 * The one gate of all WebSockets. It finds the endpoint, checks what all endpoints have in common (origin, credential,
 * limits, switched-off features), refuses with a plain HTTP answer, and hands over an open socket that is counted,
 * logged and kept beating.
 */
export function createUpgrade(options: UpgradeOptions): UpgradeHandler {
  const { registry, log, socketLog, unread = new UnreadBytes() } = options;
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
      const refuseMalformed = ({ message }: Error, socket: Duplex, request: IncomingMessage): void => {
        const malformed = { status: 400, code: 'INVALID_PARAMETER', message };
        refuse(request, socket, new Refusal(malformed, endpointOf(request)));
      };
      server.on(
        'wsClientError',
        guard(log, 'wsClientError', (_, socket) => socket, refuseMalformed),
      );
      servers.set(key, server);
    }
    return server;
  }

  function find(url: URL): Found | null {
    const path = routeOf(url);
    for (const endpoint of options.endpoints()) {
      const values = valuesInPath(endpoint.path, path);
      if (values !== null && (endpoint.takes?.(url) ?? true)) return { endpoint, values };
    }
    return null;
  }

  /** Whose refusal it is, as far as can be told. */
  function endpointOf(request: IncomingMessage): SocketEndpoint | null {
    const url = urlOf(request);
    return url === null ? null : (find(url)?.endpoint ?? null);
  }

  async function admit(request: IncomingMessage): Promise<Admission> {
    const url = urlOf(request);
    if (url === null)
      throw new Refusal(
        { status: 400, code: 'INVALID_PARAMETER', message: 'The path cannot be read.' },
        null,
      );
    const found = find(url);
    if (found === null)
      throw new Refusal({ status: 404, code: 'NOT_FOUND', message: 'There is no feed here.' }, null);
    const { endpoint } = found;
    const address = addressOf(request, options.trustProxy);
    if (!originAllowed(endpoint.origins, request.headers.origin, request.headers.host)) {
      options.audit({ type: 'origin_rejected', path: endpoint.path, address });
      throw new Refusal({ status: 403, code: 'FORBIDDEN', message: 'Origin not allowed.' }, endpoint);
    }
    const refusal = disabled(endpoint) ?? endpoint.refuse?.(url) ?? null;
    if (refusal !== null) throw new Refusal(refusal, endpoint);
    const at = { ...found, url, address };
    const viewer = await (endpoint.identify?.(url) ?? identify(request, at));
    if ('status' in viewer) throw new Refusal(viewer, endpoint);
    return { ...at, viewer };
  }

  async function identify(request: IncomingMessage, at: Omit<Admission, 'viewer'>): Promise<Viewer> {
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
      if (!(error instanceof AppError)) throw error;
      if (error.code !== 'AUTHENTICATION_FAILED')
        throw new Refusal(
          { status: statusOf(error.code), code: error.code, message: error.message },
          endpoint,
        );
      if (later && credentials.token === null) return unauthenticated;
      options.audit({ type: 'authentication_failed', path: endpoint.path, address });
      throw new Refusal({ status: 401, code: error.code, message: error.message }, endpoint);
    }
    if (!later && !may(viewer, 'read'))
      throw new Refusal(
        { status: 403, code: 'FORBIDDEN', message: 'This needs the capability read.' },
        endpoint,
      );
    return viewer;
  }

  async function shake(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    done: () => void,
  ): Promise<void> {
    const admission = await admit(request);
    // From here to the counting nothing waits, so that no two can take the last place.
    checkLimits(admission.endpoint, admission.address);
    serverFor(admission.endpoint).handleUpgrade(request, socket, head, (opened) => {
      done();
      open(request, opened, admission);
    });
  }

  function checkLimits(endpoint: SocketEndpoint, address: string): void {
    const { perAddressMax, sparesLoopback = false, dialect } = endpoint;
    const bound = perAddressMax === null ? null : { max: perAddressMax, loopback: !sparesLoopback };
    if (registry.openFrom(dialect, address) >= limitOf(bound, address))
      throw new Refusal(
        {
          status: 429,
          code: 'RATE_LIMITED',
          message: `One address may have at most ${perAddressMax} connections.`,
        },
        endpoint,
      );
    if (registry.size >= options.maxConnections)
      throw new Refusal(
        { status: 503, code: 'OVERLOADED', message: 'The server has as many connections as it takes.' },
        endpoint,
      );
  }

  function open(request: IncomingMessage, socket: WebSocket, admission: Admission): void {
    const { endpoint, address } = admission;
    const counters = { received: 0, sent: 0, latencyMs: null, lastHeardAt: null };
    const outbound = new OutboundSocket(socket, request.socket, counters, unread.of(address));
    const connection: SocketConnection = {
      ...admission,
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
    keepBeating(
      { socket, outbound, counters },
      {
        pingIntervalMs: options.pingIntervalMs,
        pongTimeoutMs: options.pongTimeoutMs,
        atOnce: endpoint.pingsAtOnce ?? true,
        answered: (ms) => registry.answered(endpoint, ms),
        lost() {
          registry.failed();
          socketLog.failed({ ...about, reason: 'no pong' });
          socket.terminate();
        },
      },
    );
    try {
      endpoint.opened(connection);
    } catch (error) {
      log.error({ ...about, err: error }, 'an endpoint could not take a socket');
      socket.close(1011, 'An unexpected error happened.');
    }
  }

  function refuse(request: IncomingMessage, socket: Duplex, error: unknown): void {
    const { details, endpoint } = error instanceof Refusal ? error : new Refusal(unexpected(error), null);
    const url = urlOf(request);
    registry.refused(endpoint, url === null ? '' : routeOf(url));
    socketLog.failed({
      url: maskLoggedUrl(request.url ?? ''),
      address: addressOf(request, options.trustProxy),
      status: details.status,
      reason: details.message,
    });
    const body = errorBody(details.code, details.message, details.details);
    sendLastResponse(socket, rawResponse(details.status, body, headersOf(details)));
  }

  function unexpected(thrown: unknown): Rejection {
    const error = asClientError(thrown);
    if (error instanceof AppError)
      return { status: statusOf(error.code), code: error.code, message: error.message };
    const errorId = randomUUID();
    log.error({ err: error, errorId }, 'a handshake failed');
    return {
      status: 500,
      code: 'INTERNAL_ERROR',
      message: 'An unexpected error happened.',
      details: { errorId },
    };
  }

  return (request, socket, head, refusal) => {
    const ignore = (): void => {};
    socket.on('error', ignore);
    const deadline = setTimeout(() => socket.destroy(), handshakeMs);
    socket.once('close', () => clearTimeout(deadline));
    if (refusal !== undefined) return refuse(request, socket, new Refusal(refusal, endpointOf(request)));
    tickLimiter.run(() => {
      if (socket.destroyed) return;
      shake(request, socket, head, () => {
        clearTimeout(deadline);
        socket.off('error', ignore);
      }).catch((error: unknown) => refuse(request, socket, error));
    });
  };
}

function headersOf({ status, details }: Rejection): Record<string, string> {
  const retryAfter = details?.['retry_after'];
  return {
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    ...(typeof retryAfter === 'number' ? { 'retry-after': String(retryAfter) } : {}),
  };
}

function disabled(endpoint: SocketEndpoint): Rejection | null {
  const feature = endpoint.disabledBy();
  if (feature === null) return null;
  const message = feature.endsWith('_MONITORING') ? 'Monitoring disabled' : `${feature} is off.`;
  return { status: 503, code: 'FEATURE_DISABLED', message, details: { feature } };
}
