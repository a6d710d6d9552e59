import { randomUUID } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer, Server as TlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../errors.ts';
import { asClientError } from '../graph/errors.ts';
import type { Log } from '../log/log.ts';
import { Histogram, type HistogramSnapshot } from '../lib/histogram.ts';
import { RollingWindow } from '../lib/rolling-window.ts';
import { maskLoggedUrl } from '../lib/mask.ts';
import { ListenError } from './listen-error.ts';
import { trackedResponses } from './response.ts';
import { guard } from './guard.ts';
import { endAfterResponses, ignoreUpgrade, rejectConnect, rejectUnparsable } from './detached-sockets.ts';
import { invalidHost, wrongHost } from './host-header.ts';
import { addressOf } from './request.ts';
import { createRouter, isWebSocketUpgrade, type RouterOptions } from './router.ts';
import { rejectSocket, sendError } from './send.ts';
import { UnreadBudget } from './unread-budget.ts';
import { guarded } from '../lib/guarded.ts';

/**
 * Handles an `upgrade` event of the server. Never throws, and sends a response to or closes every socket.
 * @param rejection why the request must be rejected; the handler sends, counts and logs it.
 */
export type UpgradeHandler = (
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  rejection: AppError | null,
) => void;

export interface HttpServerOptions extends RouterOptions {
  /** PEM texts; null: without TLS. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly upgrade: UpgradeHandler;
  /** Limit on open WebSockets and streams together. */
  readonly lastingMax: number;
  /** Counts the bytes that clients have not read yet. */
  readonly unread?: UnreadBudget;
  readonly deadlines?: Partial<Deadlines>;
  readonly log: Log;
}

/** Time limits of a connection, in milliseconds. At any time one of them applies; the connection is closed when it ends. */
export interface Deadlines {
  /** The TLS handshake. */
  readonly handshakeMs: number;
  /** Receiving the head of a request. */
  readonly headMs: number;
  /** Receiving a whole request. */
  readonly requestMs: number;
  /** Waiting for the next request. */
  readonly keepAliveMs: number;
  /** Transferring no byte in either direction, or no byte of a response. */
  readonly idleMs: number;
}

export interface HttpServer {
  /**
   * Opens another listener, which serves every route. Port 0: any free port.
   * @throws Error that names the port if it cannot be opened.
   */
  listen(host: string, port: number): Promise<{ readonly host: string; readonly port: number }>;
  /** Number and mean duration of the requests of the last 60 seconds, without streams, probes and scrapes. */
  recentRequests(): { readonly count: number; readonly meanMs: number | null };
  /** Durations of the same requests since the start. */
  requestDurations(): HistogramSnapshot;
  /** Uses another certificate for new connections. */
  renewTls(tls: { readonly cert: string; readonly key: string }): void;
  /**
   * Rejects new WebSockets from now on. Requests are still served.
   * @param replaced whether another process takes over the ports: then no more connections are accepted
   */
  drain(options?: { readonly replaced?: boolean }): void;
  /** Closes the listeners, lets running requests finish, and destroys the connections after `graceMs`. */
  close(graceMs?: number): Promise<void>;
}

const defaultDeadlines: Deadlines = {
  handshakeMs: 10_000,
  headMs: 10_000,
  requestMs: 30_000,
  keepAliveMs: 75_000,
  idleMs: 90_000,
};
/** How often the deadlines of requests are checked. */
const checkingMs = 2_000;
/** Limit on the TCP connections of a listener besides WebSockets and streams. */
const passingMax = 1_000;

