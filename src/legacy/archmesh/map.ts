/** The graph's results in the words of ArchMesh. Pure. */
import { worstOf, type BreakerState } from '../../lib/breaker.ts';
import type { Message, Reply } from '../dialect.ts';
import type {
  ArchmeshCalledFragment,
  ArchmeshHealthQuery,
  ArchmeshMetricsQuery,
  ArchmeshNotificationsSubscription,
  ArchmeshSendChunkMutation,
  ArchmeshWorkflowEventsSubscription,
  ChunkRefusalReason,
} from '../documents.generated.ts';
import { lower, rounded } from '../labels.ts';
import type { FigureSheet } from './figures.ts';
import { envelope, type Mistake } from './messages.ts';

// /ws?token=

export function workflowUpdate({ myWorkflowEvents: event }: ArchmeshWorkflowEventsSubscription): Message {
  const { cursor: _, id, occurredAt, ...data } = event;
  const labels = { status: lower(data.status), stage: lower(data.stage) };
  return envelope('workflow_update', { ...data, ...labels }, Date.parse(occurredAt), id);
}

export function notification({ notificationEvents: event }: ArchmeshNotificationsSubscription): Message {
  const { cursor: _, id, occurredAt, ...data } = event;
  const labels = { category: lower(data.category), priority: lower(data.priority) };
  return envelope('notification', { ...data, ...labels }, Date.parse(occurredAt), id);
}

export function priorityOf({ notificationEvents: { priority } }: ArchmeshNotificationsSubscription) {
  return lower(priority);
}

const tooLarge: ReadonlySet<ChunkRefusalReason> = new Set(['TOO_MANY_CHUNKS', 'CHUNK_TOO_LARGE']);
const tooMuch: ReadonlySet<ChunkRefusalReason> = new Set(['TOO_MANY_OPEN', 'NO_ROOM']);
/** A transfer that is open ends within 300 s, most of them much earlier. */
const roomAfterS = 30;

/** What became of a chunk: the whole is stored, more is to come (null), or it is not taken. */
export function chunkTaken({ sendChunk: sent }: ArchmeshSendChunkMutation): {
  readonly received: { readonly dataId: string; readonly totalBytes: number } | null;
  readonly mistake: Mistake | null;
} {
  if (sent.__typename === 'SendChunkSuccess') {
    const { dataId, complete, totalBytes } = sent.chunk;
    return { received: complete ? { dataId, totalBytes: totalBytes ?? 0 } : null, mistake: null };
  }
  const { message } = sent;
  if (sent.__typename === 'InvalidInput')
    return { received: null, mistake: { code: 'INVALID_MESSAGE_FORMAT', message, reason: 'invalid_data' } };
  const reason = lower(sent.reason);
  if (tooMuch.has(sent.reason))
    return {
      received: null,
      mistake: { code: 'RATE_LIMIT_EXCEEDED', message, reason, retryAfterS: roomAfterS },
    };
  const code = tooLarge.has(sent.reason) ? 'MESSAGE_TOO_LARGE' : 'INVALID_MESSAGE_FORMAT';
  return { received: null, mistake: { code, message, reason } };
}

// REST

/** Of this server's own two breakers. */
export interface OwnBreakers {
  readonly connection: BreakerState;
  readonly message: BreakerState;
}

const breakerStates = { CLOSED: 'closed', OPEN: 'open', HALF_OPEN: 'half-open' } as const;

/** What is called from here are the providers, each behind a breaker; the worst of them stands for all. */
function breakersOf(own: OwnBreakers, { providers }: ArchmeshCalledFragment) {
  const external = worstOf(providers.map(({ breaker }) => breakerStates[breaker]));
  return { connection: own.connection, message: own.message, external };
}

/** More errors than that for each message are not healthy. */
const errorRateMax = 0.05;

export function health(data: ArchmeshHealthQuery, sheet: FigureSheet, own: OwnBreakers): Reply {
  const { config, health: seen } = data;
  const rate = errorRate(sheet);
  const troubled =
    Object.values(breakersOf(own, data)).some((state) => state !== 'closed') || (rate ?? 0) > errorRateMax;
  const isDown = seen.database.status === 'UNHEALTHY';
  return {
    body: {
      status: isDown ? 'unhealthy' : troubled ? 'degraded' : 'healthy',
      connections: { total: sheet.open, active: sheet.open - sheet.idle, idle: sheet.idle },
      performance: {
        messages_per_second: perSecond(sheet),
        average_response_time: seconds(sheet.responseMs, 6),
        error_rate: rate,
      },
      uptime: Math.floor(config.uptimeSeconds),
    },
  };
}

export function metrics(data: ArchmeshMetricsQuery, sheet: FigureSheet, own: OwnBreakers): Reply {
  const messages = sheet.sent + sheet.received;
  return {
    body: {
      connections: {
        total_connections: sheet.accepted,
        active_connections: sheet.open,
        connection_duration_avg: seconds(sheet.durationMeanMs, 3),
        connection_duration_max: seconds(sheet.durationMaxMs, 3),
      },
      messages: {
        total_sent: sheet.sent,
        total_received: sheet.received,
        messages_per_second: perSecond(sheet),
        average_message_size: messages === 0 ? null : rounded(sheet.bytes / messages, 2),
      },
      errors: {
        total_errors: sheet.errors,
        error_rate: errorRate(sheet),
        recovery_success_rate: sheet.judged === 0 ? null : rounded(sheet.recovered / sheet.judged, 4),
      },
      circuit_breakers: breakersOf(own, data),
    },
  };
}

function seconds(ms: number | null, decimals: number): number | null {
  return ms === null ? null : rounded(ms / 1_000, decimals);
}

function perSecond({ lastMinute }: FigureSheet): number {
  return rounded(lastMinute / 60, 4);
}

/** A rejected token is an error without any message of the client's, so there may be more errors than that. */
function errorRate({ errors, sent, received }: FigureSheet): number | null {
  const messages = sent + received;
  return messages === 0 ? null : rounded(Math.min(1, errors / messages), 4);
}
