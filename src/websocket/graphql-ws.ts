import { reasonOf, serve, type Session } from './graphql-ws-connection.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { setImmediate } from 'node:timers/promises';
import { GraphQLError, OperationTypeNode, type ExecutionArgs, type ExecutionResult } from 'graphql';
import {
  CloseCode,
  GRAPHQL_TRANSPORT_WS_PROTOCOL,
  makeServer,
  type Server,
  type SubscribePayload,
} from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Authenticate } from '../auth/authenticate.ts';
import { credentialsOfInit } from '../auth/credentials.ts';
import { AppError } from '../errors.ts';
import { Connection, type Ticker } from '../delivery/connection.ts';
import type { Engine, Request } from '../engine/engine.ts';
import type { Subscriber } from '../delivery/subscriber.ts';
import { RequestError, type Operation } from '../engine/operation.ts';
import { toGraphQLError, type ReportUnknown } from '../graph/errors.ts';
import { limits } from '../graph/limits.ts';
import type { AddressLimit, ConcurrencyLimiter } from '../lib/concurrency-limiter.ts';
import { TickLimiter } from '../lib/tick-limiter.ts';
import type { Log } from '../log/log.ts';
import { documentIdOf } from '../http/document-id.ts';
import type { SocketConnection, SocketEndpoint } from './endpoint.ts';
import type { OriginRule } from '../http/origin.ts';
import { writerOf } from './next-writer.ts';
import { PendingSubscription } from './pending-subscription.ts';
import { payloads, type Payload } from '../delivery/payload.ts';
import { forget } from './client-message.ts';
import { guarded } from '../lib/guarded.ts';

export interface GraphqlSocketOptions {
  readonly engine: Engine;
  readonly delivery: Delivery;
  readonly ticker: Ticker;
  readonly authenticate: Authenticate;
  readonly origins: OriginRule;
  readonly frameBytesMax: number;
  /** A client that has not sent `connection_init` by then is closed with 4408. */
  readonly initTimeoutMs: number;
  /** Connections of one address; null: any number. */
  readonly perAddress: AddressLimit | null;
  /** Operations under way, over all connections of an address and its event streams. */
  readonly operations: ConcurrencyLimiter;
  /** Which operations begin in a turn of the event loop, over all ways in. */
  readonly tickLimiter?: TickLimiter;
  readonly log: Log;
  readonly report: ReportUnknown;
  /** A credential in `connection_init` was wrong. */
  readonly authenticationFailed?: (connection: SocketConnection) => void;
  /** A connection ends because its credential has. */
  readonly accessEnded?: (connection: SocketConnection) => void;
}

/** Operations that one connection may have at a time; they are counted until they have ended, not until left. */
const operationsMax = 100;
/** Subscriptions, queries and mutations begun in a turn of the event loop, over all connections. */
export const operationsPerTick = 64;
/** Errors of the subscriptions are sent before the close frame. */
const farewellMs = 20;
/** The service restarts: clients come back, each after a while of its own. */
const serviceRestart = 1012;
/** The client cannot be authenticated now, and connects again later. */
const tryAgainLater = 1013;

/** What `onSubscribe` made ready, on its way through graphql-ws. */
interface Prepared {
  readonly outcome: ExecutionResult | PendingSubscription;
}

/**
 * GraphQL over WebSocket. graphql-ws keeps the protocol: init, ping, subscribe, errors, complete, close codes. What it
 * would ask graphql-js goes through the engine, and the `next` messages of subscriptions are written by the fan-out,
 * once a tick, from bytes that all equal readers share.
 */
export function graphqlSocket(options: GraphqlSocketOptions): SocketEndpoint {
  const server = protocolServer(options);
  return {
    dialect: 'graphql',
    path: '/graphql',
    origins: options.origins,
    perAddressMax: options.perAddress?.max ?? null,
    sparesLoopback: options.perAddress?.loopback === false,
    protocols: [GRAPHQL_TRANSPORT_WS_PROTOCOL],
    frameBytesMax: options.frameBytesMax,
    credentialInMessage: true,
    pingsAtOnce: false, // many clients that connect at the same time send enough
    goingAwayCode: serviceRestart,
    disabledBy: () => null,
    opened(connection) {
      const frames = new Connection(connection.outbound, options.ticker);
      serve(server, { connection, frames, handling: 0, cost: 0 }, options);
    },
  };
}

function protocolServer(options: GraphqlSocketOptions): Server<Session> {
  const { tickLimiter = new TickLimiter(operationsPerTick) } = options;
  return makeServer<Record<string, unknown>, Session>({
    connectionInitWaitTimeout: options.initTimeoutMs,
    onConnect: async (context) => {
      const { extra, connectionParams } = context;
      Reflect.deleteProperty(context, 'connectionParams'); // it would be held as long as the connection
      return welcome(extra, connectionParams, options);
    },
    onSubscribe: async ({ extra }, id, payload) => {
      try {
        const full = await fullness(extra, options.operations);
        if (full !== null) return [overloaded(full)];
        await new Promise<void>((resolve) => tickLimiter.run(resolve));
        return await prepare(extra, id, payload, options);
      } catch (error) {
        return error instanceof RequestError ? error.errors : [toGraphQLError(error, options.report)];
      } finally {
        forget(payload);
      }
    },
    execute: ready,
    subscribe: ready,
  });
}

