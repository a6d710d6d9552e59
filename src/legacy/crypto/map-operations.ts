/** Builds the responses of the endpoints for alerts, jobs and the database. Pure. Times are ISO 8601. */
import type { Reply } from '../rest-route.ts';
import type * as graph from '../documents.generated.ts';
import { lower, mebibytes, rounded } from '../labels.ts';
import { notFound } from '../rest-errors.ts';
import { alert } from './map-rows.ts';

export function alerts({ alerts: { edges } }: graph.CryptoAlertsQuery): Reply {
  return { body: edges.map(({ node }) => alert(node)) };
}

/** @throws AppError NOT_FOUND */
export function acknowledged({ acknowledgeAlert: result }: graph.CryptoAcknowledgeMutation): Reply {
  if (result.__typename === 'NotFound') throw notFound(result.message);
  const { id } = result.alert;
  return { body: { success: true, message: `Alert ${id} is acknowledged`, alert: alert(result.alert) } };
}

export function scheduler({ health, jobs }: graph.CryptoSchedulerQuery): Reply {
  return {
    body: {
      is_running: health.scheduler.running,
      total_jobs: jobs.length,
      jobs: jobs.map((job) => ({
        ...job,
        last_status: lower(job.last_status),
        last_duration_ms: rounded(job.last_duration_ms, 2),
      })),
    },
  };
}

/** @throws AppError NOT_FOUND */
export function triggered({ triggerJob: result }: graph.CryptoTriggerMutation): Reply {
  if (result.__typename === 'NotFound') throw notFound(result.message);
  const { status, triggeredAt, job } = result;
  return {
    body: {
      success: true,
      job_id: job.id,
      status: lower(status),
      message: status === 'TRIGGERED' ? `Job ${job.id} was triggered` : `Job ${job.id} is already running`,
      triggered_at: triggeredAt,
    },
  };
}

export function rowCounts(data: graph.CryptoRowCountsQuery): Reply {
  const { providerRowCounts: rows, health } = data;
  return {
    body: {
      providers: rows.providers,
      connection_attempts: rows.connections,
      data_collections: rows.collections,
      rate_limit_usage: rows.rateLimits,
      schedule_configs: data.jobs.length,
      schedule_compliance: data.jobRuns.totalCount,
      failure_logs: rows.failures,
      alerts: data.alerts.totalCount,
      system_metrics: rows.metrics,
      database_size_mb: mebibytes(health.database.sizeBytes, 2),
    },
  };
}
