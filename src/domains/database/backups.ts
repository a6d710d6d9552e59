import { largest } from '../../lib/extremes.ts';
import type { BackupPayload, DatabaseSample } from './events.ts';
import type { StatementResults } from './statements.ts';

/** The last reported backup and the last successful one; null: none was reported. */
export interface ReportedBackups {
  readonly latest: BackupPayload | null;
  readonly lastSuccess: BackupPayload | null;
}

export const noBackups: ReportedBackups = { latest: null, lastSuccess: null };

/** Adds a report. Reports may be added in any order. */
export function withBackup(
  { latest, lastSuccess }: ReportedBackups,
  reported: BackupPayload,
): ReportedBackups {
  const isNewer = (other: BackupPayload | null): boolean =>
    other === null || reported.finishedAt >= other.finishedAt;
  return {
    latest: isNewer(latest) ? reported : latest,
    lastSuccess: reported.status === 'COMPLETED' && isNewer(lastSuccess) ? reported : lastSuccess,
  };
}

/** The status of PostgreSQL's archiver or of the last report, whichever is newer, and the newer success of both. */
export function backupHealth(
  archiver: StatementResults['archiver'] | null,
  { latest, lastSuccess }: ReportedBackups,
): Pick<DatabaseSample['health'], 'backupStatus' | 'lastBackupAt'> {
  const archive = archiver?.on === true ? archiver : null;
  const archivedAt = archive?.archivedAt ?? null;
  const failedAt = archive?.failedAt ?? null;
  const archiveAt = Math.max(archivedAt ?? Number.NEGATIVE_INFINITY, failedAt ?? Number.NEGATIVE_INFINITY);
  const successes = [archivedAt, lastSuccess === null ? null : Date.parse(lastSuccess.finishedAt)];
  const lastAt = largest(successes.filter((at) => at !== null));
  let backupStatus: DatabaseSample['health']['backupStatus'] = 'UNKNOWN';
  if (latest !== null && Date.parse(latest.finishedAt) >= archiveAt) backupStatus = latest.status;
  else if (archive !== null) backupStatus = archiveStatus(archivedAt, failedAt);
  return { backupStatus, lastBackupAt: lastAt === null ? null : new Date(lastAt).toISOString() };
}

function archiveStatus(archivedAt: number | null, failedAt: number | null): BackupPayload['status'] {
  if (failedAt !== null && (archivedAt === null || failedAt > archivedAt)) return 'FAILED';
  return archivedAt === null ? 'PENDING' : 'COMPLETED';
}
