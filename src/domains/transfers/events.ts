import { every } from '../../journal/topic.ts';

/** Large data was received whole. Its bytes are stored in the same transaction, and are not part of the event. */
export interface TransferReceived {
  /** As its sender names it; not unique. The event's own id is the transfer's. */
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
