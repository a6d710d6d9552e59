/**
 * Turns results of the graph into aura's messages and response bodies. Pure. Most names are aliases in
 * `documents.graphql`. Times are whole Unix seconds unless a comment says otherwise.
 */
import type { Message, Moment } from '../message.ts';
import type { Reply } from '../rest-route.ts';
import type * as graph from '../documents.generated.ts';
import { gibibytes, lower, mebibytes, unixSeconds } from '../labels.ts';
import { round } from '../../lib/round.ts';

// /ws/models

export function modelStatus({
  modelStatus: { updatedAt, ...model },
}: graph.AuraModelStatusSubscription): Message {
  return {
    type: 'model_status',
    timestamp: unixSeconds(updatedAt),
    data: {
      model_id: model.model_id,
      model_name: model.model_name,
      status: lower(model.status),
      memory_usage_mb: mebibytes(model.memoryUsedBytes),
      memory_total_mb: mebibytes(model.memoryTotalBytes),
      inference_time_ms: model.inference_time_ms,
      tokens_per_second: model.tokens_per_second,
      active_sessions: model.active_sessions,
    },
  };
}

/** At connect, unloaded models are left out. */
export function isModelShownAtConnect({ modelStatus: model }: graph.AuraModelStatusSubscription): boolean {
  return model.status !== 'UNLOADED';
}

const modelChanges = { ModelLoaded: 'model_loaded', ModelUnloaded: 'model_unloaded' } as const;

export function modelChange({ modelEvents: event }: graph.AuraModelEventsSubscription): Message | null {
  if (event.__typename !== 'ModelLoaded' && event.__typename !== 'ModelUnloaded') return null;
  const { __typename: type, modelId, occurredAt } = event;
  return { type: modelChanges[type], model_id: modelId, timestamp: unixSeconds(occurredAt) };
}

export function serverFailure({ modelEvents: event }: graph.AuraModelEventsSubscription): Message | null {
  if (event.__typename !== 'ModelServerUnreachable' || event.probeError === null) return null;
  return modelServerError(event.probeError, event.errorMessage, unixSeconds(event.occurredAt));
}

type ModelServer = graph.AuraModelServersQuery['modelServers'][number];

/** By server, the time of the probe whose failure `failedServers` reports. Earlier events are not sent again. */
export function failuresAlreadySent({
  modelServers,
}: graph.AuraModelServersQuery): ReadonlyMap<string, number> {
  return new Map(
    modelServers.flatMap(({ name, errorCode, lastProbeAt }) =>
      errorCode === null || lastProbeAt === null ? [] : [[name, Date.parse(lastProbeAt)]],
    ),
  );
}

export function failedServers(
  { modelServers }: { readonly modelServers: readonly Omit<ModelServer, 'name'>[] },
  { atMs }: Moment,
): readonly Message[] {
  return modelServers.flatMap(({ errorCode, errorMessage, lastProbeAt }) =>
    errorCode === null ? [] : [modelServerError(errorCode, errorMessage, unixSeconds(lastProbeAt ?? atMs))],
  );
}

