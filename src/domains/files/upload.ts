import { round } from '../../lib/round.ts';
import type { Entry } from '../../journal/topic.ts';
import type { FileEventPayload, FileValidation, UploadProgress } from './events.ts';
import type { UploadsTable } from './store.ts';

/** A report of an upload, with its time. */
export interface UploadReport {
  /** Unix milliseconds. */
  readonly at: number;
  readonly bytesUploaded: number;
}

export type Pace = Pick<UploadProgress, 'bytesPerSecond' | 'remainingSeconds'>;

/**
 * How fast an upload was between the newest report and this one, and how long the rest takes at that speed. Nothing is
 * said of the speed where there was no report before, where no time passed, and where there is less than before.
 */
export function paceOf(
  before: UploadReport | null,
  now: UploadReport & { readonly totalBytes: number },
): Pace {
  const missing = now.totalBytes - now.bytesUploaded;
  const seconds = before === null ? 0 : (now.at - before.at) / 1_000;
  const bytes = before === null ? 0 : now.bytesUploaded - before.bytesUploaded;
  const bytesPerSecond = seconds > 0 && bytes >= 0 ? bytes / seconds : null;
  if (missing === 0) return { bytesPerSecond, remainingSeconds: 0 };
  return { bytesPerSecond, remainingSeconds: bytesPerSecond ? missing / bytesPerSecond : null };
}

/** The report from which the next one's speed is measured: the one with the latest time. */
export function laterReport(before: UploadReport | null, now: UploadReport): UploadReport {
  return before === null || now.at >= before.at ? now : before;
}

/** Percent with at most 2 decimals; never 100 before it is all there. */
export function progressPercent({ bytesUploaded, totalBytes }: UploadProgress): number {
  const percent = round((bytesUploaded / totalBytes) * 100, 2);
  return bytesUploaded < totalBytes ? Math.min(percent, 99.99) : percent;
}

/** What is known of an upload once an event is added. What is older than what is known changes nothing. */
export function afterEntry(
  upload: UploadsTable | undefined,
  { type, key, occurredAt, recordedAt, payload }: Entry<FileEventPayload>,
): UploadsTable {
  const at = new Date(occurredAt);
  const before = upload ?? {
    upload_id: key,
    filename: payload.filename,
    started_at: at,
    updated_at: at,
    progress: null,
    progress_at: null,
    validation: null,
    validated_at: null,
  };
  const newest = at >= before.updated_at;
  const known = {
    ...before,
    filename: newest ? payload.filename : before.filename,
    updated_at: newest ? at : before.updated_at,
    recorded_at: new Date(recordedAt),
  };
  if (type === 'uploadProgressed')
    return before.progress_at !== null && at < before.progress_at
      ? known
      : { ...known, progress: payload as UploadProgress, progress_at: at };
  return before.validated_at !== null && at < before.validated_at
    ? known
    : { ...known, validation: payload as FileValidation, validated_at: at };
}
