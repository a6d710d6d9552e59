import { every } from '../../journal/topic.ts';

export interface UploadProgress {
  readonly uploadId: string;
  readonly filename: string;
  readonly bytesUploaded: number;
  /** At least 1, and not less than `bytesUploaded`. */
  readonly totalBytes: number;
  /**
   * Speed since the previous report; null if there is none, if no time has passed since then, or if the upload has
   * restarted. Set when the event is stored, so that every reader gets the same value.
   */
  readonly bytesPerSecond: number | null;
  /** Time for the missing bytes at that speed; 0 if none are missing. Set together with the speed. */
  readonly remainingSeconds: number | null;
}

export type ValidationStatus = 'SUCCESS' | 'ERROR';

/** The result of validating an uploaded file. Null is a value that the producer did not report. */
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
  /** Null unless the status is ERROR. */
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
