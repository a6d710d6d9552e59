import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
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

type Db = Kysely<Database>;

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

export async function readUploads(db: Db, ids: readonly string[]): Promise<readonly UploadsTable[]> {
  return db
    .selectFrom('uploads')
    .selectAll()
    .where(sql<boolean>`upload_id = any(${ids}::text[])`)
    .execute();
}

export interface UploadPage {
  readonly limit: number;
  /** Newest first, or oldest first when reading backwards. */
  readonly newestFirst: boolean;
  readonly olderThan: { readonly at: Date; readonly id: string } | null;
  readonly newerThan: { readonly at: Date; readonly id: string } | null;
}

/** One page by keyset, by the start of the uploads. */
export async function readUploadPage(db: Db, page: UploadPage): Promise<readonly UploadsTable[]> {
  const direction = page.newestFirst ? 'desc' : 'asc';
  const { olderThan, newerThan } = page;
  let query = db.selectFrom('uploads').selectAll();
  if (olderThan !== null)
    query = query.where(sql<boolean>`(started_at, upload_id) < (${olderThan.at}, ${olderThan.id})`);
  if (newerThan !== null)
    query = query.where(sql<boolean>`(started_at, upload_id) > (${newerThan.at}, ${newerThan.id})`);
  return query.orderBy('started_at', direction).orderBy('upload_id', direction).limit(page.limit).execute();
}

export async function countUploads(db: Db): Promise<number> {
  const row = await db
    .selectFrom('uploads')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirst();
  return row?.count ?? 0;
}

/** Uploads whose last report is old. */
export const retainedUploads: Retained = {
  table: 'uploads',
  by: 'recorded_at',
  key: { upload_id: 'text' },
};
