import type { Server } from 'graphql-ws';
import type { RawData } from 'ws';
import type { Connection } from '../delivery/connection.ts';
import { closeCodes } from '../errors.ts';
import type { ConcurrencyLimiter } from '../lib/concurrency-limiter.ts';
import { guarded } from '../lib/guarded.ts';
import type { Log } from '../log/log.ts';
import { idCharsMax, messageIn } from './client-message.ts';
import type { SocketConnection } from './endpoint.ts';

/** One client of the protocol graphql-transport-ws. */
export interface Session {
  readonly connection: SocketConnection;
  readonly frames: Connection;
  /** Number of messages being handled. The message of an operation counts while the operation runs. */
  handling: number;
  /** Cost of the subscriptions per second. */
  cost: number;
}

/** Messages of one client that are read in any second. Further messages are read later. */
const messagesPerSecondMax = 500;
/** The longest reason that a close frame can carry. */
const reasonBytesMax = 123;

/** Handles a message. graphql-ws parses a text, and uses an object as a parsed message. */
type Handler = (message: unknown) => Promise<void>;

/** Serves a socket with the protocol. */
export function serveSocket(
  server: Server<Session>,
  session: Session,
  { log, operations }: { readonly log: Log; readonly operations: ConcurrencyLimiter },
): void {
  const { connection, frames } = session;
  const { socket, counters, address } = connection;
  const limitRate = inboundRateLimit(connection);

  async function handle(message: unknown, handler: Handler): Promise<void> {
    counters.received++;
    session.handling++;
    operations.acquire(address);
    limitRate();
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
      return close(closeCodes.badRequest, 'Invalid message received');
    log.error({ connection: connection.id, err: error }, 'handling a message of a GraphQL client failed');
    close(closeCodes.internalServerError, 'An unexpected error happened.');
  }

  function close(code: number = closeCodes.normal, reason = ''): void {
    socket.close(code, reasonOf(reason));
  }

  const onMessage = (handler: Handler) => (data: RawData) => {
    const message = messageIn(data);
    if (message === 'id too long')
      return close(closeCodes.badRequest, `An id has at most ${idCharsMax} characters.`);
    void handle(message, handler);
  };

  const closed = server.opened(
    {
      protocol: socket.protocol,
      send: (text) => send(connection, text),
      close,
      onMessage: (handler) => void socket.on('message', guarded(onMessage(handler as Handler), failed)),
    },
    session,
  );
  const closeFailed = (error: unknown): void =>
    log.error({ err: error }, 'a GraphQL connection ended with an error');
  const onClose = (code: number, reason: Buffer): void => {
    frames.close();
    closed(code, String(reason)).catch(closeFailed);
  };
  socket.once('close', guarded(onClose, closeFailed));
}

/** Resolves when the text is written, so that a client that does not read delays its own operations. */
function send({ outbound }: SocketConnection, text: string): Promise<void> {
  return new Promise((resolve) => outbound.respond(text, resolve)); // an error closes the socket
}

/** Pauses reading from a client that exceeds `messagesPerSecondMax`. */
function inboundRateLimit({ outbound }: SocketConnection): () => void {
  let second = 0;
  let count = 0;
  return () => {
    const now = Date.now();
    if (now - second >= 1000) {
      second = now;
      count = 0;
    }
    if (++count !== messagesPerSecondMax + 1) return; // further ones were received before reading paused
    outbound.pauseReading();
    setTimeout(() => outbound.resumeReading(), second + 1000 - now);
  };
}

/** The reason of a close frame. Empty if the message does not fit. */
export function reasonOf(message: string): string {
  return Buffer.byteLength(message) > reasonBytesMax ? '' : message;
}
