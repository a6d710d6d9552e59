import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Retained } from '../../db/retained.ts';
import type { TimedDraft } from '../../journal/completions.ts';
import type { Draft, Entry } from '../../journal/topic.ts';
import type { FileEventPayload, FileValidation, UploadProgress } from './events.ts';
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

/** The table of uploads, in the transaction that stores the events. */
export async function projectFiles(db: Db, entries: readonly Entry[]): Promise<void> {
  const uploads = new Map((await readUploads(db, keysOf(entries))).map((one) => [one.upload_id, one]));
  for (const entry of entries as readonly Entry<FileEventPayload>[])
    uploads.set(entry.key, afterEntry(uploads.get(entry.key), entry));
  await sql`
    insert into uploads
    select * from jsonb_populate_recordset(null::uploads, ${JSON.stringify([...uploads.values()])}::jsonb)
    on conflict (upload_id) do update set
      filename = excluded.filename, updated_at = excluded.updated_at,
      progress = excluded.progress, progress_at = excluded.progress_at,
      validation = excluded.validation, validated_at = excluded.validated_at,
      recorded_at = excluded.recorded_at`.execute(db);
}

/** A report of progress says how fast the upload has been since the report before. */
export async function completeFiles(db: Db, drafts: readonly TimedDraft[]): Promise<readonly Draft[]> {
  const reports = new Map<string, UploadReport>();
  for (const { upload_id: id, progress, progress_at: at } of await readUploads(db, keysOf(drafts)))
    if (progress !== null && at !== null)
      reports.set(id, { at: at.getTime(), bytesUploaded: progress.bytesUploaded });
  return drafts.map((draft) => {
    if (draft.type !== 'uploadProgressed') return draft;
    const { key, occurredAt: at, payload } = draft as TimedDraft<UploadProgress>;
    const before = reports.get(key) ?? null;
    reports.set(key, laterReport(before, { at, bytesUploaded: payload.bytesUploaded }));
    return { ...draft, payload: { ...payload, ...paceOf(before, { at, ...payload }) } };
  });
}

function keysOf(concerned: readonly { readonly key: string }[]): readonly string[] {
  return [...new Set(concerned.map(({ key }) => key))];
}

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
