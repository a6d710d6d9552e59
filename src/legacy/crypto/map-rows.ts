/** Rows of logs and alerts in crypto's words. Pure; times are ISO 8601. */
import type { CryptoAlertFragment, CryptoLogRowFragment } from '../documents.generated.ts';
import { lower, rounded, severities } from './words.ts';

/** A row of one of the four logs; each has fields of its own. */
export function logRow(row: CryptoLogRowFragment): Readonly<Record<string, unknown>> {
  const { connection, failure, collection, rateLimit } = row;
  const about = {
    id: Number(row.id),
    timestamp: row.occurredAt,
    provider: row.provider,
    provider_id: row.providerId,
  };
  if (connection !== null)
    return {
      ...about,
      endpoint: connection.endpoint,
      status: lower(connection.status),
      response_time_ms: rounded(connection.responseTimeMs, 2),
      http_status_code: connection.httpStatusCode,
      error_type: connection.errorType,
      error_message: connection.errorMessage,
    };
  if (failure !== null)
    return {
      ...about,
      endpoint: failure.endpoint,
      error_type: failure.errorType,
      error_message: failure.errorMessage,
      http_status: failure.httpStatus,
      retry_attempted: failure.retryAttempted,
      retry_result: failure.retryResult === null ? null : lower(failure.retryResult),
    };
  if (collection !== null)
    return {
      ...about,
      category: collection.category,
      scheduled_time: collection.scheduledAt,
      actual_fetch_time: collection.fetchedAt,
      record_count: collection.recordCount,
      payload_size_bytes: collection.payloadSizeBytes,
      data_quality_score: rounded(collection.dataQualityScore, 4),
      on_schedule: collection.onSchedule,
    };
  return {
    ...about,
    limit_type: rateLimit === null ? null : lower(rateLimit.limitType),
    limit_value: rateLimit?.limitValue ?? null,
    current_usage: rateLimit?.currentUsage ?? null,
    percentage: rounded(rateLimit?.percentage ?? null, 2),
    reset_time: rateLimit?.resetAt ?? null,
  };
}

export function alert(one: CryptoAlertFragment) {
  return {
    id: one.number,
    timestamp: one.raisedAt,
    provider: one.provider,
    alert_type: one.alertType,
    severity: severities[one.level],
    title: one.title,
    message: one.message,
    acknowledged: one.acknowledgedAt !== null,
    acknowledged_at: one.acknowledgedAt,
    resolved_at: one.resolvedAt,
  };
}
