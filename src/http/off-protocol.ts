import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { sendLastResponse } from './last-response.ts';
import { errorBody, rawResponse } from './request.ts';
import { guarded } from '../lib/guarded.ts';

/**
 * A client that offers another protocol, such as HTTP/2, gets its answer in this one.
 * @param idleMs the socket is destroyed when no byte moves for so long.
 * @param responseTo makes the response, which the HTTP server does not do for an upgrade.
 */
export function ignoreUpgrade(
  request: IncomingMessage,
  socket: Duplex,
  idleMs: number,
  responseTo: (request: IncomingMessage) => ServerResponse,
  onRequest: RequestListener,
): void {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return sendLastResponse(
      socket,
      rawResponse(400, errorBody('INVALID_PARAMETER', 'Only WebSocket is spoken after an upgrade.')),
    );
  destroyWhenIdle(socket, idleMs);
  const response = responseTo(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket as Socket);
  // The HTTP server passes that on no more after an upgrade.
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

/** This server is no proxy. */
export function rejectConnect(_: IncomingMessage, socket: Duplex): void {
  sendLastResponse(
    socket,
    rawResponse(405, errorBody('METHOD_NOT_ALLOWED', 'CONNECT is not supported.'), { allow: 'GET, POST' }),
  );
}

/** Sends what is still to be answered on a socket from which no more is read, and then destroys it. */
export function endAfterAnswers(socket: Duplex, idleMs: number, answering: readonly ServerResponse[]): void {
  destroyWhenIdle(socket, idleMs);
  let left = answering.length;
  for (const response of answering)
    response.once(
      'close',
      guarded(() => {
        if (--left === 0) socket.destroy();
      }),
    );
}

/** The HTTP server has handed the socket over, and with it its deadlines. */
function destroyWhenIdle(socket: Duplex, idleMs: number): void {
  socket.on('error', () => socket.destroy());
  (socket as Socket).setTimeout(
    idleMs,
    guarded(() => void socket.destroy()),
  );
}

/** The client has gone, or does not speak TLS. */
const unanswerable = /^(ECONNRESET|EPROTO|ERR_SSL_|ERR_TLS_)/;

/** ResponseCache what cannot be read as HTTP, if the client can still receive, and closes the connection. */
export function rejectBroken(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (unanswerable.test(error.code ?? '')) return void socket.destroy();
  const status = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }[error.code ?? ''] ?? 400;
  return sendLastResponse(
    socket,
    rawResponse(status, errorBody('INVALID_PARAMETER', 'The request cannot be read.')),
  );
}
