/** The graph's results in aura's words. Pure; times are whole Unix seconds unless a line says otherwise. */
import type { Message, Moment, Reply } from '../dialect.ts';
import { secondsOf, unixSeconds } from '../unix-seconds.ts';
import type {
  AuraAuditEventsSubscription,
  AuraAuditLogsQuery,
  AuraConnectionsQuery,
  AuraDatabaseMetricsSubscription,
  AuraDatabaseNowQuery,
  AuraModelEventsSubscription,
  AuraModelServersQuery,
  AuraModelsQuery,
  AuraModelStatusSubscription,
  AuraRoleHierarchySubscription,
  AuraRolesQuery,
  AuraSystemMetricsSubscription,
  AuraSystemNowQuery,
} from '../documents.generated.ts';

type ErrorCode = NonNullable<AuraModelServersQuery['modelServers'][number]['errorCode']>;

// /ws/models

export function modelStatus({ modelStatus: model }: AuraModelStatusSubscription): Message {
  return {
    type: 'model_status',
    timestamp: unixSeconds(model.updatedAt),
    data: {
      model_id: model.id,
      model_name: model.name,
      status: lower(model.status),
      memory_usage_mb: model.memoryUsageMb,
      memory_total_mb: model.memoryTotalMb,
      inference_time_ms: model.inferenceTimeMs,
      tokens_per_second: model.tokensPerSecond,
      active_sessions: model.activeSessions,
    },
  };
}

/** Who connects is told of the models that can be asked, or will be, or should be. */
export function isModelShownAtConnect({ modelStatus: model }: AuraModelStatusSubscription): boolean {
  return model.status !== 'UNLOADED';
}

export function modelChange({
  modelEvents: { type, modelId, occurredAt },
}: AuraModelEventsSubscription): Message | null {
  if (type !== 'MODEL_LOADED' && type !== 'MODEL_UNLOADED') return null;
  return { type: lower(type), model_id: modelId, timestamp: unixSeconds(occurredAt) };
}

export function serverFailure({ modelEvents: happened }: AuraModelEventsSubscription): Message | null {
  const { errorCode, errorMessage, occurredAt } = happened;
  return errorCode === null ? null : modelServerError(errorCode, errorMessage, unixSeconds(occurredAt));
}

type Failure = Omit<AuraModelServersQuery['modelServers'][number], 'name'>;

/** By server, the probe up to which its failure is told when somebody connects. */
export function failuresTold({ modelServers }: AuraModelServersQuery): ReadonlyMap<string, number> {
  return new Map(
    modelServers.flatMap(({ name, errorCode, lastProbeAt }) =>
      errorCode === null || lastProbeAt === null ? [] : [[name, Date.parse(lastProbeAt)]],
    ),
  );
}

export function failedServers(
  { modelServers }: { readonly modelServers: readonly Failure[] },
  { atMs }: Moment,
): readonly Message[] {
  return modelServers.flatMap(({ errorCode, errorMessage, lastProbeAt }) =>
    errorCode === null
      ? []
      : [
          modelServerError(
            errorCode,
            errorMessage,
            lastProbeAt === null ? secondsOf(atMs) : unixSeconds(lastProbeAt),
          ),
        ],
  );
}

/** Old clients know four codes. A server that answers nonsense is, to them, one that cannot be talked to. */
function modelServerError(code: ErrorCode, message: string | null, timestamp: number): Message {
  if (code === 'AUTHENTICATION_FAILED')
    return { type: 'error', code, message: message ?? 'The model service refused the credential', timestamp };
  if (code === 'RATE_LIMITED')
    return {
      type: 'error',
      code,
      message: message ?? 'The model service takes no more requests for now',
      timestamp,
    };
  return {
    type: 'error',
    code: code === 'CONNECTION_REFUSED' ? code : 'CONNECTION_TIMEOUT',
    message: 'Failed to connect to model service',
    timestamp,
  };
}

// /ws/system

