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
 * @param argument where the client has sent the cursor.
 * @throws AppError CURSOR_INVALID if the text is not a cursor of this log.
 */
export function parseCursor(text: string, epoch: string, argument = 'after'): number {
  const cursor = partsOf(text);
  if (cursor === null) throw invalid('is not valid: use a cursor from this server, or "earliest"', argument);
  if (cursor.epoch !== epoch)
    throw invalid('belongs to another log: read the current state and start without a cursor', argument);
  return cursor.seq;
}

/** The position of a cursor. Null: the text is not a cursor of this log. */
export function cursorPosition(text: string, epoch: string): number | null {
  const cursor = partsOf(text);
  return cursor?.epoch === epoch ? cursor.seq : null;
}

function partsOf(text: string): { readonly epoch: string; readonly seq: number } | null {
  const [, epoch, seq] =
    (text.length <= cursorCharsMax ? /^([0-9a-z]+)_([0-9a-z]{1,11})$/.exec(text) : null) ?? [];
  return epoch === undefined || seq === undefined ? null : { epoch, seq: Number.parseInt(seq, 36) };
}

/**
 * The later one of two cursors: the position of a client that has received events since it has sent `after`.
 * @throws AppError CURSOR_INVALID
 */
export function laterCursor(after: string | null, received: string, epoch: string): string {
  const position = parseCursor(received, epoch, 'Last-Event-ID');
  if (after === null || after === earliest) return received;
  return parseCursor(after, epoch) > position ? after : received;
}

export function cursorBeyondEnd(): AppError {
  return invalid('is beyond the end of the log');
}

function invalid(reason: string, argument = 'after'): AppError {
  return new AppError('CURSOR_INVALID', `The cursor ${reason}.`, { details: { argument } });
}

/** @param oldest the oldest position that is still available. */
export function cursorExpired(epoch: string, oldest: number): AppError {
  return new AppError(
    'CURSOR_EXPIRED',
    'Events after this cursor have been removed, so resuming would skip them.',
    { details: { oldestCursor: formatCursor(epoch, oldest) } },
  );
}
