import type { IncomingHttpHeaders } from 'node:http';
import { parseCookie } from 'cookie';

/** What a request shows to say who sends it. */
export interface Credentials {
  /** An API key, a token or a JWT; empty when something was shown that can be none; null when nothing was shown. */
  readonly token: string | null;
}

/** The cookie of a session. */
export const sessionCookie = 'opsgraph_session';

/** Where else a credential may stand than in a header that no browser sends by itself. */
export interface CredentialPlaces {
  /** Whose `?api_key=` counts: browsers' WebSockets, which cannot set a header. */
  readonly url?: URL | null;
  /** Whether a cookie counts: not from pages that may do nothing in their reader's name. */
  readonly cookie?: boolean;
}

/** The credential of a request: `Authorization: Bearer`, then `X-API-Key`, then `?api_key=`, then the session's cookie. */
export function credentialsOf(
  headers: IncomingHttpHeaders,
  { url = null, cookie = false }: CredentialPlaces = {},
): Credentials {
  if (headers.authorization !== undefined) return { token: bearer(headers.authorization) };
  const apiKey = headers['x-api-key'];
  if (apiKey !== undefined) return { token: String(apiKey).trim() };
  const given = url?.searchParams.get('api_key') ?? null;
  return { token: given ?? (cookie ? sessionOf(headers) : null) };
}

/** What the session's cookie holds; null without one. */
export function sessionOf(headers: IncomingHttpHeaders): string | null {
  if (headers.cookie === undefined) return null;
  return parseCookie(headers.cookie)[sessionCookie] ?? null;
}

/** The token of `Bearer <token>`; empty when it is written another way. */
export function bearer(authorization: string): string {
  return /^bearer +(\S+) *$/i.exec(authorization)?.[1] ?? '';
}
