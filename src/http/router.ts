import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authenticate } from '../auth/authenticate.ts';
import { credentialsOf, sessionOf } from '../auth/credentials.ts';
import { Signatures } from '../auth/signing.ts';
import type { Viewer } from '../auth/viewer.ts';
import { AppError } from '../errors.ts';
import { isEncoded } from './body.ts';
import { forgetSession } from './endpoints/session.ts';
import { unreadableHost, wrongHost } from './host-header.ts';
import { carriesSession, type OriginRule } from './origin.ts';
import {
  addressOf,
  isSecure,
  routeOf,
  sendError,
  sendJson,
  urlOf,
  type HttpContext,
  type Rejection,
} from './request.ts';
import type { RouteHandler } from './route.ts';
import type { GraphqlHttp } from './yoga.ts';

/** What an orchestrator asks for. */
export interface Probes {
  /** Whether the process works; if not, it has to be restarted. */
  readonly live: () => boolean;
  /** Whether the server can serve: it has started, is not stopping, and its database answers. */
  readonly ready: () => Promise<boolean>;
}

export interface RouterOptions {
  readonly graphql: GraphqlHttp;
  /** Everything that is not GraphQL. */
  readonly rest: RouteHandler;
  /** Whether a path speaks WebSocket. */
  readonly speaksWebSocket: (path: string) => boolean;
  readonly probes: Probes;
  readonly authenticate: Authenticate;
  readonly trustProxy: boolean;
  /** Host names that requests may name (`localhost`, `127.0.0.1`, `[::1]`), against DNS rebinding; null: any. */
  readonly hosts: readonly string[] | null;
  /** When set, every POST has to be signed with it. */
  readonly signingSecret: string | null;
}

/** Leads each request to what answers it. */
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
  const unreadable = unreadableHost(request);
  if (unreadable !== null) return sendRefusal(response, unreadable);
  const url = urlOf(request);
  if (url === null) return sendError(response, 400, 'INVALID_PARAMETER', 'The path cannot be read.');
  const path = routeOf(url);
  if (path === '/livez') return probe(request, response, 'live', options.probes.live());
  if (path === '/readyz') return probe(request, response, 'ready', await options.probes.ready());
  const wrong = wrongHost(request, options.hosts);
  if (wrong !== null) return sendRefusal(response, wrong);
  if (isEncoded(request))
    return sendError(response, 415, 'UNSUPPORTED_MEDIA_TYPE', 'A body must not be compressed.', {
      'accept-encoding': 'identity',
    });
  const context = contextOf(request, response, url, options, signatures);
  if (path === '/graphql' && !wantsWebSocket(request)) return options.graphql(request, response, context);
  if (await options.rest(request, response, context)) return undefined;
  return refuse(request, response, options.speaksWebSocket(path));
}

function sendRefusal(response: ServerResponse, { status, code, message }: Rejection): void {
  return sendError(response, status, code, message);
}

function refuse(request: IncomingMessage, response: ServerResponse, speaksWebSocket: boolean): void {
  if (!speaksWebSocket) return sendError(response, 404, 'NOT_FOUND', 'Not found.');
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return sendError(response, 405, 'METHOD_NOT_ALLOWED', 'This path speaks WebSocket.', { allow: 'GET' });
  const headers = { upgrade: 'websocket', connection: 'Upgrade' };
  return sendError(response, 426, 'UPGRADE_REQUIRED', 'This path speaks WebSocket.', headers);
}

function probe(request: IncomingMessage, response: ServerResponse, name: string, well: boolean): void {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return sendError(response, 405, 'METHOD_NOT_ALLOWED', 'Allowed methods: GET, HEAD.', {
      allow: 'GET, HEAD',
    });
  return sendJson(response, well ? 200 : 503, JSON.stringify({ [name]: well }), {
    'cache-control': 'no-store',
  });
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

/** A session that has ended is removed from the browser, whose next request is anonymous. */
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

function wantsWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}
