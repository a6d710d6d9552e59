import type { Subscriber, Reader } from '../../delivery/subscriber.ts';
import { chunkBytesMax, sha256 } from '../../lib/chunks.ts';
import type { Message } from '../message.ts';
import { chunkMessage } from './messages.ts';

/** A transfer that was delivered to the user of a socket. */
export interface Delivery {
  /** The `data_id` of its chunks. */
  readonly id: string;
  readonly transferId: string;
  readonly totalBytes: number;
  /** Its position in the log: later deliveries are after it. */
  readonly cursor: string;
}

export interface DeliveriesOptions {
  /** Resolves when a chunk may be written: no message is buffered or queued. */
  readonly room: () => Promise<void>;
  /** Bytes of a chunk, base64; null: the transfer is no longer kept. */
  readonly read: (delivery: Delivery, index: number) => Promise<string | null>;
  readonly write: (message: Message) => void;
  /** Called when a delivery starts, to record where an interrupted subscription resumes. */
  readonly started: (delivery: Delivery) => void;
  /** Called when the rest of a delivery cannot be sent, because the transfer is no longer kept. */
  readonly truncated: (delivery: Delivery) => void;
  /** Called when a chunk could not be read. Nothing more is sent until `proceed` is called. */
  readonly failed: (error: unknown) => void;
}

/** A delivery that is being sent, and its next chunk. */
interface Sending {
  readonly delivery: Delivery;
  readonly total: number;
  index: number;
}

/** The number of chunks of a transfer; an empty transfer is one empty chunk. */
export function chunksOf({ totalBytes }: Delivery): number {
  return Math.max(1, Math.ceil(totalBytes / chunkBytesMax));
}

/**
 * Sends the deliveries of one socket's user, one after the other and chunk by chunk. A chunk is read when there is room
 * for it, so that at most one is in memory; further deliveries wait in the log, after the subscriber's cursor.
 *
 * A client acknowledges nothing. When it reconnects, it requests the position after the last chunk that it received, and
 * gets everything from there.
 */
export class Deliveries implements Reader {
  readonly #options: DeliveriesOptions;
  #subscriber: Subscriber<Delivery> | null = null;
  #sending: Sending | null = null;
  #running = false;
  #closed = false;

  constructor(options: DeliveriesOptions) {
    this.#options = options;
  }

  /** Takes deliveries from this subscriber. */
  join(subscriber: Subscriber<Delivery>): void {
    this.#subscriber = subscriber;
    this.proceed();
  }

  leave(subscriber: Subscriber<Delivery>): void {
    if (this.#subscriber === subscriber) this.#subscriber = null;
  }

  due(): void {
    this.proceed();
  }

  /** Aborts the current delivery and continues with a chunk of this delivery; null: with the next subscriber's deliveries. */
  resume(delivery: Delivery | null, index: number): void {
    this.#subscriber = null;
    this.#sending = delivery === null ? null : sendingFrom(delivery, index);
    this.proceed();
  }

  close(): void {
    this.#closed = true;
    this.#subscriber = null;
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
    if (this.#sending !== null || this.#subscriber === null) return this.#sending;
    const delivery = this.#subscriber.next();
    if (delivery === undefined) return null; // the subscriber calls `due` when there is one
    this.#subscriber.park(); // the next delivery is read when this one is sent
    this.#options.started(delivery);
    return (this.#sending = sendingFrom(delivery, 0));
  }

  /** The client may request another position during any `await`. */
  async #sendChunk(sending: Sending): Promise<void> {
    const { delivery, total, index } = sending;
    const { room, read, write, truncated } = this.#options;
    await room();
    if (this.#sending !== sending) return;
    const data = await read(delivery, index);
    if (this.#sending !== sending) return;
    if (data === null) {
      this.#sending = null;
      if (index > 0) truncated(delivery);
      return;
    }
    await room(); // messages that were queued meanwhile are sent first
    if (this.#sending !== sending) return;
    const checksum = sha256(Buffer.from(data, 'base64'));
    write(chunkMessage(delivery.id, { index, total, data, checksum }, Date.now()));
    sending.index++;
    if (sending.index === total) this.#sending = null;
  }
}

function sendingFrom(delivery: Delivery, index: number): Sending | null {
  const total = chunksOf(delivery);
  return index < total ? { delivery, total, index } : null;
}
