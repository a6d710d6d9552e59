import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { keysetList } from '../../db/keyset-list.ts';
import { indexedIf } from '../../db/list-conditions.ts';
import type { Condition } from '../../db/list-page.ts';
import type { Retained } from '../../db/retained.ts';
import { insertRows } from '../../db/write-rows.ts';
import { entryColumns, entryOf, type EntryColumns } from '../../journal/entry-columns.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import type { Entry } from '../../journal/topic.ts';
import { providerLog, type ProviderLogPayload, type ProviderLogType } from './events.ts';
import type { MetricsPeriod } from './store.ts';
import type { HourCounts } from './summary.ts';

declare module '../../db/database.ts' {
  interface Database {
    provider_logs: ProviderLogsTable;
  }
}

interface ProviderLogsTable extends EntryColumns {
  log_type: ProviderLogType;
  provider_id: number;
  provider: string;
  payload: ProviderLogPayload;
}

type Db = Kysely<Database>;

/** Writes the log rows in the transaction that stores their entries. */
export const providerLogTable = topicHandler({
  topics: [providerLog],
  project: (entries) =>
    insertRows(
      'provider_logs',
      entries.map((entry) => ({
        ...entryColumns(entry),
        log_type: entry.type,
        provider_id: entry.payload.providerId,
        provider: entry.payload.provider,
        payload: entry.payload,
      })),
    ),
});

export interface LogFilter {
  readonly types?: readonly ProviderLogType[] | null | undefined;
  readonly providerName?: string | null | undefined;
  readonly since?: Date | null | undefined;
  readonly until?: Date | null | undefined;
}

const logTypes: readonly ProviderLogType[] = [
  'connectionLogged',
  'failureLogged',
  'collectionLogged',
  'rateLimitLogged',
];

export const logList = keysetList({
  table: 'provider_logs',
  at: 'occurred_at',
  id: 'seq',
  filter: ({ types, providerName, since, until }: LogFilter) => ({
    conditions: conditionsOf(types, providerName),
    since,
    until,
  }),
});

/** The second column of the index by provider is the log's type, so a condition on the provider names types too. */
function conditionsOf(given: LogFilter['types'], provider: LogFilter['providerName']): readonly Condition[] {
  const types = given ?? logTypes;
  if (!provider) return indexedIf('log_type', given);
  return [
    {
      holds: sql`provider = ${provider} and log_type = any(${types}::text[])`,
      index: { provider: [provider], log_type: types },
    },
  ];
}

export function toEntry(row: ProviderLogsTable): Entry<ProviderLogPayload> {
  const { provider: key, log_type: type, seq, payload } = row;
  return entryOf(providerLog, row, { key, type, id: String(seq), payload });
}

/** Counts the requests and the failures since a time. */
export function countRequests(db: Db, since: Date): Promise<HourCounts> {
  return db
    .selectFrom('provider_logs')
    .select([
      numberOf('connectionLogged', 'collectionLogged').as('lastHourRequestCount'),
      numberOf('failureLogged').as('lastHourFailureCount'),
    ])
    .where('occurred_at', '>=', since)
    .executeTakeFirstOrThrow();
}

export type RowCounts = Awaited<ReturnType<typeof countRows>>;

/** Counts all rows about providers. */
export function countRows(db: Db) {
  return db
    .selectFrom('provider_logs')
    .select([
      sql<number>`(select count(*) from providers where configured)`.as('providerCount'),
      numberOf('connectionLogged').as('connectionCount'),
      numberOf('collectionLogged').as('collectionCount'),
      numberOf('failureLogged').as('failureCount'),
      numberOf('rateLimitLogged').as('rateLimitCount'),
      sql<number>`(select count(*) from provider_metrics)`.as('providerStatisticsCount'),
    ])
    .executeTakeFirstOrThrow();
}

function numberOf(...types: readonly ProviderLogType[]) {
  return sql<number>`count(*) filter (where log_type = any(${types}::text[]))`;
}

