import { every } from '../../journal/topic.ts';

/** The last chunk of a transfer was received. The id of the event is the id of the transfer; it contains no bytes. */
export interface TransferReceived {
  /** The sender's name for the data; not unique. */
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

/** A stored transfer was delivered to a user, whose clients can now read it. The event contains no bytes. */
export interface TransferDelivered extends TransferReceived {
  readonly transferId: string;
  /** The subject of the recipient's credential. */
  readonly userId: string;
  /** The subject of the credential that requested the delivery. */
  readonly deliveredBy: string;
}

/** Keyed by the user. */
export const transferDeliveries = every<TransferDelivered>('transfers.deliveries');

export const transferDelivered = 'transferDelivered';
