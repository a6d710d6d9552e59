import type { GraphQLFormattedError } from 'graphql';

/** What a client sends for one operation. */
export interface GraphqlRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly operationName?: string | null | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
}

export interface GraphqlResult<Data = Readonly<Record<string, unknown>>> {
  readonly data?: Data | null;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** Receives what a transport reads for one operation. Nothing is called after the transport has closed. */
export interface OperationSink {
  /** @param text the result as JSON. Server-sent events only. */
  next(result: GraphqlResult, text?: string): void;
  /** The position has moved past events that do not match. Server-sent events only. */
  moved?(cursor: string): void;
  /** The server rejected or ended the operation. */
  error(errors: readonly GraphQLFormattedError[]): void;
  complete(): void;
}

/** How events arrive. */
export type TransportKind = 'websocket' | 'sse' | 'polling';

/** One connection. It does not reconnect: once closed, the operations start on another one. */
export interface Transport {
  readonly kind: TransportKind;
  /** Resolves with the reason when the connection is lost. Never rejects. */
  readonly closed: Promise<ClosedReason>;
  /** Starts an operation. Returns the function that stops it. */
  start(request: GraphqlRequest, sink: OperationSink): () => void;
  close(reason?: ClosedReason): void;
}

export interface ClosedReason {
  readonly code: number | null;
  readonly message: string;
  /** The server rejected the credential, or it has ended. */
  readonly credentialRejected?: boolean;
  /** Another attempt would fail in the same way: the code of the error with which the subscriptions end. */
  readonly fatalCode?: string | undefined;
  /** A proxy does not let responses through while they are being sent. */
  readonly isBlocked?: boolean;
  /** The response to one poll has ended as it should. */
  readonly isPollEnd?: boolean;
  readonly retryAfterMs?: number | undefined;
}

/** A connection could not be opened. */
export class ConnectionFailed extends Error {
  override readonly name = 'ConnectionFailed';
  readonly reason: ClosedReason;

  constructor(reason: ClosedReason) {
    super(reason.message);
    this.reason = reason;
  }
}
