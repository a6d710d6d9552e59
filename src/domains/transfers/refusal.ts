import { AppError } from '../../errors.ts';

export type RefusalReason =
  | 'BAD_DATA_ID'
  | 'BAD_TOTAL'
  | 'TOTAL_CHANGED'
  | 'RECIPIENT_CHANGED'
  | 'TOO_MANY_CHUNKS'
  | 'BAD_INDEX'
  | 'BAD_BASE64'
  | 'CHUNK_TOO_LARGE'
  | 'CHECKSUM_MISMATCH'
  | 'TOO_MANY_OPEN'
  | 'NO_ROOM';

/** Reasons that time takes away: the same chunk may be taken later. */
const passing: ReadonlySet<RefusalReason> = new Set(['TOO_MANY_OPEN', 'NO_ROOM']);

/** A chunk that is not taken. */
export class ChunkRefused extends AppError {
  readonly reason: RefusalReason;
  /** Whether its transfer, which was open, is given up. */
  readonly dropped: boolean;

  constructor(reason: RefusalReason, message: string, dropped: boolean) {
    const retryable = passing.has(reason);
    super(retryable ? 'OVERLOADED' : 'BAD_USER_INPUT', message, { retryable, details: { reason, dropped } });
    this.reason = reason;
    this.dropped = dropped;
  }
}
