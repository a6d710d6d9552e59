import { keysetList } from '../../db/keyset-list.ts';
import type { Retained } from '../../db/retained.ts';
import { foldedTable } from '../../journal/folded-table.ts';
import { fileEvents, type FileValidation, type UploadProgress } from './events.ts';
import { afterEntry, laterReport, paceOf, type UploadReport } from './upload.ts';

declare module '../../db/database.ts' {
  interface Database {
    uploads: UploadsTable;
  }
}

export interface UploadsTable {
  upload_id: string;
  filename: string;
  /** Of the first report. */
  started_at: Date;
  /** Of the newest report. */
  updated_at: Date;
  progress: UploadProgress | null;
  progress_at: Date | null;
  validation: FileValidation | null;
  validated_at: Date | null;
  /** When anything of it was stored last. */
  recorded_at: Date;
}

/** The table of uploads. A report of progress says how fast the upload has been since the report before. */
export const uploadTable = foldedTable({
  topics: [fileEvents],
  table: 'uploads',
  key: 'upload_id',
  fold: afterEntry,
  enrich(drafts, uploads) {
    const reports = new Map<string, UploadReport>();
    for (const { upload_id: id, progress, progress_at: at } of uploads.values())
      if (progress !== null && at !== null)
        reports.set(id, { at: at.getTime(), bytesUploaded: progress.bytesUploaded });
    return drafts.map((draft) => {
      if (draft.type !== 'uploadProgressed') return draft;
      const { key, occurredAt: at } = draft;
      const payload = draft.payload as UploadProgress;
      const before = reports.get(key) ?? null;
      reports.set(key, laterReport(before, { at, bytesUploaded: payload.bytesUploaded }));
      return { ...draft, payload: { ...payload, ...paceOf(before, { at, ...payload }) } };
    });
  },
});

/** By the start of the uploads. */
export const uploadList = keysetList({ table: 'uploads', at: 'started_at', id: 'upload_id' });

/** Uploads whose last report is old. */
export const retainedUploads: Retained = {
  table: 'uploads',
  by: 'recorded_at',
  key: { upload_id: 'text' },
};
