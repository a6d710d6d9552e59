import { retainedEntries } from '../../journal/retention.ts';
import type { Entry } from '../../journal/topic.ts';
import type { Domain } from '../domain.ts';
import { backupReported, databaseSampled, type BackupPayload } from './events.ts';
import './graph.ts';
import { noBackups, withBackup } from './backups.ts';
import { databaseSource } from './source.ts';
import { backupTable, readLastBackups, retainedBackups } from './store.ts';
import './history.graph.ts';
import './rule-fields.graph.ts';

export interface DatabaseOptions {
  readonly enabled: boolean;
  readonly slowQueryThresholdMs: number;
  /** The interval of samples without readers, for the history. */
  readonly backgroundMs: number;
}

/** Samples of the PostgreSQL database in which this server stores its data, and its backups, which producers report. */
export function databaseDomain({ enabled, slowQueryThresholdMs, backgroundMs }: DatabaseOptions): Domain {
  return {
    name: 'database',
    handlers: [backupTable],
    shared: [databaseSampled],
    retained: [retainedBackups, retainedEntries(backupReported.name)],
    async start({ database, journal }) {
      if (!enabled) return {};
      let backups = (await readLastBackups(database.kysely)).reduce(withBackup, noBackups);
      const listening = journal.log.onAppend((entries) => {
        for (const entry of entries)
          if (entry.topic === backupReported.name)
            backups = withBackup(backups, (entry as Entry<BackupPayload>).payload);
      });
      const source = databaseSource({
        pool: database.pool,
        ownMeanQueryTimeMs: () => database.meanQueryTimeMs(),
        reportedBackups: () => backups,
        slowQueryThresholdMs,
        backgroundMs,
      });
      return { sources: [source], stop: () => listening[Symbol.dispose]() };
    },
  };
}
