/** The forms of the messages and answers of ArchMesh. */
import { z } from 'zod';
import * as t from '../schema-terms.ts';

/** What all messages have besides their type. */
function envelope(data: Readonly<Record<string, z.ZodType>>) {
  return { id: t.text, timestamp: t.isoTime, data: z.strictObject(data) };
}

// /ws?token=

export const workflowUpdate = t.messages({
  workflow_update: t.message(
    'How a workflow stands: of the own ones and of those that are nobody’s.',
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
    'Something that this user, or everybody, is told.',
    envelope({
      notification_id: t.text,
      user_id: t.text.nullable().describe('null: everybody.'),
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
    'A chunk of large data, in both directions: of what a client sends, of a transfer that is delivered to the user, or ' +
      'of the JSON of a message that is larger than 1 MiB.',
    envelope({
      data_id: t.text.describe(
        'The same in every chunk; of a transfer that is delivered, the id of the delivery.',
      ),
      chunk_index: t.count.describe('From 0; a client may also count from 1.'),
      total_chunks: t.count,
      chunk_data: t.text.describe('Base64 of at most 65536 bytes.'),
      checksum: t.text.describe('SHA-256, hexadecimal: of the chunk; from a client, perhaps of the whole.'),
      user_id: t.text
        .nullable()
        .optional()
        .describe(
          'From a client, in every chunk: the user to whom the whole is delivered once it is stored.',
        ),
    }),
  ),
});

export const largeDataRequest = t.messages({
  large_data_request: t.message(
    'Asks for what was delivered to the user from a chunk on: that delivery, and then all later ones, in their order. ' +
      'For a client that comes back.',
    envelope({
      data_id: t.text
        .nullable()
        .optional()
        .describe('Of the chunks. Without: from the oldest delivery that is kept.'),
      chunk_index: t.count
        .nullable()
        .optional()
        .describe('The first chunk that the client lacks, total_chunks when it lacks none. Default: 0.'),
    }),
  ),
});

export const largeDataReceived = t.messages({
  large_data_received: t.message(
    'All chunks are there, and the whole is stored.',
    envelope({ data_id: t.text, status: z.literal('received'), total_size: t.count.describe('Bytes.') }),
  ),
});

export const error = t.messages({
  error: t.message(
    'What the client sent was not taken, or the connection ends.',
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
    idle: t.count.describe('Without a message for 60 s.'),
  }),
  performance: z.strictObject({
    messages_per_second: t.number.describe('Both ways, last 60 s.'),
    average_response_time: t.number
      .nullable()
      .describe('Seconds from a client’s message to its answer, last 60 s.'),
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
    messages_per_second: t.number.describe('Both ways, last 60 s.'),
    average_message_size: t.number.nullable().describe('Bytes.'),
  }),
  errors: z.strictObject({
    total_errors: t.count,
    error_rate: t.ratio.nullable(),
    recovery_success_rate: t.ratio
      .nullable()
      .describe('Of the errors that are older than 60 s: those after which the session or its user went on.'),
  }),
  circuit_breakers: z.strictObject({
    ...t.each(breakerState, 'connection', 'message', 'external'),
  }),
});
