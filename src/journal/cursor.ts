import { AppError } from '../errors.ts';

/**
 * A cursor is a position in the event log: `<epoch>_<seq in base 36>`. The epoch identifies the stored log, so a cursor
 * is valid after a restart, and another log rejects it. Opaque to clients.
 */
export function formatCursor(epoch: string, seq: number): string {
  return `${epoch}_${seq.toString(36)}`;
}

/** The cursor before the oldest retained entry. */
export const earliest = 'earliest';

const cursorCharsMax = 64;

/**
 * The position of a cursor. It may be beyond the end of the log.
 * @throws AppError CURSOR_INVALID if the text is not a cursor of this log.
 */
export function parseCursor(text: string, epoch: string): number {
  const match = text.length <= cursorCharsMax ? /^([0-9a-z]+)_([0-9a-z]{1,11})$/.exec(text) : null;
  if (match === null) throw invalid('is not valid: use a cursor from this server, or "earliest"');
  if (match[1] !== epoch)
    throw invalid('belongs to another log: read the current state and start without a cursor');
  return Number.parseInt(match[2] ?? '', 36);
}

export function cursorBeyondEnd(): AppError {
  return invalid('is beyond the end of the log');
}

function invalid(reason: string): AppError {
  return new AppError('CURSOR_INVALID', `The cursor ${reason}.`, { details: { argument: 'after' } });
}

/** @param oldest the oldest position that is still available. */
export function cursorExpired(epoch: string, oldest: number): AppError {
  return new AppError(
    'CURSOR_EXPIRED',
    'Events after this cursor have been removed, so resuming would skip them.',
    { details: { oldestCursor: formatCursor(epoch, oldest) } },
  );
}
