import type { DocumentNode } from 'graphql';
import type { z } from 'zod';
import type { Document, Moment } from './message.ts';
import type { Parameters, ValuesOf } from './parameters.ts';
import type { AppError } from '../errors.ts';
import { object, type Shape } from './schema-terms.ts';

/** A declared HTTP operation. `rest.ts` serves it, and `openapi.ts` describes it. */
export interface RestRoute {
  readonly method: 'GET' | 'POST';
  /** Without trailing slash; parameters in braces: `/api/providers/{name}`. */
  readonly path: string;
  readonly summary: string;
  readonly parameters: Parameters;
  /** The error for values that are rejected before the body is parsed; null: accepted. */
  readonly reject: (values: unknown) => AppError | null;
  /** null: no body is read. */
  readonly body: BodyRule | null;
  /** Features that must all be on. The 503 response names the first that is off. */
  readonly needs: readonly string[];
  /** Whether the route needs no credential, even if all others do. */
  readonly open: boolean;
  /** The dialect whose origins apply; null: its own. */
  readonly originsOf: string | null;
  readonly query: DocumentNode;
  readonly variables: (values: unknown, body: unknown) => Readonly<Record<string, unknown>>;
  readonly map: (data: unknown, values: unknown, moment: Moment) => Reply;
  /** The schema of the response body, for the reference and for tests; null: not described. */
  readonly response: z.ZodType | null;
  /** Further statuses, besides 200, with the same response body. */
  readonly otherStatuses: readonly number[];
}

export interface BodyRule {
  readonly schema: z.ZodType;
  /** Whether the body may be absent; it is `{}` then. */
  readonly optional: boolean;
  /** The error code for an object that does not match the schema. Default: INVALID_BODY. */
  readonly mismatchCode?: 'INVALID_PARAMETER';
}

export interface Reply {
  /** Default: 200. */
  readonly status?: number;
  readonly body: unknown;
}

export interface RouteOptions<Data, Variables, Declared extends Parameters, Body> extends Partial<
  Pick<RestRoute, 'needs' | 'open' | 'otherStatuses'>
> {
  readonly path: string;
  readonly summary: string;
  readonly parameters?: Declared;
  readonly reject?: (values: ValuesOf<Declared>) => AppError | null;
  readonly body?: BodyRule & { readonly schema: z.ZodType<Body> };
  readonly originsOf?: string;
  readonly response?: Shape;
  readonly document: Document<Data, Variables>;
  readonly variables?: (values: ValuesOf<Declared>, body: Body) => Variables;
  readonly map: (data: Data, values: ValuesOf<Declared>, moment: Moment) => Reply;
}

/** A `GET` route that executes one query. */
export function get<Data, Variables, const Declared extends Parameters = Parameters>(
  options: Omit<RouteOptions<Data, Variables, Declared, unknown>, 'body'>,
): RestRoute {
  return route('GET', options);
}

/** A `POST` route that executes one mutation. */
export function post<Data, Variables, const Declared extends Parameters = Parameters, Body = unknown>(
  options: RouteOptions<Data, Variables, Declared, Body>,
): RestRoute {
  return route('POST', options);
}

function route<Data, Variables, Declared extends Parameters, Body>(
  method: RestRoute['method'],
  options: RouteOptions<Data, Variables, Declared, Body>,
): RestRoute {
  const { document, reject = () => null, variables = () => ({}), map, response, ...declared } = options;
  return {
    parameters: {},
    body: null,
    needs: [],
    open: false,
    originsOf: null,
    otherStatuses: [],
    ...declared,
    response: response === undefined ? null : object(response),
    method,
    query: document,
    reject: reject as RestRoute['reject'],
    variables: variables as RestRoute['variables'],
    map: map as RestRoute['map'],
  };
}
