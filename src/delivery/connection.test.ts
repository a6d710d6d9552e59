import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Connection, Ticker, type OutboundChannel } from './connection.ts';
import { Subscriber } from './subscriber.ts';

/** A client whose buffer has room for a number of frames. */
class Client implements OutboundChannel {
  readonly got: string[] = [];
  room = Number.POSITIVE_INFINITY;
  held = 0;
  corked = 0;
  closed = false;
  #drained: (() => void)[] = [];

  writable(): boolean {
    return this.held < this.room;
  }

  buffered(): number {
    return this.held;
  }

  cork(): void {
    this.corked++;
  }

  uncork(): void {}

  onceDrained(callback: () => void): void {
    this.#drained.push(callback);
  }

  stalled(): void {
    this.closed = true;
  }

  take(frame: string): boolean {
    this.got.push(frame);
    this.held++;
    return this.writable();
  }

  reads(frames: number): void {
    this.held = Math.max(0, this.held - frames);
    if (this.held === 0) for (const drained of this.#drained.splice(0)) drained();
  }
}

/** A subscriber with the frames that a test adds. */
class TestSubscriber extends Subscriber<string> {
  readonly waiting: string[] = [];
  parked = 0;
  endReason: string | null = null;

  constructor(connection: Connection) {
    super({
      reader: connection,
      ended: () => {},
      onLeave: (_subscriber, reason) => {
        this.endReason = reason;
      },
    });
  }

  has(...frames: string[]): void {
    this.waiting.push(...frames);
    this.wake();
  }

  next(): string | undefined {
    return this.waiting.shift();
  }

  override nextIfLast(): string | undefined {
    return this.waiting.length === 1 ? this.waiting.shift() : undefined;
  }

  lag(): number {
    return this.waiting.length;
  }

  override park(): void {
    this.parked++;
  }
}

const tick = (): Promise<unknown> => vi.advanceTimersToNextTimerAsync();

describe('a connection', () => {
  let client: Client;
  let ticker: Ticker;
  let connection: Connection;

  function join(): TestSubscriber {
    const feed = new TestSubscriber(connection);
    connection.join(feed, { write: (frame) => client.take(frame) });
    return feed;
  }

  beforeEach(() => {
    vi.useFakeTimers();
    client = new Client();
    ticker = new Ticker();
    connection = new Connection(client, ticker);
  });
  afterEach(() => {
    connection.close();
    vi.useRealTimers();
  });

  it('writes the frames of several subscriptions once per tick, corked', async () => {
    const feeds = Array.from({ length: 8 }, () => join());
    await tick();
    client.corked = 0;
    for (const [number, feed] of feeds.entries()) feed.has(`${number} a`, `${number} b`);
    expect(client.got).toEqual([]);
    await tick();
    expect(client.got).toHaveLength(16);
    expect(client.corked).toBe(1);
  });

  it('writes the frames of a single subscription immediately', () => {
    const feed = join();
    feed.has('a');
    expect(client.got).toEqual(['a']);
    expect(client.corked).toBe(0);
  });

  it('corks several frames of one subscription', () => {
    join().has('a', 'b', 'c', 'd');
    expect(client.got).toEqual(['a', 'b', 'c', 'd']);
    expect(client.corked).toBe(1);
  });

  it('lets a single subscription write directly while the channel has room', async () => {
    const feed = join();
    client.room = 2;
    const due = vi.spyOn(connection, 'due');
    feed.has('a');
    feed.has('b'); // there is no room behind it
    expect(due).not.toHaveBeenCalled();
    feed.has('c');
    feed.has('d');
    expect(client.got).toEqual(['a', 'b', 'c']);
    expect(connection.parked).toBe(true);
    client.reads(3);
    await tick();
    expect(client.got).toEqual(['a', 'b', 'c', 'd']);
  });

  it('collects frames again when another subscription has joined', async () => {
    const [first, second] = [join(), join()];
    await tick();
    client.corked = 0;
    first.has('a');
    second.has('b');
    expect(client.got).toEqual([]);
    await tick();
    expect([client.got, client.corked]).toEqual([['a', 'b'], 1]);
    connection.leave(second);
    first.has('c');
    first.has('d');
    expect(client.got).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is parked when the channel has no room, and resumes at the same frame', async () => {
    const [first, second] = [join(), join()];
    await tick();
    client.room = 3;
    first.has('1', '2', '3', '4');
    second.has('a');
    await tick();
    expect(client.got).toEqual(['1', '2', '3']);
    expect(connection.parked).toBe(true);
    expect(ticker.parked).toBe(1);
    expect([first.parked, second.parked]).toEqual([1, 1]);
    first.has('5');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(client.got).toHaveLength(3);
    client.room = 10;
    client.reads(3);
    await tick();
    expect(client.got).toEqual(['1', '2', '3', 'a', '4', '5']); // the subscription that was not written goes first
    expect(ticker.parked).toBe(0);
  });

  it('writes a limited number of frames per tick', async () => {
    const [greedy, modest] = [join(), join()];
    await tick();
    greedy.has(...Array.from({ length: 1_200 }, (_, number) => `g${number}`));
    modest.has('m');
    await tick();
    expect(client.got).toHaveLength(512);
    await tick();
    expect(client.got[512]).toBe('m');
    await tick();
    expect(client.got).toHaveLength(1_201);
  });

  it('is closed when its client has read nothing for a minute, and its subscriptions end as stalled', async () => {
    client.room = 1;
    const feed = join();
    feed.has('1', '2');
    await vi.advanceTimersByTimeAsync(59_000);
    expect(client.closed).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(client.closed).toBe(true);
    connection.close();
    expect(feed.endReason).toBe('stalled');
    expect(ticker.parked).toBe(0);
  });

  it('is not closed while its client reads slowly', async () => {
    client.room = 5;
    const feed = join();
    feed.has('1', '2', '3', '4', '5', '6');
    for (let minute = 0; minute < 4; minute++) {
      client.reads(1);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(client.closed).toBe(false);
    }
    client.reads(1);
    expect(client.got).toEqual(['1', '2', '3', '4', '5']);
    await tick();
    expect(client.got.at(-1)).toBe('6');
  });

  it('skips a subscription that has left, and writes nothing when it is closed', async () => {
    const [leaving, staying] = [join(), join(), join()];
    await tick();
    leaving.has('l');
    staying.has('s');
    connection.leave(leaving);
    await tick();
    expect(client.got).toEqual(['s']);
    staying.has('late');
    connection.close();
    await vi.advanceTimersByTimeAsync(10);
    expect(client.got).toEqual(['s']);
    expect(staying.endReason).toBe('left');
  });
});
