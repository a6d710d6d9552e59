import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SecurityEvent } from '../auth/security-event.ts';
import type { Viewer } from '../auth/viewer.ts';
import { authorize } from '../engine/authorize.ts';
import type { Need } from '../engine/operation.ts';
import { segmentsOf, valuesIn } from '../lib/path-pattern.ts';
import { readBody, saysJson } from './body.ts';
import { setCorsHeaders } from './cors.ts';
import { asHttpError, HttpError } from './http-error.ts';
import { carriesSession, originAllowed, type OriginRule } from './origin.ts';
import { errorBody, routeOf, sendJson, type HttpContext } from './request.ts';

export type Method = 'GET' | 'POST' | 'DELETE';

/** A path and what may be done there. The checks before a handler is called and the OpenAPI document follow from it. */
export interface Endpoint {
  /** Without trailing slash; parameters in braces: `/docs/assets/{hash}/{name}`. */
  readonly path: string;
  readonly operations: Readonly<Partial<Record<Method, Operation>>>;
}

export interface Operation {
  /** What the viewer needs; null: no credential is asked for. */
  readonly requires: readonly Need[] | null;
  /** Throws where the operation is disabled, before a credential is checked. */
  readonly ensureEnabled?: () => void;
  /**
   * `allowed`: pages of the allowed origins may call it. `session`: those of them that may use the session's cookie.
   * `credential`: as `allowed`, but where any origin is allowed, a page of another origin needs a credential in a header.
   */
  readonly pages?: 'allowed' | 'session' | 'credential';
  /** A body of at most so many bytes is read, and its signature checked where one is required. */
  readonly body?: { readonly bytesMax: number; readonly json: boolean };
  /** OpenAPI: the operation, without what follows from this declaration. null: it is not described. */
  readonly description: OperationDescription | null;
}

export interface OperationDescription {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly responses: Readonly<Record<string, unknown>>;
  readonly [more: string]: unknown;
}

/** An endpoint that is served. HEAD is served wherever GET is. */
export interface Route {
  readonly endpoint: Endpoint;
  /** Which pages of other origins may read the responses; null: none, so no preflight is answered. */
  readonly cors: {
    readonly origins: OriginRule;
    readonly credentials: boolean;
    /** The answer to a preflight. Default: the methods of the endpoint. */
    readonly methods?: readonly string[];
  } | null;
  readonly handlers: Readonly<Partial<Record<Method, (call: Call) => Promise<void> | void>>>;
  /** The body of an error. Default: the form that all endpoints share. */
  readonly errorBody?: (error: HttpError) => string;
}

/** A request that has passed the checks of its operation. */
export interface Call extends Pick<HttpContext, 'url' | 'address' | 'secure'> {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The parameters of the path, decoded. */
  readonly values: ReadonlyMap<string, string>;
  /** @throws Error where the operation asks for no credential. */
  readonly viewer: Viewer;
  /** Empty where none is read. */
  readonly body: Buffer;
}

export interface RouteOptions {
  readonly audit: (event: SecurityEvent) => void;
}

/** Resolves to false when the path is none of its own, having answered nothing. */
export type RouteHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  context: HttpContext,
) => Promise<boolean>;

