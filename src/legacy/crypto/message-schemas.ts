/** Schemas of the messages of `/ws/live`. */
import { z } from 'zod';
import { count, isoTime, message, messages, number, text } from '../schema-terms.ts';
import { figures, limitType, logRow, logType, state } from './response-schemas-providers.ts';

export const hello = messages({
  connection_established: message('At connect.', {
    client_id: text.describe('`client_` and a UUID.'),
    timestamp: isoTime,
    message: text,
  }),
});

export const statusUpdate = messages({
  status_update: message('Metrics of the providers: at connect, then every 10 s.', {
    timestamp: isoTime,
    system_metrics: z.strictObject(figures),
    alert_count: count.nullable().describe('Unacknowledged alerts of the last hour.'),
    active_websocket_clients: count.describe('Open sockets of `/ws/live`.'),
  }),
});

export const happened = messages({
  new_log_entry: message('A new log row, as `/api/logs` returns it.', {
    timestamp: isoTime,
    log_type: logType,
    data: logRow,
  }),
  rate_limit_alert: message(
    'Usage of a rate limit reached 80, 95 or 100 %; repeated every minute while it is at least 80 %.',
    {
      timestamp: isoTime,
      provider: text,
      percentage: number.min(0),
      severity: z.enum(['warning', 'critical']),
      limit_type: limitType,
      limit_value: count,
      current_usage: count,
      reset_time: isoTime,
    },
  ),
  provider_status_change: message('The status of a provider changed.', {
    timestamp: isoTime,
    provider: text,
    old_status: state,
    new_status: state,
    details: z.strictObject({
      response_time_ms: number.nullable(),
      http_status_code: count.nullable(),
      error_message: text.nullable(),
    }),
  }),
});

export const ping = messages({
  ping: message('Every 30 s; a client may respond with `pong`.', { timestamp: isoTime }),
});
