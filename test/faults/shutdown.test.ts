import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startTestApp, type TestApp } from '../_util/app.ts';
import { head, Wire } from '../attacks/_wire.ts';

// What clients of each kind of stream see when the server stops: an interruption, after which they come back, and
// never the end that says that nothing will follow.

const query = 'subscription { connections(everyMs: 100) { sampledAt } }';
const stream = `/graphql?query=${encodeURIComponent(query)}`;
const accept = 'text/event-stream';

describe('a server that stops', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ LOG_LEVEL: 'ERROR' }, { keep: true });
  });
  afterAll(() => app.stop());

  it('interrupts every stream and completes none', async () => {
    const response = await fetch(app.url + stream, { headers: { accept } });
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const wire = new Wire(Number(new URL(app.url).port));
    wire.say(head(`GET ${stream} HTTP/1.1`, 'Host: localhost', `Accept: ${accept}`));
    const feed = messagesOf(new WebSocket(`${app.wsUrl}/ws/system`));
    const graph = messagesOf(new WebSocket(`${app.wsUrl}/graphql`, 'graphql-transport-ws'));
    graph.socket.once('open', () => graph.socket.send('{"type":"connection_init"}'));
    await graph.until((text) => text.includes('connection_ack'));
    graph.socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
    await wire.until((text) => text.includes('event: next'));
    await feed.until(() => true);
    await graph.until((text) => text.includes('"next"'));

    const stopped = app.stop();
    let text = '';
    const readAll = async (): Promise<void> => {
      for (let part = await reader.read(); !part.done; part = await reader.read())
        text += Buffer.from(part.value).toString();
    };
    await expect(readAll()).rejects.toThrow('terminated');
    expect(text).toContain('event: next');
    expect(text).not.toContain('event: complete');
    const raw = await wire.closed;
    expect(raw).toMatch(/transfer-encoding: chunked/i);
    expect(raw).not.toContain('event: complete');
    expect(raw).not.toMatch(/\r\n0\r\n\r\n$/);
    expect(await feed.closed).toBe(1001);
    expect(await graph.closed).toBe(1012);
    expect(graph.heard.filter((message) => message.includes('"complete"'))).toEqual([]);
    await stopped;
  });
});

interface Heard {
  readonly socket: WebSocket;
  readonly heard: readonly string[];
  /** The code. */
  readonly closed: Promise<number>;
  until(wanted: (text: string) => boolean): Promise<void>;
}

function messagesOf(socket: WebSocket): Heard {
  const heard: string[] = [];
  const looking = new Set<() => void>();
  socket.on('error', () => {});
  socket.on('message', (data) => {
    heard.push((data as Buffer).toString());
    for (const look of looking) look();
  });
  return {
    socket,
    heard,
    closed: new Promise((resolve) => void socket.once('close', resolve)),
    until: (wanted) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!heard.some(wanted)) return;
          looking.delete(look);
          resolve();
        };
        looking.add(look);
        look();
      }),
  };
}