/** Serves declared routes: CORS, OPTIONS, methods, origins, credentials, bodies and errors are the same for all. */
export function serveRoutes(routes: readonly Route[], options: RouteOptions): RouteHandler {
  const byPath = new Map(routes.map((route) => [route.endpoint.path, route]));
  const patterns = routes
    .toSorted((a, b) => parameterCount(a) - parameterCount(b))
    .map((route) => ({ route, segments: segmentsOf(route.endpoint.path) }));
  return async (request, response, context) => {
    const path = routeOf(context.url);
    const plain = byPath.get(path);
    if (plain !== undefined) await serve(plain, new Map(), { request, response, context }, options);
    if (plain !== undefined) return true;
    const given = segmentsOf(path).map(decodeURIComponent);
    for (const { route, segments } of patterns) {
      const values = valuesIn(segments, given);
      if (values === null) continue;
      await serve(route, values, { request, response, context }, options);
      return true;
    }
    return false;
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly context: HttpContext;
}

async function serve(
  route: Route,
  values: ReadonlyMap<string, string>,
  exchange: Exchange,
  options: RouteOptions,
): Promise<void> {
  const { request, response, context } = exchange;
  const { url, address, secure } = context;
  const { endpoint, cors } = route;
  response.setHeader('cache-control', 'no-store');
  if (cors !== null) setCorsHeaders(request, response, { methods: methodsOf(endpoint), ...cors });
  const allow = allowedBy(route);
  if (request.method === 'OPTIONS' && cors !== null)
    return void response.writeHead(204, { allow: allow.join(', ') }).end();
  try {
    const method = (request.method === 'HEAD' ? 'GET' : (request.method ?? '')) as Method;
    const operation = Object.hasOwn(endpoint.operations, method) ? endpoint.operations[method] : undefined;
    if (operation === undefined)
      throw new HttpError(405, 'METHOD_NOT_ALLOWED', `Allowed methods: ${allow.join(', ')}.`, {
        headers: { allow: allow.join(', ') },
      });
    const call = await checked(route, operation, exchange, options);
    await route.handlers[method]?.(Object.assign(call, { url, address, secure, request, response, values }));
  } catch (error) {
    const failure = asHttpError(error);
    if (failure === null) throw error;
    const { code, message, details, status, headers } = failure;
    if (status === 401) options.audit({ type: 'authentication_failed', path: endpoint.path, address });
    const body = route.errorBody?.(failure) ?? errorBody(code, message, details);
    sendJson(response, status, body, headers);
  }
  return undefined;
}

async function checked(
  { endpoint: { path }, cors }: Route,
  { pages, body, requires, ensureEnabled }: Operation,
  { request, context }: Exchange,
  { audit }: RouteOptions,
): Promise<Pick<Call, 'viewer' | 'body'>> {
  const { headers } = request;
  const origins = cors?.origins ?? [];
  if (pages !== undefined && !(await isPageAllowed(pages, origins, request, context))) {
    audit({ type: 'origin_rejected', path, address: context.address });
    throw new HttpError(403, 'FORBIDDEN', 'Origin not allowed.');
  }
  ensureEnabled?.();
  if (body?.json === true && !saysJson(headers['content-type']))
    throw new HttpError(415, 'UNSUPPORTED_MEDIA_TYPE', 'The Content-Type must be application/json.');
  const viewer = requires === null ? null : await context.viewer(origins);
  const refusal = viewer === null ? null : authorize({ requires: requires ?? [] }, viewer);
  if (refusal !== null) throw refusal;
  const bytes = body === undefined ? Buffer.alloc(0) : await readBody(request, body.bytesMax);
  if (bytes === null)
    throw new HttpError(
      413,
      'PAYLOAD_TOO_LARGE',
      `The body must not have more than ${body?.bytesMax} bytes.`,
    );
  if (body !== undefined && !context.signed(bytes))
    throw new HttpError(401, 'AUTHENTICATION_FAILED', 'The signature is missing, invalid or expired.');
  return {
    get viewer() {
      if (viewer === null) throw new Error(`${path} asks for no credential`);
      return viewer;
    },
    body: bytes,
  };
}

async function isPageAllowed(
  pages: NonNullable<Operation['pages']>,
  origins: OriginRule,
  { headers }: IncomingMessage,
  context: HttpContext,
): Promise<boolean> {
  const { origin, host } = headers;
  if (pages === 'session') return carriesSession(origins, origin, host);
  if (pages === 'allowed' || origins !== 'any') return originAllowed(origins, origin, host);
  if (originAllowed([], origin, host)) return true;
  const hasCredential = headers.authorization !== undefined || headers['x-api-key'] !== undefined;
  return hasCredential && (await context.viewer(origins)).authenticated;
}

/** Of the routes that match a path, the one with the fewest parameters serves it. */
function parameterCount({ endpoint }: Route): number {
  return endpoint.path.split('{').length;
}

function methodsOf({ operations }: Endpoint): string[] {
  return Object.keys(operations).flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
}

function allowedBy({ endpoint, cors }: Route): string[] {
  return [...methodsOf(endpoint), ...(cors === null ? [] : ['OPTIONS'])];
}

type Rejected = 400 | 401 | 403 | 404 | 413 | 415 | 500 | 503;

/**
 * OpenAPI: the paths of endpoints.
 * @param rejections the responses in the form that all endpoints share, by status.
 */
export function openApiPaths(
  endpoints: readonly Endpoint[],
  rejections: (...statuses: readonly Rejected[]) => object,
): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const described = ({ operations }: Endpoint) =>
    Object.entries(operations).flatMap(([method, operation]) => {
      const { description } = operation;
      if (description === null) return [];
      const open = operation.requires === null && operation.body === undefined;
      const responses = { ...rejections(...rejectedWith(operation)), ...description.responses };
      return [[method.toLowerCase(), { ...description, ...(open ? { security: [] } : {}), responses }]];
    });
  return Object.fromEntries(
    endpoints.map((endpoint) => [endpoint.path, Object.fromEntries(described(endpoint))]),
  );
}

/** 403 also answers a wrong Host header. */
function rejectedWith({ requires, body }: Operation): readonly Rejected[] {
  return [
    ...(requires === null && body === undefined ? [] : ([401, 503] as const)),
    403,
    ...(body === undefined ? [] : ([413] as const)),
    ...(body?.json === true ? ([415] as const) : []),
  ];
}
