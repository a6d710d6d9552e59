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
import { trackedResponses } from './response.ts';
import { guard } from './guard.ts';
import type { UpgradeHandler } from './upgrade-handler.ts';
import { unreadableHost, wrongHost } from './host-header.ts';
import { sendLastResponse } from './last-response.ts';
import { endAfterAnswers, ignoreUpgrade, rejectBroken, rejectConnect } from './off-protocol.ts';
import { addressOf, rawResponse, sendError, sendJson, statusOf, errorBody } from './request.ts';
import { createRouter, type RouterOptions } from './router.ts';
import { UnreadBytes } from './unread.ts';
import { guarded } from '../lib/guarded.ts';

export interface HttpServerOptions extends RouterOptions {
  /** PEM texts; null: without TLS. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly upgrade: UpgradeHandler;
  /** WebSockets and event streams that may be open together. */
  readonly lastingMax: number;
  /** Counts what clients have not read yet. */
  readonly unread?: UnreadBytes;
  readonly deadlines?: Partial<Deadlines>;
  readonly log: Log;
}

/** By when a connection has to go on, in milliseconds. Every connection has one of these at any time. */
export interface Deadlines {
  /** The handshake of TLS. */
  readonly handshakeMs: number;
  /** A request's head, and the whole of it, have to come. */
  readonly headMs: number;
  readonly requestMs: number;
  /** The next request has to come. */
  readonly keepAliveMs: number;
  /** A byte has to move in either direction, and of an answer a byte has to be taken. */
  readonly idleMs: number;
}

export interface HttpServer {
  /**
   * One more listener, serving every route. Port 0: any free one.
   * @throws Error that names the port when it cannot be bound.
   */
  listen(host: string, port: number): Promise<{ readonly host: string; readonly port: number }>;
  /** Requests answered in the last 60 seconds, streams, probes and scrapes aside, and how long they took in the mean. */
  handled(): { readonly count: number; readonly meanMs: number | null };
  /** The same durations since the start. */
  durations(): HistogramSnapshot;
  /** Uses another certificate for new connections. */
  renewTls(tls: { readonly cert: string; readonly key: string }): void;
  /** Lets no WebSocket in any more; requests are still answered. */
  drain(): void;
  /** Takes nothing new, lets what runs finish, and cuts it off after `graceMs`. */
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
/** TCP connections of a listener besides WebSockets and event streams: requests, and connections without a request yet. */
const passingMax = 1_000;

/** Opens the listeners and answers their requests. A failing request never ends the process. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { log, trustProxy, unread = new UnreadBytes() } = options;
  const deadlines: Deadlines = { ...defaultDeadlines, ...options.deadlines };
  const { idleMs } = deadlines;
  const TrackedResponse = trackedResponses({
    unread,
    idleMs,
    addressOf: (request) => addressOf(request, trustProxy),
  });
  const servers = new Set<Server>();
  const sockets = new Set<Socket>();
  const unanswered = new WeakMap<Duplex, Set<ServerResponse>>();
  const times = new RollingWindow();
  const durations = new Histogram();
  const route = createRouter(options);
  let closing = false;
  let draining = false;

  const onRequest: RequestListener = (request, response) => {
    const startedAt = performance.now();
    const { socket } = request;
    pendingOf(socket).add(response);
    const finished = (): void => {
      if (isTimed(request, response)) {
        const ms = performance.now() - startedAt;
        times.add(ms);
        durations.add(ms);
      }
      if (closing) setImmediate(() => servers.forEach((server) => server.closeIdleConnections()));
    };
    response.once(
      'close',
      guarded(() => void unanswered.get(socket)?.delete(response)),
    );
    response.on('finish', guarded(finished));
    if (closing) response.setHeader('connection', 'close');
    response.on('error', () => {}); // the client left
    route(request, response).catch((error: unknown) => {
      const about = { err: error, method: request.method, path: maskLoggedUrl(request.url ?? '') };
      if (request.destroyed && !request.complete) return log.debug(about, 'a client left in the middle');
      const failure = asClientError(error);
      if (failure instanceof AppError)
        return sendError(response, statusOf(failure.code), failure.code, failure.message);
      const errorId = randomUUID();
      log.error({ ...about, errorId }, 'a request failed');
      const body = errorBody('INTERNAL_ERROR', 'An unexpected error happened.', { errorId });
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, body);
    });
  };

  /** What is to be answered on a connection. Responses that never got their turn are closed when it is. */
  function pendingOf(socket: Socket): Set<ServerResponse> {
    let pending = unanswered.get(socket);
    if (pending === undefined) {
      const responses = (pending = new Set());
      unanswered.set(socket, responses);
      const closed = (): void => void setImmediate(() => responses.forEach(closeUnsent));
      socket.once('close', guarded(closed));
    }
    return pending;
  }

  /**
   * While answers are pending nothing else may be written: a client may send an upgrade only when it has had its
   * answers, as the bytes of a handshake would mix with theirs, and so would those of a refusal.
   */
  function endsAfterAnswers(socket: Duplex): boolean {
    const pending = [...(unanswered.get(socket) ?? [])];
    const answering = pending.filter(({ req, headersSent }) => req.complete || headersSent);
    if (answering.length > 0) endAfterAnswers(socket, idleMs, answering);
    return answering.length > 0;
  }

  function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (endsAfterAnswers(socket)) return;
    if (request.headers.upgrade?.toLowerCase() !== 'websocket')
      ignoreUpgrade(request, socket, idleMs, (refused) => new TrackedResponse(refused), onRequest);
    else if (closing || draining)
      sendLastResponse(socket, rawResponse(503, errorBody('SHUTTING_DOWN', 'The server is stopping.')));
    else {
      const refusal = unreadableHost(request) ?? wrongHost(request, options.hosts);
      options.upgrade(request, socket, head, refusal ?? undefined);
    }
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
    const onBroken = (error: Error, socket: Duplex): void => {
      if (!endsAfterAnswers(socket)) rejectBroken(error, socket);
    };
    server.on('clientError', guard(log, 'clientError', ofArgument, onBroken));
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
          const reason = error.code ?? error.message;
          reject(new Error(`port ${port} of ${host} cannot be opened (${reason})`, { cause: error }));
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
    handled() {
      const { count, mean } = times.summary();
      return { count, meanMs: mean };
    },
    durations: () => durations.snapshot(),
    renewTls(tls) {
      for (const server of servers) if (server instanceof TlsServer) server.setSecureContext(tls);
    },
    drain() {
      draining = true;
    },
    async close(graceMs = 2_000) {
      closing = true;
      const closed = Promise.all(
        [...servers].map((server) => new Promise<void>((resolve) => server.close(() => resolve()))),
      );
      await Promise.race([closed, sleep(graceMs, undefined, { ref: false })]);
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Streams last as long as their readers want; probes and scrapes say nothing of how fast we are. */
function isTimed({ url = '' }: IncomingMessage, response: ServerResponse): boolean {
  if (/^\/(livez|readyz|metrics)\b/.test(url)) return false;
  return !String(response.getHeader('content-type') ?? '').startsWith('text/event-stream');
}

/** Node says of no response that it is closed when its connection was lost before its turn came. */
function closeUnsent(response: ServerResponse): void {
  if (response.closed) return;
  response.destroyed = true;
  response.emit('close');
}
