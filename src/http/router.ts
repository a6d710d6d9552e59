import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authenticate } from '../auth/authenticate.ts';
import { credentialsOf, sessionOf } from '../auth/credentials.ts';
import { Signatures } from '../auth/signing.ts';
import type { Viewer } from '../auth/viewer.ts';
import { AppError } from '../errors.ts';
import { requireEncoding } from './body.ts';
import { acceptsPage, type Page } from './endpoints/dashboard.ts';
import { forgetSession } from './endpoints/session.ts';
import { invalidHost, wrongHost } from './host-header.ts';
import { carriesSession, type OriginRule } from './origin.ts';
import { addressOf, isSecure, routeOf, urlOf, type HttpContext } from './request.ts';
import type { RouteHandler } from './route.ts';
import { sendJson } from './send.ts';
import type { GraphqlHttp } from './yoga.ts';

/** The probes of an orchestrator. */
export interface Probes {
  /** Whether the process works. If it does not, the orchestrator restarts it. */
  readonly live: () => boolean;
  /** Whether the server can serve: it has started, is not stopping, and its database answers. */
  readonly ready: () => Promise<boolean>;
}

export interface RouterOptions {
  readonly graphql: GraphqlHttp;
  /** What a browser gets at `/`. Null: what all other clients get. */
  readonly page: Page | null;
  /** Serves every path except `/graphql` and the probes. */
  readonly rest: RouteHandler;
  readonly isWebSocketPath: (path: string) => boolean;
  readonly probes: Probes;
  readonly authenticate: Authenticate;
  readonly trustProxy: boolean;
  /** Host names that requests may name (`localhost`, `127.0.0.1`, `[::1]`), against DNS rebinding; null: any. */
  readonly hosts: readonly string[] | null;
  /** If set, every POST must be signed with this secret. */
  readonly signingSecret: string | null;
}

/** Passes each request to its handler. @throws AppError where the request is rejected; the server sends it. */
export function createRouter(
  options: RouterOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const signatures = options.signingSecret === null ? null : new Signatures(options.signingSecret);
  return (request, response) => route(request, response, options, signatures);
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  options: RouterOptions,
  signatures: Signatures | null,
): Promise<void> {
  const invalid = invalidHost(request);
  if (invalid !== null) throw invalid;
  const url = urlOf(request);
  if (url === null) throw new AppError('INVALID_PARAMETER', 'The path cannot be read.');
  const path = routeOf(url);
  if (path === '/livez') return sendProbe(request, response, 'live', options.probes.live());
  if (path === '/readyz') return sendProbe(request, response, 'ready', await options.probes.ready());
  const wrong = wrongHost(request, options.hosts);
  if (wrong !== null) throw wrong;
  const context = contextOf(request, response, url, options, signatures);
  if (path === '/graphql' && !isWebSocketUpgrade(request)) {
    requireEncoding(request, ['identity']);
    return options.graphql(request, response, context);
  }
  if (path === '/' && options.page !== null && isRead(request) && acceptsPage(request))
    return options.page.serve(request, response);
  if (await options.rest(request, response, context)) return undefined;
  if (!options.isWebSocketPath(path)) throw new AppError('NOT_FOUND', 'Not found.');
  throw isRead(request)
    ? new AppError('UPGRADE_REQUIRED', 'This path speaks WebSocket.', {
        headers: { upgrade: 'websocket', connection: 'Upgrade' },
      })
    : new AppError('METHOD_NOT_ALLOWED', 'This path speaks WebSocket.', { headers: { allow: 'GET' } });
}

function sendProbe(request: IncomingMessage, response: ServerResponse, name: string, isTrue: boolean): void {
  if (!isRead(request))
    throw new AppError('METHOD_NOT_ALLOWED', 'Allowed methods: GET, HEAD.', {
      headers: { allow: 'GET, HEAD' },
    });
  sendJson(response, isTrue ? 200 : 503, JSON.stringify({ [name]: isTrue }), { 'cache-control': 'no-store' });
}

function isRead({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

function contextOf(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  options: RouterOptions,
  signatures: Signatures | null,
): HttpContext {
  return {
    url,
    address: addressOf(request, options.trustProxy),
    secure: isSecure(request, options.trustProxy),
    viewer: (origins) => viewerOf(request, response, url, origins, options),
    signed: (body) => signatures?.accepts({ ...signatureOf(request), body }, Date.now()) ?? true,
  };
}

/** Authenticates a request. Removes the cookie of a session that has ended, so that the browser's next request is anonymous. */
async function viewerOf(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  origins: OriginRule,
  { authenticate, trustProxy }: RouterOptions,
): Promise<Viewer> {
  const { headers } = request;
  const secure = isSecure(request, trustProxy);
  const cookie = carriesSession(origins, headers.origin, headers.host);
  const credentials = credentialsOf(headers, { url, cookie, secure });
  try {
    return await authenticate(credentials);
  } catch (error) {
    const isSession = credentials.token !== null && credentials.token === sessionOf(headers, secure);
    if (isSession && error instanceof AppError && error.code === 'AUTHENTICATION_FAILED')
      response.setHeader('set-cookie', forgetSession(secure));
    throw error;
  }
}

function signatureOf({ headers, method = '', url = '' }: IncomingMessage) {
  const [timestamp, signature] = [headers['x-timestamp'], headers['x-signature']].map((value) =>
    value?.toString(),
  );
  return { timestamp, signature, method, path: url };
}

export function isWebSocketUpgrade({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}
