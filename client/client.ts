import type { Backoff } from './backoff.ts';
import { Connector, type ConnectionState, type Timing } from './connector.ts';
import { credentialOf, type TokenSource } from './credential.ts';
import type { CursorStore } from './cursor-store.ts';
import { operationType, resumable, textOf, type Document } from './document.ts';
import { OpsgraphError } from './errors.ts';
import { resultQueue } from './event-iterator.ts';
import { postOperation, type Fetch } from './http.ts';
import { Subscription, type Gap, type GapDecision, type SubscriptionHandlers } from './subscription.ts';
import type { GraphqlRequest, GraphqlResult, TransportKind } from './transport.ts';
import type { WebSocketClass } from './websocket-transport.ts';

/**
 * A client of an opsgraph server for browsers and Node. Subscriptions survive lost and dead connections, restarts of the
 * server, a change of the server and, with a store, a restart of the page: each event is delivered once and in order, or
 * the gap is reported.
 */

export type { ConnectionState } from './connector.ts';
export type { TokenSource } from './credential.ts';
export { storageCursors, type CursorStore } from './cursor-store.ts';
export type { Document } from './document.ts';
export { OpsgraphError } from './errors.ts';
export type { Gap, GapDecision, SubscriptionHandlers } from './subscription.ts';
export type { GraphqlRequest, GraphqlResult, TransportKind } from './transport.ts';

export interface ClientOptions {
  /** The endpoint, with `http`, `https`, `ws` or `wss`. Default: `/graphql` of the page's origin. */
  readonly url?: string | undefined;
  /** The token, or a function that returns it: called before each connection and request, and before a JWT expires. */
  readonly token?: TokenSource | undefined;
  /** Default: the global `WebSocket`. Where there is none, the client uses server-sent events. */
  readonly webSocketImpl?: WebSocketClass | undefined;
  /** Default: the global `fetch`. */
  readonly fetch?: Fetch | undefined;
  /** Whether requests have cookies. Default: `same-origin`. `include`: also to another origin, for its session. */
  readonly credentials?: RequestCredentials | undefined;
  /** Keeps the positions of subscriptions that have a `name`. */
  readonly store?: CursorStore | undefined;
  readonly timing?: Partial<Timing> | undefined;
}

export interface SubscribeOptions<Data, Variables> {
  readonly document: Document<Data, Variables>;
  readonly variables?: Variables | undefined;
  readonly operationName?: string | undefined;
  /** Stores the position in the client's store under this name, so that the subscription resumes after a restart. */
  readonly name?: string | undefined;
}

export interface StateDetails {
  readonly state: ConnectionState;
  /** Null: there is no connection. */
  readonly transport: TransportKind | null;
  /** When the state began. */
  readonly since: Date;
  /** Why the last connection was lost or refused. Null while connected. */
  readonly error: string | null;
}

export interface Client {
  /** @throws OpsgraphError if the result has errors, or the server cannot be reached. */
  query<Data = Record<string, unknown>, Variables = Record<string, unknown>>(
    document: Document<Data, Variables>,
    variables?: Variables,
    options?: { readonly operationName?: string; readonly signal?: AbortSignal },
  ): Promise<Data>;
  /** Returns the function that ends the subscription. */
  subscribe<Data = Record<string, unknown>, Variables = Record<string, unknown>>(
    options: SubscribeOptions<Data, Variables>,
    handlers: SubscriptionHandlers<Data>,
  ): () => void;
  /** Ends the subscription when the loop is left. Without `gap`, a gap ends the loop with an error. */
  iterate<Data = Record<string, unknown>, Variables = Record<string, unknown>>(
    options: SubscribeOptions<Data, Variables> & {
      readonly gap?: (gap: Gap) => GapDecision | Promise<GapDecision>;
    },
  ): AsyncIterableIterator<Data>;
  /** Executes any operation, and passes complete results on: what links of other clients are made of. */
  execute(request: GraphqlRequest, sink: ResultSink): () => void;
  /** For urql: `subscriptionExchange({ forwardSubscription: client.forwardSubscription })`. */
  readonly forwardSubscription: (request: ForwardedRequest) => {
    subscribe(sink: ResultSink): { unsubscribe(): void };
  };
  /** `live`: every subscription is up to date. `catching-up`: events that were missed are being delivered. */
  readonly state: ConnectionState;
  readonly transport: TransportKind | null;
  readonly since: Date;
  /** Returns the function that removes the listener. */
  onState(listener: (state: ConnectionState, details: StateDetails) => void): () => void;
  /** Closes the connection, for example while the page is hidden. Subscriptions keep their positions. */
  pause(): void;
  resume(): void;
  /** Ends all subscriptions without calling their handlers. */
  dispose(): void;
  [Symbol.dispose](): void;
}

