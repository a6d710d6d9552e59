import { memoized } from '../lib/memoized.ts';

/** Which pages may use a path: `any`; `localhost`: `http(s)://localhost` and `127.0.0.1`, any port; or exactly these origins. */
export type OriginRule = 'any' | 'localhost' | readonly string[];

/** The methods and headers that the response to a preflight allows. */
export interface Preflight {
  readonly methods: readonly string[];
  /** The `Access-Control-Request-Headers` of the request, which the response repeats. */
  readonly requestedHeaders: string | undefined;
}

export interface CorsRequest {
  readonly rule: OriginRule;
  /** Whether pages may send cookies. */
  readonly credentials: boolean;
  readonly origin: string | undefined;
  readonly host: string | undefined;
  /** Null: the request is not a preflight. */
  readonly preflight: Preflight | null;
}

const preflightMaxAgeS = 600;
const defaultHeaders = 'content-type, authorization';

/**
 * Whether pages of this origin may send requests. A request without an Origin is not from a page of another origin; a
 * page of the server's own host is allowed, whether TLS ends here or at a proxy.
 *
 * @param host the request's Host header.
 */
export function originAllowed(
  rule: OriginRule,
  origin: string | undefined,
  host: string | undefined,
): boolean {
  if (origin === undefined || rule === 'any') return true;
  const url = parsed(origin);
  if (url === null) return false;
  if (isOwn(url, host)) return true;
  if (rule === 'localhost') return url.hostname === 'localhost' || url.hostname === '127.0.0.1';
  return rule.includes(url.origin);
}

/**
 * Whether a page of this origin may use the session cookie of its user: a page of this server, or of an origin that is
 * configured by name. A page that is allowed by `any` or `localhost` may not.
 */
export function carriesSession(
  rule: OriginRule,
  origin: string | undefined,
  host: string | undefined,
): boolean {
  return originAllowed(rule === 'any' || rule === 'localhost' ? [] : rule, origin, host);
}

/** The CORS headers of a response. A page whose origin is not allowed gets none. */
export function corsHeaders(request: CorsRequest): Record<string, string> {
  const { rule, credentials, origin, host, preflight } = request;
  if (rule === 'any' && !credentials)
    return { 'access-control-allow-origin': '*', ...preflightHeaders(preflight) };
  if (origin === undefined || !originAllowed(rule, origin, host)) return { vary: 'Origin' };
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    ...(credentials ? { 'access-control-allow-credentials': 'true' } : {}),
    ...preflightHeaders(preflight),
  };
}

/** Whether a Host header names one of these hosts, whatever the port. Guards a loopback server against DNS rebinding. */
export function hostAllowed(hosts: readonly string[], host: string | undefined): boolean {
  const url = host === undefined ? null : parsed(`http://${host}`);
  return url !== null && hosts.includes(url.hostname);
}

function preflightHeaders(preflight: Preflight | null): Record<string, string> {
  if (preflight === null) return {};
  const { methods, requestedHeaders } = preflight;
  const readable = requestedHeaders !== undefined && /^[\w-]+( *, *[\w-]+)*$/.test(requestedHeaders);
  return {
    'access-control-allow-methods': methods.join(', '),
    'access-control-allow-headers': readable ? requestedHeaders : defaultHeaders,
    'access-control-max-age': String(preflightMaxAgeS),
  };
}

function isOwn(origin: URL, host: string | undefined): boolean {
  if (host === undefined) return false;
  const own = parsed(`${origin.protocol}//${host}`);
  return own !== null && own.host === origin.host;
}

/** An origin as browsers write it: scheme, host, perhaps a port, and nothing else. */
const parsed = memoized((origin): URL | null => {
  if (!/^https?:\/\/[^/?#@\\\s]+$/i.test(origin) || !URL.canParse(origin)) return null;
  return new URL(origin);
});
