import { EventEmitter } from 'node:events';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

type Quality = 'excellent' | 'good' | 'fair' | 'poor';

/**
 * The WebSocket manager of the old dashboard, as its documentation describes it: events of the connection, handlers
 * by type, quality by ping and pong, and at most five attempts to reconnect, each wait twice the one before.
 */
export class WebSocketManager extends EventEmitter {
  readonly #url: string;
  readonly #firstWaitMs: number;
  readonly #attemptsMax = 5;
  #attempts = 0;
  #socket: WebSocket | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(url: string, { firstWaitMs = 20 } = {}) {
    super();
    this.#url = url;
    this.#firstWaitMs = firstWaitMs;
    onTestFinished(() => this.close());
  }

  connect(): void {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.on('open', () => {
      this.#attempts = 0;
      this.emit('connected');
    });
    socket.on('message', (data) => {
      const message = JSON.parse((data as Buffer).toString()) as { type: string };
      if (message.type !== 'error') this.emit(message.type, message);
    });
    socket.on('error', () => {}); // a `close` event follows
    socket.on('close', () => {
      this.emit('disconnected');
      this.#reconnect();
    });
  }

  #reconnect(): void {
    if (this.#socket === null) return;
    if (this.#attempts === this.#attemptsMax) {
      this.emit('max_reconnect_attempts');
      return;
    }
    const waitMs = this.#firstWaitMs * 2 ** this.#attempts;
    this.#attempts++;
    this.emit('reconnecting', { attempt: this.#attempts, waitMs });
    this.#timer = setTimeout(() => this.connect(), waitMs);
  }

  /** Computed from the timestamp that the pong returns. */
  measure(): Promise<Quality> {
    this.send({ type: 'ping', timestamp: performance.now() });
    return new Promise((resolve) => {
      this.once('pong', ({ timestamp }: { timestamp: number }) => {
        const latencyMs = performance.now() - timestamp;
        resolve(
          latencyMs < 50 ? 'excellent' : latencyMs <= 150 ? 'good' : latencyMs <= 300 ? 'fair' : 'poor',
        );
      });
    });
  }

  send(message: object): void {
    this.#socket?.send(JSON.stringify(message));
  }

  close(): void {
    const socket = this.#socket;
    this.#socket = null;
    clearTimeout(this.#timer);
    socket?.terminate();
    this.removeAllListeners();
  }
}
