/**
 * Builds the responses of the endpoints for providers. Pure. Most names are aliases in `documents.graphql`. Times are
 * ISO 8601.
 */
import { pick } from '../../lib/pick.ts';
import type { Reply } from '../rest-route.ts';
import type * as graph from '../documents.generated.ts';
import { lower, rounded, seconds } from '../labels.ts';
import type { AppError } from '../../errors.ts';
import { notFound } from '../rest-errors.ts';
import { logRow } from './map-rows.ts';

interface Named {
  readonly name: string;
}

export function summary<Summary extends graph.CryptoSummaryFragment>(all: Summary) {
  return {
    ...all,
    avg_response_time_ms: rounded(all.avg_response_time_ms, 2),
    system_health: lower(all.system_health),
  };
}

/** An unknown status matches no provider. */
export function providers(
  { providers: all }: graph.CryptoProvidersQuery,
  { status }: { readonly status: string | null },
): Reply {
  const wanted = status?.toUpperCase();
  return {
    body: all.filter((one) => wanted === undefined || one.status === wanted).map(provider),
  };
}

export function providerByName({ provider: found }: graph.CryptoProviderByNameQuery, { name }: Named): Reply {
  if (found === null) throw noProvider(name);
  return { body: provider(found) };
}

function provider(one: graph.CryptoProviderFragment) {
  return {
    ...one,
    status: lower(one.status),
    response_time_ms: rounded(one.response_time_ms, 2),
    rate_limit: one.rate_limit === null ? null : { ...one.rate_limit, ...limitLabels(one.rate_limit) },
  };
}

export function providerStats(
  { provider: found }: graph.CryptoProviderStatsQuery,
  { name, hours }: Named & { readonly hours: number },
): Reply {
  if (found === null) throw noProvider(name);
  const { stats } = found;
  return {
    body: {
      ...pick(found, 'provider_name', 'provider_id'),
      time_window_hours: hours,
      connection_stats: {
        ...pick(stats, 'total_attempts', 'successful', 'failed', 'timeout', 'rate_limited'),
        success_rate: rounded(stats.success_rate, 2),
        avg_response_time_ms: rounded(stats.avg_response_time_ms, 2),
      },
      data_collection_stats: {
        ...pick(stats, 'total_collections', 'total_records', 'total_bytes'),
        avg_quality_score: rounded(stats.avg_quality_score, 4),
        avg_staleness_minutes: rounded(
          stats.avg_staleness_minutes === null ? null : stats.avg_staleness_minutes / 60_000,
          2,
        ),
      },
      failure_count: stats.failure_count,
    },
  };
}

/** Before the first summary, all counts are 0. */
export function status({ providerSummary: all }: graph.CryptoStatusQuery): Reply {
  const counts = all ?? emptySummary;
  return {
    body: {
      ...counts,
      avg_response_time_ms: rounded(counts.avg_response_time_ms, 2),
      system_health: lower(counts.system_health),
    },
  };
}

const emptySummary = {
  total_apis: 0,
  online: 0,
  degraded: 0,
  offline: 0,
  avg_response_time_ms: null,
  last_update: null,
  system_health: 'UNKNOWN',
} as const;

export function history(
  { providerStatisticsLog: { totalCount, edges } }: graph.CryptoHistoryQuery,
  { hours }: { readonly hours: number },
): Reply {
  return { body: { hours, total: totalCount, metrics: edges.map(({ node }) => summary(node)) } };
}

export function rateLimits({ rateLimits: all }: graph.CryptoRateLimitsQuery): Reply {
  return { body: all.map(limit) };
}

export function rateLimit({ provider: found }: graph.CryptoRateLimitQuery, { name }: Named): Reply {
  const one = found?.rateLimit ?? null;
  if (one === null) throw notFound(`There is no rate limit of a provider ${name}.`);
  return { body: limit(one) };
}

function limit(one: graph.CryptoLimitFragment) {
  return {
    ...one,
    ...limitLabels(one),
    status: lower(one.status),
    reset_in_seconds: Math.ceil(seconds(one.reset_in_seconds)),
  };
}

function limitLabels(one: Pick<graph.CryptoLimitFragment, 'limit_type' | 'percentage'>) {
  return { limit_type: lower(one.limit_type), percentage: rounded(one.percentage, 2) };
}

export function logs(
  { logEntries: { totalCount, edges } }: graph.CryptoLogsQuery,
  values: { readonly log_type: string; readonly hours: number; readonly limit: number },
): Reply {
  const logs = edges.map(({ node }) => logRow(node));
  return { body: { ...pick(values, 'log_type', 'hours', 'limit'), total: totalCount, logs } };
}

export function failures(
  { failureAnalysis }: graph.CryptoFailuresQuery,
  { hours }: { readonly hours: number },
): Reply {
  const { total_retries, successful_retries, retry_success_rate: rate, ...counts } = failureAnalysis;
  const retries = { total_retries, successful_retries, retry_success_rate: rounded(rate, 2) };
  return { body: { time_window_hours: hours, ...counts, retry_statistics: retries } };
}

export function configStats({ providers: all }: graph.CryptoConfigQuery): Reply {
  return { body: configuration(all) };
}

/** Counts the providers of providers.yaml, and the keys in the environment. A required key may be missing. */
export function configuration(all: readonly graph.CryptoConfigurationFragment[]) {
  const categories = [...new Set(all.map(({ category }) => category))].sort();
  const inTier = (tier: number): number => all.filter(({ priorityTier }) => priorityTier === tier).length;
  return {
    total_providers: all.length,
    categories: categories.length,
    categories_list: categories,
    providers_with_keys: all.filter(({ requiresKey }) => requiresKey).length,
    tier1_count: inTier(1),
    tier2_count: inTier(2),
    tier3_count: inTier(3),
    tier4_count: inTier(4),
    api_keys_loaded: all.filter(({ hasKey }) => hasKey).length,
  };
}

function noProvider(name: string): AppError {
  return notFound(`There is no provider ${name}.`);
}
