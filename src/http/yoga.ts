import type { Delivery } from '../delivery/delivery.ts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError, OperationTypeNode, type ExecutionResult } from 'graphql';
import { createYoga, type GraphQLParams, type Plugin } from 'graphql-yoga';
import type { Viewer } from '../auth/viewer.ts';
import { AppError } from '../errors.ts';
import type { Engine, Request as Asked } from '../engine/engine.ts';
import { RequestError, type Operation } from '../engine/operation.ts';
import { toGraphQLError, type ReportUnknown } from '../graph/errors.ts';
import { ConcurrencyLimiter, type AddressLimit } from '../lib/concurrency-limiter.ts';
import { TickLimiter } from '../lib/tick-limiter.ts';
import { readBody, saysJson } from './body.ts';
import { documentIdOf } from './document-id.ts';
import type { OriginRule } from './origin.ts';
import { createGraphiql } from './graphiql.ts';
import { SubscriptionStream } from './event-stream.ts';
import { corsHeaders, originAllowed } from './origin.ts';
import { payloads } from '../delivery/payload.ts';
import { cachedResponse } from './cached-response.ts';
import { sendError, sendText, statusOf, type HttpContext } from './request.ts';
import type { SecurityEvent } from '../auth/security-event.ts';
import { sendYogaResponse } from './yoga-response.ts';
import { guarded } from '../lib/guarded.ts';

export interface GraphqlHttpOptions {
  readonly engine: Engine;
  readonly delivery: Delivery;
  readonly origins: OriginRule;
  /** Whether browsers get GraphiQL. */
  readonly graphiql: boolean;
  readonly bodyBytesMax: number;
  /** Open event streams: of the whole process, and of one address (null: any number). */
  readonly streamsMax: number;
  readonly perAddress: AddressLimit | null;
  /** Operations under way, over all event streams of an address and its sockets. */
  readonly operations: ConcurrencyLimiter;
  /** Which documents are validated in a turn of the event loop, over all ways in. */
  readonly tickLimiter?: TickLimiter;
  readonly report: ReportUnknown;
  readonly audit: (event: SecurityEvent) => void;
}

export type GraphqlHttp = (
  request: IncomingMessage,
  response: ServerResponse,
  context: HttpContext,
) => Promise<void>;

/** What Yoga hands through to the operation. */
interface Caller {
  readonly viewer: Viewer;
  readonly http: HttpContext;
  readonly response: ServerResponse;
  /** What was posted; null: more than may be. Absent when it was not JSON, or nothing was. */
  readonly body?: string | null;
  /** Whether that carries the signature it needs. */
  readonly signed?: boolean;
}

const path = '/graphql';
const methods = ['GET', 'POST'];

/** What GraphiQL shows at first. */
export const defaultQuery = `# Everything this server watches, live. Press the triangle.
subscription Live {
  systemMetrics(everyMs: 1000) {
    hostId
    sampledAt
    cpu { percent cores }
    memory { percent usedMb totalMb }
  }
}
`;

/**
 * GraphQL over HTTP, with subscriptions as server-sent events. Yoga speaks the protocol: content types, status codes,
 * event streams. Parsing, validation, rights and execution are the engine's, and pages of other origins meet our rule,
 * never Yoga's own, which would let in all of them. A POST is JSON and nothing else, which no foreign page can send
 * without asking first, and a GET changes nothing.
 */
