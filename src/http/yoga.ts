import type { Delivery } from '../delivery/delivery.ts';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { OperationTypeNode, type ExecutionResult, type GraphQLError } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import type { Viewer } from '../auth/viewer.ts';
import { AppError, statusOf, type ErrorCode } from '../errors.ts';
import type { Engine, Request as GraphqlRequest } from '../engine/engine.ts';
import { RequestError, type Operation } from '../engine/operation.ts';
import { replaced, toGraphQLError, type ReportUnknown } from '../graph/errors.ts';
import type { ConcurrencyLimiter } from '../lib/concurrency-limiter.ts';
import type { OpenStreams } from './open-streams.ts';
import { TickLimiter } from '../lib/tick-limiter.ts';
import { acceptsEventsOnly, isEventSource, streamFormatOf, withoutStreams } from './accept.ts';
import { readBody, isJson } from './body.ts';
import { setCorsHeaders } from './cors.ts';
import { documentIdOf, sha256HashOf } from './document-id.ts';
import { createGraphiql } from './graphiql.ts';
import { eventStream, finishedEventId } from './event-stream.ts';
import { ResultStream, type ResultStreamOptions, type StreamFormat } from './result-stream.ts';
import { originAllowed, type OriginRule } from './origin.ts';
import { payloads } from '../delivery/payload.ts';
import { cachedResponse } from './cached-response.ts';
import type { HttpContext } from './request.ts';
import { admit, batchMax, paramsOfBody, paramsOfUrl, rejection, type Batch } from './request-params.ts';
import { sendText } from './send.ts';
import type { SecurityEvent } from '../auth/security-event.ts';
import { sendYogaResponse } from './yoga-response.ts';
import { guarded } from '../lib/guarded.ts';

export interface GraphqlHttpOptions extends ResultStreamOptions {
  readonly engine: Engine;
  readonly delivery: Delivery;
  readonly origins: OriginRule;
  /** Whether browsers are served GraphiQL. */
  readonly graphiql: boolean;
  readonly bodyBytesMax: number;
  /** Limit on open streams of the process. */
  readonly streamsMax: number;
  readonly openStreams: OpenStreams;
  /** Limits the open streams of an address. */
  readonly streams: ConcurrencyLimiter;
  /** Limits the running operations of an address, over its streams and WebSockets. */
  readonly operations: ConcurrencyLimiter;
  /** Limits the documents that are validated in a turn of the event loop, over all transports. */
  readonly tickLimiter?: TickLimiter;
  readonly report: ReportUnknown;
  readonly audit: (event: SecurityEvent) => void;
}

export type GraphqlHttp = (
  request: IncomingMessage,
  response: ServerResponse,
  context: HttpContext,
) => Promise<void>;

/** The context that Yoga passes to the operation. */
interface YogaContext {
  readonly viewer: Viewer;
  readonly http: HttpContext;
  readonly response: ServerResponse;
  /** Whether a stream is sent, and not the response of Yoga. */
  isStream?: boolean;
  /** The batch of which the operation is a part. */
  batch?: Batch;
  /** The body of a POST with JSON. Null: it is too long. */
  readonly body?: string | null;
  /** Whether the body has a valid signature, or needs none. */
  readonly signed?: boolean;
}

const path = '/graphql';
const methods = ['GET', 'POST'];

/** The result for Yoga where a stream is sent in place of its response. */
const ignored: ExecutionResult = { data: null };

/**
 * GraphQL over HTTP, with subscriptions as server-sent events or as parts of a multipart response. Yoga implements the
 * protocol: parameters, batches, content types, status codes. The engine parses, validates, authorizes and executes. This
 * room sends streams, because those of Yoga have no ids, and checks origins, because Yoga's default allows all of them. A
 * POST must be JSON, which a page of another origin cannot send without a preflight, and a GET changes nothing.
 */