export function systemMetrics({ systemMetrics: sample }: AuraSystemMetricsSubscription): Message {
  const { cpu, memory, disk, network, gpuAvailable, temperature } = sample;
  const gpu = gpuAvailable ? sample.gpu : null;
  return {
    type: 'system_metrics',
    timestamp: unixSeconds(sample.sampledAt),
    data: {
      cpu: { percent: cpu.percent, cores: cpu.cores, frequency_mhz: cpu.frequencyMhz },
      memory: {
        percent: memory.percent,
        used_mb: memory.usedMb,
        total_mb: memory.totalMb,
        available_mb: memory.availableMb,
      },
      disk: {
        percent: disk.percent,
        used_gb: disk.usedGb,
        total_gb: disk.totalGb,
        read_speed_mbs: disk.readSpeedMbs,
        write_speed_mbs: disk.writeSpeedMbs,
      },
      network: {
        bytes_sent: network.bytesSent,
        bytes_recv: network.bytesRecv,
        packets_sent: network.packetsSent,
        packets_recv: network.packetsRecv,
        errors_in: network.errorsIn,
        errors_out: network.errorsOut,
      },
      gpu: {
        available: gpuAvailable,
        gpu_id: gpu?.gpuId ?? null,
        name: gpu?.name ?? null,
        percent: gpu?.percent ?? null,
        memory_used_mb: gpu?.memoryUsedMb ?? null,
        memory_total_mb: gpu?.memoryTotalMb ?? null,
        temperature_c: gpu?.temperatureC ?? null,
      },
      temperature: { cpu_c: temperature.cpuC, gpu_c: temperature.gpuC },
    },
  };
}

// /ws/governance

export function roleHierarchy({
  roleHierarchy: { roles, changedAt },
}: AuraRoleHierarchySubscription): Message {
  return {
    type: 'role_hierarchy',
    timestamp: unixSeconds(changedAt),
    data: {
      roles: roles.map((role) => ({
        role_id: role.id,
        role_name: role.name,
        description: role.description,
        parent_role: role.parentId,
        capabilities: role.capabilities,
        trust_level: role.trustLevel,
        member_count: role.memberCount,
      })),
    },
  };
}

export function auditEvent({ auditEvents: entry }: AuraAuditEventsSubscription): Message {
  return {
    type: 'audit_event',
    timestamp: unixSeconds(entry.occurredAt),
    data: {
      event_id: entry.id,
      event_type: entry.eventType,
      actor_id: entry.actorId,
      target_id: entry.targetId,
      action: entry.action,
      role: entry.role,
      status: entry.status,
      details: entry.details,
    },
  };
}

// /ws/database; times in its data are ISO 8601

export function databaseMetrics({ databaseMetrics: sample }: AuraDatabaseMetricsSubscription): Message {
  const { connection, performance, storage, health } = sample;
  return {
    type: 'database_metrics',
    timestamp: unixSeconds(sample.sampledAt),
    data: {
      connection: {
        active_connections: connection.activeConnections,
        idle_connections: connection.idleConnections,
        max_connections: connection.maxConnections,
        connection_pool_utilization: connection.poolUtilization,
      },
      performance: {
        active_queries: performance.activeQueries,
        avg_query_time_ms: performance.avgQueryTimeMs,
        slow_queries_count: performance.slowQueriesCount,
        slow_query_threshold_ms: performance.slowQueryThresholdMs,
        query_cache_hit_rate: performance.queryCacheHitRate,
      },
      storage: {
        database_size_gb: storage.databaseSizeGb,
        indexes_size_gb: storage.indexesSizeGb,
        tables: storage.tables.map((table) => ({
          table_name: table.tableName,
          size_mb: table.sizeMb,
          row_count: table.rowCount,
          last_vacuum: table.lastVacuum,
        })),
      },
      health: {
        status: lower(health.status),
        replication_lag_ms: health.replicationLagMs,
        backup_status: lower(health.backupStatus),
        last_backup: health.lastBackup,
      },
    },
  };
}

// REST

