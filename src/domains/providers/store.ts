import { maskUrl } from '../../lib/mask.ts';
import { sql, type ColumnType, type Generated, type Kysely, type Selectable } from 'kysely';
import type { Database } from '../../db/database.ts';
import type { Retained } from '../../db/retained.ts';
import { keysOf, topicHandler } from '../../journal/topic-handlers.ts';
import { camelKeys, snakeKeys, type SnakeKeys } from '../../lib/case-keys.ts';
import type { Topic } from '../../journal/topic.ts';
import {
  providerEvents,
  providerLog,
  type ProviderEventPayload,
  type ProviderLogPayload,
  type ProviderStatistics,
  type RateLimitType,
  type ProviderHistory,
} from './events.ts';
import { withoutQuery, type ProviderSettings } from './settings.ts';
import { afterEntry, noHistory } from './state.ts';

declare module '../../db/database.ts' {
  interface Database {
    providers: ProvidersTable;
    provider_metrics: ProviderMetricsTable;
  }
}

/** It has no keys: those are in the environment only. */
export interface ProvidersTable {
  id: Generated<number>;
  name: string;
  category: string;
  /** Secrets are masked. */
  endpoint_url: string;
  /** Without a query. */
  health_check_url: string;
  requires_key: boolean;
  rate_limit_type: RateLimitType | null;
  rate_limit_value: number | null;
  timeout_ms: number;
  priority_tier: number;
  collect: boolean;
  /** Whether it was in the file at the newest start. */
  configured: boolean;
  history: ColumnType<ProviderHistory | null, string | null, string | null>;
}

type Db = Kysely<Database>;

/** Updates the table to the configuration. Providers that were removed keep their rows, which logs refer to. */
export async function storeConfigured(db: Db, providers: readonly ProviderSettings[]): Promise<void> {
  const rows = providers.map((provider) => ({
    name: provider.name,
    category: provider.category,
    endpoint_url: maskUrl(provider.endpointUrl),
    health_check_url: withoutQuery(provider.healthCheckUrl),
    requires_key: provider.requiresKey,
    rate_limit_type: provider.rateLimit?.limitType ?? null,
    rate_limit_value: provider.rateLimit?.limitValue ?? null,
    timeout_ms: provider.timeoutMs,
    priority_tier: provider.priorityTier,
    collect: provider.collect,
  }));
  const columns = sql`name, category, endpoint_url, health_check_url, requires_key, rate_limit_type, rate_limit_value,
    timeout_ms, priority_tier, collect`;
  await sql`
    with given as (
      select ${columns} from jsonb_populate_recordset(null::providers, ${JSON.stringify(rows)}::jsonb)
    ), gone as (
      update providers set configured = false
      where configured and name not in (select name from given)
    ), known as (
      update providers old set
        category = given.category, endpoint_url = given.endpoint_url, health_check_url = given.health_check_url,
        requires_key = given.requires_key, rate_limit_type = given.rate_limit_type,
        rate_limit_value = given.rate_limit_value, timeout_ms = given.timeout_ms,
        priority_tier = given.priority_tier, collect = given.collect, configured = true
      from given where old.name = given.name
    )
    insert into providers (${columns}, configured)
    select ${columns}, true from given
    where name not in (select name from providers)
    order by name
    on conflict (name) do nothing`.execute(db);
}

export type ProviderRow = Selectable<ProvidersTable>;

/** The providers of these names, and the position of the log up to which their history reaches. */
export async function readProviders(
  db: Db,
  names: readonly string[],
): Promise<{ readonly rows: readonly ProviderRow[]; readonly upTo: number }> {
  const rows = await db
    .selectFrom('providers')
    .selectAll()
    .where(sql<boolean>`name = any(${names}::text[])`)
    .execute();
  const head = await db
    .selectFrom('events')
    .select(sql<number>`coalesce(max(seq), 0)`.as('seq'))
    .executeTakeFirst();
  return { rows, upTo: head?.seq ?? 0 };
}

export async function countProviders(db: Db): Promise<number> {
  const row = await db
    .selectFrom('providers')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('configured', '=', true)
    .executeTakeFirst();
  return row?.count ?? 0;
}

const topics: readonly Topic<ProviderEventPayload | ProviderLogPayload, 'EVERY'>[] = [
  providerLog,
  providerEvents,
];

/** Keeps the history of each provider, folded from its requests and events. */
export const providerTable = topicHandler({
  topics,
  read: (db, drafts) =>
    db
      .selectFrom('providers')
      .select(['id', 'name', 'rate_limit_type', 'rate_limit_value', 'history'])
      .where(sql<boolean>`name = any(${keysOf(drafts)}::text[])`)
      .execute(),
  project(entries, rows) {
    const known = new Map(rows.map((row) => [row.name, { row, history: row.history ?? noHistory }]));
    for (const entry of entries) {
      const provider = known.get(entry.key);
      if (provider === undefined) continue;
      const { rate_limit_type: limitType, rate_limit_value: limitValue } = provider.row;
      const limit = limitType === null || limitValue === null ? null : { limitType, limitValue };
      provider.history = afterEntry(provider.history, limit, entry);
    }
    const changed = [...known.values()]
      .filter(({ row, history }) => history !== (row.history ?? noHistory))
      .map(({ row, history }) => ({ id: row.id, history }));
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

export type ProviderMetricsTable = SnakeKeys<ProviderMetrics>;

export async function storeMetrics(db: Db, metrics: ProviderMetrics): Promise<void> {
  await db
    .insertInto('provider_metrics')
    .values(snakeKeys(metrics))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Newest first. */
export async function readMetrics(
  db: Db,
  { since, limit }: { readonly since: Date; readonly limit: number },
): Promise<readonly ProviderMetrics[]> {
  const rows = await db
    .selectFrom('provider_metrics')
    .selectAll()
    .where('at', '>=', since)
    .orderBy('at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(camelKeys);
}

/** @param since null: of all time. */
export async function countMetrics(db: Db, since: Date | null): Promise<number> {
  let query = db.selectFrom('provider_metrics');
  if (since !== null) query = query.where('at', '>=', since);
  const row = await query.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirst();
  return row?.count ?? 0;
}

/** Past statistics, by their times. */
export const retainedMetrics: Retained = {
  table: 'provider_metrics',
  by: 'at',
  key: { at: 'timestamptz' },
  inOrderOfTime: true,
};