/** Statistics of the requests to one provider: here of one without requests. */
export const noStats = {
  attemptCount: 0,
  successfulCount: 0,
  failedCount: 0,
  timeoutCount: 0,
  rateLimitedCount: 0,
  avgResponseTimeMs: null as number | null,
  collectionCount: 0,
  recordCount: 0,
  totalBytes: 0,
  avgQualityScore: null as number | null,
  avgStalenessMs: null as number | null,
  failureCount: 0,
};

export type ProviderStats = Readonly<typeof noStats>;

/** Statistics by provider name. Providers without log entries are missing. */
export async function readStats(
  db: Db,
  names: readonly string[],
  { since, until }: MetricsPeriod,
): Promise<ReadonlyMap<string, ProviderStats>> {
  const { rows } = await sql<ProviderStats & { provider: string }>`
    select provider,
      count(*) filter (where attempt) as "attemptCount",
      count(*) filter (where attempt and status = 'SUCCESS') as "successfulCount",
      count(*) filter (where attempt and status = 'FAILED') as "failedCount",
      count(*) filter (where attempt and status = 'TIMEOUT') as "timeoutCount",
      count(*) filter (where attempt and status = 'RATE_LIMITED') as "rateLimitedCount",
      avg((payload->>'responseTimeMs')::float8) filter (where attempt and status = 'SUCCESS') as "avgResponseTimeMs",
      count(*) filter (where collection) as "collectionCount",
      coalesce(sum((payload->>'recordCount')::float8) filter (where collection), 0) as "recordCount",
      coalesce(sum((payload->>'payloadSizeBytes')::float8) filter (where collection), 0) as "totalBytes",
      avg((payload->>'dataQualityScore')::float8) filter (where collection) as "avgQualityScore",
      avg((payload->>'stalenessMinutes')::float8) filter (where collection) * 60000 as "avgStalenessMs",
      count(*) filter (where log_type = 'failureLogged') as "failureCount"
    from provider_logs, lateral (
      select log_type = 'connectionLogged' as attempt, log_type = 'collectionLogged' as collection,
        payload->>'status' as status
    ) as row
    where provider = any(${names}::text[]) and occurred_at >= ${since} and occurred_at < ${until}
    group by provider`.execute(db);
  return new Map(rows.map(({ provider, ...stats }) => [provider, stats]));
}

export interface FailureAnalysis {
  readonly failureCount: number;
  readonly byErrorType: readonly { readonly errorType: string; readonly count: number }[];
  readonly topProviders: readonly { readonly provider: string; readonly count: number }[];
  readonly retryCount: number;
  readonly successfulRetryCount: number;
}

const topProvidersMax = 10;

/** Statistics of the failures in a period. */
export async function readFailures(db: Db, { since, until }: MetricsPeriod): Promise<FailureAnalysis> {
  const { rows } = await sql<{
    provider: string | null;
    errorType: string | null;
    count: number;
    retries: number;
    successes: number;
  }>`
    select provider, payload->>'errorType' as "errorType", count(*) as count,
      count(*) filter (where (payload->>'retryAttempted')::boolean) as retries,
      count(*) filter (where payload->>'retryResult' = 'SUCCESS') as successes
    from provider_logs
    where log_type = 'failureLogged' and occurred_at >= ${since} and occurred_at < ${until}
    group by grouping sets ((provider), (payload->>'errorType'), ())
    order by count desc, provider, "errorType"`.execute(db);
  const total = rows.find(({ provider, errorType }) => provider === null && errorType === null);
  return {
    failureCount: total?.count ?? 0,
    retryCount: total?.retries ?? 0,
    successfulRetryCount: total?.successes ?? 0,
    byErrorType: rows.flatMap(({ errorType, count }) => (errorType === null ? [] : [{ errorType, count }])),
    topProviders: rows
      .flatMap(({ provider, count }) => (provider === null ? [] : [{ provider, count }]))
      .slice(0, topProvidersMax),
  };
}

/** Log entries, by the time they were stored. */
export const retainedLogs: Retained = {
  table: 'provider_logs',
  by: 'recorded_at',
  inOrderOfTime: true,
};