export function createGraphqlHttp(options: GraphqlHttpOptions): GraphqlHttp {
  const { origins, report, audit } = options;
  const page = options.graphiql ? createGraphiql() : null;
  const yoga = createYoga<YogaContext>({
    graphqlEndpoint: path,
    plugins: [parseRequest(options), executeWithEngine(options)],
    extraParamNames: ['documentId'],
    cors: false,
    graphiql: false,
    landingPage: false,
    batching: { limit: batchMax },
    multipart: false,
    maxRequestBodySize: false, // the body was read before, with a limit
    logging: false,
    healthCheckEndpoint: `${path}/none`,
    maskedErrors: { maskError: (error) => toGraphQLError(error, report) },
  });

  async function serve(
    request: IncomingMessage,
    response: ServerResponse,
    context: YogaContext,
  ): Promise<void> {
    const reply = await yoga.handleNodeRequestAndResponse(request, response, context);
    if (context.isStream !== true) await sendYogaResponse(reply, response);
  }

  return async (request, response, http) => {
    const { origin, host } = request.headers;
    setCorsHeaders(request, response, { origins, credentials: Array.isArray(origins), methods });
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    if (request.method === 'POST' && !originAllowed(origins, origin, host)) {
      audit({ type: 'origin_rejected', path, address: http.address });
      throw new AppError('FORBIDDEN', 'Origin not allowed.');
    }
    if (page !== null && wantsPage(request)) return page.serve(request, response);
    if (lastEventId(request) === finishedEventId) return void response.writeHead(204).end();
    const viewer = await authenticate(http, options).catch((error: unknown) => {
      if (!isEventSource(request)) throw error;
      new ResultStream(response, eventStream, options).fail([toGraphQLError(error, report)]);
    });
    if (viewer === undefined) return undefined;
    const context = { viewer, http, response };
    if (request.method !== 'POST' || !isJson(request.headers['content-type']))
      return serve(request, response, context);
    const bytes = await readBody(request, options.bodyBytesMax);
    const body = bytes === null ? null : bytes.toString();
    const signed = body !== null && http.signed(body);
    const cached = signed
      ? cachedResponse(request, body, { viewer, address: http.address }, options.engine)
      : null;
    if (cached === null) return serve(request, response, { ...context, body, signed });
    // Responses to all requests that have arrived are written one after the other: to write is what costs most, and
    // costs less while the receiver is awake.
    await nextTurn();
    return sendText(response, 200, cached.text, { 'content-type': cached.contentType });
  };
}

async function authenticate(http: HttpContext, { origins, audit }: GraphqlHttpOptions): Promise<Viewer> {
  try {
    return await http.viewer(origins);
  } catch (error) {
    if (error instanceof AppError && error.code === 'AUTHENTICATION_FAILED')
      audit({ type: 'authentication_failed', path, address: http.address });
    throw error;
  }
}

/** Whether a browser opens the page. GraphiQL keeps the query in the address of the page, so a query changes nothing. */
function wantsPage({ method, headers }: IncomingMessage): boolean {
  return (method === 'GET' || method === 'HEAD') && (headers.accept ?? '').includes('text/html');
}

/** Reads the parameters of a request from the URL, or from a JSON body with a valid signature where one is required. */
function parseRequest({
  audit,
  bodyBytesMax,
}: GraphqlHttpOptions): Plugin<Record<string, unknown>, YogaContext> {
  return {
    onRequestParse({ request, serverContext, setRequestParser }) {
      if (request.method === 'GET') {
        setRequestParser(() => paramsOfUrl(new URL(request.url)));
      } else if (request.method === 'POST') {
        if (!isJson(request.headers.get('content-type')))
          throw rejection(
            'A POST must have the Content-Type application/json.',
            415,
            'UNSUPPORTED_MEDIA_TYPE',
          );
        setRequestParser(() => {
          const text = serverContext.body ?? null;
          if (text === null)
            throw rejection(`A body may have at most ${bodyBytesMax} bytes.`, 413, 'PAYLOAD_TOO_LARGE', {
              connection: 'close',
            });
          if (serverContext.signed !== true) {
            audit({ type: 'authentication_failed', path, address: serverContext.http.address });
            throw rejection('The signature is not valid.', 401, 'AUTHENTICATION_FAILED');
          }
          const params = paramsOfBody(text);
          if (Array.isArray(params)) serverContext.batch = { cost: 0 };
          return params;
        });
      }
    },
  };
}

