import { reasonOf, serveSocket, type Session } from './graphql-ws-connection.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { setImmediate } from 'node:timers/promises';
import { GraphQLError, OperationTypeNode, type ExecutionArgs, type ExecutionResult } from 'graphql';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, makeServer, type Server, type SubscribePayload } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Authenticate } from '../auth/authenticate.ts';
import { credentialsOfInit } from '../auth/credentials.ts';
import { AppError, closeCodes } from '../errors.ts';
import { Connection, type Ticker } from '../delivery/connection.ts';
import type { Engine, Request } from '../engine/engine.ts';
import type { Subscriber } from '../delivery/subscriber.ts';
import { RequestError, type Operation } from '../engine/operation.ts';
import { toGraphQLError, type ReportUnknown } from '../graph/errors.ts';
import { limits } from '../graph/limits.ts';
import type { AddressLimit, ConcurrencyLimiter } from '../lib/concurrency-limiter.ts';
import { TickLimiter } from '../lib/tick-limiter.ts';
import type { Log } from '../log/log.ts';
import { documentIdOf, sha256HashOf, traceparentOf } from '../http/document-id.ts';
import type { SocketConnection, SocketEndpoint } from './endpoint.ts';
import type { OriginRule } from '../http/origin.ts';
import { writerOf } from './next-writer.ts';
import { oldProtocol, rejectOldProtocol } from './old-protocol.ts';
import { PendingSubscription } from './pending-subscription.ts';
import { payloads, type Payload } from '../delivery/payload.ts';
import { clearPayload } from './client-message.ts';
import { guarded } from '../lib/guarded.ts';

export interface GraphqlSocketOptions {
  readonly engine: Engine;
  readonly delivery: Delivery;
  readonly ticker: Ticker;
  readonly authenticate: Authenticate;
  readonly origins: OriginRule;
  readonly frameBytesMax: number;
  /** A client that has not sent `connection_init` after this time is closed with 4408. */
  readonly initTimeoutMs: number;
  /** Limit on connections of one address. Null: no limit. */
  readonly perAddress: AddressLimit | null;
  /** Limits the running operations of an address, over its connections and event streams. */
  readonly operations: ConcurrencyLimiter;
  /** Limits the operations that start in a turn of the event loop, over all transports. */
  readonly tickLimiter?: TickLimiter;
  readonly log: Log;
  readonly report: ReportUnknown;
  /** Called when the credential in `connection_init` is invalid. */
  readonly authenticationFailed?: (connection: SocketConnection) => void;
  /** Called when a connection ends because its credential has ended. */
  readonly accessEnded?: (connection: SocketConnection) => void;
}

/** Operations that one connection may run at a time. An operation counts until it has ended, not until the client left. */
const operationsMax = 100;
/** Operations that start in a turn of the event loop, over all connections. */
export const operationsPerTick = 64;
/** The close frame is sent after this delay, so that the errors of the subscriptions are sent before it. */
const closeDelayMs = 20;

/** The result of `onSubscribe`, which graphql-ws passes to `execute` and `subscribe`. */
interface Prepared {
  readonly outcome: ExecutionResult | PendingSubscription;
}

/**
 * GraphQL over WebSocket. The library graphql-ws implements the protocol: init, ping, subscribe, errors, complete, close
 * codes. The engine replaces its calls of graphql-js, and the delivery room writes the `next` messages of subscriptions,
 * once per turn of the event loop, from bytes that equal subscribers share.
 */
export function graphqlSocket(options: GraphqlSocketOptions): SocketEndpoint {
  const server = protocolServer(options);
  return {
    dialect: 'graphql',
    path: '/graphql',
    origins: options.origins,
    perAddressMax: options.perAddress?.max ?? null,
    loopbackExempt: options.perAddress?.loopback === false,
    protocols: [GRAPHQL_TRANSPORT_WS_PROTOCOL, oldProtocol],
    frameBytesMax: options.frameBytesMax,
    credentialInMessage: true,
    pingOnOpen: false, // many clients connect at the same time, and a ping more for each would delay them
    shutdownCloseCode: closeCodes.serviceRestart,
    disabledBy: () => null,
    opened(connection) {
      if (connection.socket.protocol === oldProtocol) return rejectOldProtocol(connection);
      const frames = new Connection(connection.outbound, options.ticker);
      serveSocket(server, { connection, frames, handling: 0, cost: 0 }, options);
    },
  };
}

