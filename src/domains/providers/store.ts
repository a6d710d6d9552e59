import { sql, type ColumnType, type Generated, type Kysely } from 'kysely';
import type { Database } from '../../db/database.ts';
import { keysetList } from '../../db/keyset-list.ts';
import type { Retained } from '../../db/retained.ts';
import { keysOf, topicHandler } from '../../journal/topic-handlers.ts';
import type { Topic } from '../../journal/topic.ts';
import { camelKeys, snakeKeys, type SnakeKeys } from '../../lib/case-keys.ts';
import { maskUrl } from '../../lib/mask.ts';
import type { ProviderSettings } from './config.ts';
import {
  providerEvents,
  providerLog,
  type ProviderEventPayload,
  type ProviderHistory,
  type ProviderLogPayload,
  type ProviderStatistics,
  type RateLimitType,
} from './events.ts';
import { afterEntry, noHistory } from './history.ts';
import { withoutQuery } from './provider.ts';

declare module '../../db/database.ts' {
  interface Database {
    providers: ProvidersTable;
    provider_metrics: SnakeKeys<ProviderMetrics> & { seq: Generated<number> };
  }
}

/** Contains no keys: keys are in the environment only. */
type ProvidersTable = SnakeKeys<Omit<ProviderSettings, 'apiKey' | 'apiKeyHeader' | 'rateLimit'>> & {
  id: Generated<number>;
  rate_limit_type: RateLimitType | null;
  rate_limit_value: number | null;
  /** Whether the provider was in the file at the most recent start. */
  configured: boolean;
  history: ColumnType<ProviderHistory | null, string | null, string | null>;
};

type Db = Kysely<Database>;

/**
 * Updates the table to the configuration. Removed providers keep their rows, because log entries contain their ids.
 * Not an upsert: one would take a new id for every known provider at every start.
 */
export async function storeConfigured(db: Db, providers: readonly ProviderSettings[]): Promise<void> {
  const rows = providers.map(({ apiKey: _key, apiKeyHeader: _header, rateLimit, ...others }) => ({
    ...snakeKeys(others),
    endpoint_url: maskUrl(others.endpointUrl),
    health_check_url: withoutQuery(others.healthCheckUrl),
    rate_limit_type: rateLimit?.limitType ?? null,
    rate_limit_value: rateLimit?.limitValue ?? null,
    configured: true,
  }));
  const columns = sql`name, category, endpoint_url, health_check_url, requires_key, rate_limit_type, rate_limit_value,
    timeout_ms, priority_tier, collect, configured`;
  await sql`
    with given as (
      select ${columns} from jsonb_populate_recordset(null::providers, ${JSON.stringify(rows)}::jsonb)
    ), removed as (
      update providers set configured = false
      where configured and name not in (select name from given)
    ), known as (
      update providers set (${columns}) = (select * from given where given.name = providers.name)
      where name in (select name from given)
    )
    insert into providers (${columns})
    select * from given where name not in (select name from providers)
    order by name
    on conflict (name) do nothing`.execute(db);
}

/** The providers of these names, and the position of the log up to which their history reaches. */
export async function readProviders(db: Db, names: readonly string[]) {
  const rows = await db
    .selectFrom('providers')
    .select(['id', 'name', 'history'])
    .where(sql<boolean>`name = any(${names}::text[])`)
    .execute();
  const { seq } = await db
    .selectFrom('events')
    .select(sql<number>`coalesce(max(seq), 0)`.as('seq'))
    .executeTakeFirstOrThrow();
  return { rows, upTo: seq };
}

const topics: readonly Topic<ProviderEventPayload | ProviderLogPayload, 'EVERY'>[] = [
  providerLog,
  providerEvents,
];

/** Keeps the history of each provider up to date with its log and its events. */
export const providerTable = topicHandler({
  topics,
  read: (db, drafts) =>
    db
      .selectFrom('providers')
      .select(['id', 'name', 'rate_limit_type', 'rate_limit_value', 'history'])
      .where(sql<boolean>`name = any(${keysOf(drafts)}::text[])`)
      .execute(),
  project(entries, rows) {
    const changed = rows.flatMap((row) => {
      const { id, name, rate_limit_type: limitType, rate_limit_value: limitValue } = row;
      const limit = limitType === null || limitValue === null ? null : { limitType, limitValue };
      const before = row.history ?? noHistory;
      const history = entries
        .filter(({ key }) => key === name)
        .reduce((known, entry) => afterEntry(known, limit, entry), before);
      return history === before ? [] : [{ id, history }];
    });
    if (changed.length === 0) return [];
    return [
      sql`
        update providers set history = changed.history
        from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as changed (id integer, history jsonb)
        where providers.id = changed.id`,
    ];
  },
});

export interface ProviderMetrics extends ProviderStatistics {
  readonly at: Date;
}

export async function storeMetrics(db: Db, metrics: ProviderMetrics): Promise<void> {
  await db
    .insertInto('provider_metrics')
    .values(snakeKeys(metrics))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export interface MetricsPeriod {
  /** Inclusive. */
  readonly since: Date;
  /** Exclusive. */
  readonly until: Date;
}

/** Statistics of all providers, a row a minute. */
export const metricsList = keysetList({
  table: 'provider_metrics',
  at: 'at',
  id: 'seq',
  filter: (range: { readonly [End in keyof MetricsPeriod]?: Date | null | undefined }) => range,
});

/** Stored statistics by their times. @param times in ISO 8601; others have no statistics. */
export async function readMetrics(
  db: Db,
  times: readonly string[],
): Promise<ReadonlyMap<string, ProviderMetrics>> {
  const dates = times.map((time) => new Date(time)).filter((date) => Number.isFinite(date.getTime()));
  const rows = await db
    .selectFrom('provider_metrics')
    .selectAll()
    .where(sql<boolean>`at = any(${dates}::timestamptz[])`)
    .execute();
  return new Map(rows.map((row) => [row.at.toISOString(), camelKeys(row)]));
}

/** Past statistics, by their time. */
export const retainedMetrics: Retained = {
  table: 'provider_metrics',
  by: 'at',
  key: { at: 'timestamptz' },
  inOrderOfTime: true,
};
