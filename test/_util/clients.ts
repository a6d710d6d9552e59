import type { IncomingHttpHeaders } from 'node:http';
import { createClient, type Client } from 'graphql-ws';
import { onTestFinished } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';

/** A raw WebSocket client that queues what it gets, so that it cannot miss a message. */
export class RawClient {
  readonly socket: WebSocket;
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly #queue: Record<string, unknown>[] = [];
  #waiting: (() => void)[] = [];
  #ended = false;

  constructor(url: string, options: ClientOptions = {}, protocols: string[] = []) {
    this.socket = new WebSocket(url, protocols, options);
    this.socket.on('message', (data) => {
      this.#queue.push(JSON.parse((data as Buffer).toString()) as Record<string, unknown>);
      this.#wake();
    });
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => {
        this.#ended = true;
        this.#wake();
        resolve({ code, reason: String(reason) });
      });
    });
    this.socket.on('error', () => {});
    onTestFinished(() => this.socket.terminate());
  }

  /** The next message that satisfies `wanted`; those before it are dropped. */
  async next(
    wanted: (message: Record<string, unknown>) => boolean = () => true,
  ): Promise<Record<string, unknown>> {
    for (;;) {
      const message = this.#queue.shift();
      if (message !== undefined) {
        if (wanted(message)) return message;
        continue;
      }
      if (this.#ended) throw new Error('the socket was closed before the message came');
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  ofType(type: string): Promise<Record<string, unknown>> {
    return this.next((message) => message['type'] === type);
  }

  send(message: unknown): void {
    this.socket.send(
      typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message),
    );
  }

  async opened(): Promise<this> {
    if (this.socket.readyState === WebSocket.OPEN) return this;
    await new Promise<void>((resolve, reject) => {
      this.socket.once('open', resolve);
      this.socket.once('error', reject);
    });
    return this;
  }

  close(code = 1000): void {
    this.socket.close(code);
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}

/** The status and body that a refused handshake was answered with. */
export function refusedHandshake(
  url: string,
  options: ClientOptions = {},
): Promise<{ status: number; headers: IncomingHttpHeaders; body: never }> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, options);
    socket.on('open', () => {
      socket.terminate();
      reject(new Error('the handshake was accepted'));
    });
    socket.on('error', () => {});
    socket.on('unexpected-response', (_request, response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: JSON.parse(text) as never,
        }),
      );
    });
  });
}

/** The stock graphql-ws client, as its README sets it up. */
export function graphqlClient(
  wsUrl: string,
  options: Partial<Parameters<typeof createClient>[0]> = {},
): Client {
  const client = createClient({ url: `${wsUrl}/graphql`, webSocketImpl: WebSocket, lazy: true, ...options });
  onTestFinished(async () => {
    await Promise.resolve(client.dispose()).catch(() => {}); // it may be trying to connect to a server that has gone
  });
  return client;
}
