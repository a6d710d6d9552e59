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

/** A member whose deliveries are there from the beginning, or are added. */
class Waiting extends Subscriber<Delivery> {
  readonly waiting: Delivery[];

  constructor(reader: Deliveries, waiting: Delivery[]) {
    super({ reader, ended: () => {}, gone: () => {} });
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
  /** `a 0`: what was read, and what was written. */
  readonly read: string[];
  readonly written: string[];
  readonly began: string[];
  readonly cutShort: string[];
  readonly failures: unknown[];
  /** Lets one who waits for room go on. */
  readonly giveRoom: () => Promise<void>;
}

function hold(waiting: Delivery[], readBytes: DeliveriesOptions['read'] = async () => 'AAAA'): Held {
  let give: (() => void) | null = null;
  const read: string[] = [];
  const written: string[] = [];
  const began: string[] = [];
  const cutShort: string[] = [];
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
    began: ({ cursor }) => began.push(cursor),
    cutShort: ({ id }) => cutShort.push(id),
    failed: (error) => failures.push(error),
  });
  deliveries.join(new Waiting(deliveries, waiting));
  const giveRoom = async (): Promise<void> => {
    give?.();
    await new Promise((resolve) => setImmediate(resolve)); // everything that follows from it has happened
  };
  return { deliveries, read, written, began, cutShort, failures, giveRoom };
}

describe('deliveries to a user', () => {
  it('M28: are read at most one chunk ahead of what the client has received', async () => {
    const { read, written, began, giveRoom } = hold([delivery('a', 3), delivery('b', 1)]);
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
    expect(began).toEqual(['cursor of a', 'cursor of b']); // the second only when the first is done
    await giveRoom();
    await giveRoom();
    expect(written).toEqual(['a 0', 'a 1', 'a 2', 'b 0']);
  });

  it('M28: resume at the requested chunk, and continue with later deliveries', async () => {
    const { deliveries, written, giveRoom } = hold([delivery('a', 3)]);
    await giveRoom();
    deliveries.resume(delivery('b', 3), 2); // while a chunk of the other one is ready to be written
    for (let time = 0; time < 4; time++) await giveRoom();
    expect(written).toEqual(['b 2']);
    deliveries.resume(delivery('b', 3), 3); // which has everything
    deliveries.join(new Waiting(deliveries, [delivery('c', 1)]));
    for (let time = 0; time < 4; time++) await giveRoom();
    expect(written).toEqual(['b 2', 'c 0']);
  });

  it('M28: skip transfers that are no longer kept, and report those that had begun', async () => {
    const gone = async ({ id }: Delivery, index: number) => (id === 'a' || index === 1 ? null : 'AAAA');
    const { written, cutShort, giveRoom } = hold(
      [delivery('a', 2), delivery('b', 2), delivery('c', 1)],
      gone,
    );
    for (let time = 0; time < 8; time++) await giveRoom();
    expect(written).toEqual(['b 0', 'c 0']);
    expect(cutShort).toEqual(['b']);
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