/**
 * The HTTP server: opens listeners, applies time limits to every connection, and passes requests to the router and
 * upgrades to the WebSocket room. An error of a request never ends the process.
 */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { log, trustProxy, unread = new UnreadBudget() } = options;
  const deadlines: Deadlines = { ...defaultDeadlines, ...options.deadlines };
  const { idleMs } = deadlines;
  const TrackedResponse = trackedResponses({
    unread,
    idleMs,
    addressOf: (request) => addressOf(request, trustProxy),
  });
  const servers = new Set<Server>();
  const sockets = new Set<Socket>();
  const pendingResponses = new WeakMap<Duplex, Set<ServerResponse>>();
  const times = new RollingWindow();
  const durations = new Histogram();
  const route = createRouter(options);
  let closing = false;
  let draining = false;
  let listenersClosed: Promise<unknown> | null = null;

  const onRequest: RequestListener = (request, response) => {
    const startedAt = performance.now();
    const { socket } = request;
    pendingOf(socket).add(response);
    const finished = (): void => {
      if (isMeasured(request, response)) {
        const ms = performance.now() - startedAt;
        times.add(ms);
        durations.add(ms);
      }
      if (closing) setImmediate(() => servers.forEach((server) => server.closeIdleConnections()));
    };
    response.once(
      'close',
      guarded(() => void pendingResponses.get(socket)?.delete(response)),
    );
    response.on('finish', guarded(finished));
    if (listenersClosed !== null) response.setHeader('connection', 'close');
    response.on('error', () => {}); // the client left
    route(request, response).catch((error: unknown) => {
      const about = { err: error, method: request.method, path: maskLoggedUrl(request.url ?? '') };
      if (request.destroyed && !request.complete)
        return log.debug(about, 'the client closed the connection during its request');
      const known = asClientError(error);
      if (known instanceof AppError) return sendError(response, known);
      const errorId = randomUUID();
      log.error({ ...about, errorId }, 'a request failed');
      if (response.headersSent) response.destroy();
      else
        sendError(
          response,
          new AppError('INTERNAL_ERROR', 'An unexpected error happened.', { details: { errorId } }),
        );
    });
  };

  /** The responses that are not finished on a connection. When it closes, those that never got their turn are closed. */
  function pendingOf(socket: Socket): Set<ServerResponse> {
    let pending = pendingResponses.get(socket);
    if (pending === undefined) {
      const responses = (pending = new Set());
      pendingResponses.set(socket, responses);
      const closed = (): void => void setImmediate(() => responses.forEach(closeUnsent));
      socket.once('close', guarded(closed));
    }
    return pending;
  }

  /**
   * While responses are pending nothing else may be written, as its bytes would mix with theirs. A client that sends an
   * upgrade, or bytes that cannot be parsed, before it has received its responses gets these, and the socket is closed.
   */
  function endsAfterResponses(socket: Duplex): boolean {
    const all = [...(pendingResponses.get(socket) ?? [])];
    const pending = all.filter(({ req, headersSent }) => req.complete || headersSent);
    if (pending.length > 0) endAfterResponses(socket, idleMs, pending);
    return pending.length > 0;
  }

  function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (endsAfterResponses(socket)) return;
    if (!isWebSocketUpgrade(request))
      ignoreUpgrade(request, socket, idleMs, (ignored) => new TrackedResponse(ignored), onRequest);
    else if (closing || draining)
      rejectSocket(socket, new AppError('SHUTTING_DOWN', 'The server is stopping.'));
    else options.upgrade(request, socket, head, invalidHost(request) ?? wrongHost(request, options.hosts));
  }

  /** Resolves when their connections have ended, too. */
  function closeListeners(): Promise<unknown> {
    return (listenersClosed ??= Promise.all(
      [...servers].map((server) => new Promise<void>((resolve) => server.close(() => resolve()))),
    ));
  }

  function open(): Server {
    const settings = {
      ServerResponse: TrackedResponse,
      headersTimeout: deadlines.headMs,
      requestTimeout: deadlines.requestMs,
      keepAliveTimeout: deadlines.keepAliveMs,
      connectionsCheckingInterval: checkingMs,
    };
    const server =
      options.tls === null
        ? createServer(settings)
        : createTlsServer({ ...settings, ...options.tls, handshakeTimeout: deadlines.handshakeMs });
    server.maxConnections = options.lastingMax + passingMax;
    server.setTimeout(idleMs);
    const ofRequest = (...[{ socket }]: Parameters<RequestListener>): Duplex => socket;
    const ofArgument = (_: unknown, socket: Duplex) => socket;
    server.on('request', guard(log, 'request', ofRequest, onRequest));
    server.on(
      'upgrade',
      guard(log, 'upgrade', (_: IncomingMessage, socket: Duplex, __: Buffer) => socket, onUpgrade),
    );
    server.on('connect', guard(log, 'connect', ofArgument, rejectConnect));
    const onClientError = (error: Error, socket: Duplex): void => {
      if (!endsAfterResponses(socket)) rejectUnparsable(error, socket);
    };
    server.on('clientError', guard(log, 'clientError', ofArgument, onClientError));
    const ofSocket = (socket: Socket) => socket;
    const onConnection = (socket: Socket): void => {
      sockets.add(socket);
      socket.once(
        'close',
        guarded(() => void sockets.delete(socket)),
      );
    };
    server.on('connection', guard(log, 'connection', ofSocket, onConnection));
    return server;
  }

  return {
    async listen(host, port) {
      const server = open();
      await new Promise<void>((resolve, reject) => {
        const failed = (error: NodeJS.ErrnoException): void => {
          reject(new ListenError(host, port, error));
        };
        server.once('error', guarded(failed, reject));
        server.listen(port, host, resolve);
      });
      servers.add(server);
      server.on(
        'error',
        guarded((error) => log.error({ err: error }, 'a listener failed')),
      );
      const bound = server.address() as AddressInfo;
      return { host: bound.address, port: bound.port };
    },
    recentRequests() {
      const { count, mean } = times.summary();
      return { count, meanMs: mean };
    },
    requestDurations: () => durations.snapshot(),
    renewTls(tls) {
      for (const server of servers) if (server instanceof TlsServer) server.setSecureContext(tls);
    },
    drain({ replaced = false } = {}) {
      draining = true;
      if (replaced) void closeListeners();
    },
    async close(graceMs = 2_000) {
      closing = true;
      const closed = closeListeners();
      await Promise.race([closed, sleep(graceMs, undefined, { ref: false })]);
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Streams last as long as their readers want, and probes and scrapes are not what clients wait for. */
function isMeasured({ url = '' }: IncomingMessage, response: ServerResponse): boolean {
  if (/^\/(livez|readyz|metrics)\b/.test(url)) return false;
  return !/^(text\/event-stream|multipart\/mixed)/.test(String(response.getHeader('content-type') ?? ''));
}

/** Node emits no `close` for a response whose connection was lost before its turn came. */
function closeUnsent(response: ServerResponse): void {
  if (response.closed) return;
  response.destroyed = true;
  response.emit('close');
}
