import { every } from '../../journal/topic.ts';

/** Large data was received whole. Its bytes are stored in the same transaction, and are not part of the event. */
export interface TransferReceived {
  /** The sender's name for it; not unique. The id of the event is the id of the transfer. */
  readonly dataId: string;
  readonly totalBytes: number;
  /** SHA-256 of all bytes, hexadecimal. */
  readonly sha256: string;
  /** The subject of the sender's credential; `anonymous` without one. */
  readonly sender: string;
}

/** Keyed by the sender. */
export const transferEvents = every<TransferReceived>('transfers.events');

export const transferReceived = 'transferReceived';

/**
 * A stored transfer was delivered to a user: the bytes are sent to each of the user's sockets. The event describes the
 * transfer and contains no bytes.
 */
export interface TransferDelivered extends TransferReceived {
  readonly transferId: string;
  /** The recipient, by the subject of their credential. */
  readonly userId: string;
  /** The subject of the credential by which it was delivered. */
  readonly deliveredBy: string;
}

/** Keyed by the user. */
export const transferDeliveries = every<TransferDelivered>('transfers.deliveries');

export const transferDelivered = 'transferDelivered';
