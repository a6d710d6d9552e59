import { randomUUID } from 'node:crypto';
import {
  createServer,
  ServerResponse,
  type IncomingMessage,
  type RequestListener,
  type Server,
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
import type { Log } from '../log.ts';
import { LastMinute } from '../lib/last-minute.ts';
import { maskLoggedUrl } from '../lib/mask.ts';
import { isEncoded } from './body.ts';
import type { OriginRule } from './endpoint.ts';
import { guard } from './guard.ts';
import { destroyLater, sendLastAnswer } from './last-answer.ts';
import { carriesSession, hostAllowed } from './origin.ts';
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
} from './request.ts';
import { forgetSession } from './session.ts';
import type { Upgrade } from './upgrade.ts';
import type { GraphqlHttp } from './yoga.ts';

/** Everything that is not GraphQL. Resolves to false when the path is none of its own, having answered nothing. */
export type RestHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  context: HttpContext,
) => Promise<boolean>;

/** Asks one after the other, until one has answered. */
export function firstOf(...handlers: readonly RestHandler[]): RestHandler {
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
  readonly rest: RestHandler;
  readonly upgrade: Upgrade;
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
  readonly log: Log;
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

/** A request's head, and the whole of it, must have come by then. */
const headersMs = 10_000;
const requestMs = 30_000;
const keepAliveMs = 75_000;
/** A connection on which no byte moves in either direction for this long is closed, in the middle of an answer too. */
const idleMs = 90_000;
/** An answer to a request that offered another protocol has to be taken by then. */
const upgradeAnswerMs = 30_000;
/** How often the above are checked. */
const checkingMs = 2_000;
/** TCP connections of a listener besides those that last: requests, and whoever has not said anything yet. */
const passingMax = 1_000;

/** The listeners, and the way of a request to whoever answers it. A failing request never ends the process. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { log } = options;
  const servers = new Set<Server>();
  const sockets = new Set<Socket>();
  const unanswered = new WeakMap<Duplex, Set<ServerResponse>>();
  const times = new LastMinute();
  const signatures = options.signingSecret === null ? null : new Signatures(options.signingSecret);
  let closing = false;
  let draining = false;

  const onRequest: RequestListener = (request, response) => {
    const startedAt = performance.now();
    const { socket } = request;
    const pending = unanswered.get(socket) ?? new Set();
    unanswered.set(socket, pending.add(response));
    response.once('close', () => pending.delete(response));
    response.on('finish', () => {
      if (isTimed(request, response)) times.add(performance.now() - startedAt);
      if (closing) setImmediate(() => servers.forEach((server) => server.closeIdleConnections()));
    });
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

  /**
   * A client may send an upgrade only when it has had its answers: the bytes of a handshake would mix with those of an
   * answer that is still being written. What is pending is sent, and the socket is destroyed.
   */
  function isPipelined(socket: Duplex): boolean {
    const pending = unanswered.get(socket);
    if (pending === undefined || pending.size === 0) return false;
    destroyLater(socket, upgradeAnswerMs);
    for (const response of pending)
      response.once('close', () => {
        if (pending.size === 0) destroyLater(socket, 0);
      });
    return true;
  }

  function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (isPipelined(socket)) return;
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') ignoreUpgrade(request, socket, onRequest);
    else if (closing || draining)
      sendLastAnswer(socket, rawAnswer(503, errorBody('SHUTTING_DOWN', 'The server is stopping.')));
    else if (!isHostReadable(request))
      options.upgrade(request, socket, head, {
        status: 400,
        code: 'INVALID_PARAMETER',
        message: unreadableHost,
      });
    else if (!isHostAllowed(request, options.hosts))
      options.upgrade(request, socket, head, { status: 403, code: 'FORBIDDEN', message: wrongHost });
    else options.upgrade(request, socket, head);
  }

  function open(): Server {
    const timeouts = {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      keepAliveTimeout: keepAliveMs,
      connectionsCheckingInterval: checkingMs,
    };
    const server =
      options.tls === null ? createServer(timeouts) : createTlsServer({ ...timeouts, ...options.tls });
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
    server.on('clientError', guard(log, 'clientError', ofArgument, refuseBroken));
    const ofSocket = (socket: Socket) => socket;
    const onConnection = guard(log, 'connection', ofSocket, (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    server.on('connection', onConnection);
    return server;
  }

  return {
    async listen(host, port) {
      const server = open();
      await new Promise<void>((resolve, reject) => {
        server.once('error', (error: NodeJS.ErrnoException) => {
          const reason = error.code ?? error.message;
          reject(new Error(`port ${port} of ${host} cannot be opened (${reason})`, { cause: error }));
        });
        server.listen(port, host, resolve);
      });
      servers.add(server);
      server.on('error', (error) => log.error({ err: error }, 'a listener failed'));
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

const unreadableHost = 'The Host header is not a host name with an optional port.';
const wrongHost = 'This server does not answer to that host name.';

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpServerOptions,
  signatures: Signatures | null,
): Promise<void> {
  if (namesTwoHosts(request))
    return sendError(response, 400, 'INVALID_PARAMETER', 'There is more than one Host.');
  const url = urlOf(request);
  if (url === null) return sendError(response, 400, 'INVALID_PARAMETER', 'The path cannot be read.');
  if (!isHostReadable(request)) return sendError(response, 400, 'INVALID_PARAMETER', unreadableHost);
  const path = routeOf(url);
  if (path === '/livez') return probe(request, response, 'live', options.probes.live());
  if (path === '/readyz') return probe(request, response, 'ready', await options.probes.ready());
  if (!isHostAllowed(request, options.hosts)) return sendError(response, 403, 'FORBIDDEN', wrongHost);
  if (isEncoded(request))
    return sendError(response, 415, 'UNSUPPORTED_MEDIA_TYPE', 'A body must not be compressed.', {
      'accept-encoding': 'identity',
    });
  const context = contextOf(request, response, url, options, signatures);
  if (path === '/graphql' && !wantsWebSocket(request)) return options.graphql(request, response, context);
  if (await options.rest(request, response, context)) return undefined;
  return refuse(request, response, options.speaksWebSocket(path));
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

function isHostAllowed({ headers }: IncomingMessage, hosts: readonly string[] | null): boolean {
  return hosts === null || hostAllowed(hosts, headers.host);
}

/** Whether a URL can be made of the Host header, as libraries that handle the request do. */
function isHostReadable({ headers: { host } }: IncomingMessage): boolean {
  return host === undefined || (!/[/?#@\\\s]/.test(host) && URL.canParse(`http://${host}/`));
}

/** Whoever passed such a request on may have looked at the other one. */
function namesTwoHosts({ rawHeaders }: IncomingMessage): boolean {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2)
    if (rawHeaders[index]?.length === 4 && rawHeaders[index]?.toLowerCase() === 'host') hosts++;
  return hosts > 1;
}

function wantsWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

/** Streams last as long as their readers want; probes and scrapes say nothing of how fast we are. */
function isTimed({ url = '' }: IncomingMessage, response: ServerResponse): boolean {
  if (/^\/(livez|readyz|metrics)\b/.test(url)) return false;
  return !String(response.getHeader('content-type') ?? '').startsWith('text/event-stream');
}

/** A client that offers another protocol, such as HTTP/2, gets its answer in this one. */
function ignoreUpgrade(request: IncomingMessage, socket: Duplex, onRequest: RequestListener): void {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return sendLastAnswer(
      socket,
      rawAnswer(400, errorBody('INVALID_PARAMETER', 'Only WebSocket is spoken after an upgrade.')),
    );
  destroyLater(socket, upgradeAnswerMs);
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket as Socket);
  response.once('finish', () => socket.end(() => socket.destroy()));
  onRequest(request, response);
  return undefined;
}

/** This server is no proxy. */
function refuseConnect(_: IncomingMessage, socket: Duplex): void {
  sendLastAnswer(
    socket,
    rawAnswer(405, errorBody('METHOD_NOT_ALLOWED', 'CONNECT is not supported.'), { allow: 'GET, POST' }),
  );
}

/** Answers what cannot be read as HTTP, if the client can still receive, and closes the connection. */
function refuseBroken(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET') return void socket.destroy();
  const status = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }[error.code ?? ''] ?? 400;
  return sendLastAnswer(
    socket,
    rawAnswer(status, errorBody('INVALID_PARAMETER', 'The request cannot be read.')),
  );
}
