import { AppError } from '../errors.ts';
import type { RecordedGauge } from '../journal/gauge-recorder.ts';
import { requireUnusedIds } from '../journal/event-rows.ts';
import type { Receipt } from '../journal/journal.ts';
import { isStorable } from '../lib/storable.ts';
import type { GraphContext } from './context.ts';
import type { Report } from './producer-event.ts';

/** Maximum number of events in one call. */
export const batchMax = 1_000;
/** Maximum size of an event's JSON. */
export const eventCharsMax = 65_536;
const idCharsMax = 200;

/** The acknowledgement of a stored report. */
export interface Accepted extends Pick<Receipt, 'id' | 'duplicate'> {
  /** Null for values of gauges, which are not in the log. */
  readonly seq: number | null;
  readonly cursor: string | null;
}

/**
 * Stores a batch of reported events and values of gauges, all or none. Resolves when they are durable.
 * @param reports one function per report. If it throws an AppError, the report's index is added to the error.
 * @throws AppError BAD_USER_INPUT with `index`, `field` and `allowed`; OVERLOADED; DATABASE_UNAVAILABLE.
 */
export async function ingest(
  { log, recorder }: Pick<GraphContext['journal'], 'log' | 'recorder'>,
  reports: readonly (() => Report)[],
): Promise<readonly Accepted[]> {
  const batch = reports.map(validated);
  const drafts = batch.flatMap((report) => (isGauge(report) ? [] : [report]));
  const gauges = batch.filter(isGauge);
  const rejection = recorder.admit(gauges); // last, so that an invalid batch reserves nothing
  if (rejection !== null) throw ofReport(rejection.error, batch.indexOf(rejection.gauge));
  if (gauges.length === 0) return log.append(drafts).catch((error: unknown) => rethrow(error, batch));
  if (drafts.length === 0) {
    await recorder.record(gauges);
    return gauges.map(acceptedGauge);
  }
  const { receipts } = await log
    .transact(async (db) => {
      await requireUnusedIds(db, drafts);
      await recorder.store(db, gauges);
      return { value: null, drafts };
    })
    .catch((error: unknown) => rethrow(error, batch));
  recorder.put(gauges);
  let stored = 0;
  return batch.map((report) => (isGauge(report) ? acceptedGauge(report) : receiptAt(receipts, stored++)));
}

function isGauge(report: Report): report is RecordedGauge {
  return report.topic.delivery === 'LATEST';
}

function acceptedGauge({ key }: RecordedGauge): Accepted {
  return { id: key, seq: null, cursor: null, duplicate: false };
}

function receiptAt(receipts: readonly Receipt[], index: number): Receipt {
  const receipt = receipts[index];
  if (receipt === undefined) throw new Error('a stored event has no receipt');
  return receipt;
}

function validated(make: () => Report, index: number): Report {
  try {
    const report = make();
    const { key, type, payload, id } = { type: '', id: undefined, ...report };
    const text = JSON.stringify([key, type, payload]);
    if (text.length > eventCharsMax)
      throw invalid('the event', `at most ${eventCharsMax} characters of JSON`);
    if (!isStorable([key, type, payload, id ?? '']))
      throw invalid('the event', 'text without U+0000 and without unpaired surrogates');
    if (id !== undefined && (id.length === 0 || id.length > idCharsMax))
      throw invalid('key', `1 to ${idCharsMax} characters`);
    return report;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw ofReport(error, index);
  }
}

/** Adds the index of the report whose key was used before for something else. */
function rethrow(error: unknown, batch: readonly Report[]): never {
  const key = error instanceof AppError ? error.details['key'] : undefined;
  const index = batch.findLastIndex((report) => 'id' in report && report.id === key);
  throw error instanceof AppError && key !== undefined && index !== -1 ? ofReport(error, index) : error;
}

function ofReport({ code, message, details }: AppError, index: number): AppError {
  return new AppError(code, `events[${index}]: ${message}`, { details: { index, ...details } });
}

function invalid(field: string, allowed: string): AppError {
  return new AppError('BAD_USER_INPUT', `${field} must be ${allowed}.`, { details: { field, allowed } });
}
