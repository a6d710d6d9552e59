import { CloseCode, type Server } from 'graphql-ws';
import type { RawData } from 'ws';
import type { Connection } from '../delivery/connection.ts';
import type { ConcurrencyLimiter } from '../lib/concurrency-limiter.ts';
import { guarded } from '../lib/guarded.ts';
import type { Log } from '../log/log.ts';
import { idCharsMax, messageIn } from './client-message.ts';
import type { SocketConnection } from './endpoint.ts';

/** One client that speaks graphql-transport-ws. */
export interface Session {
  readonly connection: SocketConnection;
  readonly frames: Connection;
  /** Messages being handled; that of an operation as long as the operation runs. */
  handling: number;
  /** What its subscriptions cost a second. */
  cost: number;
}

/** Messages of one client in any second; further messages are read later. */
const messagesPerSecondMax = 500;
/** The most that a close frame holds. */
const reasonBytesMax = 123;

/** Handles a message: graphql-ws parses a text, and takes an object as a parsed message. */
type Handler = (message: unknown) => Promise<void>;

/** Connects a socket with the protocol. */
export function serve(
  server: Server<Session>,
  session: Session,
  { log, operations }: { readonly log: Log; readonly operations: ConcurrencyLimiter },
): void {
  const { connection, frames } = session;
  const { socket, counters, address } = connection;
  const pace = inboundPace(connection);

  async function handle(message: unknown, handler: Handler): Promise<void> {
    counters.received++;
    session.handling++;
    operations.acquire(address);
    pace();
    try {
      await handler(message);
    } catch (error) {
      failed(error);
    } finally {
      session.handling--;
      operations.release(address);
    }
  }

  function failed(error: unknown): void {
    const { message } = error as Error;
    if (message.startsWith('Unexpected message of type'))
      return close(CloseCode.BadRequest, 'Invalid message received');
    log.error(
      { connection: connection.id, err: error },
      'a message of a GraphQL client could not be handled',
    );
    close(CloseCode.InternalServerError, 'An unexpected error happened.');
  }

  function close(code = 1000, reason = ''): void {
    socket.close(code, reasonOf(reason));
  }

  const heard = (handler: Handler) => (data: RawData) => {
    const message = messageIn(data);
    if (message === 'id too long')
      return close(CloseCode.BadRequest, `An id has at most ${idCharsMax} characters.`);
    void handle(message, handler);
  };

  const closed = server.opened(
    {
      protocol: socket.protocol,
      send: (text) => sent(connection, text),
      close,
      onMessage: (handler) => void socket.on('message', guarded(heard(handler as Handler), failed)),
    },
    session,
  );
  const leftBadly = (error: unknown): void =>
    log.error({ err: error }, 'a GraphQL connection ended with an error');
  const left = (code: number, reason: Buffer): void => {
    frames.close();
    closed(code, String(reason)).catch(leftBadly);
  };
  socket.once('close', guarded(left, leftBadly));
}

/** Settles when the text has gone out, so that what a client does not read holds up its own operations. */
function sent({ outbound }: SocketConnection, text: string): Promise<void> {
  return new Promise((resolve) => outbound.answer(text, resolve)); // an error closes the socket
}

/** Stops reading from a client that sends faster than it may. */
function inboundPace({ outbound }: SocketConnection): () => void {
  let second = 0;
  let count = 0;
  return () => {
    const now = Date.now();
    if (now - second >= 1000) {
      second = now;
      count = 0;
    }
    if (++count !== messagesPerSecondMax + 1) return; // those above it were received before reading stopped
    outbound.holdRequests();
    setTimeout(() => outbound.releaseRequests(), second + 1000 - now);
  };
}

/** The reason of a close frame; empty when it does not fit. */
export function reasonOf(message: string): string {
  return Buffer.byteLength(message) > reasonBytesMax ? '' : message;
}
