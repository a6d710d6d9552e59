import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SecurityEvent } from '../auth/security-event.ts';
import type { Viewer } from '../auth/viewer.ts';
import { AppError } from '../errors.ts';
import { authorize } from '../graph/authorize.ts';
import type { Need } from '../graph/rules.ts';
import { segmentsOf, valuesIn } from '../lib/path-pattern.ts';
import { encodingOf, gunzipped, mediaTypeOf, readBody, requireEncoding } from './body.ts';
import { setCorsHeaders } from './cors.ts';
import { carriesSession, originAllowed, type OriginRule } from './origin.ts';
import { routeOf, type HttpContext } from './request.ts';
import { headersOf, jsonError, sendText } from './send.ts';

export type Method = 'GET' | 'POST' | 'DELETE';

/** A path and its operations. The checks before a handler is called and the OpenAPI document follow from it. */
export interface Endpoint {
  /** Without trailing slash; parameters in braces: `/docs/assets/{hash}/{name}`. */
  readonly path: string;
  readonly operations: Readonly<Partial<Record<Method, Operation>>>;
}

export interface Operation {
  /** What the viewer needs. Null: no credential is read. */
  readonly requires: readonly Need[] | null;
  /** Throws where the operation is disabled, before a credential is checked. */
  readonly ensureEnabled?: () => void;
  /**
   * `allowed`: pages of the allowed origins may call it. `session`: those of them that may use the session's cookie.
   * `credential`: as `allowed`, but where any origin is allowed, a page of another origin needs a credential in a header.
   */
  readonly pages?: 'allowed' | 'session' | 'credential';
  readonly body?: BodyRule;
  /** The operation in OpenAPI, without what follows from this declaration. Null: the document omits it. */
  readonly description: OperationDescription | null;
}

/** Which bodies an operation reads. The signature is checked where the server requires one. */
export interface BodyRule {
  /** Limit on the body, also after decompression. */
  readonly bytesMax: number;
  /** The allowed media types. Default: any. */
  readonly types?: readonly string[];
  /** Whether the body may be compressed with gzip. */
  readonly gzip?: boolean;
}

export interface OperationDescription {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly responses: Readonly<Record<string, unknown>>;
  readonly [more: string]: unknown;
}

/** An endpoint with its handlers. HEAD is served wherever GET is. */
export interface Route {
  readonly endpoint: Endpoint;
  /** Which pages of other origins may read the responses. Null: none, so a preflight is rejected. */
  readonly cors: {
    readonly origins: OriginRule;
    readonly credentials: boolean;
    /** Methods in the response to a preflight. Default: those of the endpoint. */
    readonly methods?: readonly string[];
  } | null;
  readonly handlers: Readonly<Partial<Record<Method, (call: Call) => Promise<void> | void>>>;
  /** The body of an error, and its media type. Default: `errorBody` as JSON. */
  readonly errorBody?: (error: AppError, request: IncomingMessage) => ErrorBody;
}

export interface ErrorBody {
  readonly body: string | Uint8Array;
  readonly type: string;
}

/** A request that has passed the checks of its operation. */
export interface Call extends Pick<HttpContext, 'url' | 'address' | 'secure'> {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The parameters of the path, decoded. */
  readonly values: ReadonlyMap<string, string>;
  /** @throws Error where the operation reads no credential. */
  readonly viewer: Viewer;
  /** Empty where the operation reads no body. */
  readonly body: Buffer;
}

export interface RouteOptions {
  readonly audit: (event: SecurityEvent) => void;
}

/** Resolves to false when no route has the path; then it has sent nothing. */
export type RouteHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  context: HttpContext,
) => Promise<boolean>;

/** Serves declared routes. All of them share CORS, OPTIONS, and the checks of method, origin, credential and body. */
export function serveRoutes(routes: readonly Route[], options: RouteOptions): RouteHandler {
  const byPath = new Map(routes.map((route) => [route.endpoint.path, route]));
  const patterns = routes
    .toSorted((a, b) => parameterCount(a) - parameterCount(b))
    .map((route) => ({ route, segments: segmentsOf(route.endpoint.path) }));
  return async (request, response, context) => {
    const path = routeOf(context.url);
    const exchange = { request, response, context };
    const plain = byPath.get(path);
    if (plain !== undefined) {
      await serve(plain, new Map(), exchange, options);
      return true;
    }
    const given = segmentsOf(path).map(decodeURIComponent);
    for (const { route, segments } of patterns) {
      const values = valuesIn(segments, given);
      if (values === null) continue;
      await serve(route, values, exchange, options);
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
      throw new AppError('METHOD_NOT_ALLOWED', `Allowed methods: ${allow.join(', ')}.`, {
        headers: { allow: allow.join(', ') },
      });
    requireEncoding(request, operation.body?.gzip === true ? ['gzip', 'identity'] : ['identity']);
    const call = await checkRequest(route, operation, exchange, options);
    await route.handlers[method]?.(Object.assign(call, { url, address, secure, request, response, values }));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.status === 401) options.audit({ type: 'authentication_failed', path: endpoint.path, address });
    const { body, type } = route.errorBody?.(error, request) ?? jsonError(error);
    sendText(response, error.status, body, { ...headersOf(error), 'content-type': type });
  }
  return undefined;
}

async function checkRequest(
  { endpoint: { path }, cors }: Route,
  { pages, body, requires, ensureEnabled }: Operation,
  { request, context }: Exchange,
  { audit }: RouteOptions,
): Promise<Pick<Call, 'viewer' | 'body'>> {
  const origins = cors?.origins ?? [];
  if (pages !== undefined && !(await isPageAllowed(pages, origins, request, context))) {
    audit({ type: 'origin_rejected', path, address: context.address });
    throw new AppError('FORBIDDEN', 'Origin not allowed.');
  }
  ensureEnabled?.();
  if (body?.types?.includes(mediaTypeOf(request)) === false)
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', `The Content-Type must be ${body.types.join(' or ')}.`);
  const viewer = requires === null ? null : await context.viewer(origins);
  const forbidden = viewer === null ? null : authorize({ requires: requires ?? [] }, viewer);
  if (forbidden !== null) throw forbidden;
  const bytes = body === undefined ? Buffer.alloc(0) : await readSigned(request, body, context);
  return {
    get viewer() {
      if (viewer === null) throw new Error(`${path} reads no credential`);
      return viewer;
    },
    body: bytes,
  };
}

async function readSigned(
  request: IncomingMessage,
  { bytesMax }: BodyRule,
  context: HttpContext,
): Promise<Buffer> {
  const tooLarge = (): AppError =>
    new AppError('PAYLOAD_TOO_LARGE', `The body must not have more than ${bytesMax} bytes.`);
  const sent = await readBody(request, bytesMax);
  if (sent === null) throw tooLarge();
  if (!context.signed(sent))
    throw new AppError('AUTHENTICATION_FAILED', 'The signature is missing, invalid or expired.');
  const bytes = encodingOf(request) === 'gzip' ? await gunzipped(sent, bytesMax) : sent;
  if (bytes === null) throw tooLarge();
  return bytes;
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
 * The paths of endpoints in OpenAPI.
 * @param rejections the error responses that endpoints share, by status.
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

/** 403 is also the response to a wrong Host header. */
function rejectedWith({ requires, body }: Operation): readonly Rejected[] {
  return [
    ...(requires === null && body === undefined ? [] : ([401, 503] as const)),
    403,
    ...(body === undefined ? [] : ([413] as const)),
    ...(body?.types === undefined ? [] : ([415] as const)),
  ];
}
