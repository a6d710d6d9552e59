import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import type { Viewer } from '../auth/viewer.ts';
import { AppError } from '../errors.ts';
import type { Engine } from '../engine/engine.ts';
import { RequestError } from '../engine/operation.ts';
import type { OriginRule } from '../http/origin.ts';
import { originAllowed } from '../http/origin.ts';
import { errorBody, routeOf, sendJson, type HttpContext } from '../http/request.ts';
import { setCorsHeaders } from '../http/cors.ts';
import type { SecurityEvent } from '../auth/security-event.ts';
import { parseBody, readBody } from './body.ts';
import type { Dialect } from './dialect.ts';
import type { Reply } from './rest-route.ts';
import { featureOff } from './features.ts';
import { graphRequest } from './graph-request.ts';
import { readParameters } from './parameters.ts';
import { failure, featureDisabled, ofGraph, RestFailure } from './rest-failure.ts';
import { Routes, type FoundPath, type ServedRoute } from './routes.ts';

export interface RestOptions {
  readonly engine: Engine;
  readonly dialects: readonly Dialect[];
  readonly features: Readonly<Record<string, boolean>>;
  readonly bodyBytesMax: number;
  readonly audit: (event: SecurityEvent) => void;
}

export interface Rest {
  /** Every route, for its description. */
  readonly routes: readonly ServedRoute[];
  /** Resolves to false when the path is none of any dialect, having answered nothing. */
  handle(request: IncomingMessage, response: ServerResponse, context: HttpContext): Promise<boolean>;
}

/** Who asks the graph for what is open to everybody, also to those who could not ask themselves. */
const anonymousReader: Viewer = {
  subject: 'anonymous',
  authenticated: false,
  role: null,
  capabilities: new Set(['read']),
};

interface Call {
  readonly request: IncomingMessage;
  readonly context: HttpContext;
  readonly served: ServedRoute;
  readonly found: FoundPath;
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const httpMethods: ReadonlySet<string> = new Set(methods);

/**
 * Serves the REST endpoints of every dialect: finds the route, keeps strangers out, reads parameters and body, asks the
 * graph, and answers in the form that all of them share. What is unexpected is thrown on to the HTTP server.
 */
export function createRest(options: RestOptions): Rest {
  const { engine, features } = options;
  const routes = new Routes(options.dialects);
  const dialects = new Map(options.dialects.map((dialect) => [dialect.name, dialect]));

  function ruleOf({ dialect, route }: ServedRoute): { rule: OriginRule; credentials: boolean } {
    const { origins, credentials } = dialects.get(route.originsOf ?? dialect.name) ?? dialect;
    return { rule: origins, credentials };
  }

  async function answer(call: Call): Promise<Reply> {
    const { context, served, found } = call;
    const { route } = served;
    if (route.method !== 'GET') await refuseStrangers(call);
    const off = featureOff(route.needs, features);
    if (off !== null) throw featureDisabled(off);
    const viewer = route.open ? anonymousReader : await identify(call);
    const bytes = route.method === 'GET' ? null : await bytesOf(call);
    const values = readParameters(route.parameters, found.values, context.url.searchParams);
    const away = route.reject(values);
    if (away !== null) throw away;
    const body = bytes === null || route.body === null ? null : parseBody(bytes, route.body);
    const variables = route.variables(values, body);
    const moment = { atMs: Date.now() };
    const data = await graphRequest(engine, viewer, route.query, variables);
    return route.map(data, values, moment);
  }

  /** Pages of foreign origins change nothing, unless they show a credential that a browser does not send by itself. */
  async function refuseStrangers(call: Call): Promise<void> {
    const { request, context, served } = call;
    const { origin, host } = request.headers;
    const { rule } = ruleOf(served);
    if (originAllowed(rule === 'any' ? [] : rule, origin, host)) return;
    if (rule === 'any' && showsCredential(request) && (await identify(call)).authenticated) return;
    options.audit({ type: 'origin_rejected', path: served.route.path, address: context.address });
    throw new RestFailure(403, 'FORBIDDEN', 'Pages of this origin may change nothing here.');
  }

  async function identify({ context, served }: Call): Promise<Viewer> {
    try {
      return await context.viewer(ruleOf(served).rule);
    } catch (error) {
      if (error instanceof AppError && error.code === 'AUTHENTICATION_FAILED')
        options.audit({ type: 'authentication_failed', path: served.route.path, address: context.address });
      throw error;
    }
  }

  async function bytesOf({ request, context, served }: Call): Promise<Buffer> {
    const bytes = await readBody(request, options.bodyBytesMax);
    if (!context.signed(bytes)) {
      options.audit({ type: 'authentication_failed', path: served.route.path, address: context.address });
      throw new RestFailure(401, 'AUTHENTICATION_FAILED', 'The signature is missing, wrong or too old.');
    }
    return bytes;
  }

  return {
    routes: routes.all,
    async handle(request, response, context) {
      const found = routes.find(routeOf(context.url));
      const [any] = found?.byMethod.values() ?? [];
      if (found === null || any === undefined) return false;
      const method = request.method ?? 'GET';
      const served = found.byMethod.get(method === 'HEAD' ? 'GET' : method);
      const { rule, credentials } = ruleOf(served ?? any);
      setCorsHeaders(request, response, { origins: rule, credentials, methods });
      response.setHeader('cache-control', 'no-store');
      if (served === undefined) {
        refuseMethod(response, method, [...found.byMethod.keys()]);
        return true;
      }
      try {
        const { status = 200, body } = await answer({ request, context, served, found });
        sendJson(response, status, JSON.stringify(body));
      } catch (error) {
        sendFailure(response, failureOf(error));
      }
      return true;
    },
  };
}

function refuseMethod(response: ServerResponse, method: string, served: readonly string[]): void {
  const allowed = [...served.flatMap((one) => (one === 'GET' ? ['GET', 'HEAD'] : [one])), 'OPTIONS'].join(
    ', ',
  );
  if (method === 'OPTIONS') response.writeHead(204, { allow: allowed }).end();
  else {
    const name = httpMethods.has(method) ? method : 'This method';
    response.setHeader('allow', allowed);
    sendFailure(
      response,
      new RestFailure(405, 'METHOD_NOT_ALLOWED', `${name} is not served here; ${allowed} are.`),
    );
  }
}

function sendFailure(response: ServerResponse, { status, code, message, details }: RestFailure): void {
  if (status === 401) response.setHeader('www-authenticate', 'Bearer');
  if (status === 413) response.setHeader('connection', 'close');
  sendJson(response, status, errorBody(code, message, details));
}

/** What is meant for clients; anything else is thrown on. */
function failureOf(error: unknown): RestFailure {
  if (error instanceof RestFailure) return error;
  if (error instanceof AppError) return failure(error.code, error.message, error.details);
  const [first] = error instanceof RequestError ? error.errors : [error];
  if (first instanceof GraphQLError) return ofGraph(first);
  throw error;
}

function showsCredential({ headers }: IncomingMessage): boolean {
  return headers.authorization !== undefined || headers['x-api-key'] !== undefined;
}
