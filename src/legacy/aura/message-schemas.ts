/** The messages and response bodies of aura. */
import * as t from '../schema-terms.ts';

const modelStatus = t.oneOf('loaded', 'loading', 'unloaded', 'error');
const databaseStatus = t.oneOf('healthy', 'degraded', 'unhealthy');
const backupStatus = t.oneOf('completed', 'failed', 'pending', 'unknown');

// null: unknown
const count = t.count.nullable();
const number = t.number.nullable();
const percent = t.percent.nullable();
const text = t.text.nullable();

// Feeds

export const models = t.messages({
  model_status: t.message('The status of a model. Sent at connect, every 3 s, and after each change.', {
    timestamp: t.unixTime,
    data: {
      'model_id model_name': t.text,
      status: modelStatus,
      'memory_usage_mb memory_total_mb inference_time_ms tokens_per_second': number,
      active_sessions: count,
    },
  }),
  model_loaded: t.message('A model was loaded.', { model_id: t.text, timestamp: t.unixTime }),
  model_unloaded: t.message('A model was unloaded.', { model_id: t.text, timestamp: t.unixTime }),
  error: t.message('The last probe of a model server failed. Sent at connect and after each new failure.', {
    code: t.oneOf('CONNECTION_REFUSED', 'CONNECTION_TIMEOUT', 'AUTHENTICATION_FAILED', 'RATE_LIMITED'),
    message: t.text,
    timestamp: t.unixTime,
  }),
});

export const system = t.messages({
  system_metrics: t.message('Metrics of the host. Sent at connect, then every second.', {
    timestamp: t.unixTime,
    data: {
      cpu: { percent, cores: count, frequency_mhz: number },
      memory: { percent, 'used_mb total_mb available_mb': number },
      disk: { percent, 'used_gb total_gb read_speed_mbs write_speed_mbs': number },
      network: t
        .object({ 'bytes_sent bytes_recv packets_sent packets_recv errors_in errors_out': count })
        .describe('Totals since the host started.'),
      gpu: {
        available: t.flag,
        gpu_id: count,
        name: text,
        percent,
        'memory_used_mb memory_total_mb temperature_c': number,
      },
      temperature: { 'cpu_c gpu_c': number },
    },
  }),
});

export const governance = t.messages({
  role_hierarchy: t.message('All roles. Sent at connect and after each change.', {
    timestamp: t.unixTime,
    data: {
      roles: t.list({
        'role_id role_name': t.text,
        'description parent_role': text,
        capabilities: t.list(t.text),
        trust_level: t.ratio,
        member_count: t.count,
      }),
    },
  }),
  audit_event: t.message('A new entry of the audit log. Replayed to clients that reconnect.', {
    timestamp: t.unixTime,
    data: {
      'event_id event_type actor_id action status': t.text,
      'target_id role details': text,
    },
  }),
});

export const database = t.messages({
  database_metrics: t.message('Metrics of the database. Sent at connect, then every 5 s.', {
    timestamp: t.unixTime,
    data: {
      connection: {
        'active_connections idle_connections max_connections': count,
        connection_pool_utilization: t.ratio.nullable(),
      },
      performance: {
        'active_queries slow_queries_count': count,
        avg_query_time_ms: number,
        slow_query_threshold_ms: t.number,
        query_cache_hit_rate: t.ratio.nullable(),
      },
      storage: {
        'database_size_gb indexes_size_gb': number,
        tables: t.list({
          table_name: t.text,
          size_mb: number,
          row_count: count,
          last_vacuum: t.isoTime.nullable(),
        }),
      },
      health: {
        status: databaseStatus,
        replication_lag_ms: number,
        backup_status: backupStatus,
        last_backup: t.isoTime.nullable(),
      },
    },
  }),
});

// REST

export const systemNow = {
  'cpu_percent memory_percent disk_percent': percent,
  network: { 'bytes_sent bytes_recv': count },
  timestamp: t.unixTime,
};

const members = t.list(t.text).optional();
const permissions = t.list({ 'capability source_role': t.text, inherited: t.flag }).optional();

export const roles = {
  roles: t.list({
    'role_id role_name': t.text,
    capabilities: t.list(t.text),
    member_count: t.count,
    members: members.describe('The ids of the direct members. Present with `include_members`.'),
    permissions: permissions.describe(
      'The own and the inherited permissions. Present with `include_permissions`.',
    ),
  }),
};

export const auditLogs = {
  audit_logs: t.list({ 'event_id event_type actor_id status': t.text, timestamp: t.isoTime }),
  total: t.count.describe('The number of all matching entries, regardless of the limit.'),
  'limit offset': t.count,
};

export const modelsNow = {
  models: t.list({
    'model_id model_name': t.text,
    status: modelStatus,
    'memory_usage_mb inference_time_ms': number,
    active_sessions: count,
  }),
};

export const databaseNow = {
  status: databaseStatus,
  active_connections: count,
  connection_pool_utilization: t.ratio.nullable(),
  'avg_query_time_ms replication_lag_ms': number,
  backup_status: backupStatus,
};

export const connections = {
  total_connections: t.count.describe('Accepted connections since the server started.'),
  active_connections: t.count,
  failed_connections: t.count.describe('Rejected handshakes since the server started.'),
  reconnections: t.count,
  endpoints: t.record(t.count).describe('The number of open sockets by path.'),
};