export function createGraphqlHttp(options: GraphqlHttpOptions): GraphqlHttp {
  const { origins, report, audit } = options;
  const page = options.graphiql ? createGraphiql(defaultQuery) : null;
  const yoga = createYoga<Caller>({
    graphqlEndpoint: path,
    plugins: [reader(options), executeWithEngine(options)],
    extraParamNames: ['documentId'],
    cors: false,
    graphiql: false,
    landingPage: false,
    batching: false,
    multipart: false,
    maxRequestBodySize: false, // it was read, and bounded, before
    logging: false,
    healthCheckEndpoint: `${path}/none`,
    maskedErrors: { maskError: (error) => toGraphQLError(error, report) },
  });

  async function answer(request: IncomingMessage, response: ServerResponse, caller: Caller): Promise<void> {
    const reply = await yoga.handleNodeRequestAndResponse(request, response, caller);
    return sendYogaResponse(reply, response);
  }

  return async (request, response, context) => {
    const { origin, host } = request.headers;
    const preflight = request.method === 'OPTIONS' ? preflightOf(request) : null;
    const headers = corsHeaders({
      rule: origins,
      credentials: Array.isArray(origins),
      origin,
      host,
      preflight,
    });
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (preflight !== null) return void response.writeHead(204).end();
    if (request.method === 'POST' && !originAllowed(origins, origin, host)) {
      audit({ type: 'origin_rejected', path, address: context.address });
      return sendError(response, 403, 'FORBIDDEN', 'Origin not allowed.');
    }
    if (page !== null && wantsPage(request)) return page.serve(request, response);
    const viewer = await identify(response, context, options);
    if (viewer === null) return undefined;
    const caller = { viewer, http: context, response };
    if (request.method !== 'POST' || !saysJson(request.headers['content-type']))
      return answer(request, response, caller);
    const bytes = await readBody(request, options.bodyBytesMax);
    const body = bytes === null ? null : bytes.toString();
    const signed = body !== null && context.signed(body); // asked once: no signature is taken twice
    const known = signed ? cachedResponse(request, body, viewer, options.engine) : null;
    if (known === null) return answer(request, response, { ...caller, body, signed });
    return sendText(response, 200, known.text, { 'content-type': known.contentType });
  };
}

async function identify(
  response: ServerResponse,
  context: HttpContext,
  { origins, audit }: GraphqlHttpOptions,
): Promise<Viewer | null> {
  try {
    return await context.viewer(origins);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const failed = error.code === 'AUTHENTICATION_FAILED';
    if (failed) audit({ type: 'authentication_failed', path, address: context.address });
    const headers: Record<string, string> = failed ? { 'www-authenticate': 'Bearer' } : {};
    sendError(response, statusOf(error.code), error.code, error.message, headers);
    return null;
  }
}

function preflightOf({ headers }: IncomingMessage) {
  return { methods, requestedHeaders: headers['access-control-request-headers'] };
}

/** A browser shows a page; that it has put the query into the page's own address changes nothing. */
function wantsPage({ method, headers }: IncomingMessage): boolean {
  return (method === 'GET' || method === 'HEAD') && (headers.accept ?? '').includes('text/html');
}

/** Reads what is asked: from the URL, or from a body of JSON whose signature, where one is needed, is right. */
function reader({ audit, bodyBytesMax }: GraphqlHttpOptions): Plugin<Record<string, unknown>, Caller> {
  return {
    onRequestParse({ request, serverContext, setRequestParser }) {
      if (request.method === 'GET') {
        setRequestParser(() => asked(Object.fromEntries(new URL(request.url).searchParams), true));
      } else if (request.method === 'POST') {
        if (!saysJson(request.headers.get('content-type')))
          throw refusal('A POST must have the Content-Type application/json.', 415, 'UNSUPPORTED_MEDIA_TYPE');
        setRequestParser(() => {
          const text = serverContext.body ?? null;
          if (text === null)
            throw refusal(`A body may have at most ${bodyBytesMax} bytes.`, 413, 'PAYLOAD_TOO_LARGE', {
              connection: 'close',
            });
          if (serverContext.signed !== true) {
            audit({ type: 'authentication_failed', path, address: serverContext.http.address });
            throw refusal('The signature is not valid.', 401, 'AUTHENTICATION_FAILED');
          }
          const body = json(text, 'body');
          return Array.isArray(body) ? (body as GraphQLParams[]) : asked(body, false);
        });
      }
    },
  };
}

/** The parameters of a request that have the right type; Yoga checks the rest. */
function asked(given: unknown, encoded: boolean): GraphQLParams {
  if (typeof given !== 'object' || given === null) throw refusal('The body must be a JSON object.', 400);
  const params = { ...given } as Record<string, unknown>;
  for (const name of ['variables', 'extensions']) {
    const text = params[name];
    if (encoded && typeof text === 'string') params[name] = text === '' ? null : json(text, name);
  }
  const { operationName } = params;
  if (encoded && operationName === '') delete params['operationName'];
  else if (operationName !== undefined && operationName !== null && typeof operationName !== 'string')
    throw refusal('operationName must be a string.', 400);
  if (documentIdOf(params) !== null) params['query'] ??= '';
  return params as GraphQLParams;
}

function json(text: string, name: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw refusal(`The ${name} is not JSON.`, 400);
  }
}

