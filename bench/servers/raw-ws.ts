import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { markedNumber, numberPattern } from '../lib/sample.ts';
import { serve, type Server } from '../lib/serve.ts';

/** The baseline: only `ws`. All sockets receive the same bytes, which are created once per event. */

export interface RawStart {
  /** The messages of an event. The number of the event is inserted into each. */
  readonly templates: readonly string[];
  /** Whether each socket receives all messages before the next socket receives any. */
  readonly bySocket: boolean;
}

export type RawServer = Server<RawStart>;

let templates: readonly string[] = [];
let bySocket = false;
let sockets: WebSocketServer | null = null;
const asText = { binary: false };

function broadcast(messages: readonly Buffer[]): void {
  for (const socket of sockets?.clients ?? [])
    if (socket.readyState === WebSocket.OPEN) for (const message of messages) socket.send(message, asText);
}

serve({
  async start(options: RawStart) {
    ({ templates, bySocket } = options);
    const http = createServer();
    sockets = new WebSocketServer({ server: http });
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    return { port: (http.address() as AddressInfo).port };
  },
  produce(from, to) {
    for (let event = from; event <= to; event++) {
      const messages = templates.map((template) =>
        Buffer.from(template.replace(numberPattern, String(markedNumber(event)))),
      );
      if (bySocket) broadcast(messages);
      else for (const message of messages) broadcast([message]);
    }
  },
});
