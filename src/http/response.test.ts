import { IncomingMessage, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { trackedResponses } from './response.ts';
import { UnreadBytes } from './unread.ts';

const idleMs = 1_000;

/** A connection whose client takes what was written when a test says so. */
class SlowClient extends Duplex {
  bytesWritten = 0;
  text = '';
  #taken: (() => void) | null = null;

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.bytesWritten += chunk.length;
    this.text += chunk.toString();
    this.#taken = done;
  }

  override _read(): void {}

  /** Whether there was anything. */
  takes(): boolean {
    const taken = this.#taken;
    this.#taken = null;
    taken?.();
    return taken !== null;
  }
}

function answerTo(client: SlowClient): ServerResponse {
  const ResponseCache = trackedResponses({ unread: new UnreadBytes(), idleMs, addressOf: () => '192.0.2.1' });
  const answer = new ResponseCache(new IncomingMessage(new Socket()));
  answer.assignSocket(client as unknown as Socket);
  client.on('drain', () => answer.emit('drain')); // as the HTTP server does
  answer.on('error', () => {});
  return answer;
}

describe('an answer', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  const settled = () => new Promise<void>((resolve) => void setImmediate(resolve));

  it('goes out whole to a client that takes a piece of it now and then', async () => {
    const client = new SlowClient();
    const text = '…🙂'.repeat(30_000);
    const answer = answerTo(client);
    answer.end(text);
    await settled();
    let pieces = 0;
    for (; client.takes(); pieces++) {
      vi.advanceTimersByTime(0.9 * idleMs);
      await settled();
    }
    expect(pieces).toBeGreaterThan(2);
    expect(client.destroyed).toBe(false);
    expect(client.text.split('\r\n\r\n')[1]).toBe(text);
    expect(answer.writableFinished).toBe(true);
  });

  it('is cut off when its client takes nothing', async () => {
    const client = new SlowClient();
    answerTo(client).end('x'.repeat(300_000));
    await settled();
    client.takes();
    await settled();
    expect(client.destroyed).toBe(false);
    vi.advanceTimersByTime(2 * idleMs);
    expect(client.destroyed).toBe(true);
  });

  it('is cut off in the middle of a stream as well', async () => {
    const client = new SlowClient();
    const answer = answerTo(client);
    answer.write('x'.repeat(300_000));
    vi.advanceTimersByTime(2 * idleMs);
    expect(client.destroyed).toBe(true);
  });

  it('is not looked at any more when it was taken', async () => {
    const client = new SlowClient();
    const answer = answerTo(client);
    answer.write('x'.repeat(300_000));
    await settled();
    while (client.takes()) await settled();
    vi.advanceTimersByTime(5 * idleMs);
    expect(client.destroyed).toBe(false);
  });
});
