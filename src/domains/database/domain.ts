import { retainedEntries } from '../../journal/retention.ts';
import type { Entry } from '../../journal/topic.ts';
import type { Domain } from '../domain.ts';
import { backupReported, type BackupPayload } from './events.ts';
import './graph.ts';
import { databaseSource } from './source.ts';
import { backupTable, retainedBackups, readBackups } from './store.ts';

const backgroundMs = 30_000;
const slowQueriesEveryMs = 10_000;
const storageEveryMs = 60_000;

export interface DatabaseOptions {
  readonly enabled: boolean;
  readonly slowQueryThresholdMs: number;
}

/** The PostgreSQL that this server stores in, and its backups as somebody reports them. */
export function databaseDomain({ enabled, slowQueryThresholdMs }: DatabaseOptions): Domain {
  return {
    name: 'database',
    handlers: [backupTable],
    retained: [retainedBackups, retainedEntries(backupReported.name)],
    async start({ database, journal }) {
      if (!enabled) return {};
      let { latest, lastSuccess } = await readBackups(database.kysely);
      const following = journal.log.onAppend((entries) => {
        for (const entry of entries) {
          if (entry.topic !== backupReported.name) continue;
          const reported = (entry as Entry<BackupPayload>).payload;
          if (endedLater(reported, latest)) latest = reported;
          if (reported.status === 'COMPLETED' && endedLater(reported, lastSuccess)) lastSuccess = reported;
        }
      });
      const source = databaseSource({
        pool: database.pool,
        ownMeanQueryTimeMs: () => database.meanQueryTimeMs(),
        reportedBackups: () => ({ latest, lastSuccess }),
        slowQueryThresholdMs,
        backgroundMs,
        slowQueriesEveryMs,
        storageEveryMs,
      });
      return { sources: [source], stop: () => following[Symbol.dispose]() };
    },
  };
}

function endedLater(one: BackupPayload, other: BackupPayload | null): boolean {
  return other === null || one.finishedAt >= other.finishedAt;
}
