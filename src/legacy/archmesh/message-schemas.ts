/** The messages and response bodies of ArchMesh. */
import * as t from '../schema-terms.ts';

/** The properties of all messages besides `type`. */
function envelope(data: t.Shape) {
  return { id: t.text, timestamp: t.isoTime, data };
}

// /ws?token=

const workflowStatus = t.oneOf('pending', 'in_progress', 'completed', 'failed', 'cancelled');
const workflowStage = t.oneOf(
  'requirements_analysis',
  'architecture_design',
  'component_generation',
  'validation',
  'review',
);
const category = t.oneOf(
  'workflow_update',
  'workflow_complete',
  'workflow_failed',
  'system_alert',
  'user_action',
);
const errorCode = t.oneOf(
  'CONNECTION_TIMEOUT',
  'AUTHENTICATION_FAILED',
  'RATE_LIMIT_EXCEEDED',
  'MESSAGE_TOO_LARGE',
  'INVALID_MESSAGE_FORMAT',
  'SYSTEM_ERROR',
);

const largeData = t.message(
  'A chunk of large data, in both directions: of data from a client, of a transfer that is delivered to the user, or ' +
    'of the JSON of a message that is larger than 1 MiB.',
  envelope({
    data_id: t.text.describe(
      'The same value in every chunk. For a delivered transfer it is the id of the delivery.',
    ),
    chunk_index: t.count.describe('The first chunk has the index 0. A client may also start at 1.'),
    total_chunks: t.count,
    chunk_data: t.text.describe('Base64 of at most 65536 bytes.'),
    checksum: t.text.describe(
      'SHA-256 of the chunk, hexadecimal. A client may send the SHA-256 of the whole data instead.',
    ),
    user_id: t.text
      .nullish()
      .describe('Sent by clients only, in every chunk: the user who receives the data when it is complete.'),
  }),
);

/** What the server sends. */
export const sent = t.messages({
  workflow_update: t.message(
    'The progress of a workflow that belongs to the user or to no user.',
    envelope({
      workflow_id: t.text,
      status: workflowStatus,
      stage: workflowStage,
      progress: t.count.max(100).describe('In percent.'),
      message: t.text.nullable(),
      estimated_completion: t.isoTime.nullable(),
    }),
  ),
  notification: t.message(
    'A notification to the user or to all users.',
    envelope({
      'notification_id title message': t.text,
      user_id: t.text.nullable().describe('Null: all users.'),
      category,
      priority: t.oneOf('low', 'normal', 'high', 'critical'),
      action: t.object({ 'label url': t.text }).nullable(),
      metadata: t.jsonObject,
    }),
  ),
  large_data: largeData,
  large_data_received: t.message(
    'All chunks have arrived, and the data is stored.',
    envelope({ data_id: t.text, status: t.oneOf('received'), total_size: t.count.describe('In bytes.') }),
  ),
});

/** What clients may send besides `ping`. */
export const accepted = t.messages({
  large_data: largeData,
  large_data_request: t.message(
    'Requests the deliveries to the user from a chunk on: the rest of that delivery, then all later deliveries in ' +
      'order. For clients that reconnect.',
    envelope({
      data_id: t.text
        .nullish()
        .describe('The `data_id` of the delivery’s chunks. Default: the oldest retained delivery.'),
      chunk_index: t.count
        .nullish()
        .describe('The first chunk to send; `total_chunks` if the client has all of them. Default: 0.'),
    }),
  ),
});

export const control = t.messages({
  error: t.message(
    'The server rejected a message of the client, or closes the connection.',
    envelope({
      error_code: errorCode,
      error_message: t.text,
      error_details: {
        'session_id reason': t.text,
        retry_after: t.count.nullable().describe('In seconds.'),
        message_id: t.text.nullable(),
        reconnect: t.flag.optional(),
      },
    }),
  ),
  pong: t.message('The response to a ping.', { id: t.text, timestamp: t.isoTime }),
});

// REST

const duration = t.number.nullable().describe('In seconds.');

export const health = {
  status: t.oneOf('healthy', 'degraded', 'unhealthy'),
  connections: {
    'total active': t.count,
    idle: t.count.describe('Connections without a message for 60 s.'),
  },
  performance: {
    messages_per_second: t.number.describe('In both directions, over the last 60 s.'),
    average_response_time: t.number
      .nullable()
      .describe('Mean time from a client’s message to its response in the last 60 s, in seconds.'),
    error_rate: t.ratio.nullable(),
  },
  uptime: t.count.describe('In seconds.'),
};

export const metrics = {
  connections: {
    total_connections: t.count.describe('Accepted connections since the server started.'),
    active_connections: t.count,
    'connection_duration_avg connection_duration_max': duration,
  },
  messages: {
    'total_sent total_received': t.count,
    messages_per_second: t.number.describe('In both directions, over the last 60 s.'),
    average_message_size: t.number.nullable().describe('In bytes.'),
  },
  errors: {
    total_errors: t.count,
    error_rate: t.ratio.nullable(),
    recovery_success_rate: t.ratio
      .nullable()
      .describe('The share of errors older than 60 s after which the session or its user recovered.'),
  },
  circuit_breakers: { 'connection message external': t.oneOf('closed', 'open', 'half-open') },
};
