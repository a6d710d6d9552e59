import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { keysetList } from '../../db/keyset-list.ts';
import { indexed, type Condition } from '../../db/list-page.ts';
import type { Retained } from '../../db/retained.ts';
import { insertRows } from '../../db/write-rows.ts';
import { entryColumns, entryOf, type EntryColumns } from '../../journal/entry-columns.ts';
import { topicHandler } from '../../journal/topic-handlers.ts';
import type { Entry } from '../../journal/topic.ts';
import { providerLog, type ProviderLogPayload, type ProviderLogType } from './events.ts';

declare module '../../db/database.ts' {
  interface Database {
    provider_logs: ProviderLogsTable;
  }
}

export interface ProviderLogsTable extends EntryColumns {
  log_type: ProviderLogType;
  provider_id: number;
  provider: string;
  payload: ProviderLogPayload;
}

type Db = Kysely<Database>;

/** The rows of the logs, in the transaction that stores the events. */
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
  readonly type?: ProviderLogType | null | undefined;
  readonly provider?: string | null | undefined;
  readonly since?: Date | null | undefined;
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
  filter: ({ type, provider, since }: LogFilter) => ({ conditions: conditionsOf(type, provider), since }),
});

/** The index of providers has the type of the log as its second column. */
function conditionsOf(type: LogFilter['type'], provider: LogFilter['provider']): readonly Condition[] {
  const types = type ? [type] : logTypes;
  if (!provider) return type ? [indexed('log_type', types)] : [];
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

/** Rows of each log, since an instant or of all time. */
export async function countByType(
  db: Db,
  since: Date | null,
): Promise<Readonly<Record<ProviderLogType, number>>> {
  let query = db.selectFrom('provider_logs');
  if (since !== null) query = query.where('occurred_at', '>=', since);
  const rows = await query
    .select(({ fn }) => ['log_type', fn.countAll<number>().as('count')] as const)
    .groupBy('log_type')
    .execute();
  const counts = { connectionLogged: 0, failureLogged: 0, collectionLogged: 0, rateLimitLogged: 0 };
  for (const { log_type: type, count } of rows) counts[type] = count;
  return counts;
}

/** How the probes and collections of a provider went. */
export interface ProviderStats {
  readonly totalAttempts: number;
  readonly successful: number;
  readonly failed: number;
  readonly timeout: number;
  readonly rateLimited: number;
  /** Of those that succeeded. */
  readonly avgResponseTimeMs: number | null;
  readonly totalCollections: number;
  readonly totalRecords: number;
  readonly totalBytes: number;
  readonly avgQualityScore: number | null;
  readonly avgStalenessMinutes: number | null;
  readonly failureCount: number;
}

export const noStats: ProviderStats = {
  totalAttempts: 0,
  successful: 0,
  failed: 0,
  timeout: 0,
  rateLimited: 0,
  avgResponseTimeMs: null,
  totalCollections: 0,
  totalRecords: 0,
  totalBytes: 0,
  avgQualityScore: null,
  avgStalenessMinutes: null,
  failureCount: 0,
};

/** By name; a provider without rows is left out. */
export async function readStats(
  db: Db,
  names: readonly string[],
  since: Date,
): Promise<ReadonlyMap<string, ProviderStats>> {
  const { rows } = await sql<ProviderStats & { provider: string }>`
    select provider,
      count(*) filter (where attempt) as "totalAttempts",
      count(*) filter (where attempt and status = 'SUCCESS') as "successful",
      count(*) filter (where attempt and status = 'FAILED') as "failed",
      count(*) filter (where attempt and status = 'TIMEOUT') as "timeout",
      count(*) filter (where attempt and status = 'RATE_LIMITED') as "rateLimited",
      avg((payload->>'responseTimeMs')::float8) filter (where attempt and status = 'SUCCESS') as "avgResponseTimeMs",
      count(*) filter (where collection) as "totalCollections",
      coalesce(sum((payload->>'recordCount')::float8) filter (where collection), 0) as "totalRecords",
      coalesce(sum((payload->>'payloadSizeBytes')::float8) filter (where collection), 0) as "totalBytes",
      avg((payload->>'dataQualityScore')::float8) filter (where collection) as "avgQualityScore",
      avg((payload->>'stalenessMinutes')::float8) filter (where collection) as "avgStalenessMinutes",
      count(*) filter (where log_type = 'failureLogged') as "failureCount"
    from provider_logs, lateral (
      select log_type = 'connectionLogged' as attempt, log_type = 'collectionLogged' as collection,
        payload->>'status' as status
    ) as row
    where provider = any(${names}::text[]) and occurred_at >= ${since}
    group by provider`.execute(db);
  return new Map(rows.map(({ provider, ...stats }) => [provider, stats]));
}

export interface FailureAnalysis {
  readonly totalFailures: number;
  readonly byErrorType: readonly { readonly errorType: string; readonly count: number }[];
  readonly topProviders: readonly { readonly provider: string; readonly count: number }[];
  readonly retries: number;
  readonly successfulRetries: number;
}

const topMax = 10;

/** Counts the failures since an instant. */
export async function readFailures(db: Db, since: Date): Promise<FailureAnalysis> {
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
    where log_type = 'failureLogged' and occurred_at >= ${since}
    group by grouping sets ((provider), (payload->>'errorType'), ())
    order by count desc, provider, "errorType"`.execute(db);
  const whole = rows.find(({ provider, errorType }) => provider === null && errorType === null);
  return {
    totalFailures: whole?.count ?? 0,
    retries: whole?.retries ?? 0,
    successfulRetries: whole?.successes ?? 0,
    byErrorType: rows.flatMap(({ errorType, count }) => (errorType === null ? [] : [{ errorType, count }])),
    topProviders: rows
      .flatMap(({ provider, count }) => (provider === null ? [] : [{ provider, count }]))
      .slice(0, topMax),
  };
}

/** Log entries, by when they were stored. */
export const retainedLogs: Retained = {
  table: 'provider_logs',
  by: 'recorded_at',
  inOrderOfTime: true,
};
