import { WebSocket } from 'ws';
import type { SocketConnection } from './endpoint.ts';
import { guarded } from '../lib/guarded.ts';

export interface HeartbeatOptions {
  readonly pingIntervalMs: number;
  readonly pongTimeoutMs: number;
  /** Whether the first ping is sent immediately. Otherwise it is sent after the interval. */
  readonly pingOnOpen: boolean;
  /** A pong arrived this time after its ping. */
  readonly onPong: (ms: number) => void;
  /** No pong arrived in time. Called once. */
  readonly onTimeout: () => void;
}

/** Pings a socket until it closes, and measures how long the client takes to answer. */
export function startHeartbeat(
  { socket, outbound, counters }: Pick<SocketConnection, 'socket' | 'outbound' | 'counters'>,
  { pingIntervalMs, pongTimeoutMs, pingOnOpen, onPong, onTimeout }: HeartbeatOptions,
): void {
  let pingedAt: number | null = null;
  let timeout: NodeJS.Timeout | undefined;

  function ping(): void {
    if (pingedAt !== null || socket.readyState !== WebSocket.OPEN) return;
    pingedAt = performance.now();
    awaitPong(outbound.bytesRead());
    outbound.ping();
  }

  /** The ping waits behind bytes that the client has not read: while the client goes on reading, it gets more time. */
  function awaitPong(readBefore: number): void {
    timeout = setTimeout(() => {
      const read = outbound.bytesRead();
      if (outbound.buffered() > 0 && read > readBefore) awaitPong(read);
      else onTimeout();
    }, pongTimeoutMs);
  }

  function onReceived(): void {
    counters.lastReceivedAt = Date.now();
  }

  const interval = setInterval(ping, pingIntervalMs);
  const pong = (): void => {
    onReceived();
    if (pingedAt === null) return;
    counters.latencyMs = performance.now() - pingedAt;
    onPong(counters.latencyMs);
    pingedAt = null;
    clearTimeout(timeout);
  };
  const stop = (): void => {
    clearInterval(interval);
    clearTimeout(timeout);
  };
  socket.on('message', guarded(onReceived));
  socket.on('pong', guarded(pong));
  socket.once('close', guarded(stop));
  if (pingOnOpen) ping();
}
