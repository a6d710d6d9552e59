import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { AppError } from '../errors.ts';
import { guarded } from '../lib/guarded.ts';
import { rejectSocket } from './send.ts';

/**
 * Sockets that Node's HTTP server has handed over, and with them its deadlines: after an upgrade request, after CONNECT,
 * and after bytes that it cannot parse. Each of them gets a response and is closed.
 */

/**
 * Serves a request that offers another protocol, such as HTTP/2, over HTTP/1.1.
 * @param idleMs the socket is destroyed when no byte is transferred for this time.
 * @param responseTo creates the response, which the HTTP server does not do for an upgrade.
 */
export function ignoreUpgrade(
  request: IncomingMessage,
  socket: Duplex,
  idleMs: number,
  responseTo: (request: IncomingMessage) => ServerResponse,
  onRequest: RequestListener,
): void {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return rejectSocket(
      socket,
      new AppError('INVALID_PARAMETER', 'A request with an Upgrade header must be GET or HEAD.'),
    );
  destroyWhenIdle(socket, idleMs);
  const response = responseTo(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket as Socket);
  // After an upgrade the HTTP server does not pass this event to the response.
  socket.on(
    'drain',
    guarded(() => void response.emit('drain')),
  );
  response.once(
    'finish',
    guarded(() => void socket.end(() => socket.destroy())),
  );
  onRequest(request, response);
  return undefined;
}

/** Rejects CONNECT: this server is not a proxy. */
export function rejectConnect(_: IncomingMessage, socket: Duplex): void {
  rejectSocket(
    socket,
    new AppError('METHOD_NOT_ALLOWED', 'CONNECT is not supported.', { headers: { allow: 'GET, POST' } }),
  );
}

/** Sends the responses that are pending on a socket from which nothing is read any more, and then destroys it. */
export function endAfterResponses(socket: Duplex, idleMs: number, pending: readonly ServerResponse[]): void {
  destroyWhenIdle(socket, idleMs);
  let left = pending.length;
  for (const response of pending)
    response.once(
      'close',
      guarded(() => {
        if (--left === 0) socket.destroy();
      }),
    );
}

function destroyWhenIdle(socket: Duplex, idleMs: number): void {
  socket.on('error', () => socket.destroy());
  (socket as Socket).setTimeout(
    idleMs,
    guarded(() => void socket.destroy()),
  );
}

/** The client has gone, or does not speak TLS. */
const unanswerable = /^(ECONNRESET|EPROTO|ERR_SSL_|ERR_TLS_)/;

/** Rejects bytes that cannot be parsed as HTTP, if the client can still receive a response. */
export function rejectUnparsable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (unanswerable.test(error.code ?? '')) return void socket.destroy();
  const status = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }[error.code ?? ''];
  return rejectSocket(socket, new AppError('INVALID_PARAMETER', 'The request cannot be read.'), status);
}
