import type { Encoder } from '../../delivery/encoder.ts';
import { chunkBytesMax } from '../../lib/chunks.ts';
import * as documents from '../documents.generated.ts';
import { earliest, FeedSubscription, type FeedSubscriptionOptions } from '../feed-subscription.ts';
import { graphRequest } from '../graph-request.ts';
import type { Message } from '../message.ts';
import { isRetryable } from '../stream-errors.ts';
import { chunksOf, Deliveries, type Delivery } from './deliveries.ts';
import type { ClientPosition, MeshError } from './messages.ts';

/** How long to wait before reading a chunk again after the database failed. */
const retryMs = 1_000;
/** The approximate size of a delivery in memory. */
const deliveryBytes = 512;

const deliveryEncoder: Encoder<Delivery> = {
  id: 'archmesh /ws deliveries',
  encode({ data, errors }) {
    const [error] = errors ?? [];
    if (error !== undefined) throw error; // skipping a delivery would leave a gap
    return (data as documents.ArchmeshDeliveriesSubscription).transferDeliveryEvents;
  },
  bytes: () => deliveryBytes,
};

export interface DeliveryStreamOptions extends Pick<
  FeedSubscriptionOptions<Delivery>,
  'feed' | 'connection' | 'after' | 'failed'
> {
  /** Bounds how many chunks are read at a time, for all sockets. */
  readonly limitReads: <Value>(task: () => Promise<Value>) => Promise<Value>;
  /** Resolves when no message is buffered or queued. */
  readonly room: () => Promise<void>;
  readonly write: (message: Message) => void;
  /** Sends an error to the client. */
  readonly reject: (error: MeshError) => void;
}

/** The transfers delivered to the user of one socket, from its start or from the position that the client requests. */
export class DeliveryStream {
  readonly #options: DeliveryStreamOptions;
  readonly #deliveries: Deliveries;
  readonly #subscription: FeedSubscription<Delivery>;
  #retry: NodeJS.Timeout | null = null;
  #requests = 0;
  #closed = false;

  constructor(options: DeliveryStreamOptions) {
    const { feed, connection, after, limitReads, room, write, reject, failed } = options;
    this.#options = options;
    this.#deliveries = new Deliveries({
      room,
      write,
      read: (delivery, index) => limitReads(() => this.#readChunk(delivery, index)),
      started: ({ cursor }) => {
        this.#subscription.reached = cursor;
      },
      truncated: ({ id }) => reject(transferGone(id)),
      failed: (error) => this.#readFailed(error),
    });
    this.#subscription = new FeedSubscription<Delivery>({
      feed,
      connection,
      query: documents.ArchmeshDeliveriesDocument,
      variables: {},
      encoder: deliveryEncoder,
      reader: this.#deliveries,
      after,
      skipsExpired: true, // transfers that are no longer stored cannot be sent
      join: (subscriber) => this.#deliveries.join(subscriber),
      leave: (subscriber) => this.#deliveries.leave(subscriber),
      failed,
    });
  }

  /** Never rejects. @returns the error, which has been handled; null: none. */
  start(): Promise<unknown> {
    return this.#subscription.start();
  }

  /**
   * Aborts the current delivery and continues at the requested position.
   * @returns the error of the position; null: accepted. @throws when the database fails.
   */
  async resume({ data_id: dataId, chunk_index: chunkIndex }: ClientPosition): Promise<MeshError | null> {
    const index = chunkIndex ?? 0;
    const request = ++this.#requests;
    const delivery = dataId == null ? null : await this.#readDelivery(dataId);
    if (this.#closed || request !== this.#requests) return null; // the client has requested another position
    if (dataId != null && delivery === null) return unknownDelivery;
    if (index < 0 || index > (delivery === null ? 0 : chunksOf(delivery))) return badIndex;
    this.#deliveries.resume(delivery, index);
    this.#subscription.reached = delivery?.cursor ?? earliest;
    void this.#subscription.start(); // never rejects
    return null;
  }

  close(): void {
    this.#closed = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#subscription.close();
    this.#deliveries.close();
  }

  /** A delivery to this user; null when it does not exist or is no longer stored. @throws when the database fails. */
  async #readDelivery(id: string): Promise<Delivery | null> {
    const { feed, connection } = this.#options;
    return (await graphRequest(feed.engine, connection.viewer, documents.ArchmeshDeliveryDocument, { id }))
      .transferDelivery;
  }

  /** The bytes of a chunk, base64; null when the transfer is no longer stored. @throws when the database fails. */
  async #readChunk({ transferId, totalBytes }: Delivery, index: number): Promise<string | null> {
    const { feed, connection } = this.#options;
    const variables = { id: transferId, index, bytes: chunkBytesMax };
    const document = documents.ArchmeshTransferChunkDocument;
    const { transfer } = await graphRequest(feed.engine, connection.viewer, document, variables);
    return transfer !== null && totalBytes === 0 ? '' : (transfer?.chunk ?? null);
  }

  #readFailed(error: unknown): void {
    if (this.#closed) return;
    if (!isRetryable(error)) return this.#options.failed(error);
    this.#retry = setTimeout(() => this.#deliveries.proceed(), retryMs);
  }
}

const unknownDelivery: MeshError = {
  code: 'INVALID_MESSAGE_FORMAT',
  message: 'Nothing with this data_id was delivered to you, or it is no longer kept.',
  reason: 'unknown_data_id',
};

const badIndex: MeshError = {
  code: 'INVALID_MESSAGE_FORMAT',
  message: 'chunk_index must be 0 to total_chunks, and 0 without a data_id.',
  reason: 'bad_index',
};

function transferGone(dataId: string): MeshError {
  const message = `The rest of ${dataId} cannot be sent, as the transfer is no longer kept.`;
  return { code: 'SYSTEM_ERROR', message, reason: 'transfer_gone' };
}
