/** Schemas of the response bodies for alerts, jobs and the store. */
import { z } from 'zod';
import { count, each, flag, isoTime, number, text } from '../schema-terms.ts';

const alert = z.strictObject({
  id: count,
  timestamp: isoTime,
  provider: text.nullable(),
  alert_type: text,
  severity: z.enum(['low', 'medium', 'high', 'critical']),
  title: text,
  message: text,
  acknowledged: flag,
  acknowledged_at: isoTime.nullable(),
  resolved_at: isoTime.nullable(),
});

export const alerts = z.array(alert);

export const acknowledged = z.strictObject({ success: z.literal(true), message: text, alert });

export const scheduler = z.strictObject({
  is_running: flag,
  total_jobs: count,
  jobs: z.array(
    z.strictObject({
      ...each(text, 'id', 'name', 'trigger'),
      next_run: isoTime.nullable(),
      last_run: isoTime.nullable(),
      last_status: z.enum(['success', 'failed', 'aborted']).nullable(),
      last_duration_ms: number.nullable(),
      running: flag,
    }),
  ),
});

export const triggered = z.strictObject({
  success: z.literal(true),
  job_id: text,
  status: z.enum(['triggered', 'already_running']),
  message: text,
  triggered_at: isoTime,
});

export const store = z.strictObject({
  ...each(count, 'providers', 'connection_attempts', 'data_collections'),
  rate_limit_usage: count.describe('Stored snapshots of rate limits.'),
  schedule_configs: count.describe('Scheduled jobs.'),
  schedule_compliance: count.describe('Stored runs of jobs.'),
  failure_logs: count,
  alerts: count,
  system_metrics: count.describe('Rows of `/api/status/metrics`.'),
  database_size_mb: number.nullable(),
});
