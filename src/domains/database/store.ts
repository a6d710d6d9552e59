import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Retained } from '../../db/retained.ts';
import { insertRows } from '../../db/write-rows.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import { backupReported, type BackupPayload } from './events.ts';

declare module '../../db/database.ts' {
  interface Database {
    backups: BackupsTable;
  }
}

export interface BackupsTable {
  seq: number;
  status: BackupPayload['status'];
  finished_at: Date;
}

/** The table of reported backups, in the transaction that stores the events. */
export const backupTable = topicHandler({
  topics: [backupReported],
  project: (entries) =>
    insertRows(
      'backups',
      entries.map(({ seq, payload }) => ({
        seq,
        status: payload.status,
        finished_at: new Date(payload.finishedAt),
      })),
    ),
});

/** The backup that ended last, as reported, and the last one that succeeded. */
export async function readBackups(
  db: Kysely<Database>,
): Promise<{ latest: BackupPayload | null; lastSuccess: BackupPayload | null }> {
  const { rows } = await sql<Pick<BackupsTable, 'status' | 'finished_at'>>`
    select distinct on (status = 'COMPLETED') status, finished_at from backups
    order by status = 'COMPLETED', finished_at desc, seq desc`.execute(db);
  const ends = rows.map((row) => ({ status: row.status, finishedAt: row.finished_at.toISOString() }));
  const latest = ends.toSorted((a, b) => (a.finishedAt < b.finishedAt ? 1 : -1))[0] ?? null;
  return { latest, lastSuccess: ends.find(({ status }) => status === 'COMPLETED') ?? null };
}

/** Backups but for the last one, and the last one that succeeded: those are shown whatever their age. */
export const retainedBackups: Retained = {
  table: 'backups',
  by: 'finished_at',
  and: sql`seq not in (
    select distinct on (status = 'COMPLETED') seq from backups
    order by status = 'COMPLETED', finished_at desc, seq desc
  )`,
};
