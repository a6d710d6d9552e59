import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import type { Viewer } from '../auth/viewer.ts';
import { memoized } from '../lib/memoized.ts';
import { TrackedResponse } from './response.ts';
import type { OriginRule } from './origin.ts';

/** What is known of a request besides what it says. */
export interface HttpContext {
  readonly url: URL;
  /** The client's address, with proxies taken into account as configured. */
  readonly address: string;
  /** Whether it came over TLS, proxies taken into account as configured. */
  readonly secure: boolean;
  /** Who asks, at an address that pages of these origins may use. @throws AppError AUTHENTICATION_FAILED */
  readonly viewer: (origins: OriginRule) => Promise<Viewer>;
  /**
   * Whether a POST with this body carries the signature it needs; true where none is needed. To be asked once, as no
   * signature is taken twice.
   */
  readonly signed: (body: string | Uint8Array) => boolean;
}

/** Why a request is rejected, as it is sent. */
export interface Rejection {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Further keys of the error body, such as the parameter. `retry_after`, seconds, is also sent as a header. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The body of every refusal outside GraphQL. */
export function errorBody(
  code: string,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): string {
  return JSON.stringify({ detail: message, error: { code, message, ...details } });
}

/** What an error code means to HTTP. Anything else is the client's: 400. */
const statuses: Readonly<Record<string, number>> = {
  AUTHENTICATION_FAILED: 401,
  FORBIDDEN: 403,
  INTERNAL_ERROR: 500,
  DATABASE_UNAVAILABLE: 503,
  FEATURE_DISABLED: 503,
  OVERLOADED: 503,
  SHUTTING_DOWN: 503,
  TIMEOUT: 503,
};

/** @param code of an `AppError` or of a GraphQL error's extensions. */
export function statusOf(code: unknown): number {
  return statuses[String(code)] ?? 400;
}

/** The URL of a request; null when it is none or its path cannot be read. Its host is not the client's word. */
export function urlOf(request: IncomingMessage): URL | null {
  const target = request.url ?? '';
  return target.includes('?') ? parsed(target) : parsedPath(target); // what may be secret is not remembered
}

const parsedPath = memoized(parsed);

function parsed(target: string): URL | null {
  const whole = target.startsWith('/') ? `http://localhost${target}` : target;
  if (!/^https?:\/\//i.test(whole) || !URL.canParse(whole)) return null;
  const url = new URL(whole);
  try {
    return decodeURIComponent(url.pathname).includes('\0') ? null : url;
  } catch {
    return null;
  }
}

/** The path without the one trailing slash that is ignored. */
export function routeOf(url: URL): string {
  return url.pathname.length > 1 && url.pathname.endsWith('/') ? url.pathname.slice(0, -1) : url.pathname;
}

/** The client's address. Behind a trusted proxy it is what that proxy saw: the last entry of `X-Forwarded-For`. */
export function addressOf(request: IncomingMessage, trustProxy: boolean): string {
  const direct = plain(request.socket.remoteAddress ?? '');
  if (!trustProxy) return direct;
  const entries = String(request.headers['x-forwarded-for'] ?? '').split(',');
  const last = plain(withoutPort((entries.at(-1) ?? '').trim()));
  return isIP(last) === 0 ? direct : last;
}

/** Some proxies add the client's port: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function withoutPort(entry: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(entry);
  if (bracketed !== null) return bracketed[1] ?? '';
  const [address = '', port, ...more] = entry.split(':');
  return port !== undefined && more.length === 0 ? address : entry;
}

/** Whether the client's own way here is encrypted: up to us, or up to the trusted proxy. */
export function isSecure(request: IncomingMessage, trustProxy: boolean): boolean {
  if ('encrypted' in request.socket) return true;
  if (!trustProxy) return false;
  const last =
    String(request.headers['x-forwarded-proto'] ?? '')
      .split(',')
      .at(-1) ?? '';
  return ['https', 'wss'].includes(last.trim().toLowerCase()); // some proxies say wss of a handshake
}

export function sendError(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  sendJson(response, status, errorBody(code, message), headers);
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  sendText(response, status, body, { ...headers, 'content-type': 'application/json; charset=utf-8' });
}

/** Sends a text, or 503 when clients have left too much unread. */
export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>>,
): void {
  if (response.headersSent || response.destroyed) return;
  const bytes = Buffer.byteLength(text);
  const isHead = response.req.method === 'HEAD';
  if (!isHead && response instanceof TrackedResponse && !response.reserve(bytes))
    return sendError(response, 503, 'OVERLOADED', 'Too many answers wait for clients to read them.', {
      'retry-after': '1',
    });
  response.writeHead(status, { ...headers, 'content-length': bytes });
  response.end(isHead ? undefined : text);
}

/** A whole answer as text, for a socket that has no response object. */
export function rawResponse(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): string {
  const lines = Object.entries({
    connection: 'close',
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', body].join('\r\n');
}

/** Node shows IPv4 clients of an IPv6 socket as `::ffff:127.0.0.1`. */
function plain(address: string): string {
  return address.startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address;
}
