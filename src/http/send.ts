import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { AppError } from '../errors.ts';
import { TrackedResponse } from './response.ts';

export const jsonType = 'application/json; charset=utf-8';
/** Seconds after which a client may retry a request that the server cannot serve now. */
const retryAfterS = 2;
/** A client that has not received a raw response after this time loses its socket. */
const rawResponseMs = 5_000;

export function sendJson(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  sendText(response, status, body, { ...headers, 'content-type': jsonType });
}

export function sendError(response: ServerResponse, error: AppError): void {
  sendJson(response, error.status, errorBody(error), headersOf(error));
}

/** Sends a text or bytes, or 503 when clients have left too many bytes unread. */
export function sendText(
  response: ServerResponse,
  status: number,
  text: string | Uint8Array,
  headers: Readonly<Record<string, string>>,
): void {
  if (response.headersSent || response.destroyed) return;
  const bytes = Buffer.byteLength(text);
  const isHead = response.req.method === 'HEAD';
  if (!isHead && response instanceof TrackedResponse && !response.reserve(bytes))
    return sendError(response, overloaded());
  response.writeHead(status, { ...headers, 'content-length': bytes });
  response.end(isHead ? undefined : text);
}

export function jsonError(error: AppError): { readonly body: string; readonly type: string } {
  return { body: errorBody(error), type: jsonType };
}

/** The body of an error outside GraphQL. */
export function errorBody({ code, message, details }: AppError): string {
  return JSON.stringify({ detail: message, error: { code, message, ...details } });
}

export function headersOf(error: AppError): Record<string, string> {
  const { status, code, headers } = error;
  const later = status === 503 && code !== 'FEATURE_DISABLED';
  return {
    ...authenticateHeader(error),
    ...(status === 413 ? { connection: 'close' } : {}),
    ...(later ? { 'retry-after': String(retryAfterS) } : {}),
    ...headers,
  };
}

/**
 * Writes an error as the last response of a socket that no HTTP parser reads any more, and destroys the socket when the
 * response is written, when the client fails, or after `rawResponseMs`. Without this a client that sends one more byte
 * keeps the socket open without a limit, since unread bytes hide its end.
 *
 * @param status of the response where it is not the usual one of the error's code.
 */
export function rejectSocket(socket: Duplex, error: AppError, status = error.status): void {
  socket.on('error', () => socket.destroy());
  const deadline = setTimeout(() => socket.destroy(), rawResponseMs);
  socket.once('close', () => clearTimeout(deadline));
  if (!socket.writable) return void socket.destroy();
  socket.end(rawResponse(error, status), () => socket.destroy());
  return undefined;
}

function rawResponse(error: AppError, status: number): string {
  const body = errorBody(error);
  const lines = Object.entries({
    connection: 'close',
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    ...authenticateHeader(error),
    ...error.headers,
  }).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', body].join('\r\n');
}

function authenticateHeader({ status }: AppError): Record<string, string> {
  return status === 401 ? { 'www-authenticate': 'Bearer' } : {};
}

function overloaded(): AppError {
  return new AppError('OVERLOADED', 'Too many responses wait for clients to read them.', {
    headers: { 'retry-after': '1' },
  });
}

/** The error of a path whose feature is off. Old clients match its message. */
export function featureDisabled(feature: string): AppError {
  const message = feature.endsWith('_MONITORING') ? 'Monitoring disabled' : `${feature} is off.`;
  return new AppError('FEATURE_DISABLED', message, { details: { feature } });
}
