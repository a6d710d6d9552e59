import type { IncomingHttpHeaders } from 'node:http';
import { parseCookie } from 'cookie';

/** The credential that a request carries. */
export interface Credentials {
  /** An API key, a token or a JWT; empty when it is malformed; null when the request carries none. */
  readonly token: string | null;
  /** Why the credential is malformed, without repeating it. */
  readonly malformed?: string;
}

/**
 * The name of the session's cookie. Over TLS it has the prefix `__Host-`: browsers accept such a cookie from this host
 * only, so another host of the domain cannot replace the session. Over TLS the plain name is ignored.
 */
export function sessionCookieOf(secure: boolean): string {
  return secure ? '__Host-opsgraph_session' : 'opsgraph_session';
}

/** Sources of a credential besides the headers. */
export interface CredentialPlaces {
  readonly url?: URL | null;
  /** Whether `?api_key=` is accepted: for WebSockets of browsers, which cannot set a header. */
  readonly keyInUrl?: boolean;
  /** Whether a cookie is accepted: not from pages of other origins. */
  readonly cookie?: boolean;
  /** Whether the request was received over TLS. */
  readonly secure?: boolean;
}

const nothing: Credentials = { token: null };
const keyParameter = 'api_key';
const acceptedHeaders = 'Authorization: Bearer <token>, or X-API-Key: <token>';
/** Limits of the search for a credential in a message: depth and number of names. */
const nestedMax = 3;
const namesMax = 1_000;
/** Compared ignoring case. */
const nameCharsMax = 18;

/**
 * Names under which clients of other servers send credentials, in lower case without `-` and `_`. A value under a name
 * that is not accepted here was meant as a credential, so it is rejected rather than ignored.
 */
const credentialNames = new Set([
  'accesstoken',
  'apikey',
  'apitoken',
  'auth',
  'authentication',
  'authorization',
  'authtoken',
  'bearer',
  'bearertoken',
  'idtoken',
  'jwt',
  'jwttoken',
  'token',
  'usertoken',
  'xaccesstoken',
  'xapikey',
  'xauthorization',
  'xauthtoken',
  'xjwt',
  'xtoken',
]);

/**
 * The credential of a request: `Authorization: Bearer`, then `X-API-Key`, then `?api_key=`, then the session's cookie.
 */
export function credentialsOf(
  headers: IncomingHttpHeaders,
  { url = null, keyInUrl = false, cookie = false, secure = false }: CredentialPlaces = {},
): Credentials {
  if (headers.authorization !== undefined) return ofAuthorization(headers.authorization);
  const apiKey = headers['x-api-key'];
  if (apiKey !== undefined) return ofKey(String(apiKey).trim());
  const strange = Object.keys(headers).find((name) => isCredentialName(name));
  if (strange !== undefined)
    return malformed(`A credential is not read from the header ${strange}; send ${acceptedHeaders}.`);
  const ofUrl = url === null || url.search === '' ? nothing : ofParameters(url.searchParams, keyInUrl);
  if (ofUrl.token !== null) return ofUrl;
  return { token: cookie ? sessionOf(headers, secure) : null };
}

/** The value of the session's cookie; null without one. */
export function sessionOf(headers: IncomingHttpHeaders, secure: boolean): string | null {
  if (headers.cookie === undefined) return null;
  return parseCookie(headers.cookie)[sessionCookieOf(secure)] ?? null;
}

/**
 * The credential of a `connection_init`, under the names that clients of other servers use as well: at the top level or
 * in `headers`, ignoring case, `authorization` first. Null when there is none.
 */
export function credentialsOfInit(params: Readonly<Record<string, unknown>>): Credentials {
  const shown = new Map<string, unknown>();
  const strange: string[] = [];
  let names = 0;

  /** Arrays have no names. Everything else is searched within limits, because the client chooses it. */
  function visit(value: object, accepts: boolean, depth: number): void {
    for (const name in value) {
      if (++names > namesMax) return;
      const inner: unknown = (value as Record<string, unknown>)[name];
      if (inner === null || inner === undefined) continue;
      const plain = isCredentialName(name) ? plainName(name) : null;
      if (plain !== null && accepts && acceptedNames.includes(plain)) {
        if (!shown.has(plain)) shown.set(plain, inner);
      } else if (plain !== null) strange.push(name);
      else if (typeof inner === 'object' && !Array.isArray(inner) && depth < nestedMax)
        visit(inner, depth === 1 && name.toLowerCase() === 'headers', depth + 1);
    }
  }

  visit(params, true, 1);
  for (const name of acceptedNames) if (shown.has(name)) return ofText(shown.get(name));
  if (names > namesMax) return malformed(`connection_init may hold at most ${namesMax} keys.`);
  const [first] = strange;
  return first === undefined ? nothing : malformed(`No credential is read from ${first}; ${acceptedInInit}`);
}

/** In order of precedence. */
const acceptedNames = ['authorization', 'token', 'authtoken', 'xapikey', 'apikey'];

// Must fit into the reason of a close frame (123 bytes).
const acceptedInInit = 'send authorization, token, authToken, x-api-key or apiKey, also in headers.';

function ofAuthorization(text: string): Credentials {
  const token = bearer(text);
  return token === ''
    ? malformed(`The header Authorization must be Bearer <token>; send ${acceptedHeaders}.`)
    : { token };
}

function ofKey(key: string): Credentials {
  return key === '' ? malformed('The header X-API-Key is empty.') : { token: key };
}

function ofParameters(parameters: URLSearchParams, keyInUrl: boolean): Credentials {
  const key = keyInUrl ? parameters.get(keyParameter) : null;
  if (key !== null) return key === '' ? malformed(`The parameter ${keyParameter} is empty.`) : { token: key };
  const strange = [...parameters.keys()].find((name) => isCredentialName(name));
  if (strange === undefined) return nothing;
  const accepted = keyInUrl ? `?${keyParameter}=<token>, ${acceptedHeaders}` : acceptedHeaders;
  return malformed(`A credential is not read from the parameter ${strange}; send ${accepted}.`);
}

/** In a message the scheme is optional. */
function ofText(value: unknown): Credentials {
  if (typeof value !== 'string') return malformed('A credential must be a string.');
  const text = value.trim();
  if (text === '') return malformed(`The credential is empty; ${acceptedInInit}`);
  const token = /\s/.test(text) ? bearer(text) : text;
  return token === '' ? malformed('A credential must be Bearer <token>, or the token alone.') : { token };
}

function isCredentialName(name: string): boolean {
  return name.length <= nameCharsMax && credentialNames.has(plainName(name));
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '');
}

function malformed(reason: string): Credentials {
  return { token: '', malformed: reason };
}

/** The token of `Bearer <token>`; empty in any other form. */
function bearer(authorization: string): string {
  return /^bearer +(\S+) *$/i.exec(authorization)?.[1] ?? '';
}
