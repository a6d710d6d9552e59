import { AppError } from '../errors.ts';

/**
 * A cursor is a position in the log of EVERY topics: `<epoch>_<seq in base 36>`. The epoch belongs to the stored
 * log, so a cursor stays valid over restarts and is refused by another log instead of pointing somewhere else.
 * Clients treat it as opaque.
 */
export function formatCursor(epoch: string, seq: number): string {
  return `${epoch}_${seq.toString(36)}`;
}

/** The cursor that stands before the oldest entry that is still held. */
export const EARLIEST = 'earliest';

const cursorMaxLength = 64;

/**
 * The position that a cursor names. Whether the log reaches that far is for the caller to check.
 * @throws AppError CURSOR_INVALID when the text is no cursor of this log.
 */
export function parseCursor(text: string, epoch: string): number {
  const match = text.length <= cursorMaxLength ? /^([0-9a-z]+)_([0-9a-z]{1,11})$/.exec(text) : null;
  if (match === null) throw invalid('is not a cursor: use one that this server gave, or "earliest"');
  if (match[1] !== epoch)
    throw invalid('belongs to another log: read the present state and start without a cursor');
  return Number.parseInt(match[2] ?? '', 36);
}

export function cursorBeyondEnd(): AppError {
  return invalid('points beyond the end of the log');
}

function invalid(reason: string): AppError {
  return new AppError('CURSOR_INVALID', `The cursor ${reason}.`, { details: { argument: 'after' } });
}

/** @param oldest the oldest position that a reader may still name. */
export function cursorExpired(epoch: string, oldest: number): AppError {
  const cursor = formatCursor(epoch, oldest);
  return new AppError(
    'CURSOR_EXPIRED',
    'Entries after this cursor are no longer kept, so resuming would leave a hole.',
    {
      details: { oldestCursor: cursor },
    },
  );
}
