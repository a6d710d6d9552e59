/** Schemas of aura's messages and response bodies. */
import { z } from 'zod';
import * as t from '../schema-terms.ts';

// /ws/models

const modelStatusWord = z.enum(['loaded', 'loading', 'unloaded', 'error']);

export const modelStatus = t.messages({
  model_status: t.message('The status of a model: at connect, every 3 s, and after each change.', {
    timestamp: t.unixTime,
    data: z.strictObject({
      model_id: t.text,
      model_name: t.text,
      status: modelStatusWord,
      ...t.each(
        t.number.nullable(),
        'memory_usage_mb',
        'memory_total_mb',
        'inference_time_ms',
        'tokens_per_second',
      ),
      active_sessions: t.count.nullable(),
    }),
  }),
});

const modelChange = { model_id: t.text, timestamp: t.unixTime };

export const modelChanges = t.messages({
  model_loaded: t.message('A model was loaded.', modelChange),
  model_unloaded: t.message('A model was unloaded.', modelChange),
});

export const serverFailure = t.messages({
  error: t.message('A model server failed: at connect, and when it happens.', {
    code: z.enum(['CONNECTION_REFUSED', 'CONNECTION_TIMEOUT', 'AUTHENTICATION_FAILED', 'RATE_LIMITED']),
    message: t.text,
    timestamp: t.unixTime,
  }),
});

// /ws/system

export const systemMetrics = t.messages({
  system_metrics: t.message('Metrics of the host: at connect, then every second.', {
    timestamp: t.unixTime,
    data: z.strictObject({
      cpu: z.strictObject({
        percent: t.percent.nullable(),
        cores: t.count.nullable(),
        frequency_mhz: t.number.nullable(),
      }),
      memory: z.strictObject({
        percent: t.percent.nullable(),
        ...t.each(t.number.nullable(), 'used_mb', 'total_mb', 'available_mb'),
      }),
      disk: z.strictObject({
        percent: t.percent.nullable(),
        ...t.each(t.number.nullable(), 'used_gb', 'total_gb', 'read_speed_mbs', 'write_speed_mbs'),
      }),
      network: z
        .strictObject({
          ...t.each(
            t.count.nullable(),
            'bytes_sent',
            'bytes_recv',
            'packets_sent',
            'packets_recv',
            'errors_in',
            'errors_out',
          ),
        })
        .describe('Since the start of the host.'),
      gpu: z.strictObject({
        available: t.flag,
        gpu_id: t.count.nullable(),
        name: t.text.nullable(),
        percent: t.percent.nullable(),
        ...t.each(t.number.nullable(), 'memory_used_mb', 'memory_total_mb', 'temperature_c'),
      }),
      temperature: z.strictObject({ cpu_c: t.number.nullable(), gpu_c: t.number.nullable() }),
    }),
  }),
});

// /ws/governance

export const roleHierarchy = t.messages({
  role_hierarchy: t.message('All roles: at connect, and after every change.', {
    timestamp: t.unixTime,
    data: z.strictObject({
      roles: z.array(
        z.strictObject({
          role_id: t.text,
          role_name: t.text,
          description: t.text.nullable(),
          parent_role: t.text.nullable(),
          capabilities: z.array(t.text),
          trust_level: t.ratio,
          member_count: t.count,
        }),
      ),
    }),
  }),
});

export const auditEvent = t.messages({
  audit_event: t.message('A new entry of the audit log; replayed to clients that reconnect.', {
    timestamp: t.unixTime,
    data: z.strictObject({
      ...t.each(t.text, 'event_id', 'event_type', 'actor_id'),
      target_id: t.text.nullable(),
      action: t.text,
      role: t.text.nullable(),
      status: t.text,
      details: t.text.nullable(),
    }),
  }),
});

// /ws/database

const databaseStatus = z.enum(['healthy', 'degraded', 'unhealthy']);
const backupStatus = z.enum(['completed', 'failed', 'pending', 'unknown']);

export const databaseMetrics = t.messages({
  database_metrics: t.message('Metrics of the database: at connect, then every 5 s.', {
    timestamp: t.unixTime,
    data: z.strictObject({
      connection: z.strictObject({
        ...t.each(t.count.nullable(), 'active_connections', 'idle_connections', 'max_connections'),
        connection_pool_utilization: t.ratio.nullable(),
      }),
      performance: z.strictObject({
        active_queries: t.count.nullable(),
        avg_query_time_ms: t.number.nullable(),
        slow_queries_count: t.count.nullable(),
        slow_query_threshold_ms: t.number,
        query_cache_hit_rate: t.ratio.nullable(),
      }),
      storage: z.strictObject({
        database_size_gb: t.number.nullable(),
        indexes_size_gb: t.number.nullable(),
        tables: z.array(
          z.strictObject({
            table_name: t.text,
            size_mb: t.number.nullable(),
            row_count: t.count.nullable(),
            last_vacuum: t.isoTime.nullable(),
          }),
        ),
      }),
      health: z.strictObject({
        status: databaseStatus,
        replication_lag_ms: t.number.nullable(),
        backup_status: backupStatus,
        last_backup: t.isoTime.nullable(),
      }),
    }),
  }),
});

// REST

export const systemNow = z.strictObject({
  ...t.each(t.percent.nullable(), 'cpu_percent', 'memory_percent', 'disk_percent'),
  network: z.strictObject({ bytes_sent: t.count.nullable(), bytes_recv: t.count.nullable() }),
  timestamp: t.unixTime,
});

export const roles = z.strictObject({
  roles: z.array(
    z.strictObject({
      role_id: t.text,
      role_name: t.text,
      capabilities: z.array(t.text),
      member_count: t.count,
      members: z
        .array(t.text)
        .optional()
        .describe('The ids of direct members; present with `include_members`.'),
      permissions: z
        .array(z.strictObject({ capability: t.text, source_role: t.text, inherited: t.flag }))
        .optional()
        .describe('Own and inherited permissions; present with `include_permissions`.'),
    }),
  ),
});

export const auditLogs = z.strictObject({
  audit_logs: z.array(
    z.strictObject({
      ...t.each(t.text, 'event_id', 'event_type', 'actor_id'),
      timestamp: t.isoTime,
      status: t.text,
    }),
  ),
  total: t.count.describe('All matching entries, regardless of the limit.'),
  limit: t.count,
  offset: t.count,
});

export const models = z.strictObject({
  models: z.array(
    z.strictObject({
      model_id: t.text,
      model_name: t.text,
      status: modelStatusWord,
      memory_usage_mb: t.number.nullable(),
      inference_time_ms: t.number.nullable(),
      active_sessions: t.count.nullable(),
    }),
  ),
});

export const databaseNow = z.strictObject({
  status: databaseStatus,
  active_connections: t.count.nullable(),
  connection_pool_utilization: t.ratio.nullable(),
  avg_query_time_ms: t.number.nullable(),
  replication_lag_ms: t.number.nullable(),
  backup_status: backupStatus,
});

export const connections = z.strictObject({
  total_connections: t.count.describe('Since the start.'),
  active_connections: t.count,
  failed_connections: t.count.describe('Rejected handshakes since the start.'),
  reconnections: t.count,
  endpoints: z.record(z.string(), t.count).describe('Open sockets by path.'),
});