function protocolServer(options: GraphqlSocketOptions): Server<Session> {
  const { tickLimiter = new TickLimiter(operationsPerTick) } = options;
  return makeServer<Record<string, unknown>, Session>({
    connectionInitWaitTimeout: options.initTimeoutMs,
    onConnect: async (context) => {
      const { extra, connectionParams } = context;
      Reflect.deleteProperty(context, 'connectionParams'); // graphql-ws would keep it while the connection is open
      return authenticateConnection(extra, connectionParams, options);
    },
    onSubscribe: async ({ extra }, id, payload) => {
      try {
        const exceeded = await exceededLimit(extra, options.operations);
        if (exceeded !== null) return [overloaded(exceeded)];
        await new Promise<void>((resolve) => tickLimiter.run(resolve));
        return await prepare(extra, id, payload, options);
      } catch (error) {
        return error instanceof RequestError ? error.errors : [toGraphQLError(error, options.report)];
      } finally {
        clearPayload(payload);
      }
    },
    execute: outcomeOf,
    subscribe: outcomeOf,
  });
}

/** Which limit another operation exceeds, after operations that were just completed have ended. Null: none. */
async function exceededLimit(session: Session, operations: ConcurrencyLimiter): Promise<string | null> {
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

/** In place of an execution: `onSubscribe` has executed the operation already. */
function outcomeOf(args: ExecutionArgs): ExecutionResult | PendingSubscription {
  return (args.contextValue as Prepared).outcome;
}

/** Authenticates a connection with the credential of `connection_init`, or with that of the handshake. */
async function authenticateConnection(
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
      if (error.code === 'AUTHENTICATION_FAILED') options.authenticationFailed?.(connection);
      connection.socket.close(error.closeCode, reasonOf(error.message));
      return false;
    }
  }
  if ((connection.viewer.credential?.ended ?? null) !== null) return false; // it ended after the handshake
  closeWithCredential(connection, options);
  return true;
}

/** Closes the connection when its credential ends. Its subscriptions end before, each with an error. */
function closeWithCredential(connection: SocketConnection, { accessEnded }: GraphqlSocketOptions): void {
  const { socket, viewer } = connection;
  const following = viewer.credential?.follow(() => {
    const ended = viewer.credential?.ended ?? null;
    if (ended === null) return;
    accessEnded?.(connection);
    setTimeout(() => socket.close(closeCodes.forbidden, `The credential is ${ended}.`), closeDelayMs);
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
    sha256Hash: sha256HashOf(payload),
    operationName: payload.operationName,
    variables: payload.variables,
    traceparent: traceparentOf(payload),
  };
  const operation = engine.prepare(request, viewer, session.connection.address);
  if (operation.kind === OperationTypeNode.SUBSCRIPTION)
    return executionArgs(engine, operation, await subscribe(session, id, operation, request, options));
  const result = await engine.execute(operation, request, viewer);
  if (!('data' in result) && result.errors !== undefined) return result.errors;
  return executionArgs(engine, operation, result);
}

function executionArgs(
  { schema }: Engine,
  { document }: Operation,
  outcome: Prepared['outcome'],
): ExecutionArgs {
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
  const releaseCost = (): void => {
    session.cost -= cost;
    cost = 0;
  };
  const stream = new PendingSubscription(
    () => {
      if (!joined && subscriber !== null) frames.join(subscriber, writer);
      joined = true;
    },
    () => {
      releaseCost();
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
        releaseCost();
        if (subscriber !== null) frames.leave(subscriber);
        stream.end(error === null ? null : toGraphQLError(error, report));
      },
    });
  } catch (error) {
    releaseCost();
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
