import { stringifySetCookie, type SetCookie } from 'cookie';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Claim } from '../../auth/claim.ts';
import { credentialsOf, sessionCookieOf, sessionOf } from '../../auth/credentials.ts';
import { isSessionId } from '../../auth/opaque.ts';
import { AppError } from '../../errors.ts';
import type { OriginRule } from '../origin.ts';
import { sendJson } from '../send.ts';
import type { Call, Endpoint, Route } from '../route.ts';

export interface SessionOptions {
  /** The origins whose pages may begin and end sessions. */
  readonly origins: OriginRule;
  /** The content of a credential. Null: it is invalid. */
  readonly claimOf: (token: string) => Promise<Claim | null>;
  readonly begin: (claim: Claim) => Promise<{ readonly token: string; readonly expiresAt: Date }>;
  readonly end: (token: string) => Promise<void>;
}

/** Sessions that one subject may begin per minute. */
const perMinuteMax = 30;
const bodyBytesMax = 1_024;

function cookieOf(secure: boolean): Omit<SetCookie, 'value'> {
  return { name: sessionCookieOf(secure), path: '/', httpOnly: true, sameSite: 'lax', secure };
}

/** The `Set-Cookie` header that removes the session cookie from a browser. */
export function forgetSession(secure: boolean): string {
  return stringifySetCookie({ ...cookieOf(secure), value: '', maxAge: 0 });
}

/**
 * Sessions of browsers: POST with a credential in a header sets a session cookie, DELETE ends the session in
 * the server and in the browser, GET returns the viewer.
 */
export function sessionRoute({ origins, claimOf, begin, end }: SessionOptions): Route {
  const limiter = new RateLimiterMemory({ points: perMinuteMax, duration: 60 });
  return {
    endpoint: sessionEndpoint,
    cors: { origins, credentials: Array.isArray(origins) },
    handlers: {
      GET: sendViewer,
      async POST({ request, response, secure, url }) {
        const { token, malformed } = credentialsOf(request.headers, { url });
        if (malformed !== undefined) throw new AppError('AUTHENTICATION_FAILED', malformed);
        if (token === null) throw new AppError('AUTHENTICATION_FAILED', 'A credential is needed.');
        const claim = await claimOf(token);
        if (claim === null) throw new AppError('AUTHENTICATION_FAILED', 'The credential is not valid.');
        if (claim.id !== null && isSessionId(claim.id))
          throw new AppError('BAD_USER_INPUT', 'A session cannot begin another session.');
        if (!(await mayBegin(limiter, claim.subject)))
          throw new AppError('RATE_LIMITED', `A subject may begin ${perMinuteMax} sessions a minute.`, {
            headers: { 'retry-after': '60' },
          });
        const { token: session, expiresAt } = await begin(claim);
        const maxAge = Math.max(1, Math.floor((expiresAt.getTime() - Date.now()) / 1_000));
        const body = JSON.stringify({ subject: claim.subject, role: claim.role, expiresAt });
        sendJson(response, 201, body, {
          'set-cookie': stringifySetCookie({ ...cookieOf(secure), value: session, maxAge }),
        });
      },
      async DELETE({ request, response, secure }) {
        const token = sessionOf(request.headers, secure);
        if (token !== null) await end(token);
        response.writeHead(204, { 'set-cookie': forgetSession(secure) }).end();
      },
    },
  };
}

function sendViewer({ response, viewer }: Call): void {
  const { subject, authenticated, role, capabilities, credential } = viewer;
  const expiresAt = credential?.expiresAt ?? null;
  const body = {
    subject,
    authenticated,
    role,
    capabilities: [...capabilities],
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
  };
  sendJson(response, 200, JSON.stringify(body));
}

function mayBegin(limiter: RateLimiterMemory, subject: string): Promise<boolean> {
  return limiter.consume(subject).then(
    () => true,
    () => false,
  );
}

const viewerSchema = {
  type: 'object',
  required: ['subject', 'role', 'expiresAt'],
  properties: {
    subject: { type: 'string', description: 'Subject of the credential.' },
    role: { type: ['string', 'null'], description: 'Role of the credential. Null if it has none.' },
    expiresAt: {
      type: ['string', 'null'],
      format: 'date-time',
      description: 'When the credential expires. Null if it does not.',
    },
    authenticated: { type: 'boolean' },
    capabilities: { type: 'array', items: { type: 'string' } },
  },
};
const content = { 'application/json': { schema: viewerSchema } };
const tags = ['server'];

export const sessionEndpoint: Endpoint = {
  path: '/auth/session',
  operations: {
    GET: {
      requires: [],
      description: {
        operationId: 'getSession',
        tags,
        summary: 'Returns the viewer that the request authenticates.',
        responses: { 200: { description: 'The viewer. Without a credential, the anonymous one.', content } },
      },
    },
    POST: {
      requires: null,
      pages: 'session',
      body: { bytesMax: bodyBytesMax },
      description: {
        operationId: 'beginSession',
        tags,
        summary: 'Begins a session of at most 8 hours with a credential in a header, and sets its cookie.',
        responses: {
          201: {
            description:
              'The session began. Its cookie is `opsgraph_session`, over TLS `__Host-opsgraph_session`.',
            content,
          },
          400: { description: 'The credential is a session, which cannot begin another one.' },
          429: { description: 'The subject has begun too many sessions; retry after `Retry-After`.' },
        },
      },
    },
    DELETE: {
      requires: null,
      pages: 'session',
      description: {
        operationId: 'endSession',
        tags,
        summary: 'Ends the session of the cookie in the server, and removes the cookie from the browser.',
        responses: {
          204: { description: 'The session ended, or the request had none.' },
          503: { description: 'The session cannot be ended now. `Retry-After`: seconds to wait.' },
        },
      },
    },
  },
};
