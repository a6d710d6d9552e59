/** Schemas of the response bodies for providers. */
import { z } from 'zod';
import { count, each, flag, isoTime, number, percent, ratio, text } from '../schema-terms.ts';

export const state = z.enum(['online', 'degraded', 'offline', 'unknown']);
export const systemHealth = z.enum(['healthy', 'degraded', 'unhealthy', 'unknown']);
export const limitType = z.enum(['per_minute', 'per_hour', 'per_day']);
const milliseconds = number.min(0).nullable();
/** The usage of a limit in percent, which may exceed 100. */
const used = number.min(0);

export const figures = {
  ...each(count, 'total_providers', 'online_count', 'degraded_count', 'offline_count'),
  avg_response_time_ms: milliseconds,
  total_requests_hour: count,
  total_failures_hour: count,
  system_health: systemHealth,
};

export const provider = z.strictObject({
  id: count,
  ...each(text, 'name', 'category', 'endpoint_url'),
  status: state,
  response_time_ms: milliseconds,
  last_check: isoTime.nullable(),
  requires_key: flag,
  has_key: flag,
  api_key_masked: text.nullable(),
  rate_limit: z
    .strictObject({ limit_type: limitType, limit_value: count, current_usage: count, percentage: used })
    .nullable(),
  timeout_ms: count,
  priority_tier: z.int().min(1).max(4),
});

export const providers = z.array(provider);

export const providerStats = z.strictObject({
  provider_name: text,
  provider_id: count,
  time_window_hours: count,
  connection_stats: z.strictObject({
    ...each(count, 'total_attempts', 'successful', 'failed', 'timeout', 'rate_limited'),
    success_rate: percent.nullable(),
    avg_response_time_ms: milliseconds,
  }),
  data_collection_stats: z.strictObject({
    ...each(count, 'total_collections', 'total_records', 'total_bytes'),
    avg_quality_score: ratio.nullable(),
    avg_staleness_minutes: number.nullable(),
  }),
  failure_count: count,
});

export const status = z.strictObject({
  ...each(count, 'total_apis', 'online', 'degraded', 'offline'),
  avg_response_time_ms: milliseconds,
  last_update: isoTime.nullable(),
  system_health: systemHealth,
});

export const history = z.strictObject({
  hours: count,
  total: count,
  metrics: z.array(z.strictObject({ timestamp: isoTime, ...figures })),
});

export const rateLimit = z.strictObject({
  provider: text,
  limit_type: limitType,
  limit_value: count,
  current_usage: count,
  percentage: used,
  reset_time: isoTime,
  reset_in_seconds: count,
  status: z.enum(['ok', 'warning', 'blocked']),
  last_request_time: isoTime.nullable(),
});

export const rateLimits = z.array(rateLimit);

const row = { id: count, timestamp: isoTime, provider: text, provider_id: count };
const errorType = text.describe(
  '`timeout`, `connection_error`, `http_<code>`, `rate_limited` or `invalid_response`.',
);

export const logRow = z.union([
  z.strictObject({
    ...row,
    endpoint: text,
    status: z.enum(['success', 'failed', 'timeout', 'rate_limited']),
    response_time_ms: milliseconds,
    http_status_code: count.nullable(),
    error_type: errorType.nullable(),
    error_message: text.nullable(),
  }),
  z.strictObject({
    ...row,
    endpoint: text,
    error_type: errorType,
    error_message: text,
    http_status: count.nullable(),
    retry_attempted: flag,
    retry_result: z.enum(['success', 'failed']).nullable(),
  }),
  z.strictObject({
    ...row,
    category: text,
    scheduled_time: isoTime,
    actual_fetch_time: isoTime,
    record_count: count,
    payload_size_bytes: count,
    data_quality_score: ratio.nullable(),
    on_schedule: flag,
  }),
  z.strictObject({
    ...row,
    limit_type: limitType,
    limit_value: count,
    current_usage: count,
    percentage: used,
    reset_time: isoTime,
  }),
]);

export const logType = z.enum(['connection', 'failure', 'collection', 'rate_limit']);

export const logs = z.strictObject({
  log_type: logType,
  hours: count,
  limit: count,
  total: count.describe('All rows of these hours, regardless of the limit.'),
  logs: z.array(logRow),
});

export const failures = z.strictObject({
  time_window_hours: count,
  total_failures: count,
  failures_by_error_type: z.array(z.strictObject({ error_type: errorType, count })),
  top_failing_providers: z.array(z.strictObject({ provider: text, failure_count: count })).max(10),
  retry_statistics: z.strictObject({
    total_retries: count,
    successful_retries: count,
    retry_success_rate: percent.nullable(),
  }),
});

export const configuration = z.strictObject({
  total_providers: count,
  categories: count,
  categories_list: z.array(text),
  providers_with_keys: count.describe('Providers that require a key.'),
  ...each(count, 'tier1_count', 'tier2_count', 'tier3_count', 'tier4_count'),
  api_keys_loaded: count.describe('Keys that the environment provides.'),
});
