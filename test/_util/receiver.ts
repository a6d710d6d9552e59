import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: { type: string; timestamp: string; data: Record<string, unknown> };
}

export type Reply = (response: ServerResponse, received: Received) => void;

/** An HTTP server that keeps the calls of webhooks that it receives. */
export class Receiver {
  readonly #server: Server;
  readonly #calls: Received[] = [];
  #wake = (): void => {};
  reply: Reply = (response) => void response.writeHead(204).end();

  constructor() {
    this.#server = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      request.on('end', () => {
        const body = JSON.parse(text) as Received['body'];
        const received = { path: request.url ?? '', headers: request.headers, text, body };
        this.#calls.push(received);
        this.#wake();
        this.reply(response, received);
      });
    });
    onTestFinished(() => {
      this.#server.closeAllConnections();
      this.#server.close();
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The next call. */
  async next(): Promise<Received> {
    for (;;) {
      const call = this.#calls.shift();
      if (call !== undefined) return call;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  get waiting(): number {
    return this.#calls.length;
  }
}

/** Ends with the test. */
export async function receiver(): Promise<{ calls: Receiver; url: string }> {
  const calls = new Receiver();
  return { calls, url: await calls.listen() };
}
