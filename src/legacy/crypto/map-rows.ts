/** Builds log rows and alerts for several endpoints and messages. Pure. Times are ISO 8601. */
import type { CryptoAlertFragment, CryptoLogRowFragment } from '../documents.generated.ts';
import { lower, rounded } from '../labels.ts';
import { severities } from './labels.ts';

/** A row of one of the four logs; each has fields of its own. */
export function logRow(row: CryptoLogRowFragment): Readonly<Record<string, unknown>> {
  const { id, timestamp, provider, provider_id, connection, failure, collection, rateLimit } = row;
  const common = { id: Number(id), timestamp, provider, provider_id };
  if (connection !== null)
    return {
      ...common,
      ...connection,
      status: lower(connection.status),
      response_time_ms: rounded(connection.response_time_ms, 2),
    };
  if (failure !== null) return { ...common, ...failure, retry_result: lower(failure.retry_result) };
  if (collection !== null)
    return { ...common, ...collection, data_quality_score: rounded(collection.data_quality_score, 4) };
  const limit = rateLimit ?? noLimit;
  return {
    ...common,
    ...limit,
    limit_type: lower(limit.limit_type),
    percentage: rounded(limit.percentage, 2),
  };
}

const noLimit = {
  limit_type: null,
  limit_value: null,
  current_usage: null,
  percentage: null,
  reset_time: null,
};

/** The document selects the time of the acknowledgement under both names. */
export function alert(one: CryptoAlertFragment) {
  return {
    ...one,
    severity: severities[one.severity],
    acknowledged: one.acknowledged_at !== null,
  };
}
