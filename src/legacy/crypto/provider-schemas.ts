/** The response bodies for providers and their logs. */
import * as t from '../schema-terms.ts';

export const status = t.oneOf('online', 'degraded', 'offline', 'unknown');
const systemHealth = t.oneOf('healthy', 'degraded', 'unhealthy', 'unknown');
const milliseconds = t.number.min(0).nullable();

export const summary = {
  'total_providers online_count degraded_count offline_count': t.count,
  avg_response_time_ms: milliseconds,
  'total_requests_hour total_failures_hour': t.count,
  system_health: systemHealth,
};

export const limit = {
  limit_type: t.oneOf('per_minute', 'per_hour', 'per_day'),
  'limit_value current_usage': t.count,
  percentage: t.number.min(0).describe('The used share of the limit in percent. It may exceed 100.'),
};

export const provider = {
  id: t.count,
  'name category endpoint_url': t.text,
  status,
  response_time_ms: milliseconds,
  last_check: t.isoTime.nullable(),
  'requires_key has_key': t.flag,
  api_key_masked: t.text.nullable(),
  rate_limit: t.object(limit).nullable(),
  timeout_ms: t.count,
  priority_tier: t.count.min(1).max(4),
};

export const providers = t.list(provider);

export const providerStats = {
  provider_name: t.text,
  'provider_id time_window_hours failure_count': t.count,
  connection_stats: {
    'total_attempts successful failed timeout rate_limited': t.count,
    success_rate: t.percent.nullable(),
    avg_response_time_ms: milliseconds,
  },
  data_collection_stats: {
    'total_collections total_records total_bytes': t.count,
    avg_quality_score: t.ratio.nullable(),
    avg_staleness_minutes: t.number.nullable(),
  },
};

export const statusNow = {
  'total_apis online degraded offline': t.count,
  avg_response_time_ms: milliseconds,
  last_update: t.isoTime.nullable(),
  system_health: systemHealth,
};

export const history = {
  'hours total': t.count,
  metrics: t.list({ timestamp: t.isoTime, ...summary }),
};

export const rateLimit = {
  provider: t.text,
  ...limit,
  reset_time: t.isoTime,
  reset_in_seconds: t.count,
  status: t.oneOf('ok', 'warning', 'blocked'),
  last_request_time: t.isoTime.nullable(),
};

export const rateLimits = t.list(rateLimit);

const row = { 'id provider_id': t.count, timestamp: t.isoTime, provider: t.text };
const errorType = t.text.describe(
  '`timeout`, `connection_error`, `http_<code>`, `rate_limited` or `invalid_response`.',
);

export const logRow = t.anyOf(
  {
    ...row,
    endpoint: t.text,
    status: t.oneOf('success', 'failed', 'timeout', 'rate_limited'),
    response_time_ms: milliseconds,
    http_status_code: t.count.nullable(),
    error_type: errorType.nullable(),
    error_message: t.text.nullable(),
  },
  {
    ...row,
    'endpoint error_message': t.text,
    error_type: errorType,
    http_status: t.count.nullable(),
    retry_attempted: t.flag,
    retry_result: t.oneOf('success', 'failed').nullable(),
  },
  {
    ...row,
    category: t.text,
    'scheduled_time actual_fetch_time': t.isoTime,
    'record_count payload_size_bytes': t.count,
    data_quality_score: t.ratio.nullable(),
    on_schedule: t.flag,
  },
  { ...row, ...limit, reset_time: t.isoTime },
);

export const logType = t.oneOf('connection', 'failure', 'collection', 'rate_limit');

export const logs = {
  log_type: logType,
  'hours limit': t.count,
  total: t.count.describe('The number of all rows of these hours, regardless of the limit.'),
  logs: t.list(logRow),
};

export const failures = {
  'time_window_hours total_failures': t.count,
  failures_by_error_type: t.list({ error_type: errorType, count: t.count }),
  top_failing_providers: t.list({ provider: t.text, failure_count: t.count }).max(10),
  retry_statistics: {
    'total_retries successful_retries': t.count,
    retry_success_rate: t.percent.nullable(),
  },
};

export const configuration = {
  'total_providers categories': t.count,
  categories_list: t.list(t.text),
  providers_with_keys: t.count.describe('The number of providers that require a key.'),
  'tier1_count tier2_count tier3_count tier4_count': t.count,
  api_keys_loaded: t.count.describe('The number of keys that the environment provides.'),
};
