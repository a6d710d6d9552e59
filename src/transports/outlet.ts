import { WebSocket } from 'ws';
import type { Outlet } from '../fanout/connection.ts';
import type { SocketConnection } from './endpoint.ts';

/** What may wait in one socket before its reader is parked. */
export const highWaterBytes = 256 * 1024;

/** Slow or overloaded: clients come back later. */
const tryAgainLater = 1013;
/** The close frame stands behind what the client does not take, so it gets no longer than this. */
const closingMs = 2_000;
/** How often a buffer is looked at that no event tells of: what waits to be compressed. */
const lookAgainMs = 10;

/** The writing end of a WebSocket, for the fan-out. */
export function outletOf({ socket, stream }: Pick<SocketConnection, 'socket' | 'stream'>): Outlet {
  const writable = (): boolean =>
    socket.readyState === WebSocket.OPEN && socket.bufferedAmount < highWaterBytes;
  return {
    writable,
    buffered: () => socket.bufferedAmount,
    cork: () => stream.cork(),
    uncork: () => stream.uncork(),
    onceDrained(callback) {
      const look = (): void => {
        if (socket.readyState !== WebSocket.OPEN) return;
        if (stream.writableNeedDrain) stream.once('drain', look);
        else if (writable()) setImmediate(callback);
        else setTimeout(look, lookAgainMs);
      };
      look();
    },
    stalled() {
      socket.close(tryAgainLater, 'Nothing was read for too long.');
      setTimeout(() => socket.terminate(), closingMs).unref();
    },
  };
}