/** Without a sample nothing is known but the time. */
export function systemNow(
  { systemMetrics: sample }: AuraSystemNowQuery,
  _values: unknown,
  { atMs }: Moment,
): Reply {
  return {
    body: {
      cpu_percent: sample?.cpu.percent ?? null,
      memory_percent: sample?.memory.percent ?? null,
      disk_percent: sample?.disk.percent ?? null,
      network: {
        bytes_sent: sample?.network.bytesSent ?? null,
        bytes_recv: sample?.network.bytesRecv ?? null,
      },
      timestamp: sample === null ? secondsOf(atMs) : unixSeconds(sample.sampledAt),
    },
  };
}

export function roles(
  { roles: all }: AuraRolesQuery,
  asked: { readonly include_members: boolean; readonly include_permissions: boolean },
): Reply {
  return {
    body: {
      roles: all.map((role) => ({
        role_id: role.id,
        role_name: role.name,
        capabilities: role.capabilities,
        member_count: role.memberCount,
        ...(asked.include_members ? { members: (role.members ?? []).map(({ actorId }) => actorId) } : {}),
        ...(asked.include_permissions ? { permissions: (role.permissions ?? []).map(permission) } : {}),
      })),
    },
  };
}

function permission(granted: {
  readonly capability: string;
  readonly sourceRole: string;
  readonly inherited: boolean;
}) {
  return { capability: granted.capability, source_role: granted.sourceRole, inherited: granted.inherited };
}

/** Times are ISO 8601 here. */
export function auditLogs(
  { auditLogs: { totalCount, edges } }: AuraAuditLogsQuery,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Reply {
  return {
    body: {
      audit_logs: edges.map(({ node }) => ({
        event_id: node.id,
        event_type: node.eventType,
        actor_id: node.actorId,
        timestamp: node.occurredAt,
        status: node.status,
      })),
      total: totalCount,
      limit,
      offset,
    },
  };
}

export function models({ models: all }: AuraModelsQuery): Reply {
  return {
    body: {
      models: all
        .filter(({ status }) => status !== 'UNLOADED')
        .map((model) => ({
          model_id: model.id,
          model_name: model.name,
          status: lower(model.status),
          memory_usage_mb: model.memoryUsageMb,
          inference_time_ms: model.inferenceTimeMs,
          active_sessions: model.activeSessions,
        })),
    },
  };
}

/** A database of which there is no sample does not answer. */
export function databaseNow({ databaseMetrics: sample }: AuraDatabaseNowQuery): Reply {
  const status = lower(sample?.health.status ?? 'UNHEALTHY');
  return {
    status: status === 'unhealthy' ? 503 : 200,
    body: {
      status,
      active_connections: sample?.connection.activeConnections ?? null,
      connection_pool_utilization: sample?.connection.poolUtilization ?? null,
      avg_query_time_ms: sample?.performance.avgQueryTimeMs ?? null,
      replication_lag_ms: sample?.health.replicationLagMs ?? null,
      backup_status: lower(sample?.health.backupStatus ?? 'UNKNOWN'),
    },
  };
}

const feedPaths = ['/ws/models', '/ws/system', '/ws/governance', '/ws/database'];
/** Where handshakes at paths below /ws/ that are no feed are counted. */
const unknownFeeds = '/ws/*';

/** aura's own feeds only; a refused handshake at a path that is none of any system's counts as one of its. */
export function connections({ connections: { endpoints } }: AuraConnectionsQuery): Reply {
  const own = endpoints.filter(({ dialect }) => dialect === 'aura');
  const failed = endpoints.filter(({ dialect, path }) => dialect === 'aura' || path === unknownFeeds);
  const open = new Map(own.map((endpoint) => [endpoint.path, endpoint.open]));
  return {
    body: {
      total_connections: sum(own.map(({ accepted }) => accepted)),
      active_connections: sum(own.map((endpoint) => endpoint.open)),
      failed_connections: sum(failed.map(({ refused }) => refused)),
      reconnections: sum(own.map(({ reconnections }) => reconnections)),
      endpoints: Object.fromEntries(feedPaths.map((path) => [path, open.get(path) ?? 0])),
    },
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Closed sets are upper case in the graph. */
function lower<Word extends string>(word: Word): Lowercase<Word> {
  return word.toLowerCase() as Lowercase<Word>;
}
