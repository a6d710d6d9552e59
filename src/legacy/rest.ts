import type { Viewer } from '../auth/viewer.ts';
import type { Engine } from '../engine/engine.ts';
import { featureDisabled, sendJson } from '../http/send.ts';
import type { Call, Endpoint, Operation, OperationDescription, Route } from '../http/route.ts';
import { parameterIn, segmentsOf } from '../lib/path-pattern.ts';
import { parseBody } from './body.ts';
import type { Dialect } from './dialect.ts';
import { featureOff } from './features.ts';
import { graphRequest } from './graph-request.ts';
import { readParameters } from './parameters.ts';
import { toClientError } from './rest-errors.ts';
import type { RestRoute } from './rest-route.ts';

export interface RestOptions extends EndpointOptions {
  readonly engine: Engine;
  readonly dialects: readonly Dialect[];
}

export interface EndpointOptions {
  readonly features: Readonly<Record<string, boolean>>;
  readonly bodyBytesMax: number;
  /** Describes an operation for the reference. Default: the operations are not described. */
  readonly describe?: (dialect: Dialect, route: RestRoute) => OperationDescription;
}

/** Executes the queries of open routes, also for clients without the capability to read. */
const anonymousReader: Viewer = {
  subject: 'anonymous',
  authenticated: false,
  role: null,
  capabilities: new Set(['read']),
};

/** The methods in the response to a preflight, whatever the path. */
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * The REST endpoints of every dialect. A request reads its parameters and body, executes one document and maps the
 * result. `http/route.ts` checks origins, credentials and signatures, and sends errors.
 */
export function restRoutes(options: RestOptions): Route[] {
  const dialects = new Map(options.dialects.map((dialect) => [dialect.name, dialect]));
  return routesByPath(options.dialects).map((one) => {
    const { dialect, routes } = one;
    const { origins, credentials } = dialects.get(routes[0].originsOf ?? dialect.name) ?? dialect;
    return {
      endpoint: endpointOf(one, options),
      cors: { origins, credentials, methods },
      handlers: Object.fromEntries(
        routes.map((route) => [route.method, (call: Call) => handle(route, call, options.engine)]),
      ),
    };
  });
}

/** The same endpoints, as declarations only. */
export function restEndpoints(dialects: readonly Dialect[], options: EndpointOptions): Endpoint[] {
  return routesByPath(dialects).map((one) => endpointOf(one, options));
}

interface DialectPath {
  readonly dialect: Dialect;
  /** By method. */
  readonly routes: [RestRoute, ...RestRoute[]];
}

/** @throws Error when two routes are the same, or a path belongs to two dialects. */
function routesByPath(dialects: readonly Dialect[]): DialectPath[] {
  const paths = new Map<string, DialectPath>();
  for (const dialect of dialects)
    for (const route of dialect.routes) {
      const segments = segmentsOf(route.path).map((segment) =>
        parameterIn(segment) === null ? segment : '{}',
      );
      const known = paths.get(segments.join('/'));
      if (known === undefined) paths.set(segments.join('/'), { dialect, routes: [route] });
      else if (known.dialect !== dialect || known.routes.some(({ method }) => method === route.method))
        throw new Error(`${route.method} ${route.path} is declared twice`);
      else known.routes.push(route);
    }
  return [...paths.values()];
}

function endpointOf(
  { dialect, routes }: DialectPath,
  { features, bodyBytesMax, describe }: EndpointOptions,
): Endpoint {
  const operationOf = (route: RestRoute): Operation => ({
    requires: route.open ? null : [],
    ensureEnabled() {
      const off = featureOff(route.needs, features);
      if (off !== null) throw featureDisabled(off);
    },
    ...(route.method === 'GET' ? {} : { pages: 'credential', body: { bytesMax: bodyBytesMax } }),
    description: describe?.(dialect, route) ?? null,
  });
  return {
    path: routes[0].path,
    operations: Object.fromEntries(routes.map((route) => [route.method, operationOf(route)])),
  };
}

async function handle(route: RestRoute, call: Call, engine: Engine): Promise<void> {
  try {
    const values = readParameters(route.parameters, call.values, call.url.searchParams);
    const rejection = route.reject(values);
    if (rejection !== null) throw rejection;
    const body = route.body === null ? null : parseBody(call.body, route.body);
    const variables = route.variables(values, body);
    const moment = { atMs: Date.now() };
    const viewer = route.open ? anonymousReader : call.viewer;
    const data = await graphRequest(engine, viewer, route.query, variables);
    const reply = route.map(data, values, moment);
    sendJson(call.response, reply.status ?? 200, JSON.stringify(reply.body));
  } catch (error) {
    throw toClientError(error);
  }
}
