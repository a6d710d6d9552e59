import { AppError } from '../errors.ts';
import type { EventLog, Receipt } from '../journal/journal.ts';
import type { Draft } from '../journal/topic.ts';
import { isStorable } from '../lib/storable.ts';

/** Events one call may report. */
export const batchMax = 1_000;
/** Characters of JSON that one event may have. */
export const eventCharsMax = 65_536;
const idCharsMax = 200;

/**
 * Takes a batch of reported events in: all of them or none. Resolves once they are durable.
 * @param drafts one per event; `draft` may throw an AppError, to which the index is added.
 * @throws AppError BAD_USER_INPUT with `index`, `field` and `allowed`; OVERLOADED; DATABASE_UNAVAILABLE.
 */
export async function ingest(log: EventLog, drafts: readonly (() => Draft)[]): Promise<readonly Receipt[]> {
  return log.append(drafts.map((draft, index) => checked(draft, index)));
}

function checked(make: () => Draft, index: number): Draft {
  try {
    const draft = make();
    const text = JSON.stringify([draft.key, draft.type, draft.payload]);
    if (text.length > eventCharsMax)
      throw invalid('the event', `at most ${eventCharsMax} characters of JSON`);
    if (!isStorable([draft.key, draft.type, draft.payload, draft.id ?? '']))
      throw invalid('the event', 'text without U+0000 and without halves of surrogate pairs');
    if (draft.id !== undefined && (draft.id.length === 0 || draft.id.length > idCharsMax))
      throw invalid('id', `1 to ${idCharsMax} characters`);
    return draft;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(error.code, `events[${index}]: ${error.message}`, {
      details: { index, ...error.details },
    });
  }
}

function invalid(field: string, allowed: string): AppError {
  return new AppError('BAD_USER_INPUT', `${field} must be ${allowed}.`, { details: { field, allowed } });
}
