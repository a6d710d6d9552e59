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
import type { Authenticate } from '../auth/authenticate.ts';
import { credentialsOf, sessionOf } from '../auth/credentials.ts';
import { Signatures } from '../auth/signing.ts';
import type { Viewer } from '../auth/viewer.ts';
import { AppError } from '../errors.ts';
import { asClientError } from '../graph/errors.ts';
import type { Log } from '../log/log.ts';
import { RollingWindow } from '../lib/rolling-window.ts';
import { maskLoggedUrl } from '../lib/mask.ts';
import { answersWith } from './response.ts';
import { isEncoded } from './body.ts';
import type { OriginRule } from './origin.ts';
import { guard } from './guard.ts';
import type { UpgradeHandler } from './upgrade-handler.ts';
import { unreadableHost, wrongHost } from './host-header.ts';
import { sendLastAnswer } from './last-response.ts';
import { endAfterAnswers, ignoreUpgrade, refuseBroken, refuseConnect } from './off-protocol.ts';
import { carriesSession } from './origin.ts';
import {
  addressOf,
  isSecure,
  rawAnswer,
  routeOf,
  sendError,
  sendJson,
  statusOf,
  urlOf,
  errorBody,
  type HttpContext,
  type Rejection,
} from './request.ts';
import type { RouteHandler } from './route.ts';
import { forgetSession } from './endpoints/session.ts';
import { Unread } from './unread.ts';
import type { GraphqlHttp } from './yoga.ts';
import { guarded } from '../lib/guarded.ts';

/** Asks one after the other, until one has answered. */
export function firstOf(...handlers: readonly RouteHandler[]): RouteHandler {
  return async (request, response, context) => {
    for (const handle of handlers) if (await handle(request, response, context)) return true;
    return false;
  };
}

/** What an orchestrator asks. */
export interface Probes {
  /** The process does what it should; if not, it is to be started anew. */
  readonly live: () => boolean;
  /** It can serve: it has started, is not stopping, and its store answers. */
  readonly ready: () => Promise<boolean>;
}

