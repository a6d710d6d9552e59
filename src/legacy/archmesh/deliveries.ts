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
  /** Resolves when a chunk may be written: the client has received what was sent, and no other message waits. */
  readonly room: () => Promise<void>;
  /** Bytes of a chunk, base64; null: the transfer is no longer kept. */
  readonly read: (delivery: Delivery, index: number) => Promise<string | null>;
  readonly write: (message: Message) => void;
  /** Called when a delivery starts: where the subscription resumes, should it be interrupted. */
  readonly began: (delivery: Delivery) => void;
  /** Called when the rest of a delivery cannot be sent, because the transfer is no longer kept. */
  readonly cutShort: (delivery: Delivery) => void;
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
 * A client has one position, the last chunk that it received, and acknowledges nothing: when it reconnects it names that
 * position, and everything after it follows.
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

  /** Drops what is being sent and continues with a chunk of this delivery; null: with what the next subscriber has. */
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
    this.#subscriber.park(); // it takes a while until the next delivery
    this.#options.began(delivery);
    return (this.#sending = sendingFrom(delivery, 0));
  }

  /** The client may name another position at any `await`. */
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
    await room(); // messages that came meanwhile are sent first
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
