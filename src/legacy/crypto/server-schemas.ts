/** The response bodies for alerts, jobs, the database and the server itself. */
import * as t from '../schema-terms.ts';
import { configuration } from './provider-schemas.ts';

const alert = {
  id: t.count,
  timestamp: t.isoTime,
  provider: t.text.nullable(),
  'alert_type title message': t.text,
  severity: t.oneOf('low', 'medium', 'high', 'critical'),
  acknowledged: t.flag,
  'acknowledged_at resolved_at': t.isoTime.nullable(),
};

export const alerts = t.list(alert);

export const acknowledged = { success: t.oneOf(true), message: t.text, alert };

export const scheduler = {
  is_running: t.flag,
  total_jobs: t.count,
  jobs: t.list({
    'id name trigger': t.text,
    'next_run last_run': t.isoTime.nullable(),
    last_status: t.oneOf('success', 'failed', 'aborted').nullable(),
    last_duration_ms: t.number.nullable(),
    running: t.flag,
  }),
};

export const triggered = {
  success: t.oneOf(true),
  'job_id message': t.text,
  status: t.oneOf('triggered', 'already_running'),
  triggered_at: t.isoTime,
};

export const rowCounts = {
  'providers connection_attempts data_collections failure_logs alerts': t.count,
  rate_limit_usage: t.count.describe('The number of stored snapshots of rate limits.'),
  schedule_configs: t.count.describe('The number of scheduled jobs.'),
  schedule_compliance: t.count.describe('The number of stored runs of jobs.'),
  system_metrics: t.count.describe('The number of rows of `/api/status/metrics`.'),
  database_size_mb: t.number.nullable(),
};

const database = t.oneOf('healthy', 'degraded', 'unhealthy');
const advertised = t
  .object({ 'host url': t.text, port: t.count, protocol: t.oneOf('ws', 'wss') })
  .describe('The address at which clients reach the WebSockets.');

export const root = {
  'name version description': t.text,
  status: t.oneOf('online'),
  timestamp: t.isoTime,
  advertised,
  endpoints: t.record({ 'rest websocket': t.list(t.text) }).describe('The paths of each old system.'),
  documentation: t
    .object({ 'swagger redoc graphql': t.text })
    .describe('The paths of the documentation and of GraphQL.'),
  dialects: { crypto: { 'title version': t.text } },
};

export const health = {
  status: database,
  timestamp: t.isoTime,
  components: {
    database: {
      status: database,
      writable: t.flag.describe(
        'Whether the database accepts writes. False while it is read-only, full or locked.',
      ),
      faults: t.list(t.text).describe('Why statements failed in the last seconds.'),
      clock_ahead_ms: t.number
        .nullable()
        .describe(
          'How far the server’s clock is ahead of the database’s. Above three minutes, retention removes nothing.',
        ),
      notifications: t
        .oneOf('listening', 'polling')
        .describe('Whether the database notifies this instance of commits of other instances.'),
    },
    scheduler: { status: t.oneOf('running', 'stopped') },
    websocket: {
      status: t.oneOf('running', 'stopped'),
      active_connections: t.count.describe('The number of open sockets of `/ws/live`.'),
    },
    providers: { 'total online degraded offline': t.count },
  },
};

export const info = {
  application: { 'name version environment': t.text, uptime_seconds: t.number },
  configuration,
  database: { status: database, size_mb: t.number.nullable() },
  rate_limits: { configured_providers: t.count },
  scheduler: { running: t.flag, total_jobs: t.count, jobs: t.list(t.text) },
  websocket: { active_connections: t.count, background_tasks_running: t.flag },
  features: t.record(t.flag).describe('Whether each feature is on, by name.'),
  realtime: t
    .object({
      'reconnect_attempts reconnect_delay_ms reconnect_max_delay_ms': t.count,
      backoff_multiplier: t.number,
      'ping_interval_ms pong_timeout_ms message_buffer_size': t.count,
    })
    .describe('Recommended settings for clients that reconnect.'),
  advertised,
  listeners: t.list({ 'name url': t.text }),
  timestamp: t.isoTime,
};

export const socketStats = {
  active_connections: t.count,
  total_connections: t.count.describe('Accepted connections since the server started.'),
  connections: t.list({
    client_id: t.text,
    connected_at: t.isoTime,
    last_ping: t.isoTime.nullable().describe('When the last pong or message arrived.'),
    messages_sent: t.count,
  }),
  background_tasks_running: t.flag,
  timestamp: t.isoTime,
};