/** Old clients know four codes. For a server whose response cannot be parsed they get the code of a timeout. */
function modelServerError(
  code: NonNullable<ModelServer['errorCode']>,
  message: string | null,
  timestamp: number,
): Message {
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

const noGpu = {
  gpu_id: null,
  name: null,
  percent: null,
  memory_used_mb: null,
  memory_total_mb: null,
  temperature_c: null,
};

export function systemMetrics({ systemMetrics: sample }: graph.AuraSystemMetricsSubscription): Message {
  const { sampledAt, cpu, memory, disk, network, gpuAvailable: available, gpu, temperature } = sample;
  return {
    type: 'system_metrics',
    timestamp: unixSeconds(sampledAt),
    data: {
      cpu,
      memory: { percent: memory.percent, ...memorySizes(memory.totalBytes, memory.availableBytes) },
      disk: {
        percent: disk.percent,
        used_gb: gibibytes(disk.usedBytes),
        total_gb: gibibytes(disk.totalBytes),
        read_speed_mbs: mebibytes(disk.readBytesPerSecond),
        write_speed_mbs: mebibytes(disk.writeBytesPerSecond),
      },
      network,
      gpu: { available, ...(available && gpu !== null ? gpuOf(gpu) : noGpu) },
      temperature,
    },
  };
}

type Gpu = NonNullable<graph.AuraSystemMetricsSubscription['systemMetrics']['gpu']>;

function gpuOf({ gpu_id, name, percent, memoryUsedBytes, memoryTotalBytes, temperature_c }: Gpu) {
  return {
    gpu_id,
    name,
    percent,
    memory_used_mb: mebibytes(memoryUsedBytes, 2),
    memory_total_mb: mebibytes(memoryTotalBytes, 2),
    temperature_c,
  };
}

const sizeDecimals = 4;
const nudgesMax = 32;

/**
 * Rounded sizes with used + available = total, also in the binary fractions with which a reader adds them. Where
 * rounding prevents that, the available size is raised by steps of about a hundred bytes.
 */
function memorySizes(totalBytes: number | null, availableBytes: number | null) {
  const total = mebibytes(totalBytes, sizeDecimals);
  const measured = mebibytes(availableBytes, sizeDecimals);
  if (total === null || measured === null) return { used_mb: null, total_mb: total, available_mb: measured };
  for (let nudge = 0; nudge < nudgesMax; nudge++) {
    const available = round(Math.min(total, measured + nudge / 10 ** sizeDecimals), sizeDecimals);
    const used = round(total - available, sizeDecimals);
    if (used + available === total) return { used_mb: used, total_mb: total, available_mb: available };
  }
  return { used_mb: round(total - measured, sizeDecimals), total_mb: total, available_mb: measured };
}

// /ws/governance

export function roleHierarchy({
  roleHierarchy: { changedAt, ...data },
}: graph.AuraRoleHierarchySubscription): Message {
  return { type: 'role_hierarchy', timestamp: unixSeconds(changedAt), data };
}

export function auditEvent({ auditEvents: event }: graph.AuraAuditEventsSubscription): Message {
  const { cursor: _, occurredAt, ...data } = event;
  return { type: 'audit_event', timestamp: unixSeconds(occurredAt), data };
}

// /ws/database; times in its data are ISO 8601

export function databaseMetrics({
  databaseMetrics: { sampledAt, health, storage, ...data },
}: graph.AuraDatabaseMetricsSubscription): Message {
  return {
    type: 'database_metrics',
    timestamp: unixSeconds(sampledAt),
    data: {
      ...data,
      storage: {
        database_size_gb: gibibytes(storage.databaseSizeBytes),
        indexes_size_gb: gibibytes(storage.indexesSizeBytes),
        tables: storage.tables.map(({ table_name, sizeBytes, row_count, last_vacuum }) => ({
          table_name,
          size_mb: mebibytes(sizeBytes),
          row_count,
          last_vacuum,
        })),
      },
      health: { ...health, status: lower(health.status), backup_status: lower(health.backup_status) },
    },
  };
}

// REST

/** Without a sample, all but the time is null. */
export function systemNow(
  { systemMetrics: sample }: graph.AuraSystemNowQuery,
  _values: unknown,
  { atMs }: Moment,
): Reply {
  return {
    body: {
      cpu_percent: sample?.cpu.percent ?? null,
      memory_percent: sample?.memory.percent ?? null,
      disk_percent: sample?.disk.percent ?? null,
      network: sample?.network ?? { bytes_sent: null, bytes_recv: null },
      timestamp: unixSeconds(sample?.sampledAt ?? atMs),
    },
  };
}

/** `members` and `permissions` are in the result only where the query asked for them. */
export function roles({ roles: all }: graph.AuraRolesQuery): Reply {
  return { body: { roles: all } };
}

/** Times are ISO 8601 here. */
export function auditLogs(
  { auditLogPage: { totalCount, entries } }: graph.AuraAuditLogsQuery,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Reply {
  return { body: { audit_logs: entries, total: totalCount, limit, offset } };
}

export function models({ models: all }: graph.AuraModelsQuery): Reply {
  return {
    body: {
      models: all
        .filter(({ status }) => status !== 'UNLOADED')
        .map((model) => ({
          model_id: model.model_id,
          model_name: model.model_name,
          status: lower(model.status),
          memory_usage_mb: mebibytes(model.memoryUsedBytes),
          inference_time_ms: model.inference_time_ms,
          active_sessions: model.active_sessions,
        })),
    },
  };
}

/** Without a sample, the database does not respond. */
export function databaseNow({ databaseMetrics: sample }: graph.AuraDatabaseNowQuery): Reply {
  const status = lower(sample?.health.status ?? 'UNHEALTHY');
  return {
    status: status === 'unhealthy' ? 503 : 200,
    body: {
      status,
      active_connections: sample?.connection.activeConnectionCount ?? null,
      connection_pool_utilization: sample?.connection.poolUsedRatio ?? null,
      avg_query_time_ms: sample?.performance.avgQueryTimeMs ?? null,
      replication_lag_ms: sample?.health.replicationLagMs ?? null,
      backup_status: lower(sample?.health.backupStatus ?? 'UNKNOWN'),
    },
  };
}

const feedPaths = ['/ws/models', '/ws/system', '/ws/governance', '/ws/database'];
/** Where rejected handshakes at unknown paths below /ws/ are counted. */
const unknownFeeds = '/ws/*';

/** Counts aura's own feeds only. Rejected handshakes at unknown paths count as aura's. */
export function connections({ connections: { endpoints } }: graph.AuraConnectionsQuery): Reply {
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