export interface HttpServerOptions {
  /** PEM texts; null: without TLS. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly graphql: GraphqlHttp;
  readonly rest: RouteHandler;
  readonly upgrade: UpgradeHandler;
  /** Whether a path speaks WebSocket. */
  readonly speaksWebSocket: (path: string) => boolean;
  readonly probes: Probes;
  readonly authenticate: Authenticate;
  readonly trustProxy: boolean;
  /** Host names that requests may name (`localhost`, `127.0.0.1`, `[::1]`), against DNS rebinding; null: any. */
  readonly hosts: readonly string[] | null;
  /** When set, every POST has to be signed with it. */
  readonly signingSecret: string | null;
  /** WebSockets and event streams that may be open together. */
  readonly lastingMax: number;
  /** What clients have not read yet. */
  readonly unread?: Unread;
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
  /** Shows another certificate to whoever comes from now on. */
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
/** TCP connections of a listener besides those that last: requests, and whoever has not said anything yet. */
const passingMax = 1_000;

/** The listeners, and the way of a request to whoever answers it. A failing request never ends the process. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { log, trustProxy, unread = new Unread() } = options;
  const deadlines: Deadlines = { ...defaultDeadlines, ...options.deadlines };
  const { idleMs } = deadlines;
  const Answer = answersWith({ unread, idleMs, addressOf: (request) => addressOf(request, trustProxy) });
  const servers = new Set<Server>();
  const sockets = new Set<Socket>();
  const unanswered = new WeakMap<Duplex, Set<ServerResponse>>();
  const times = new RollingWindow();
  const signatures = options.signingSecret === null ? null : new Signatures(options.signingSecret);
  let closing = false;
  let draining = false;

  const onRequest: RequestListener = (request, response) => {
    const startedAt = performance.now();
    const { socket } = request;
    pendingOf(socket).add(response);
    const finished = (): void => {
      if (isTimed(request, response)) times.add(performance.now() - startedAt);
      if (closing) setImmediate(() => servers.forEach((server) => server.closeIdleConnections()));
    };
    response.once(
      'close',
      guarded(() => void unanswered.get(socket)?.delete(response)),
    );
    response.on('finish', guarded(finished));
    if (closing) response.setHeader('connection', 'close');
    response.on('error', () => {}); // the client left
    route(request, response, options, signatures).catch((error: unknown) => {
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
      ignoreUpgrade(request, socket, idleMs, (refused) => new Answer(refused), onRequest);
    else if (closing || draining)
      sendLastAnswer(socket, rawAnswer(503, errorBody('SHUTTING_DOWN', 'The server is stopping.')));
    else {
      const refusal = unreadableHost(request) ?? wrongHost(request, options.hosts);
      options.upgrade(request, socket, head, refusal ?? undefined);
    }
  }

  function open(): Server {
    const settings = {
      ServerResponse: Answer,
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
    server.on('connect', guard(log, 'connect', ofArgument, refuseConnect));
    const onBroken = (error: Error, socket: Duplex): void => {
      if (!endsAfterAnswers(socket)) refuseBroken(error, socket);
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

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpServerOptions,
  signatures: Signatures | null,
): Promise<void> {
  const unreadable = unreadableHost(request);
  if (unreadable !== null) return sendRefusal(response, unreadable);
  const url = urlOf(request);
  if (url === null) return sendError(response, 400, 'INVALID_PARAMETER', 'The path cannot be read.');
  const path = routeOf(url);
  if (path === '/livez') return probe(request, response, 'live', options.probes.live());
  if (path === '/readyz') return probe(request, response, 'ready', await options.probes.ready());
  const wrong = wrongHost(request, options.hosts);
  if (wrong !== null) return sendRefusal(response, wrong);
  if (isEncoded(request))
    return sendError(response, 415, 'UNSUPPORTED_MEDIA_TYPE', 'A body must not be compressed.', {
      'accept-encoding': 'identity',
    });
  const context = contextOf(request, response, url, options, signatures);
  if (path === '/graphql' && !wantsWebSocket(request)) return options.graphql(request, response, context);
  if (await options.rest(request, response, context)) return undefined;
  return refuse(request, response, options.speaksWebSocket(path));
}

function sendRefusal(response: ServerResponse, { status, code, message }: Rejection): void {
  return sendError(response, status, code, message);
}

function refuse(request: IncomingMessage, response: ServerResponse, speaksWebSocket: boolean): void {
  if (!speaksWebSocket) return sendError(response, 404, 'NOT_FOUND', 'There is nothing here.');
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return sendError(response, 405, 'METHOD_NOT_ALLOWED', 'This path speaks WebSocket.', { allow: 'GET' });
  const headers = { upgrade: 'websocket', connection: 'Upgrade' };
  return sendError(response, 426, 'UPGRADE_REQUIRED', 'This path speaks WebSocket.', headers);
}

function probe(request: IncomingMessage, response: ServerResponse, name: string, well: boolean): void {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return sendError(response, 405, 'METHOD_NOT_ALLOWED', 'A probe is asked by GET.', { allow: 'GET, HEAD' });
  return sendJson(response, well ? 200 : 503, JSON.stringify({ [name]: well }), {
    'cache-control': 'no-store',
  });
}

function contextOf(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  options: HttpServerOptions,
  signatures: Signatures | null,
): HttpContext {
  return {
    url,
    address: addressOf(request, options.trustProxy),
    secure: isSecure(request, options.trustProxy),
    viewer: (origins) => viewerOf(request, response, url, origins, options),
    signed: (body) => signatures?.accepts({ ...signatureOf(request), body }, Date.now()) ?? true,
  };
}

/** A browser that shows a session that is over is told to forget it: with its next request it is a stranger again. */
async function viewerOf(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  origins: OriginRule,
  { authenticate, trustProxy }: HttpServerOptions,
): Promise<Viewer> {
  const { headers } = request;
  const secure = isSecure(request, trustProxy);
  const cookie = carriesSession(origins, headers.origin, headers.host);
  const credentials = credentialsOf(headers, { url, cookie, secure });
  try {
    return await authenticate(credentials);
  } catch (error) {
    const isSession = credentials.token !== null && credentials.token === sessionOf(headers, secure);
    if (isSession && error instanceof AppError && error.code === 'AUTHENTICATION_FAILED')
      response.setHeader('set-cookie', forgetSession(secure));
    throw error;
  }
}

function signatureOf({ headers, method = '', url = '' }: IncomingMessage) {
  const [timestamp, signature] = [headers['x-timestamp'], headers['x-signature']].map((value) =>
    value?.toString(),
  );
  return { timestamp, signature, method, path: url };
}

function wantsWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
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
