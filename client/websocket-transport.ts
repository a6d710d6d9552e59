import { createClient, type Client } from 'graphql-ws/client';
import {
  ConnectionFailed,
  type ClosedReason,
  type GraphqlRequest,
  type GraphqlResult,
  type OperationSink,
  type Transport,
} from './transport.ts';

/**
 * One WebSocket with the protocol graphql-transport-ws. It notices a connection that is open but dead: a ping must be
 * followed by any message within `pongMsMax`.
 */

/** A WebSocket class: that of browsers, of Node 22, or of the package `ws`. */
export type WebSocketClass = new (url: string, protocols?: string | string[]) => object;

export interface WebSocketOptions {
  readonly url: string;
  readonly webSocketImpl: WebSocketClass;
  readonly token: string | undefined;
  /** The connection must be established within this time. */
  readonly openMsMax: number;
  readonly pingEveryMs: number;
  readonly pongMsMax: number;
}

interface RawSocket {
  addEventListener(type: 'error', listener: () => void): void;
  /** Of the package `ws`: closes without a closing handshake, which a dead connection does not answer. */
  terminate?(): void;
}

const closeCodes = { normal: 1000, forbidden: 4403 } as const;
/** The server does not accept what the client sends. */
const fatalCodes: Readonly<Record<number, string>> = {
  1009: 'PAYLOAD_TOO_LARGE',
  4400: 'BAD_REQUEST',
  4406: 'BAD_REQUEST',
};

/** @throws ConnectionFailed */
export function openWebSocket(options: WebSocketOptions): Promise<Transport> {
  const { token, openMsMax, pingEveryMs, pongMsMax } = options;
  let socket = null as RawSocket | null;
  let client: Client | null = null;
  let ids = 0;
  let isClosed = false;
  let isOpened = false;
  let isConnected = false;
  let deadline: ReturnType<typeof setTimeout> | undefined;
  let close: (reason: ClosedReason) => void = () => {};

  const keep = (opened: RawSocket): void => {
    socket = opened;
  };

  // A socket that is closed while it connects emits an error, and graphql-ws has removed its listener by then.
  class ListenedSocket extends (options.webSocketImpl as new (
    url: string,
    protocols?: string | string[],
  ) => RawSocket) {
    constructor(url: string, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('error', () => {});
      keep(this);
    }
  }

  return new Promise((resolve, reject) => {
    const closed = new Promise<ClosedReason>((resolveClosed) => {
      close = (reason) => {
        if (isClosed) return;
        isClosed = true;
        clearTimeout(deadline);
        clearTimeout(opening);
        resolveClosed(reason);
        reject(new ConnectionFailed(reason));
        Promise.resolve(client?.dispose()).catch(() => {}); // it was not connected
        if (reason.code === closeCodes.normal && isConnected) return;
        client?.terminate();
        socket?.terminate?.();
      };
    });
    const opening = setTimeout(
      () => close({ code: null, message: `The WebSocket did not open within ${openMsMax} ms.` }),
      openMsMax,
    );
    const transport: Transport = {
      kind: 'websocket',
      closed,
      start: (request, sink) => start(request, sink),
      close: (reason = { code: closeCodes.normal, message: 'Closed by the client.' }) => close(reason),
    };
    client = createClient({
      url: options.url,
      webSocketImpl: ListenedSocket,
      lazy: false,
      retryAttempts: 0,
      onNonLazyError: () => {}, // `closed` and `error` report it
      keepAlive: pingEveryMs,
      generateID: () => String(++ids),
      ...(token !== undefined && { connectionParams: { token } }),
      on: {
        opened: () => (isOpened = true),
        connected: () => {
          isConnected = true;
          clearTimeout(opening);
          resolve(transport);
        },
        message: () => {
          clearTimeout(deadline);
          deadline = undefined;
        },
        ping: (received) => {
          if (received || deadline !== undefined) return;
          deadline = setTimeout(
            () =>
              close({ code: null, message: `The server did not respond to a ping within ${pongMsMax} ms.` }),
            pongMsMax,
          );
        },
        closed: (event) => close(reasonOf(event, isOpened)),
        error: (error) => {
          // A close event with the code follows, unless the connection could not be opened.
          if (!isOpened) close({ code: null, message: messageOf(error) });
        },
      },
    });
  });

  function start(request: GraphqlRequest, sink: OperationSink): () => void {
    let isActive = true;
    const unless = (act: () => void): void => {
      if (isActive && !isClosed) act();
    };
    const stop = client?.subscribe<Readonly<Record<string, unknown>>>(payloadOf(request), {
      next: (result) => unless(() => sink.next(result as GraphqlResult)),
      error: (errors) =>
        unless(() => {
          isActive = false;
          if (Array.isArray(errors)) sink.error(errors);
          else close({ code: null, message: messageOf(errors) });
        }),
      complete: () =>
        unless(() => {
          isActive = false;
          sink.complete();
        }),
    });
    return () => {
      isActive = false;
      if (!isClosed) stop?.();
    };
  }
}

function payloadOf({ query, variables, operationName, extensions }: GraphqlRequest) {
  return {
    query,
    ...(variables !== undefined && { variables: { ...variables } }),
    ...(operationName !== undefined && { operationName }),
    ...(extensions !== undefined && extensions !== null && { extensions: { ...extensions } }),
  };
}

function reasonOf(event: unknown, isOpened: boolean): ClosedReason {
  const { code = null, reason = '' } = event as { readonly code?: number; readonly reason?: string };
  const text = reason === '' ? '' : `: ${reason}`;
  return {
    code: isOpened ? code : null,
    message: isOpened ? `The WebSocket closed with ${code}${text}` : 'The WebSocket could not be opened.',
    credentialRejected: code === closeCodes.forbidden,
    fatalCode: code === null ? undefined : fatalCodes[code],
  };
}

function messageOf(error: unknown): string {
  const { message } = (error ?? {}) as { readonly message?: unknown };
  return typeof message === 'string' && message !== '' ? message : 'The WebSocket could not be opened.';
}
