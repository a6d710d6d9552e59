/** The forms of aura's messages and answers. */
import { z } from 'zod';
import { count, flag, isoTime, messageOf, number, percent, ratio, text, unixTime } from '../wire.ts';

// /ws/models

const modelStatusWord = z.enum(['loaded', 'loading', 'unloaded', 'error']);

export const modelStatus = {
  model_status: messageOf('model_status', 'A model: at connect, every 3 s, and at once when it changes.', {
    timestamp: unixTime,
    data: z.strictObject({
      model_id: text,
      model_name: text,
      status: modelStatusWord,
      memory_usage_mb: number.nullable(),
      memory_total_mb: number.nullable(),
      inference_time_ms: number.nullable(),
      tokens_per_second: number.nullable(),
      active_sessions: count.nullable(),
    }),
  }),
};

const modelChange = { model_id: text, timestamp: unixTime };

export const modelChanges = {
  model_loaded: messageOf('model_loaded', 'A model was loaded.', modelChange),
  model_unloaded: messageOf('model_unloaded', 'A model was unloaded.', modelChange),
};

export const serverFailure = {
  error: messageOf('error', 'A model server cannot be used: at connect, and when it happens.', {
    code: z.enum(['CONNECTION_REFUSED', 'CONNECTION_TIMEOUT', 'AUTHENTICATION_FAILED', 'RATE_LIMITED']),
    message: text,
    timestamp: unixTime,
  }),
};

// /ws/system

export const systemMetrics = {
  system_metrics: messageOf('system_metrics', 'How the host is: at connect, then every second.', {
    timestamp: unixTime,
    data: z.strictObject({
      cpu: z.strictObject({
        percent: percent.nullable(),
        cores: count.nullable(),
        frequency_mhz: number.nullable(),
      }),
      memory: z.strictObject({
        percent: percent.nullable(),
        used_mb: number.nullable(),
        total_mb: number.nullable(),
        available_mb: number.nullable(),
      }),
      disk: z.strictObject({
        percent: percent.nullable(),
        used_gb: number.nullable(),
        total_gb: number.nullable(),
        read_speed_mbs: number.nullable(),
        write_speed_mbs: number.nullable(),
      }),
      network: z
        .strictObject({
          bytes_sent: count.nullable(),
          bytes_recv: count.nullable(),
          packets_sent: count.nullable(),
          packets_recv: count.nullable(),
          errors_in: count.nullable(),
          errors_out: count.nullable(),
        })
        .describe('Since the host has started.'),
      gpu: z.strictObject({
        available: flag,
        gpu_id: count.nullable(),
        name: text.nullable(),
        percent: percent.nullable(),
        memory_used_mb: number.nullable(),
        memory_total_mb: number.nullable(),
        temperature_c: number.nullable(),
      }),
      temperature: z.strictObject({ cpu_c: number.nullable(), gpu_c: number.nullable() }),
    }),
  }),
};

// /ws/governance

export const roleHierarchy = {
  role_hierarchy: messageOf('role_hierarchy', 'All roles: at connect, and after every change.', {
    timestamp: unixTime,
    data: z.strictObject({
      roles: z.array(
        z.strictObject({
          role_id: text,
          role_name: text,
          description: text.nullable(),
          parent_role: text.nullable(),
          capabilities: z.array(text),
          trust_level: ratio,
          member_count: count,
        }),
      ),
    }),
  }),
};

export const auditEvent = {
  audit_event: messageOf('audit_event', 'A new entry of the audit log; replayed to clients that come back.', {
    timestamp: unixTime,
    data: z.strictObject({
      event_id: text,
      event_type: text,
      actor_id: text,
      target_id: text.nullable(),
      action: text,
      role: text.nullable(),
      status: text,
      details: text.nullable(),
    }),
  }),
};

// /ws/database

const databaseStatus = z.enum(['healthy', 'degraded', 'unhealthy']);
const backupStatus = z.enum(['completed', 'failed', 'pending', 'unknown']);

export const databaseMetrics = {
  database_metrics: messageOf('database_metrics', 'How the database is: at connect, then every 5 s.', {
    timestamp: unixTime,
    data: z.strictObject({
      connection: z.strictObject({
        active_connections: count.nullable(),
        idle_connections: count.nullable(),
        max_connections: count.nullable(),
        connection_pool_utilization: ratio.nullable(),
      }),
      performance: z.strictObject({
        active_queries: count.nullable(),
        avg_query_time_ms: number.nullable(),
        slow_queries_count: count.nullable(),
        slow_query_threshold_ms: number,
        query_cache_hit_rate: ratio.nullable(),
      }),
      storage: z.strictObject({
        database_size_gb: number.nullable(),
        indexes_size_gb: number.nullable(),
        tables: z.array(
          z.strictObject({
            table_name: text,
            size_mb: number.nullable(),
            row_count: count.nullable(),
            last_vacuum: isoTime.nullable(),
          }),
        ),
      }),
      health: z.strictObject({
        status: databaseStatus,
        replication_lag_ms: number.nullable(),
        backup_status: backupStatus,
        last_backup: isoTime.nullable(),
      }),
    }),
  }),
};

// REST

export const systemNow = z.strictObject({
  cpu_percent: percent.nullable(),
  memory_percent: percent.nullable(),
  disk_percent: percent.nullable(),
  network: z.strictObject({ bytes_sent: count.nullable(), bytes_recv: count.nullable() }),
  timestamp: unixTime,
});

export const roles = z.strictObject({
  roles: z.array(
    z.strictObject({
      role_id: text,
      role_name: text,
      capabilities: z.array(text),
      member_count: count,
      members: z.array(text).optional().describe('With `include_members`: the ids of direct members.'),
      permissions: z
        .array(z.strictObject({ capability: text, source_role: text, inherited: flag }))
        .optional()
        .describe('With `include_permissions`: own and inherited ones.'),
    }),
  ),
});

export const auditLogs = z.strictObject({
  audit_logs: z.array(
    z.strictObject({
      event_id: text,
      event_type: text,
      actor_id: text,
      timestamp: isoTime,
      status: text,
    }),
  ),
  total: count.describe('Entries that fit, whatever the limit.'),
  limit: count,
  offset: count,
});

export const models = z.strictObject({
  models: z.array(
    z.strictObject({
      model_id: text,
      model_name: text,
      status: modelStatusWord,
      memory_usage_mb: number.nullable(),
      inference_time_ms: number.nullable(),
      active_sessions: count.nullable(),
    }),
  ),
});

export const databaseNow = z.strictObject({
  status: databaseStatus,
  active_connections: count.nullable(),
  connection_pool_utilization: ratio.nullable(),
  avg_query_time_ms: number.nullable(),
  replication_lag_ms: number.nullable(),
  backup_status: backupStatus,
});

export const connections = z.strictObject({
  total_connections: count.describe('Since the start.'),
  active_connections: count,
  failed_connections: count.describe('Handshakes refused, since the start.'),
  reconnections: count,
  endpoints: z.record(z.string(), count).describe('By path: open sockets.'),
});
