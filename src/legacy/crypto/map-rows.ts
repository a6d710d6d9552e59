/** Builds log rows and alerts for several endpoints and messages. Pure. Times are ISO 8601. */
import type { CryptoAlertFragment, CryptoLogRowFragment } from '../documents.generated.ts';
import { lower, rounded } from '../labels.ts';
import { severities } from './labels.ts';

/** A row of one of the four logs; each has fields of its own. */
export function logRow(row: CryptoLogRowFragment): Readonly<Record<string, unknown>> {
  const { id, timestamp, provider, provider_id } = row;
  const common = { id: Number(id), timestamp, provider, provider_id };
  switch (row.__typename) {
    case 'ConnectionLogged': {
      const { status, response_time_ms: responseTime, ...connection } = row.connection;
      return {
        ...common,
        ...connection,
        status: lower(status),
        response_time_ms: rounded(responseTime, 2),
      };
    }
    case 'FailureLogged':
      return { ...common, ...row.failure, retry_result: lower(row.failure.retry_result) };
    case 'CollectionLogged': {
      const { data_quality_score: score, ...collection } = row.collection;
      return { ...common, ...collection, data_quality_score: rounded(score, 4) };
    }
    case 'RateLimitLogged': {
      const { limit_type: type, percentage, ...limit } = row.rateLimit;
      return { ...common, ...limit, limit_type: lower(type), percentage: rounded(percentage, 2) };
    }
  }
}

/** The document selects the time of the acknowledgement under both names. */
export function alert(one: CryptoAlertFragment) {
  return {
    ...one,
    severity: severities[one.severity],
    acknowledged: one.acknowledged_at !== null,
  };
}