export interface ResultSink {
  next(result: GraphqlResult): void;
  error(error: OpsgraphError): void;
  complete(): void;
}

/** What urql passes to `forwardSubscription`. */
export interface ForwardedRequest {
  readonly query?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly operationName?: string | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

const backoff = (minMs: number, maxMs: number): Backoff => ({ minMs, maxMs });

const defaults: Timing = {
  retry: backoff(500, 30_000),
  openMsMax: 10_000,
  responseMsMax: 60_000,
  pingEveryMs: 10_000,
  pongMsMax: 10_000,
  streamSilentMsMax: 45_000,
  stableMs: 5_000,
  offlineMs: 30_000,
  lingerMs: 1_000,
  upgrade: backoff(60_000, 600_000),
  pollEveryMs: 3_000,
  quietMs: 500,
};

export function createClient(options: ClientOptions = {}): Client {
  return new OpsgraphClient(options);
}

class OpsgraphClient implements Client {
  readonly #connector: Connector;
  readonly #url: string;
  readonly #fetch: Fetch;
  readonly #options: ClientOptions;
  readonly #timing: Timing;
  readonly #credential;
  readonly #listeners = new Set<(state: ConnectionState, details: StateDetails) => void>();
  readonly #removeListeners: () => void;
  #reported: StateDetails;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#url = endpoint(options.url);
    this.#fetch = options.fetch ?? ((...args) => globalThis.fetch(...args));
    this.#timing = { ...defaults, ...options.timing };
    this.#credential = credentialOf(options.token);
    this.#connector = new Connector({
      url: this.#url,
      fetch: this.#fetch,
      credentials: options.credentials,
      webSocketImpl: options.webSocketImpl ?? globalWebSocket(),
      credential: this.#credential,
      timing: this.#timing,
      changed: () => this.#changed(),
    });
    this.#reported = { state: 'connecting', transport: null, since: new Date(), error: null };
    this.#removeListeners = onOnline(() => this.#connector.retryNow());
  }

  get state(): ConnectionState {
    return this.#reported.state;
  }

  get transport(): TransportKind | null {
    return this.#reported.transport;
  }

  get since(): Date {
    return this.#reported.since;
  }

  async query<Data, Variables>(
    document: Document<Data, Variables>,
    variables?: Variables,
    { operationName, signal }: { readonly operationName?: string; readonly signal?: AbortSignal } = {},
  ): Promise<Data> {
    const request = {
      query: textOf(document),
      variables: variables as GraphqlRequest['variables'],
      operationName,
    };
    const { result, retryAfterMs } = await this.#post(request, signal);
    const { data, errors = [] } = result;
    if (errors.length > 0 || data === null || data === undefined)
      throw new OpsgraphError(errors, { data, retryAfterMs });
    return data as Data;
  }

  subscribe<Data, Variables>(
    options: SubscribeOptions<Data, Variables>,
    handlers: SubscriptionHandlers<Data>,
  ): () => void {
    const subscription = this.#subscription(options, handlers);
    this.#connector.add(subscription);
    return () => subscription.end();
  }

  iterate<Data, Variables>(
    options: SubscribeOptions<Data, Variables> & {
      readonly gap?: (gap: Gap) => GapDecision | Promise<GapDecision>;
    },
  ): AsyncIterableIterator<Data> {
    const { gap } = options;
    const queue = resultQueue<Data>();
    const subscription = this.#subscription(
      options,
      {
        next: (data) => queue.push(data),
        ...(gap !== undefined && { gap }),
        error: (error) => queue.fail(error),
      },
      () => queue.finish(),
    );
    const iterator = queue.iterate(subscription);
    this.#connector.add(subscription);
    return iterator;
  }

  execute(request: GraphqlRequest, sink: ResultSink): () => void {
    if (operationType(request.query, request.operationName) === 'subscription')
      return this.subscribe(
        { document: request.query, ...requestOptions(request) },
        {
          next: (_data, result) => sink.next(result as GraphqlResult),
          failed: (error) => sink.next({ data: null, errors: error.errors }),
          gap: (gap) => sink.next(gapResult(gap)),
          error: (error) => sink.error(error),
          complete: () => sink.complete(),
        },
      );
    const aborted = new AbortController();
    this.#post(request, aborted.signal).then(
      ({ result }) => {
        if (aborted.signal.aborted) return;
        sink.next(result);
        sink.complete();
      },
      (error: unknown) => {
        if (!aborted.signal.aborted) sink.error(error as OpsgraphError);
      },
    );
    return () => aborted.abort();
  }

  readonly forwardSubscription: Client['forwardSubscription'] = ({ query = '', ...request }) => ({
    subscribe: (sink) => ({ unsubscribe: this.execute({ query, ...request }, sink) }),
  });

  onState(listener: (state: ConnectionState, details: StateDetails) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  pause(): void {
    this.#connector.pause();
  }

  resume(): void {
    this.#connector.resume();
  }

  dispose(): void {
    this.#removeListeners();
    this.#connector.dispose();
    this.#listeners.clear();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #subscription<Data, Variables>(
    { document, variables, operationName, name }: SubscribeOptions<Data, Variables>,
    handlers: SubscriptionHandlers<Data>,
    ended: () => void = () => {},
  ): Subscription {
    const query = textOf(document);
    const subscription = new Subscription(
      {
        request: { query, variables: variables as GraphqlRequest['variables'], operationName },
        resumable: resumable(query, operationName),
        name,
        store: this.#options.store,
        retry: this.#timing.retry,
        quietMs: this.#timing.quietMs,
        ended: () => {
          this.#connector.remove(subscription);
          ended();
        },
        changed: () => this.#changed(),
        credentialEnded: (transport, message) => this.#connector.credentialEnded(transport, message),
      },
      handlers as unknown as SubscriptionHandlers<Readonly<Record<string, unknown>>>,
    );
    return subscription;
  }

  async #post(request: GraphqlRequest, signal: AbortSignal | undefined) {
    const token = await this.#credential.get();
    const { credentials } = this.#options;
    const { responseMsMax } = this.#timing;
    const options = { url: this.#url, fetch: this.#fetch, token, credentials, signal, responseMsMax };
    return await postOperation(request, options);
  }

  #changed(): void {
    const { state, transport, lastError } = this.#connector;
    const before = this.#reported;
    if (state === before.state && transport === before.transport && lastError === before.error) return;
    const since = state === before.state ? before.since : new Date();
    this.#reported = { state, transport, since, error: lastError };
    for (const listener of this.#listeners) listener(state, this.#reported);
  }
}

function requestOptions({ variables, operationName }: GraphqlRequest) {
  return { variables, operationName: operationName ?? undefined };
}

/** A gap as a result, for clients that have no other place for it. */
function gapResult({ code, message, ...gap }: Gap): GraphqlResult {
  return { data: null, errors: [{ message, extensions: { code, ...gap } }] };
}

function endpoint(url: string | undefined): string {
  const { location } = globalThis as unknown as { readonly location?: { readonly href: string } };
  if (url === undefined && location === undefined) throw new Error('Outside of browsers, `url` is required.');
  return new URL(url ?? '/graphql', location?.href).href.replace(/^ws/, 'http');
}

function globalWebSocket(): WebSocketClass | null {
  return (globalThis as unknown as { readonly WebSocket?: WebSocketClass }).WebSocket ?? null;
}

/** Calls the function when a browser is online again. */
function onOnline(listener: () => void): () => void {
  const { addEventListener, removeEventListener } = globalThis as unknown as {
    addEventListener?(type: string, listener: () => void): void;
    removeEventListener?(type: string, listener: () => void): void;
  };
  addEventListener?.('online', listener);
  return () => removeEventListener?.('online', listener);
}
