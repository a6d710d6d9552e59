import { round } from '../../lib/round.ts';
import type { UploadProgress } from './events.ts';

/** A progress report: the speed of the next report is measured from it. */
export interface UploadReport {
  /** Unix milliseconds. */
  readonly at: number;
  readonly bytesUploaded: number;
}

/** See the fields in `UploadProgress` for when they are null. */
export function speedSince(
  previous: UploadReport | null,
  { at, bytesUploaded, totalBytes }: UploadReport & { readonly totalBytes: number },
): Pick<UploadProgress, 'bytesPerSecond' | 'remainingSeconds'> {
  const missing = totalBytes - bytesUploaded;
  const seconds = previous === null ? 0 : (at - previous.at) / 1_000;
  const bytes = previous === null ? 0 : bytesUploaded - previous.bytesUploaded;
  const bytesPerSecond = seconds > 0 && bytes >= 0 ? bytes / seconds : null;
  if (missing === 0) return { bytesPerSecond, remainingSeconds: 0 };
  return { bytesPerSecond, remainingSeconds: bytesPerSecond ? missing / bytesPerSecond : null };
}

export function laterReport(previous: UploadReport | null, report: UploadReport): UploadReport {
  return previous === null || report.at >= previous.at ? report : previous;
}

/** Rounded to 2 decimals, and 100 only when no byte is missing. */
export function progressPercent({
  bytesUploaded,
  totalBytes,
}: Pick<UploadProgress, 'bytesUploaded' | 'totalBytes'>): number {
  const percent = round((bytesUploaded / totalBytes) * 100, 2);
  return bytesUploaded < totalBytes ? Math.min(percent, 99.99) : percent;
}
