import { every } from '../../journal/topic.ts';

/** How much of a file has been uploaded. */
export interface UploadProgress {
  readonly uploadId: string;
  readonly filename: string;
  readonly bytesUploaded: number;
  /** Above zero, and not below `bytesUploaded`. */
  readonly totalBytes: number;
  /**
   * Since the newest report before this one; null when there was none, no time passed or the upload began anew. Filled
   * in when the event is stored, so that every reader is told the same.
   */
  readonly bytesPerSecond: number | null;
  /** What is missing at that speed; 0 when nothing is. Filled in with the speed. */
  readonly remainingSeconds: number | null;
}

export type ValidationStatus = 'SUCCESS' | 'ERROR';

/** An uploaded file was looked at. Null is what the validator did not say. */
export interface FileValidation {
  readonly uploadId: string;
  readonly filename: string;
  readonly status: ValidationStatus;
  readonly filePath: string | null;
  readonly rows: number | null;
  readonly columns: number | null;
  readonly fileSizeBytes: number | null;
  readonly targetColumn: string | null;
  readonly summary: string | null;
  readonly validationTimeSeconds: number | null;
  /** What is wrong with it; null unless the status is ERROR. */
  readonly error: string | null;
}

export interface FileEventPayloads {
  readonly uploadProgressed: UploadProgress;
  readonly fileValidated: FileValidation;
}

export type FileEventType = keyof FileEventPayloads;
export type FileEventPayload = FileEventPayloads[FileEventType];

/** Keyed by upload id. */
export const fileEvents = every<FileEventPayload>('files.events');
