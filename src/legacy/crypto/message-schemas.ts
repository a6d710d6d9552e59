/** The messages of `/ws/live`. */
import * as t from '../schema-terms.ts';
import { limit, logRow, logType, summary, status } from './provider-schemas.ts';

export const messages = t.messages({
  connection_established: t.message('The connection is open. Sent at connect.', {
    client_id: t.text.describe('`client_` and a UUID.'),
    timestamp: t.isoTime,
    message: t.text,
  }),
  status_update: t.message('A summary of all providers. Sent at connect, then every 10 s.', {
    timestamp: t.isoTime,
    system_metrics: summary,
    alert_count: t.count.nullable().describe('The number of unacknowledged alerts of the last hour.'),
    active_websocket_clients: t.count.describe('The number of open sockets of `/ws/live`.'),
  }),
  new_log_entry: t.message('A new log row, as `/api/logs` returns it.', {
    timestamp: t.isoTime,
    log_type: logType,
    data: logRow,
  }),
  rate_limit_alert: t.message(
    'The usage of a rate limit reached 80, 95 or 100 %. Repeated every minute while it is at least 80 %.',
    {
      timestamp: t.isoTime,
      provider: t.text,
      ...limit,
      severity: t.oneOf('warning', 'critical'),
      reset_time: t.isoTime,
    },
  ),
  provider_status_change: t.message('The status of a provider changed.', {
    timestamp: t.isoTime,
    provider: t.text,
    'old_status new_status': status,
    details: {
      response_time_ms: t.number.nullable(),
      http_status_code: t.count.nullable(),
      error_message: t.text.nullable(),
    },
  }),
  ping: t.message('Sent every 30 s. A client may respond with `pong`.', { timestamp: t.isoTime }),
});
