import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Retained } from '../../db/retained.ts';
import { insertRows } from '../../db/write-rows.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import { snakeKeys } from '../../lib/case-keys.ts';
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

/** The table of reported backups, written in the transaction that stores the events. */
export const backupTable = topicHandler({
  topics: [backupReported],
  project: (entries) =>
    insertRows(
      'backups',
      entries.map(({ seq, payload }) => ({ seq, ...snakeKeys(payload) })),
    ),
});

const newestBackups = sql`order by status = 'COMPLETED', finished_at desc, seq desc`;

/** The last successful backup and the last other one. */
export async function readLastBackups(db: Kysely<Database>): Promise<readonly BackupPayload[]> {
  const { rows } = await sql<Pick<BackupsTable, 'status' | 'finished_at'>>`
    select distinct on (status = 'COMPLETED') status, finished_at from backups ${newestBackups}`.execute(db);
  return rows.map((row) => ({ status: row.status, finishedAt: row.finished_at.toISOString() }));
}

/** Retention keeps the last successful backup and the last other one, because samples show them. */
export const retainedBackups: Retained = {
  table: 'backups',
  by: 'finished_at',
  and: sql`seq not in (select distinct on (status = 'COMPLETED') seq from backups ${newestBackups})`,
};
