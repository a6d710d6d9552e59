/**
 * Turns results of the graph into aura's messages and response bodies. Pure. Most names are aliases in
 * `documents.graphql`. Times are whole Unix seconds unless a comment says otherwise.
 */
import type { Message, Moment } from '../message.ts';
import type { Reply } from '../rest-route.ts';
import type * as graph from '../documents.generated.ts';
import { lower, unixSeconds } from '../labels.ts';

// /ws/models

export function modelStatus({
  modelStatus: { updatedAt, ...model },
}: graph.AuraModelStatusSubscription): Message {
  return {
    type: 'model_status',
    timestamp: unixSeconds(updatedAt),
    data: { ...model, status: lower(model.status) },
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
  const { sampledAt, gpuAvailable: available, gpu, temperature, ...data } = sample;
  return {
    type: 'system_metrics',
    timestamp: unixSeconds(sampledAt),
    data: { ...data, gpu: { available, ...(available && gpu !== null ? gpu : noGpu) }, temperature },
  };
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
  databaseMetrics: { sampledAt, health, ...data },
}: graph.AuraDatabaseMetricsSubscription): Message {
  return {
    type: 'database_metrics',
    timestamp: unixSeconds(sampledAt),
    data: {
      ...data,
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
        .map((model) => ({ ...model, status: lower(model.status) })),
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
      active_connections: sample?.connection.activeConnections ?? null,
      connection_pool_utilization: sample?.connection.poolUtilization ?? null,
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
