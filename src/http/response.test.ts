import { IncomingMessage, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { trackedResponses } from './response.ts';
import { UnreadBudget } from './unread-budget.ts';

const idleMs = 1_000;

/** A connection whose client reads one chunk at each call of `read`. */
class SlowClient extends Duplex {
  bytesWritten = 0;
  text = '';
  #acknowledge: (() => void) | null = null;

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.bytesWritten += chunk.length;
    this.text += chunk.toString();
    this.#acknowledge = done;
  }

  override _read(): void {}

  /** @returns false when nothing was written. */
  readChunk(): boolean {
    const acknowledge = this.#acknowledge;
    this.#acknowledge = null;
    acknowledge?.();
    return acknowledge !== null;
  }
}

function responseTo(client: SlowClient): ServerResponse {
  const Response = trackedResponses({ unread: new UnreadBudget(), idleMs, addressOf: () => '192.0.2.1' });
  const response = new Response(new IncomingMessage(new Socket()));
  response.assignSocket(client as unknown as Socket);
  client.on('drain', () => response.emit('drain')); // as the HTTP server does
  response.on('error', () => {});
  return response;
}

describe('a tracked response', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  const settled = () => new Promise<void>((resolve) => void setImmediate(resolve));

  it('is sent completely to a client that reads a piece of it now and then', async () => {
    const client = new SlowClient();
    const text = '…🙂'.repeat(30_000);
    const response = responseTo(client);
    response.end(text);
    await settled();
    let pieces = 0;
    for (; client.readChunk(); pieces++) {
      vi.advanceTimersByTime(0.9 * idleMs);
      await settled();
    }
    expect(pieces).toBeGreaterThan(2);
    expect(client.destroyed).toBe(false);
    expect(client.text.split('\r\n\r\n')[1]).toBe(text);
    expect(response.writableFinished).toBe(true);
  });

  it('is destroyed with its connection when the client reads nothing', async () => {
    const client = new SlowClient();
    responseTo(client).end('x'.repeat(300_000));
    await settled();
    client.readChunk();
    await settled();
    expect(client.destroyed).toBe(false);
    vi.advanceTimersByTime(2 * idleMs);
    expect(client.destroyed).toBe(true);
  });

  it('is destroyed with its connection in the middle of a stream when the client reads nothing', async () => {
    const client = new SlowClient();
    const response = responseTo(client);
    response.write('x'.repeat(300_000));
    vi.advanceTimersByTime(2 * idleMs);
    expect(client.destroyed).toBe(true);
  });

  it('is no longer watched once the client has read everything', async () => {
    const client = new SlowClient();
    const response = responseTo(client);
    response.write('x'.repeat(300_000));
    await settled();
    while (client.readChunk()) await settled();
    vi.advanceTimersByTime(5 * idleMs);
    expect(client.destroyed).toBe(false);
  });
});