/** Replaces Yoga's parsing, validation and execution. */
function executeWithEngine(options: GraphqlHttpOptions): Plugin<Record<string, unknown>, Caller> {
  const { engine, tickLimiter = new TickLimiter(1) } = options;
  const streams = new ConcurrencyLimiter(options.perAddress);
  return {
    onParams({ setParamsHandler }) {
      setParamsHandler(async ({ params, request, context }) => {
        const { viewer } = context;
        const query: Asked = {
          query: params.query ?? '',
          documentId: documentIdOf(params),
          operationName: params.operationName ?? null,
          variables: params.variables ?? null,
        };
        // Clients that accept only application/json get status 200 for every result, as GraphQL servers used to answer.
        let spec = true;
        try {
          if (!engine.knows(query)) await new Promise<void>((resolve) => tickLimiter.run(resolve));
          const operation = engine.prepare(query, viewer, context.http.address);
          if (operation.kind === OperationTypeNode.SUBSCRIPTION) {
            if (!takesEvents(request.headers.get('accept')))
              throw refusal('A subscription is answered as text/event-stream only.', 406);
            // To who takes anything, Yoga would send multipart.
            request.headers.set('accept', 'text/event-stream');
            spec = false;
            return await subscribe(operation, query, context, options, streams);
          }
          if (operation.kind === OperationTypeNode.MUTATION && request.method !== 'POST')
            throw refusal('A mutation must be sent by POST.', 405, 'BAD_REQUEST', { allow: 'POST' });
          return withStatus(await engine.execute(operation, query, viewer), spec);
        } catch (error) {
          if (error instanceof RequestError) return withStatus({ errors: error.errors }, spec);
          throw error;
        }
      });
    },
  };
}

async function subscribe(
  operation: Operation,
  query: Asked,
  { viewer, http, response }: Caller,
  options: GraphqlHttpOptions,
  streams: ConcurrencyLimiter,
): Promise<AsyncIterable<ExecutionResult>> {
  const { delivery, report } = options;
  acquireStream(http.address, response, streams, options);
  const stream = new SubscriptionStream(response);
  const subscriber = await delivery.subscribe(operation, query, viewer, {
    encoder: payloads,
    reader: stream,
    address: http.address,
    ended: (error) =>
      error === null ? stream.cut() : stream.end({ errors: [toGraphQLError(error, report)] }),
  });
  stream.start(subscriber);
  return stream;
}

/** Until the response has ended. @throws GraphQLError when there are too many. */
function acquireStream(
  address: string,
  response: ServerResponse,
  streams: ConcurrencyLimiter,
  { streamsMax, operations }: GraphqlHttpOptions,
): void {
  if (response.destroyed) throw refusal('The client has left.', 400); // nothing would give its places back
  if (streams.countOf(address) >= streams.maxOf(address))
    throw refusal(
      `One address may have at most ${streams.maxOf(address)} event streams.`,
      429,
      'RATE_LIMITED',
    );
  if (operations.countOf(address) >= operations.maxOf(address))
    throw refusal(
      `One address may have at most ${operations.maxOf(address)} operations.`,
      429,
      'RATE_LIMITED',
    );
  if (streams.count >= streamsMax)
    throw refusal('The server has as many event streams as it takes.', 503, 'OVERLOADED');
  for (const limiter of [streams, operations]) {
    limiter.acquire(address);
    response.once(
      'close',
      guarded(() => limiter.release(address)),
    );
  }
}

function takesEvents(accept: string | null): boolean {
  return accept === null || /text\/event-stream|text\/\*|\*\/\*/i.test(accept);
}

/** A result without data is a refused request: its status says why. */
function withStatus(result: ExecutionResult, spec: boolean): ExecutionResult {
  if ('data' in result || result.errors === undefined) return result;
  return { errors: result.errors.map((error) => withHttp(error, spec)) };
}

function withHttp(error: GraphQLError, spec: boolean): GraphQLError {
  const { message, nodes, source, positions, path: at, extensions } = error;
  const status = statusOf(extensions['code']);
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    path: at ?? null,
    extensions: { ...extensions, http: { status, spec } },
  });
}

function refusal(
  message: string,
  status: number,
  code = 'BAD_REQUEST',
  headers: Readonly<Record<string, string>> = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status, headers } } });
}
