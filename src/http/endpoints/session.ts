import type { IncomingMessage, ServerResponse } from 'node:http';
import { stringifySetCookie, type SetCookie } from 'cookie';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Claim } from '../../auth/claim.ts';
import { credentialsOf, sessionCookieOf, sessionOf } from '../../auth/credentials.ts';
import { isSessionId } from '../../auth/opaque.ts';
import { AppError } from '../../errors.ts';
import { readBody } from '../body.ts';
import type { OriginRule } from '../origin.ts';
import type { RestHandler } from '../http-server.ts';
import { carriesSession } from '../origin.ts';
import { routeOf, sendError, sendJson, statusOf, type HttpContext } from '../request.ts';
import { shareWith } from '../cors.ts';
import type { SecurityEvent } from '../../auth/security-event.ts';

export interface SessionOptions {
  /** Whose pages may begin and end sessions. */
  readonly origins: OriginRule;
  /** What a credential says; null: it is not valid. */
  readonly claimOf: (token: string) => Promise<Claim | null>;
  readonly begin: (claim: Claim) => Promise<{ readonly token: string; readonly expiresAt: Date }>;
  readonly end: (token: string) => Promise<void>;
  readonly audit: (event: SecurityEvent) => void;
}

const path = '/auth/session';
const methods = ['GET', 'POST', 'DELETE'];
/** Sessions that one subject may begin in a minute. */
const perMinuteMax = 30;
const bodyBytesMax = 1_024;

function cookieOf(secure: boolean): Omit<SetCookie, 'value'> {
  return { name: sessionCookieOf(secure), path: '/', httpOnly: true, sameSite: 'lax', secure };
}

/** Has a browser forget its session. */
export function forgetSession(secure: boolean): string {
  return stringifySetCookie({ ...cookieOf(secure), value: '', maxAge: 0 });
}

/**
 * Sessions of browsers: a POST with a credential in a header is answered with a cookie that stands for it, a DELETE ends
 * the session here as well as in the browser, a GET says who one is.
 */
export function createSessionAddress(options: SessionOptions): RestHandler {
  const limiter = new RateLimiterMemory({ points: perMinuteMax, duration: 60 });
  return async (request, response, context) => {
    if (routeOf(context.url) !== path) return false;
    const { origins } = options;
    shareWith(request, response, { rule: origins, credentials: Array.isArray(origins), methods });
    try {
      await answer(request, response, context, options, limiter);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'AUTHENTICATION_FAILED') {
        options.audit({ type: 'authentication_failed', path, address: context.address });
        response.setHeader('www-authenticate', 'Bearer');
      }
      sendError(response, statusOf(error.code), error.code, error.message);
    }
    return true;
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  context: HttpContext,
  options: SessionOptions,
  limiter: RateLimiterMemory,
): Promise<void> {
  const { method, headers } = request;
  if (method === 'OPTIONS') return void response.writeHead(204, { allow: allowed }).end();
  if (method === 'GET' || method === 'HEAD') return tellWho(response, context, options.origins);
  if (method !== 'POST' && method !== 'DELETE')
    return sendError(response, 405, 'METHOD_NOT_ALLOWED', `${allowed} are served here.`, { allow: allowed });
  if (!carriesSession(options.origins, headers.origin, headers.host)) {
    options.audit({ type: 'origin_rejected', path, address: context.address });
    return sendError(response, 403, 'FORBIDDEN', 'Pages of this origin are not let in.');
  }
  if (method === 'DELETE') {
    const token = sessionOf(headers, context.secure);
    if (token !== null) await options.end(token);
    return void response.writeHead(204, { 'set-cookie': forgetSession(context.secure) }).end();
  }
  const body = await readBody(request, bodyBytesMax);
  if (body === null)
    return sendError(response, 413, 'PAYLOAD_TOO_LARGE', 'No body is needed.', { connection: 'close' });
  if (!context.signed(body)) throw new AppError('AUTHENTICATION_FAILED', 'The signature is not valid.');
  const { token, malformed } = credentialsOf(headers, { url: context.url });
  if (malformed !== undefined) throw new AppError('AUTHENTICATION_FAILED', malformed);
  if (token === null) throw new AppError('AUTHENTICATION_FAILED', 'A credential is needed.');
  const claim = await options.claimOf(token);
  if (claim === null) throw new AppError('AUTHENTICATION_FAILED', 'The credential is not valid.');
  if (claim.id !== null && isSessionId(claim.id))
    throw new AppError('BAD_USER_INPUT', 'A session is not begun with another one.');
  if (!(await mayBegin(limiter, claim.subject))) {
    const message = `A subject may begin ${perMinuteMax} sessions a minute.`;
    return sendError(response, 429, 'RATE_LIMITED', message, { 'retry-after': '60' });
  }
  const { token: session, expiresAt } = await options.begin(claim);
  const maxAge = Math.max(1, Math.floor((expiresAt.getTime() - Date.now()) / 1_000));
  const value = { ...cookieOf(context.secure), value: session, maxAge };
  return sendJson(response, 201, JSON.stringify({ subject: claim.subject, role: claim.role, expiresAt }), {
    'set-cookie': stringifySetCookie(value),
  });
}

const allowed = 'GET, HEAD, POST, DELETE, OPTIONS';

async function tellWho(response: ServerResponse, context: HttpContext, origins: OriginRule): Promise<void> {
  const { subject, authenticated, role, capabilities, credential } = await context.viewer(origins);
  const expiresAt = credential?.expiresAt ?? null;
  const body = {
    subject,
    authenticated,
    role,
    capabilities: [...capabilities],
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
  };
  return sendJson(response, 200, JSON.stringify(body));
}

function mayBegin(limiter: RateLimiterMemory, subject: string): Promise<boolean> {
  return limiter.consume(subject).then(
    () => true,
    () => false,
  );
}
