import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Entry } from '../../journal/topic.ts';
import type { BackupPayload } from './events.ts';

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
export async function projectBackups(db: Kysely<Database>, entries: readonly Entry[]): Promise<void> {
  const rows = (entries as readonly Entry<BackupPayload>[]).map(({ seq, payload }) => ({
    seq,
    status: payload.status,
    finished_at: new Date(payload.finishedAt),
  }));
  await db.insertInto('backups').values(rows).execute();
}

/** The backup that ended last, as reported; null when none was. */
export async function readLatestBackup(db: Kysely<Database>): Promise<BackupPayload | null> {
  const row = await db
    .selectFrom('backups')
    .select(['status', 'finished_at'])
    .orderBy('finished_at', 'desc')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { status: row.status, finishedAt: row.finished_at.toISOString() };
}

/** Removes reports that ended before an instant, but never the last one. @returns how many went. */
export async function pruneBackups(db: Kysely<Database>, before: Date): Promise<number> {
  const removed = await sql`
    delete from backups where finished_at < ${before}
    and seq <> (select seq from backups order by finished_at desc, seq desc limit 1)`.execute(db);
  return Number(removed.numAffectedRows ?? 0n);
}
