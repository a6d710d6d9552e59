import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { markedNumber, numberPattern } from '../lib/sample.ts';
import { serve, type Server } from '../lib/serve.ts';

/** The yardstick: `ws` and nothing else. All sockets get the same bytes, which are made once an event. */

export interface RawStart {
  /** What is sent for an event, one message each; the number of the event is put in. */
  readonly templates: readonly string[];
  /** Of several messages, whether each socket gets all before the next socket gets any. */
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
  happen(from, to) {
    for (let event = from; event <= to; event++) {
      const messages = templates.map((template) =>
        Buffer.from(template.replace(numberPattern, String(markedNumber(event)))),
      );
      if (bySocket) broadcast(messages);
      else for (const message of messages) broadcast([message]);
    }
  },
});
