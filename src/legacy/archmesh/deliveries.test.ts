import { describe, expect, it } from 'vitest';
import { Subscriber } from '../../delivery/subscriber.ts';
import { chunkBytesMax } from '../../lib/chunks.ts';
import { Deliveries, type DeliveriesOptions, type Delivery } from './deliveries.ts';

const delivery = (id: string, chunks: number): Delivery => ({
  id,
  transferId: `transfer of ${id}`,
  totalBytes: chunks * chunkBytesMax,
  cursor: `cursor of ${id}`,
});

/** A subscriber with these deliveries; more can be added. */
class Waiting extends Subscriber<Delivery> {
  readonly waiting: Delivery[];

  constructor(reader: Deliveries, waiting: Delivery[]) {
    super({ reader, ended: () => {}, onLeave: () => {} });
    this.waiting = waiting;
  }

  next(): Delivery | undefined {
    return this.waiting.shift();
  }

  lag(): number {
    return this.waiting.length;
  }
}

interface Held {
  readonly deliveries: Deliveries;
  /** The chunks that were read and written, for example `a 0`. */
  readonly read: string[];
  readonly written: string[];
  readonly started: string[];
  readonly truncated: string[];
  readonly failures: unknown[];
  /** Resolves one call of `room`. */
  readonly giveRoom: () => Promise<void>;
}

function hold(waiting: Delivery[], readBytes: DeliveriesOptions['read'] = async () => 'AAAA'): Held {
  let give: (() => void) | null = null;
  const read: string[] = [];
  const written: string[] = [];
  const started: string[] = [];
  const truncated: string[] = [];
  const failures: unknown[] = [];
  const deliveries = new Deliveries({
    room: () => new Promise((resolve) => (give = resolve)),
    read: (of, index) => {
      read.push(`${of.id} ${index}`);
      return readBytes(of, index);
    },
    write: (message) => {
      const { data_id: id, chunk_index: index } = message['data'] as Record<string, unknown>;
      written.push(`${String(id)} ${String(index)}`);
    },
    started: ({ cursor }) => started.push(cursor),
    truncated: ({ id }) => truncated.push(id),
    failed: (error) => failures.push(error),
  });
  deliveries.join(new Waiting(deliveries, waiting));
  const giveRoom = async (): Promise<void> => {
    give?.();
    await new Promise((resolve) => setImmediate(resolve)); // all consequences have happened
  };
  return { deliveries, read, written, started, truncated, failures, giveRoom };
}

describe('deliveries to a user', () => {
  it('M28: are read at most one chunk ahead of what the client has received', async () => {
    const { read, written, started, giveRoom } = hold([delivery('a', 3), delivery('b', 1)]);
    expect([read, written]).toEqual([[], []]); // the client has no room yet
    for (const [reads, writes] of [
      [1, 0],
      [1, 1],
      [2, 1],
      [2, 2],
      [3, 2],
      [3, 3],
    ]) {
      await giveRoom();
      expect([read.length, written.length]).toEqual([reads, writes]);
    }
    expect(started).toEqual(['cursor of a', 'cursor of b']); // the second starts when the first is complete
    await giveRoom();
    await giveRoom();
    expect(written).toEqual(['a 0', 'a 1', 'a 2', 'b 0']);
  });

  it('M28: resume at the requested chunk, and continue with later deliveries', async () => {
    const { deliveries, written, giveRoom } = hold([delivery('a', 3)]);
    await giveRoom();
    deliveries.resume(delivery('b', 3), 2); // while a chunk of another delivery is ready to be written
    for (let time = 0; time < 4; time++) await giveRoom();
    expect(written).toEqual(['b 2']);
    deliveries.resume(delivery('b', 3), 3); // the client has all chunks
    deliveries.join(new Waiting(deliveries, [delivery('c', 1)]));
    for (let time = 0; time < 4; time++) await giveRoom();
    expect(written).toEqual(['b 2', 'c 0']);
  });

  it('M28: skip transfers that are no longer stored, and report those that had started', async () => {
    const gone = async ({ id }: Delivery, index: number) => (id === 'a' || index === 1 ? null : 'AAAA');
    const { written, truncated, giveRoom } = hold(
      [delivery('a', 2), delivery('b', 2), delivery('c', 1)],
      gone,
    );
    for (let time = 0; time < 8; time++) await giveRoom();
    expect(written).toEqual(['b 0', 'c 0']);
    expect(truncated).toEqual(['b']);
  });

  it('M28: wait when a chunk cannot be read, and resume with that chunk', async () => {
    let down = true;
    const { deliveries, written, failures, giveRoom } = hold([delivery('a', 1)], async () => {
      if (down) throw new Error('the store is down');
      return 'AAAA';
    });
    await giveRoom();
    expect(failures).toMatchObject([{ message: 'the store is down' }]);
    down = false;
    deliveries.proceed();
    for (let time = 0; time < 2; time++) await giveRoom();
    expect(written).toEqual(['a 0']);
  });

  it('M28: end with the socket, even between reading and writing a chunk', async () => {
    const { deliveries, read, written, giveRoom } = hold([delivery('a', 2)]);
    await giveRoom();
    deliveries.close();
    await giveRoom();
    expect([read, written]).toEqual([['a 0'], []]);
  });
});
