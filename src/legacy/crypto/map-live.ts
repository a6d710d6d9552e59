/** Builds the messages of `/ws/live`. Pure. Most names are aliases in `documents.graphql`. Times are ISO 8601. */
import { pick } from '../../lib/pick.ts';
import type { Message, Moment } from '../message.ts';
import type {
  CryptoEventsSubscription,
  CryptoLogRowFragment,
  CryptoStatusEverySubscription,
} from '../documents.generated.ts';
import { isoTime, lower, rounded } from '../labels.ts';
import { summary } from './map-providers.ts';
import { logRow } from './map-rows.ts';
import { clientId, openSockets } from './sockets.ts';

export function connectionEstablished({ atMs }: Moment, { id }: { readonly id: string }): Message {
  return {
    type: 'connection_established',
    client_id: clientId(id),
    timestamp: isoTime(atMs),
    message: 'Connected to Crypto API Monitor WebSocket',
  };
}

export function ping({ atMs }: Moment): Message {
  return { type: 'ping', timestamp: isoTime(atMs) };
}

/** Sends nothing before the first summary of the providers. */
export function statusUpdate({ monitorStatus: status }: CryptoStatusEverySubscription): Message | null {
  if (status.providers === null) return null;
  return {
    type: 'status_update',
    timestamp: status.sampledAt,
    system_metrics: summary(status.providers),
    alert_count: status.unacknowledgedAlertCount,
    active_websocket_clients: openSockets(status.connections),
  };
}

type EventOf<Type> = Extract<CryptoEventsSubscription['events'], { __typename: Type }>;

const logTypes: Readonly<Record<CryptoLogRowFragment['__typename'], string>> = {
  ConnectionLogged: 'connection',
  FailureLogged: 'failure',
  CollectionLogged: 'collection',
  RateLimitLogged: 'rate_limit',
};

/** Maps new log rows, crossed rate limits and changes of status. Other events of providers are not sent. */
export function eventMessage({ events }: CryptoEventsSubscription): Message | null {
  switch (events.__typename) {
    case 'ConnectionLogged':
    case 'FailureLogged':
    case 'CollectionLogged':
    case 'RateLimitLogged':
      return {
        type: 'new_log_entry',
        timestamp: events.timestamp,
        log_type: logTypes[events.__typename],
        data: logRow(events),
      };
    case 'RateLimitCrossed':
      return rateLimitAlert(events);
    case 'ProviderStatusChanged':
      return statusChange(events);
    default:
      return null;
  }
}

function rateLimitAlert(event: EventOf<'RateLimitCrossed'>): Message {
  return {
    type: 'rate_limit_alert',
    ...pick(event, 'timestamp', 'provider'),
    percentage: rounded(event.percentage, 2),
    severity: event.severity === 'CRITICAL' ? 'critical' : 'warning',
    limit_type: lower(event.limit_type),
    ...pick(event, 'limit_value', 'current_usage', 'reset_time'),
  };
}

function statusChange(event: EventOf<'ProviderStatusChanged'>): Message {
  return {
    type: 'provider_status_change',
    ...pick(event, 'timestamp', 'provider'),
    old_status: lower(event.old_status),
    new_status: lower(event.new_status),
    details: {
      response_time_ms: rounded(event.response_time_ms, 2),
      ...pick(event, 'http_status_code', 'error_message'),
    },
  };
}
