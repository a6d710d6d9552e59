import { WebSocket } from 'ws';
import type { SocketConnection } from './endpoint.ts';
import { guarded } from '../lib/guarded.ts';

export interface HeartbeatOptions {
  readonly pingIntervalMs: number;
  readonly pongTimeoutMs: number;
  /** Whether the first ping goes out now; else it is the interval's. */
  readonly atOnce: boolean;
  /** The client answered a ping after this time. */
  readonly answered: (ms: number) => void;
  /** No pong came in time. Called once. */
  readonly lost: () => void;
}

/** Pings a socket from now until it closes, and measures how long the client takes to answer. */
export function keepBeating(
  { socket, outbound, counters }: Pick<SocketConnection, 'socket' | 'outbound' | 'counters'>,
  options: HeartbeatOptions,
): void {
  const { pingIntervalMs, pongTimeoutMs, atOnce, lost } = options;
  let pingedAt: number | null = null;
  let timeout: NodeJS.Timeout | undefined;

  function ping(): void {
    if (pingedAt !== null || socket.readyState !== WebSocket.OPEN) return;
    pingedAt = performance.now();
    expectPong(outbound.taken());
    outbound.ping();
  }

  /** The ping waits behind what the client has not read yet: while it goes on reading, there is no hurry. */
  function expectPong(takenBefore: number): void {
    timeout = setTimeout(() => {
      const taken = outbound.taken();
      if (outbound.buffered() > 0 && taken > takenBefore) expectPong(taken);
      else lost();
    }, pongTimeoutMs);
  }

  function heard(): void {
    counters.lastHeardAt = Date.now();
  }

  const interval = setInterval(ping, pingIntervalMs);
  socket.on('message', guarded(heard));
  const answered = (): void => {
    heard();
    if (pingedAt === null) return;
    counters.latencyMs = performance.now() - pingedAt;
    options.answered(counters.latencyMs);
    pingedAt = null;
    clearTimeout(timeout);
  };
  const closed = (): void => {
    clearInterval(interval);
    clearTimeout(timeout);
  };
  socket.on('pong', guarded(answered));
  socket.once('close', guarded(closed));
  if (atOnce) ping();
}
