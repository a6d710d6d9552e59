import { singleFlightWithTimeout } from '../../lib/single-flight-with-timeout.ts';
import type { Source } from '../../sources/source.ts';
import { databaseKey, databaseSampled } from './events.ts';
import { toSample, type ReportedBackups } from './figures.ts';
import { createReader, type Pool } from './reader.ts';

export interface DatabaseSourceOptions {
  readonly pool: Pool;
  /** Of this server's own statements, for where PostgreSQL keeps no statistics of statements; null without any. */
  readonly ownMeanQueryTimeMs: () => number | null;
  readonly reportedBackups: () => ReportedBackups;
  readonly slowQueryThresholdMs: number;
  readonly backgroundMs: number | null;
  /** Default: 10 s. */
  readonly slowQueriesEveryMs?: number;
  /** Default: 60 s. */
  readonly storageEveryMs?: number;
  /** In a database of more tables only the largest by the planner's statistics are measured. Default: 1,000. */
  readonly tablesMeasuredMax?: number;
  /** How long a view that is missing or forbidden is not asked for again. Default: 5 minutes. */
  readonly recheckMs?: number;
  /** A database that says nothing for so long counts as gone. Default: 5 s. */
  readonly answerMaxMs?: number;
}

const ANSWER_MAX_MS = 5_000;
/** Beyond the longest wait for an answer: a sample of a dead database is a sample, not a failure. */
const MARGIN_MS = 5_000;

/**
 * The database as PostgreSQL itself sees it. A database that refuses, ends our session or stays silent makes a sample
 * that says so; no sample fails, and while one question hangs no second one is asked.
 */
export function databaseSource(options: DatabaseSourceOptions): Source {
  const { slowQueryThresholdMs, answerMaxMs = ANSWER_MAX_MS } = options;
  const reader = createReader({
    pool: options.pool,
    slowQueryThresholdMs,
    slowQueriesEveryMs: options.slowQueriesEveryMs ?? 10_000,
    storageEveryMs: options.storageEveryMs ?? 60_000,
    tablesMeasuredMax: options.tablesMeasuredMax ?? 1_000,
    recheckMs: options.recheckMs ?? 300_000,
  });
  const read = singleFlightWithTimeout(() => reader.read(), answerMaxMs);
  return {
    name: 'database',
    feeds: [databaseSampled.name],
    backgroundMs: options.backgroundMs,
    timeoutMs: answerMaxMs + MARGIN_MS,
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
