/** What `/ws/live` says. Pure; times are ISO 8601. */
import type { Message, Moment } from '../dialect.ts';
import type { CryptoEventsSubscription, CryptoStatusEverySubscription } from '../documents.generated.ts';
import { figures } from './map-providers.ts';
import { logRow } from './map-rows.ts';
import { clientId, openSockets } from './sockets.ts';
import { lower, rounded } from './words.ts';

export function connectionEstablished({ atMs }: Moment, { id }: { readonly id: string }): Message {
  return {
    type: 'connection_established',
    client_id: clientId(id),
    timestamp: new Date(atMs).toISOString(),
    message: 'Connected to Crypto API Monitor WebSocket',
  };
}

export function ping({ atMs }: Moment): Message {
  return { type: 'ping', timestamp: new Date(atMs).toISOString() };
}

export function statusUpdate({ monitorStatus: status }: CryptoStatusEverySubscription): Message | null {
  if (status.providers === null) return null; // while the server starts
  return {
    type: 'status_update',
    timestamp: status.sampledAt,
    system_metrics: figures(status.providers),
    alert_count: status.unacknowledgedAlerts,
    active_websocket_clients: openSockets(status.connections),
  };
}

type Happened = CryptoEventsSubscription['events'];
type ProviderEvent = Extract<Happened, { __typename: 'ProviderEvent' }>;

/** Of all that happens to providers: rows of their logs, limits that are nearly used up, changes of status. */
export function happened({ events: event }: CryptoEventsSubscription): Message | null {
  if (event.__typename === 'ProviderLogEntry')
    return {
      type: 'new_log_entry',
      timestamp: event.occurredAt,
      log_type: lower(event.log),
      data: logRow(event),
    };
  if (event.__typename !== 'ProviderEvent') return null;
  if (event.happened === 'RATE_LIMIT_CROSSED') return rateLimitAlert(event);
  return event.happened === 'STATUS_CHANGED' ? statusChange(event) : null;
}

function rateLimitAlert(event: ProviderEvent): Message {
  return {
    type: 'rate_limit_alert',
    timestamp: event.occurredAt,
    provider: event.provider,
    percentage: rounded(event.percentage, 2),
    severity: event.severity === 'CRITICAL' ? 'critical' : 'warning',
    limit_type: event.limitType === null ? null : lower(event.limitType),
    limit_value: event.limitValue,
    current_usage: event.currentUsage,
    reset_time: event.resetAt,
  };
}

function statusChange(event: ProviderEvent): Message {
  return {
    type: 'provider_status_change',
    timestamp: event.occurredAt,
    provider: event.provider,
    old_status: event.oldStatus === null ? 'unknown' : lower(event.oldStatus),
    new_status: event.newStatus === null ? 'unknown' : lower(event.newStatus),
    details: {
      response_time_ms: rounded(event.responseTimeMs, 2),
      http_status_code: event.httpStatusCode,
      error_message: event.errorMessage,
    },
  };
}
