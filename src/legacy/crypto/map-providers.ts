/** What the endpoints about providers answer. Pure; times are ISO 8601. */
import type { Reply } from '../dialect.ts';
import { RestFailure } from '../rest-failure.ts';
import type {
  CryptoConfigQuery,
  CryptoConfigurationFragment,
  CryptoFailuresQuery,
  CryptoFiguresFragment,
  CryptoHistoryQuery,
  CryptoLimitFragment,
  CryptoLogsQuery,
  CryptoProviderByNameQuery,
  CryptoProviderFragment,
  CryptoProvidersQuery,
  CryptoProviderStatsQuery,
  CryptoRateLimitQuery,
  CryptoRateLimitsQuery,
  CryptoStatusQuery,
} from '../documents.generated.ts';
import { logRow } from './map-rows.ts';
import { lower, rounded } from './words.ts';

interface Named {
  readonly name: string;
}

export function figures(all: CryptoFiguresFragment) {
  return {
    total_providers: all.totalProviders,
    online_count: all.onlineCount,
    degraded_count: all.degradedCount,
    offline_count: all.offlineCount,
    avg_response_time_ms: rounded(all.avgResponseTimeMs, 2),
    total_requests_hour: all.totalRequestsHour,
    total_failures_hour: all.totalFailuresHour,
    system_health: lower(all.systemHealth),
  };
}

/** A status that there is not is one that no provider has. */
export function providers(
  { providers: all }: CryptoProvidersQuery,
  { status }: { readonly status: string | null },
): Reply {
  const wanted = status?.toUpperCase();
  return {
    body: all.filter((one) => wanted === undefined || one.status === wanted).map(provider),
  };
}

export function providerByName({ provider: found }: CryptoProviderByNameQuery, { name }: Named): Reply {
  if (found === null) throw noProvider(name);
  return { body: provider(found) };
}

function provider(one: CryptoProviderFragment) {
  const { rateLimit } = one;
  return {
    id: one.id,
    name: one.name,
    category: one.category,
    endpoint_url: one.endpointUrl,
    status: lower(one.status),
    response_time_ms: rounded(one.responseTimeMs, 2),
    last_check: one.lastCheckAt,
    requires_key: one.requiresKey,
    has_key: one.hasKey,
    api_key_masked: one.apiKeyMasked,
    rate_limit:
      rateLimit === null
        ? null
        : {
            limit_type: lower(rateLimit.limitType),
            limit_value: rateLimit.limitValue,
            current_usage: rateLimit.currentUsage,
            percentage: rounded(rateLimit.percentage, 2),
          },
    timeout_ms: one.timeoutMs,
    priority_tier: one.priorityTier,
  };
}

export function providerStats(
  { provider: found }: CryptoProviderStatsQuery,
  { name, hours }: Named & { readonly hours: number },
): Reply {
  if (found === null) throw noProvider(name);
  const { stats } = found;
  return {
    body: {
      provider_name: found.name,
      provider_id: found.id,
      time_window_hours: hours,
      connection_stats: {
        total_attempts: stats.totalAttempts,
        successful: stats.successful,
        failed: stats.failed,
        timeout: stats.timeout,
        rate_limited: stats.rateLimited,
        success_rate: rounded(stats.successRate, 2),
        avg_response_time_ms: rounded(stats.avgResponseTimeMs, 2),
      },
      data_collection_stats: {
        total_collections: stats.totalCollections,
        total_records: stats.totalRecords,
        total_bytes: stats.totalBytes,
        avg_quality_score: rounded(stats.avgQualityScore, 4),
        avg_staleness_minutes: rounded(stats.avgStalenessMinutes, 2),
      },
      failure_count: stats.failureCount,
    },
  };
}

/** Before anything was summed up nothing is known, and there is no provider to count. */
export function status({ providerSummary: all }: CryptoStatusQuery): Reply {
  return {
    body: {
      total_apis: all?.totalProviders ?? 0,
      online: all?.onlineCount ?? 0,
      degraded: all?.degradedCount ?? 0,
      offline: all?.offlineCount ?? 0,
      avg_response_time_ms: rounded(all?.avgResponseTimeMs ?? null, 2),
      last_update: all?.lastUpdateAt ?? null,
      system_health: lower(all?.systemHealth ?? 'UNKNOWN'),
    },
  };
}

export function history(
  { providerHistory: { totalCount, metrics } }: CryptoHistoryQuery,
  { hours }: { readonly hours: number },
): Reply {
  return {
    body: {
      hours,
      total: totalCount,
      metrics: metrics.map(({ at, ...row }) => ({ timestamp: at, ...figures(row) })),
    },
  };
}

export function rateLimits({ rateLimits: all }: CryptoRateLimitsQuery): Reply {
  return { body: all.map(limit) };
}

export function rateLimit({ provider: found }: CryptoRateLimitQuery, { name }: Named): Reply {
  const one = found?.rateLimit ?? null;
  if (one === null) throw new RestFailure(404, 'NOT_FOUND', `There is no rate limit of a provider ${name}.`);
  return { body: limit(one) };
}

function limit(one: CryptoLimitFragment) {
  return {
    provider: one.provider,
    limit_type: lower(one.limitType),
    limit_value: one.limitValue,
    current_usage: one.currentUsage,
    percentage: rounded(one.percentage, 2),
    reset_time: one.resetAt,
    reset_in_seconds: one.resetInSeconds,
    status: lower(one.status),
    last_request_time: one.lastRequestAt,
  };
}

export function logs(
  { logEntries: { totalCount, edges } }: CryptoLogsQuery,
  asked: { readonly log_type: string; readonly hours: number; readonly limit: number },
): Reply {
  return {
    body: {
      log_type: asked.log_type,
      hours: asked.hours,
      limit: asked.limit,
      total: totalCount,
      logs: edges.map(({ node }) => logRow(node)),
    },
  };
}

export function failures(
  { failureAnalysis: found }: CryptoFailuresQuery,
  { hours }: { readonly hours: number },
): Reply {
  return {
    body: {
      time_window_hours: hours,
      total_failures: found.totalFailures,
      failures_by_error_type: found.byErrorType.map(({ errorType, count }) => ({
        error_type: errorType,
        count,
      })),
      top_failing_providers: found.topProviders.map(({ provider: name, count }) => ({
        provider: name,
        failure_count: count,
      })),
      retry_statistics: {
        total_retries: found.totalRetries,
        successful_retries: found.successfulRetries,
        retry_success_rate: rounded(found.retrySuccessRate, 2),
      },
    },
  };
}

export function configured({ providers: all }: CryptoConfigQuery): Reply {
  return { body: configuration(all) };
}

/** What providers.yaml asks for, and what the environment gives: a key that is asked for may be missing. */
export function configuration(all: readonly CryptoConfigurationFragment[]) {
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

function noProvider(name: string): RestFailure {
  return new RestFailure(404, 'NOT_FOUND', `There is no provider ${name}.`);
}
