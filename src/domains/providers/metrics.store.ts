import type { Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Retained } from '../../db/retained.ts';
import type { ProviderFigures, SystemHealth } from './events.ts';

declare module '../../db/database.ts' {
  interface Database {
    provider_metrics: ProviderMetricsTable;
  }
}

export interface ProviderMetricsTable {
  at: Date;
  total_providers: number;
  online_count: number;
  degraded_count: number;
  offline_count: number;
  avg_response_time_ms: number | null;
  total_requests_hour: number;
  total_failures_hour: number;
  system_health: SystemHealth;
}

type Db = Kysely<Database>;

export interface ProviderMetrics extends ProviderFigures {
  readonly at: Date;
}

export async function storeMetrics(db: Db, { at, ...figures }: ProviderMetrics): Promise<void> {
  await db
    .insertInto('provider_metrics')
    .values({
      at,
      total_providers: figures.totalProviders,
      online_count: figures.onlineCount,
      degraded_count: figures.degradedCount,
      offline_count: figures.offlineCount,
      avg_response_time_ms: figures.avgResponseTimeMs,
      total_requests_hour: figures.totalRequestsHour,
      total_failures_hour: figures.totalFailuresHour,
      system_health: figures.systemHealth,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Newest first. */
export async function readMetrics(
  db: Db,
  { since, limit }: { since: Date; limit: number },
): Promise<readonly ProviderMetrics[]> {
  const rows = await db
    .selectFrom('provider_metrics')
    .selectAll()
    .where('at', '>=', since)
    .orderBy('at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    at: row.at,
    totalProviders: row.total_providers,
    onlineCount: row.online_count,
    degradedCount: row.degraded_count,
    offlineCount: row.offline_count,
    avgResponseTimeMs: row.avg_response_time_ms,
    totalRequestsHour: row.total_requests_hour,
    totalFailuresHour: row.total_failures_hour,
    systemHealth: row.system_health,
  }));
}

/** @param since null: of all time. */
export async function countMetrics(db: Db, since: Date | null): Promise<number> {
  let query = db.selectFrom('provider_metrics');
  if (since !== null) query = query.where('at', '>=', since);
  const row = await query.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirst();
  return row?.count ?? 0;
}

/** Figures of the past, by their times. */
export const retainedMetrics: Retained = {
  table: 'provider_metrics',
  by: 'at',
  key: { at: 'timestamptz' },
  inOrderOfTime: true,
};