/** Replaces Yoga's parsing, validation and execution. */
function executeWithEngine(options: GraphqlHttpOptions): Plugin<Record<string, unknown>, YogaContext> {
  const { engine, streams, tickLimiter = new TickLimiter(1) } = options;
  return {
    onParams({ setParamsHandler }) {
      setParamsHandler(async ({ params, request, context }) => {
        const { viewer } = context;
        const query: GraphqlRequest = {
          query: params.query ?? '',
          documentId: documentIdOf(params),
          sha256Hash: sha256HashOf(params),
          operationName: params.operationName ?? null,
          variables: params.variables ?? null,
        };
        const accept = request.headers.get('accept');
        const eventsOnly = context.batch === undefined && acceptsEventsOnly(accept);
        request.headers.set('accept', withoutStreams(accept));
        try {
          if (!engine.isCached(query)) await new Promise<void>((resolve) => tickLimiter.run(resolve));
          const operation = engine.prepare(query, viewer, context.http.address);
          if (operation.kind === OperationTypeNode.SUBSCRIPTION) {
            const format = streamFormatOf(accept);
            if (context.batch !== undefined) throw rejection('A batch must not contain a subscription.', 400);
            if (format === null)
              throw rejection(
                'A subscription is sent as text/event-stream, or as multipart/mixed with subscriptionSpec=1.0.',
                406,
              );
            await subscribe(
              operation,
              query,
              openStream(context, format, options),
              context,
              options,
              streams,
            );
            return ignored;
          }
          if (operation.kind === OperationTypeNode.MUTATION && request.method !== 'POST')
            throw rejection('A mutation must be sent by POST.', 405, 'BAD_REQUEST', { allow: 'POST' });
          if (context.batch !== undefined) admit(context.batch, engine.measure(operation, query, viewer));
          const result = await engine.execute(operation, query, viewer);
          if (!eventsOnly) return withStatus(result);
          openStream(context, eventStream, options).result(result);
          return ignored;
        } catch (error) {
          if (!(error instanceof RequestError)) throw error;
          if (!eventsOnly) return withStatus({ errors: error.errors });
          openStream(context, eventStream, options).fail(error.errors);
          return ignored;
        }
      });
    },
  };
}

/** Sends the results of a subscription, or the errors with which it is rejected. */
async function subscribe(
  operation: Operation,
  query: GraphqlRequest,
  stream: ResultStream,
  { viewer, http, response }: YogaContext,
  options: GraphqlHttpOptions,
  streams: ConcurrencyLimiter,
): Promise<void> {
  const { delivery, report } = options;
  if (response.destroyed) return; // no event would release the limiters
  try {
    acquireStream(http.address, response, streams, options);
    options.openStreams.add(stream, response);
    const subscriber = await delivery.subscribe(operation, query, viewer, {
      encoder: payloads,
      reader: stream.connection,
      address: http.address,
      resumeAfter: lastEventId(response.req),
      ended: (error) => (error === null ? stream.interrupt() : stream.fail([toGraphQLError(error, report)])),
    });
    stream.start(subscriber, preferredWaitMs(response.req));
  } catch (error) {
    stream.fail(error instanceof RequestError ? error.errors : [toGraphQLError(error, report)]);
  }
}

function openStream(context: YogaContext, format: StreamFormat, options: ResultStreamOptions): ResultStream {
  context.isStream = true;
  return new ResultStream(context.response, format, options);
}

/** A client that polls cannot hold a request for longer. */
const pollWaitMaxS = 60;

/** The position of an EventSource that reconnects. */
function lastEventId({ headers }: IncomingMessage): string | null {
  const id = headers['last-event-id'];
  return typeof id === 'string' && id !== '' ? id : null;
}

/** How long a client that polls waits for a result: `Prefer: wait=<seconds>` (RFC 7240). Null: it does not poll. */
function preferredWaitMs({ headers }: IncomingMessage): number | null {
  const [, seconds] = /(?:^|[\s,;])wait=(\d{1,4})(?=$|[\s,;])/i.exec(String(headers['prefer'] ?? '')) ?? [];
  return seconds === undefined ? null : Math.min(Number(seconds), pollWaitMaxS) * 1_000;
}

/** Counts a stream until its response has ended. @throws AppError when a limit is reached. */
function acquireStream(
  address: string,
  response: ServerResponse,
  streams: ConcurrencyLimiter,
  { streamsMax, operations }: GraphqlHttpOptions,
): void {
  const reject = (code: ErrorCode, message: string): never => {
    throw new AppError(code, message, { retryable: true });
  };
  if (streams.countOf(address) >= streams.maxOf(address))
    reject('RATE_LIMITED', `One address may have at most ${streams.maxOf(address)} event streams.`);
  if (operations.countOf(address) >= operations.maxOf(address))
    reject('RATE_LIMITED', `One address may have at most ${operations.maxOf(address)} operations.`);
  if (streams.count >= streamsMax) reject('OVERLOADED', 'The server has as many event streams as it takes.');
  for (const limiter of [streams, operations]) {
    limiter.acquire(address);
    response.once(
      'close',
      guarded(() => limiter.release(address)),
    );
  }
}

/**
 * A result without data is a rejected request, whose status depends on the code of the error. Clients that accept only
 * application/json get status 200 for every result, as GraphQL servers used to answer.
 */
function withStatus(result: ExecutionResult): ExecutionResult {
  if ('data' in result || result.errors === undefined) return result;
  return { errors: result.errors.map((error) => withHttp(error)) };
}

function withHttp(error: GraphQLError): GraphQLError {
  const { message, extensions } = error;
  const http = { status: statusOf(extensions['code']), spec: true };
  return replaced(error, message, { ...extensions, http });
}
