import { sql, type SqlBool } from 'kysely';
import { keysetList } from '../../db/keyset-list.ts';
import { contains } from '../../db/list-conditions.ts';
import type { Retained } from '../../db/retained.ts';
import { foldedTable } from '../../journal/folded-table.ts';
import type { Entry } from '../../journal/topic.ts';
import {
  fileEvents,
  type FileEventPayload,
  type FileValidation,
  type UploadProgress,
  type ValidationStatus,
} from './events.ts';
import { laterReport, speedSince, type UploadReport } from './upload.ts';

declare module '../../db/database.ts' {
  interface Database {
    uploads: UploadsTable;
  }
}

export interface UploadsTable {
  upload_id: string;
  filename: string;
  /** Time of the first report. */
  started_at: Date;
  /** Time of the newest report. */
  updated_at: Date;
  progress: UploadProgress | null;
  progress_at: Date | null;
  validation: FileValidation | null;
  validated_at: Date | null;
  /** When the last report was stored. */
  recorded_at: Date;
}

/** One row per upload. Sets the speed in each progress report, measured from the report before it. */
export const uploadTable = foldedTable({
  topics: [fileEvents],
  table: 'uploads',
  key: 'upload_id',
  fold: applyEvent,
  enrich(drafts, uploads) {
    const reports = new Map<string, UploadReport>();
    for (const { upload_id: id, progress, progress_at: at } of uploads.values())
      if (progress !== null && at !== null)
        reports.set(id, { at: at.getTime(), bytesUploaded: progress.bytesUploaded });
    return drafts.map((draft) => {
      if (draft.type !== 'uploadProgressed') return draft;
      const payload = draft.payload as UploadProgress;
      const report = { ...payload, at: draft.occurredAt };
      const previous = reports.get(draft.key) ?? null;
      reports.set(draft.key, laterReport(previous, report));
      return { ...draft, payload: { ...payload, ...speedSince(previous, report) } };
    });
  },
});

/** The row of an upload after an event. A report that is older than the row's newest one of its type changes nothing. */
function applyEvent(
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
  const isNewest = at >= before.updated_at;
  const after = {
    ...before,
    filename: isNewest ? payload.filename : before.filename,
    updated_at: isNewest ? at : before.updated_at,
    recorded_at: new Date(recordedAt),
  };
  const isProgress = type === 'uploadProgressed';
  const previousAt = isProgress ? before.progress_at : before.validated_at;
  if (previousAt !== null && at < previousAt) return after;
  return isProgress
    ? { ...after, progress: payload as UploadProgress, progress_at: at }
    : { ...after, validation: payload as FileValidation, validated_at: at };
}

export interface UploadFilter {
  readonly validationStatuses?: readonly ValidationStatus[] | null | undefined;
  readonly search?: string | null | undefined;
  readonly since?: Date | null | undefined;
  readonly until?: Date | null | undefined;
}

export const uploadList = keysetList({
  table: 'uploads',
  at: 'started_at',
  id: 'upload_id',
  orders: { UPDATED_AT: { column: 'updated_at' } },
  filter: ({ validationStatuses, search, since, until }: UploadFilter) => ({
    conditions: [
      ...(validationStatuses
        ? [{ holds: sql<SqlBool>`validation ->> 'status' = any(${validationStatuses}::text[])` }]
        : []),
      ...(search ? [contains('filename', search)] : []),
    ],
    since,
    until,
  }),
});

export const retainedUploads: Retained = {
  table: 'uploads',
  by: 'recorded_at',
  key: { upload_id: 'text' },
};
