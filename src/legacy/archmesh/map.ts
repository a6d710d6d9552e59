/** Turns results of the graph and the stats of the sockets into ArchMesh's messages and response bodies. Pure. */
import { worstOf, type BreakerState } from '../../lib/breaker.ts';
import type { Message } from '../message.ts';
import type { Reply } from '../rest-route.ts';
import type * as graph from '../documents.generated.ts';
import { lower, rounded } from '../labels.ts';
import type { MeshStatsSnapshot } from './mesh-stats.ts';
import { envelope, type MeshError } from './messages.ts';

// /ws?token=

export function workflowUpdate({
  myWorkflowEvents: event,
}: graph.ArchmeshWorkflowEventsSubscription): Message {
  const { cursor: _, id, occurredAt, ...data } = event;
  const labels = { status: lower(data.status), stage: lower(data.stage) };
  return envelope('workflow_update', { ...data, ...labels }, Date.parse(occurredAt), id);
}

export function notification({
  notificationEvents: event,
}: graph.ArchmeshNotificationsSubscription): Message {
  const { cursor: _, id, occurredAt, ...data } = event;
  const labels = { category: lower(data.category), priority: lower(data.priority) };
  return envelope('notification', { ...data, ...labels }, Date.parse(occurredAt), id);
}

export function priorityOf({ notificationEvents: { priority } }: graph.ArchmeshNotificationsSubscription) {
  return lower(priority);
}

const sizeReasons: ReadonlySet<graph.ChunkRefusalReason> = new Set(['TOO_MANY_CHUNKS', 'CHUNK_TOO_LARGE']);
const capacityReasons: ReadonlySet<graph.ChunkRefusalReason> = new Set(['TOO_MANY_OPEN', 'NO_ROOM']);
/** Open transfers end within 300 s, most of them much earlier. */
const capacityRetryS = 30;

/** The result of storing a chunk: the whole is stored, more chunks are missing (both null), or it is rejected. */
export function chunkResult({ sendChunk: sent }: graph.ArchmeshSendChunkMutation): {
  readonly received: { readonly dataId: string; readonly totalBytes: number } | null;
  readonly error: MeshError | null;
} {
  if (sent.__typename === 'SendChunkSuccess') {
    const { dataId, complete, totalBytes } = sent.chunk;
    return { received: complete ? { dataId, totalBytes: totalBytes ?? 0 } : null, error: null };
  }
  return { received: null, error: chunkError(sent) };
}

function chunkError(
  sent: Exclude<graph.ArchmeshSendChunkMutation['sendChunk'], { __typename: 'SendChunkSuccess' }>,
): MeshError {
  const { message } = sent;
  if (sent.__typename === 'InvalidInput')
    return { code: 'INVALID_MESSAGE_FORMAT', message, reason: 'invalid_data' };
  const reason = lower(sent.reason);
  if (capacityReasons.has(sent.reason))
    return { code: 'RATE_LIMIT_EXCEEDED', message, reason, retryAfterS: capacityRetryS };
  return {
    code: sizeReasons.has(sent.reason) ? 'MESSAGE_TOO_LARGE' : 'INVALID_MESSAGE_FORMAT',
    message,
    reason,
  };
}

// REST

/** The states of this server's two own circuit breakers. */
export interface OwnBreakers {
  readonly connection: BreakerState;
  readonly message: BreakerState;
}

const breakerStates = { CLOSED: 'closed', OPEN: 'open', HALF_OPEN: 'half-open' } as const;

/** `external` is the worst state of the providers' circuit breakers. */
function breakersOf(own: OwnBreakers, { providers }: graph.ArchmeshCalledFragment) {
  const external = worstOf(providers.map(({ breaker }) => breakerStates[breaker]));
  return { connection: own.connection, message: own.message, external };
}

/** Errors for each message above which the status is degraded. */
const errorRateMax = 0.05;

export function health(data: graph.ArchmeshHealthQuery, stats: MeshStatsSnapshot, own: OwnBreakers): Reply {
  const { config, health: server } = data;
  const rate = errorRate(stats);
  const isDegraded =
    Object.values(breakersOf(own, data)).some((state) => state !== 'closed') || (rate ?? 0) > errorRateMax;
  const isDown = server.database.status === 'UNHEALTHY';
  return {
    body: {
      status: isDown ? 'unhealthy' : isDegraded ? 'degraded' : 'healthy',
      connections: { total: stats.open, active: stats.open - stats.idle, idle: stats.idle },
      performance: {
        messages_per_second: perSecond(stats),
        average_response_time: seconds(stats.responseMs, 6),
        error_rate: rate,
      },
      uptime: Math.floor(config.uptimeMs / 1_000),
    },
  };
}

export function metrics(data: graph.ArchmeshMetricsQuery, stats: MeshStatsSnapshot, own: OwnBreakers): Reply {
  const messages = stats.sent + stats.received;
  return {
    body: {
      connections: {
        total_connections: stats.accepted,
        active_connections: stats.open,
        connection_duration_avg: seconds(stats.durationMeanMs, 3),
        connection_duration_max: seconds(stats.durationMaxMs, 3),
      },
      messages: {
        total_sent: stats.sent,
        total_received: stats.received,
        messages_per_second: perSecond(stats),
        average_message_size: messages === 0 ? null : rounded(stats.bytes / messages, 2),
      },
      errors: {
        total_errors: stats.errors,
        error_rate: errorRate(stats),
        recovery_success_rate: stats.settled === 0 ? null : rounded(stats.recovered / stats.settled, 4),
      },
      circuit_breakers: breakersOf(own, data),
    },
  };
}

function seconds(ms: number | null, decimals: number): number | null {
  return ms === null ? null : rounded(ms / 1_000, decimals);
}

function perSecond({ lastMinute }: MeshStatsSnapshot): number {
  return rounded(lastMinute / 60, 4);
}

/** At most 1: a rejected token is an error without a message. */
function errorRate({ errors, sent, received }: MeshStatsSnapshot): number | null {
  const messages = sent + received;
  return messages === 0 ? null : rounded(Math.min(1, errors / messages), 4);
}
