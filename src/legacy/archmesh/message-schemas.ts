/** Schemas of ArchMesh's messages and response bodies. */
import { z } from 'zod';
import * as t from '../schema-terms.ts';

/** The properties of all messages besides `type`. */
function envelope(data: Readonly<Record<string, z.ZodType>>) {
  return { id: t.text, timestamp: t.isoTime, data: z.strictObject(data) };
}

// /ws?token=

export const workflowUpdate = t.messages({
  workflow_update: t.message(
    'The progress of a workflow that belongs to the user or to no user.',
    envelope({
      workflow_id: t.text,
      status: z.enum(['pending', 'in_progress', 'completed', 'failed', 'cancelled']),
      stage: z.enum([
        'requirements_analysis',
        'architecture_design',
        'component_generation',
        'validation',
        'review',
      ]),
      progress: z.int().min(0).max(100).describe('Percent.'),
      message: t.text.nullable(),
      estimated_completion: t.isoTime.nullable(),
    }),
  ),
});

export const notification = t.messages({
  notification: t.message(
    'A notification to the user or to all users.',
    envelope({
      notification_id: t.text,
      user_id: t.text.nullable().describe('null: all users.'),
      title: t.text,
      message: t.text,
      category: z.enum([
        'workflow_update',
        'workflow_complete',
        'workflow_failed',
        'system_alert',
        'user_action',
      ]),
      priority: z.enum(['low', 'normal', 'high', 'critical']),
      action: z.strictObject({ label: t.text, url: t.text }).nullable(),
      metadata: t.jsonObject,
    }),
  ),
});

export const largeData = t.messages({
  large_data: t.message(
    'A chunk of large data, in both directions: of data from a client, of a transfer that is delivered to the user, or ' +
      'of the JSON of a message that is larger than 1 MiB.',
    envelope({
      data_id: t.text.describe(
        'The same in every chunk. For a delivered transfer it is the id of the delivery.',
      ),
      chunk_index: t.count.describe('Starts at 0; a client may also start at 1.'),
      total_chunks: t.count,
      chunk_data: t.text.describe('Base64 of at most 65536 bytes.'),
      checksum: t.text.describe(
        'SHA-256 of the chunk, hexadecimal; a client may send that of the whole data.',
      ),
      user_id: t.text
        .nullable()
        .optional()
        .describe(
          'From a client, in every chunk: the user to whom the data is delivered once it is complete.',
        ),
    }),
  ),
});

export const largeDataRequest = t.messages({
  large_data_request: t.message(
    'Requests the deliveries to the user from a chunk on: the rest of that delivery, then all later ones in order. ' +
      'For clients that reconnect.',
    envelope({
      data_id: t.text
        .nullable()
        .optional()
        .describe('The `data_id` of the chunks. Default: the oldest retained delivery.'),
      chunk_index: t.count
        .nullable()
        .optional()
        .describe('The first chunk that the client lacks; `total_chunks` when it has all. Default: 0.'),
    }),
  ),
});

export const largeDataReceived = t.messages({
  large_data_received: t.message(
    'All chunks have arrived, and the data is stored.',
    envelope({ data_id: t.text, status: z.literal('received'), total_size: t.count.describe('Bytes.') }),
  ),
});

export const error = t.messages({
  error: t.message(
    'The message of the client was rejected, or the connection closes.',
    envelope({
      error_code: z.enum([
        'CONNECTION_TIMEOUT',
        'AUTHENTICATION_FAILED',
        'RATE_LIMIT_EXCEEDED',
        'MESSAGE_TOO_LARGE',
        'INVALID_MESSAGE_FORMAT',
        'SYSTEM_ERROR',
      ]),
      error_message: t.text,
      error_details: z.strictObject({
        session_id: t.text,
        retry_after: t.count.nullable().describe('Seconds.'),
        message_id: t.text.nullable(),
        reason: t.text,
        reconnect: t.flag.optional(),
      }),
    }),
  ),
});

// REST

const breakerState = z.enum(['closed', 'open', 'half-open']);

export const health = z.strictObject({
  status: z.enum(['healthy', 'degraded', 'unhealthy']),
  connections: z.strictObject({
    total: t.count,
    active: t.count,
    idle: t.count.describe('Connections without a message for 60 s.'),
  }),
  performance: z.strictObject({
    messages_per_second: t.number.describe('In both directions, last 60 s.'),
    average_response_time: t.number
      .nullable()
      .describe('Mean time from a client’s message to its response, in seconds, last 60 s.'),
    error_rate: t.ratio.nullable(),
  }),
  uptime: t.count.describe('Seconds.'),
});

export const metrics = z.strictObject({
  connections: z.strictObject({
    total_connections: t.count.describe('Since the start.'),
    active_connections: t.count,
    connection_duration_avg: t.number.nullable().describe('Seconds.'),
    connection_duration_max: t.number.nullable().describe('Seconds.'),
  }),
  messages: z.strictObject({
    total_sent: t.count,
    total_received: t.count,
    messages_per_second: t.number.describe('In both directions, last 60 s.'),
    average_message_size: t.number.nullable().describe('Bytes.'),
  }),
  errors: z.strictObject({
    total_errors: t.count,
    error_rate: t.ratio.nullable(),
    recovery_success_rate: t.ratio
      .nullable()
      .describe('The share of errors older than 60 s after which the session or its user recovered.'),
  }),
  circuit_breakers: z.strictObject({
    ...t.each(breakerState, 'connection', 'message', 'external'),
  }),
});