/** Why no more may run, once what was completed just before has ended; null: it may. */
async function fullness(session: Session, operations: ConcurrencyLimiter): Promise<string | null> {
  if (tooMany(session, operations) === null) return null;
  await setImmediate();
  return tooMany(session, operations);
}

function tooMany(
  { handling, connection: { address } }: Session,
  operations: ConcurrencyLimiter,
): string | null {
  if (handling > operationsMax) return `A connection may have at most ${operationsMax} operations at a time.`;
  const max = operations.maxOf(address);
  return operations.countOf(address) > max
    ? `One address may have at most ${max} operations at a time.`
    : null;
}

/** What graphql-ws takes for an execution was done when the operation was prepared. */
function ready(args: ExecutionArgs): ExecutionResult | PendingSubscription {
  return (args.contextValue as Prepared).outcome;
}

/** Who is there: by the message's credential, or by that of the handshake. */
async function welcome(
  { connection }: Session,
  params: Readonly<Record<string, unknown>> | undefined,
  options: GraphqlSocketOptions,
): Promise<boolean> {
  const credentials = credentialsOfInit(params ?? {});
  if (credentials.token !== null || !connection.viewer.authenticated) {
    try {
      connection.viewer = await options.authenticate(credentials);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const failed = error.code === 'AUTHENTICATION_FAILED';
      if (failed) options.authenticationFailed?.(connection);
      connection.socket.close(failed ? CloseCode.Forbidden : tryAgainLater, reasonOf(error.message));
      return false;
    }
  }
  if ((connection.viewer.credential?.ended ?? null) !== null) return false; // since the handshake
  closeWithCredential(connection, options);
  return true;
}

/** Its subscriptions have ended with an error each when the connection is closed. A stock client may come back. */
function closeWithCredential(connection: SocketConnection, { accessEnded }: GraphqlSocketOptions): void {
  const { socket, viewer } = connection;
  const following = viewer.credential?.follow(() => {
    const ended = viewer.credential?.ended ?? null;
    if (ended === null) return;
    accessEnded?.(connection);
    setTimeout(() => socket.close(CloseCode.Forbidden, `The credential is ${ended}.`), farewellMs);
  });
  if (following === undefined) return;
  if (socket.readyState === WebSocket.OPEN)
    socket.once(
      'close',
      guarded(() => following[Symbol.dispose]()),
    );
  else following[Symbol.dispose]();
}

async function prepare(
  session: Session,
  id: string,
  payload: SubscribePayload,
  options: GraphqlSocketOptions,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  const { engine } = options;
  const { viewer } = session.connection;
  const request: Request = {
    query: payload.query,
    documentId: documentIdOf(payload),
    operationName: payload.operationName,
    variables: payload.variables,
  };
  const operation = engine.prepare(request, viewer, session.connection.address);
  if (operation.kind === OperationTypeNode.SUBSCRIPTION)
    return through(engine, operation, await subscribe(session, id, operation, request, options));
  const result = await engine.execute(operation, request, viewer);
  if (!('data' in result) && result.errors !== undefined) return result.errors;
  return through(engine, operation, result);
}

function through({ schema }: Engine, { document }: Operation, outcome: Prepared['outcome']): ExecutionArgs {
  return { schema, document, contextValue: { outcome } satisfies Prepared };
}

async function subscribe(
  session: Session,
  id: string,
  operation: Operation,
  request: Request,
  { delivery, report }: GraphqlSocketOptions,
): Promise<PendingSubscription> {
  const { connection, frames } = session;
  const writer = writerOf(connection, id);
  let subscriber: Subscriber<Payload> | null = null;
  let joined = false;
  let cost = 0;
  const giveBack = (): void => {
    session.cost -= cost;
    cost = 0;
  };
  const stream = new PendingSubscription(
    () => {
      if (!joined && subscriber !== null) frames.join(subscriber, writer);
      joined = true;
    },
    () => {
      giveBack();
      if (subscriber === null) return;
      frames.leave(subscriber);
      subscriber.leave();
    },
  );
  try {
    subscriber = await delivery.subscribe(operation, request, connection.viewer, {
      encoder: payloads,
      reader: frames,
      address: connection.address,
      admit(perSecond) {
        if (session.cost + perSecond > limits.connectionCostMax) throw tooExpensive(perSecond, session.cost);
        cost = perSecond;
        session.cost += cost;
      },
      ended(error) {
        giveBack();
        if (subscriber !== null) frames.leave(subscriber);
        stream.end(error === null ? null : toGraphQLError(error, report));
      },
    });
  } catch (error) {
    giveBack();
    throw error;
  }
  return stream;
}

function overloaded(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'OVERLOADED', retryable: true } });
}

function tooExpensive(cost: number, spent: number): AppError {
  const { connectionCostMax: costMax } = limits;
  const message = `The subscriptions of a connection may cost ${costMax} values a second; this would make it ${spent + cost}.`;
  return new AppError('OVERLOADED', message, { retryable: true, details: { cost, costMax } });
}
