import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Viewer } from '../auth/viewer.ts';
import { memoized } from '../lib/memoized.ts';
import type { OriginRule } from './origin.ts';

/** What the server knows about a request besides its content. */
export interface HttpContext {
  readonly url: URL;
  /** The client's address, with proxies taken into account as configured. */
  readonly address: string;
  /** Whether the request was sent over TLS, with proxies taken into account as configured. */
  readonly secure: boolean;
  /**
   * Authenticates the request.
   * @param origins whose pages may use the path.
   * @throws AppError AUTHENTICATION_FAILED
   */
  readonly viewer: (origins: OriginRule) => Promise<Viewer>;
  /**
   * Whether a POST with this body has a valid signature; true where the server requires none. Call it once per request:
   * a signature is accepted once.
   */
  readonly signed: (body: string | Uint8Array) => boolean;
}

/** The URL of a request; null when it is invalid or its path cannot be decoded. The host in it is not the client's. */
export function urlOf(request: IncomingMessage): URL | null {
  const target = request.url ?? '';
  return target.includes('?') ? parsed(target) : parsedPath(target); // a query may hold a secret: it is not cached
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

/** The client's address. Behind a trusted proxy: the last entry of `X-Forwarded-For`, which that proxy added. */
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

/** Whether the client's connection is encrypted: to this server, or to the trusted proxy. */
export function isSecure(request: IncomingMessage, trustProxy: boolean): boolean {
  if ('encrypted' in request.socket) return true;
  if (!trustProxy) return false;
  const last =
    String(request.headers['x-forwarded-proto'] ?? '')
      .split(',')
      .at(-1) ?? '';
  return ['https', 'wss'].includes(last.trim().toLowerCase()); // some proxies send wss for a handshake
}

/** Node shows IPv4 clients of an IPv6 socket as `::ffff:127.0.0.1`. */
function plain(address: string): string {
  return address.startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address;
}
