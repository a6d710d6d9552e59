import { singleFlightWithTimeout } from '../../lib/single-flight-with-timeout.ts';
import type { Source } from '../../sources/source.ts';
import type { ReportedBackups } from './backups.ts';
import { databaseKey, databaseSampled } from './events.ts';
import { databaseReader, type ReaderOptions } from './reader.ts';
import { toSample } from './sample-values.ts';

export interface DatabaseSourceOptions extends ReaderOptions {
  /** The mean duration of this server's own statements, used if PostgreSQL has no statistics; null without statements. */
  readonly ownMeanQueryTimeMs: () => number | null;
  readonly reportedBackups: () => ReportedBackups;
  readonly backgroundMs: number | null;
  /** A database that does not respond within this time is unhealthy. Default: 5 s. */
  readonly responseMaxMs?: number;
}

/** Beyond the longest wait for a response: the sample of a database that does not respond is not a failure. */
const marginMs = 5_000;

/**
 * Samples the database with PostgreSQL's own statistics. If the database rejects or ends the session or does not
 * respond, the sample reports it as unhealthy; no sample fails. Readings never overlap.
 */
export function databaseSource(options: DatabaseSourceOptions): Source {
  const { slowQueryThresholdMs, backgroundMs, responseMaxMs = 5_000 } = options;
  const read = singleFlightWithTimeout(databaseReader(options), responseMaxMs);
  return {
    name: 'database',
    lease: 'database',
    feeds: [databaseSampled.name],
    backgroundMs,
    timeoutMs: responseMaxMs + marginMs,
    async sample() {
      const reading = await read();
      const payload = toSample(reading, {
        sampledAt: Date.now(),
        slowQueryThresholdMs,
        reported: options.reportedBackups(),
        ownMeanQueryTimeMs: options.ownMeanQueryTimeMs(),
      });
      return { gauges: [{ topic: databaseSampled, key: databaseKey, payload }] };
    },
  };
}
