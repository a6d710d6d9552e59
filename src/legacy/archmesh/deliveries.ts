import type { Subscriber, Reader } from '../../delivery/subscriber.ts';
import { chunkBytesMax, sha256 } from '../../lib/chunks.ts';
import type { Message } from '../dialect.ts';
import { chunkOf } from './messages.ts';

/** A transfer that was delivered to the user of a socket, as the graph tells of it. */
export interface Delivery {
  /** The `data_id` of its chunks. */
  readonly id: string;
  readonly transferId: string;
  readonly totalBytes: number;
  /** Its position in the log: what is delivered later lies behind it. */
  readonly cursor: string;
}

export interface DeliveriesOptions {
  /** Resolves when a chunk may be written: the client has taken what was sent, and no other message waits for it. */
  readonly room: () => Promise<void>;
  /** Bytes of a chunk, base64; null: the transfer is no longer kept. */
  readonly read: (delivery: Delivery, index: number) => Promise<string | null>;
  readonly write: (message: Message) => void;
  /** A delivery is being sent: where the reading of the log goes on, should it have to begin again. */
  readonly began: (delivery: Delivery) => void;
  /** What was begun cannot be finished, as the transfer is no longer kept. */
  readonly cutShort: (delivery: Delivery) => void;
  /** A chunk could not be read. Nothing more is sent until `proceed` is called. */
  readonly failed: (error: unknown) => void;
}

/** A delivery that is being sent, and its next chunk. */
interface Sending {
  readonly delivery: Delivery;
  readonly total: number;
  index: number;
}

/** How many chunks a transfer is sent in; one of no bytes is one empty chunk. */
export function chunksOf({ totalBytes }: Delivery): number {
  return Math.max(1, Math.ceil(totalBytes / chunkBytesMax));
}

/**
 * Sends what is delivered to the user of one socket, one delivery after the other and chunk by chunk. A chunk is read
 * when there is room for it, so that at most one is held in memory; what is delivered meanwhile waits in the log, where
 * the member of the socket has its cursor.
 *
 * So what a client has is one position, the last chunk that it got, and nothing has to be acknowledged: a client that
 * comes back names that position, and everything behind it follows.
 */
export class Deliveries implements Reader {
  readonly #options: DeliveriesOptions;
  #member: Subscriber<Delivery> | null = null;
  #sending: Sending | null = null;
  #running = false;
  #closed = false;

  constructor(options: DeliveriesOptions) {
    this.#options = options;
  }

  /** Takes deliveries from this member from now on. */
  join(member: Subscriber<Delivery>): void {
    this.#member = member;
    this.proceed();
  }

  leave(member: Subscriber<Delivery>): void {
    if (this.#member === member) this.#member = null;
  }

  due(): void {
    this.proceed();
  }

  /** Drops what is being sent, and goes on with a chunk of this delivery; null: with what the next member has. */
  resume(delivery: Delivery | null, index: number): void {
    this.#member = null;
    this.#sending = delivery === null ? null : sendingFrom(delivery, index);
    this.proceed();
  }

  close(): void {
    this.#closed = true;
    this.#member = null;
    this.#sending = null;
  }

  proceed(): void {
    if (!this.#running && !this.#closed) void this.#run();
  }

  /** Never rejects. */
  async #run(): Promise<void> {
    this.#running = true;
    try {
      for (let sending = this.#next(); sending !== null; sending = this.#next())
        await this.#sendChunk(sending);
    } catch (error) {
      if (!this.#closed) this.#options.failed(error);
    } finally {
      this.#running = false;
    }
  }

  #next(): Sending | null {
    if (this.#sending !== null || this.#member === null) return this.#sending;
    const delivery = this.#member.next();
    if (delivery === undefined) return null; // the member calls `due`
    this.#member.park(); // it takes a while until the next one is asked for
    this.#options.began(delivery);
    return (this.#sending = sendingFrom(delivery, 0));
  }

  /** Another position may be asked for at any `await`. */
  async #sendChunk(sending: Sending): Promise<void> {
    const { delivery, total, index } = sending;
    const { room, read, write, cutShort } = this.#options;
    await room();
    if (this.#sending !== sending) return;
    const data = await read(delivery, index);
    if (this.#sending !== sending) return;
    if (data === null) {
      this.#sending = null;
      if (index > 0) cutShort(delivery);
      return;
    }
    await room(); // messages that came while it was read go first
    if (this.#sending !== sending) return;
    const checksum = sha256(Buffer.from(data, 'base64'));
    write(chunkOf(delivery.id, { index, total, data, checksum }, Date.now()));
    sending.index++;
    if (sending.index === total) this.#sending = null;
  }
}

function sendingFrom(delivery: Delivery, index: number): Sending | null {
  const total = chunksOf(delivery);
  return index < total ? { delivery, total, index } : null;
}
