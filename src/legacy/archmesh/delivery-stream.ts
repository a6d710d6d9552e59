import type { Delivery as SubscriptionDelivery } from '../../delivery/delivery.ts';
import type { Viewer } from '../../auth/viewer.ts';
import type { Engine } from '../../engine/engine.ts';
import { isRetryable } from '../stream-errors.ts';
import type { Message } from '../dialect.ts';
import { chunksOf, Deliveries, type Delivery } from './deliveries.ts';
import { deliveriesQuery, deliveryEncoder, readChunk, readDelivery } from './delivery-queries.ts';
import { earliest, Following } from './following.ts';
import type { ClientPosition, Mistake } from './messages.ts';

/** A chunk that the store could not give is asked for again after this time. */
const retryMs = 1_000;

export interface DeliveryStreamOptions {
  readonly engine: Engine;
  readonly delivery: SubscriptionDelivery;
  readonly viewer: Viewer;
  /** The client's. */
  readonly address: string;
  /** The cursor behind which it begins. */
  readonly after: string;
  /** Bounds how many chunks are read at a time, for all sockets. */
  readonly reading: <Value>(task: () => Promise<Value>) => Promise<Value>;
  /** Resolves when a chunk may be written: the client has taken what was sent, and no other message waits for it. */
  readonly room: () => Promise<void>;
  readonly write: (message: Message) => void;
  /** Tells the client what is wrong. */
  readonly refuse: (mistake: Mistake) => void;
  /** It ends with an error, or with null because the server ends it. */
  readonly failed: (error: unknown) => void;
}

/** What is delivered to the user of one socket, from when it connects or from where the client asks for it. */
export class DeliveryStream {
  readonly #options: DeliveryStreamOptions;
  readonly #deliveries: Deliveries;
  readonly #following: Following<Delivery>;
  #retry: NodeJS.Timeout | null = null;
  #asked = 0;
  #closed = false;

  constructor(options: DeliveryStreamOptions) {
    const { engine, viewer, address, after, reading, room, write, refuse, failed } = options;
    this.#options = options;
    this.#deliveries = new Deliveries({
      room,
      write,
      read: (delivery, index) => reading(() => readChunk(engine, viewer, delivery, index)),
      began: ({ cursor }) => {
        this.#following.reached = cursor;
      },
      cutShort: ({ id }) => refuse(goneMidway(id)),
      failed: (error) => this.#readingFailed(error),
    });
    this.#following = new Following<Delivery>({
      engine,
      delivery: options.delivery,
      viewer,
      address,
      query: deliveriesQuery,
      variables: {},
      encoder: deliveryEncoder,
      reader: this.#deliveries,
      after,
      skipsExpired: true, // what is no longer kept cannot be sent
      join: (member) => this.#deliveries.join(member),
      leave: (member) => this.#deliveries.leave(member),
      failed,
    });
  }

  /** Never rejects. @returns what went wrong, which has been seen to; null: nothing. */
  start(): Promise<unknown> {
    return this.#following.start();
  }

  /**
   * Goes on from where the client says, whatever is being sent.
   * @returns what is wrong with that; null: nothing. @throws when the store fails.
   */
  async resume({ data_id: dataId, chunk_index: chunkIndex }: ClientPosition): Promise<Mistake | null> {
    const { engine, viewer } = this.#options;
    const index = chunkIndex ?? 0;
    const round = ++this.#asked;
    const delivery = dataId == null ? null : await readDelivery(engine, viewer, dataId);
    if (this.#closed || round !== this.#asked) return null; // it has said something else meanwhile
    if (dataId != null && delivery === null) return unknownDelivery;
    if (index < 0 || index > (delivery === null ? 0 : chunksOf(delivery))) return badIndex;
    this.#deliveries.resume(delivery, index);
    this.#following.reached = delivery?.cursor ?? earliest;
    void this.#following.start(); // never rejects
    return null;
  }

  close(): void {
    this.#closed = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#following.close();
    this.#deliveries.close();
  }

  #readingFailed(error: unknown): void {
    if (this.#closed) return;
    if (!isRetryable(error)) return this.#options.failed(error);
    this.#retry = setTimeout(() => this.#deliveries.proceed(), retryMs);
  }
}

const unknownDelivery: Mistake = {
  code: 'INVALID_MESSAGE_FORMAT',
  message: 'Nothing with this data_id was delivered to you, or it is no longer kept.',
  reason: 'unknown_data_id',
};

const badIndex: Mistake = {
  code: 'INVALID_MESSAGE_FORMAT',
  message: 'chunk_index must be 0 to total_chunks, and 0 without a data_id.',
  reason: 'bad_index',
};

function goneMidway(dataId: string): Mistake {
  const message = `The rest of ${dataId} cannot be sent, as the transfer is no longer kept.`;
  return { code: 'SYSTEM_ERROR', message, reason: 'transfer_gone' };
}
