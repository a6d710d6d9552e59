/** The forms of the messages of `/ws/live`. */
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
  status_update: message('How the providers do: at connect, then every 10 s.', {
    timestamp: isoTime,
    system_metrics: z.strictObject(figures),
    alert_count: count.nullable().describe('Alerts of the last hour that nobody has acknowledged.'),
    active_websocket_clients: count.describe('Open sockets of `/ws/live`.'),
  }),
});

export const happened = messages({
  new_log_entry: message('A row of one of the logs, as `/api/logs` shows it.', {
    timestamp: isoTime,
    log_type: logType,
    data: logRow,
  }),
  rate_limit_alert: message(
    '80, 95 or 100 % of a limit are used; again every minute while it is 80 % or more.',
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
  provider_status_change: message('A probe found another status than before.', {
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
  ping: message('Every 30 s; a client may answer with `pong`.', { timestamp: isoTime }),
});
