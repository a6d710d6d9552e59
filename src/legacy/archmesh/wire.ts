/** The forms of the messages and answers of ArchMesh. */
import { z } from 'zod';
import { count, flag, isoTime, jsonObject, number, ratio, text } from '../wire.ts';

/** A message of its envelope. The description is its summary. */
function enveloped(type: string, description: string, data: z.ZodType): z.ZodType {
  return z.strictObject({ type: z.literal(type), id: text, timestamp: isoTime, data }).describe(description);
}

// /ws?token=

export const workflowUpdate = {
  workflow_update: enveloped(
    'workflow_update',
    'How a workflow stands: of the own ones and of those that are nobody’s.',
    z.strictObject({
      workflow_id: text,
      status: z.enum(['pending', 'in_progress', 'completed', 'failed', 'cancelled']),
      stage: z.enum([
        'requirements_analysis',
        'architecture_design',
        'component_generation',
        'validation',
        'review',
      ]),
      progress: z.int().min(0).max(100).describe('Percent.'),
      message: text.nullable(),
      estimated_completion: isoTime.nullable(),
    }),
  ),
};

export const notification = {
  notification: enveloped(
    'notification',
    'Something that this user, or everybody, is told.',
    z.strictObject({
      notification_id: text,
      user_id: text.nullable().describe('null: everybody.'),
      title: text,
      message: text,
      category: z.enum([
        'workflow_update',
        'workflow_complete',
        'workflow_failed',
        'system_alert',
        'user_action',
      ]),
      priority: z.enum(['low', 'normal', 'high', 'critical']),
      action: z.strictObject({ label: text, url: text }).nullable(),
      metadata: jsonObject,
    }),
  ),
};

export const largeData = {
  large_data: enveloped(
    'large_data',
    'A chunk of large data, in both directions: of what a client sends, of a transfer that is delivered to the user, or ' +
      'of the JSON of a message that is larger than 1 MiB.',
    z.strictObject({
      data_id: text.describe(
        'The same in every chunk; of a transfer that is delivered, the id of the delivery.',
      ),
      chunk_index: count.describe('From 0; a client may also count from 1.'),
      total_chunks: count,
      chunk_data: text.describe('Base64 of at most 65536 bytes.'),
      checksum: text.describe('SHA-256, hexadecimal: of the chunk; from a client, perhaps of the whole.'),
      user_id: text
        .nullable()
        .optional()
        .describe(
          'From a client, in every chunk: the user to whom the whole is delivered once it is stored.',
        ),
    }),
  ),
};

export const largeDataRequest = enveloped(
  'large_data_request',
  'Asks for what was delivered to the user from a chunk on: that delivery, and then all later ones, in their order. ' +
    'For a client that comes back.',
  z.strictObject({
    data_id: text
      .nullable()
      .optional()
      .describe('Of the chunks. Without: from the oldest delivery that is kept.'),
    chunk_index: count
      .nullable()
      .optional()
      .describe('The first chunk that the client lacks, total_chunks when it lacks none. Default: 0.'),
  }),
);

export const largeDataReceived = {
  large_data_received: enveloped(
    'large_data_received',
    'All chunks are there, and the whole is stored.',
    z.strictObject({ data_id: text, status: z.literal('received'), total_size: count.describe('Bytes.') }),
  ),
};

export const error = enveloped(
  'error',
  'What the client sent was not taken, or the connection ends.',
  z.strictObject({
    error_code: z.enum([
      'CONNECTION_TIMEOUT',
      'AUTHENTICATION_FAILED',
      'RATE_LIMIT_EXCEEDED',
      'MESSAGE_TOO_LARGE',
      'INVALID_MESSAGE_FORMAT',
      'SYSTEM_ERROR',
    ]),
    error_message: text,
    error_details: z.strictObject({
      session_id: text,
      retry_after: count.nullable().describe('Seconds.'),
      message_id: text.nullable(),
      reason: text,
      reconnect: flag.optional(),
    }),
  }),
);

// REST

const breakerState = z.enum(['closed', 'open', 'half-open']);

export const health = z.strictObject({
  status: z.enum(['healthy', 'degraded', 'unhealthy']),
  connections: z.strictObject({
    total: count,
    active: count,
    idle: count.describe('Without a message for 60 s.'),
  }),
  performance: z.strictObject({
    messages_per_second: number.describe('Both ways, last 60 s.'),
    average_response_time: number
      .nullable()
      .describe('Seconds from a client’s message to its answer, last 60 s.'),
    error_rate: ratio.nullable(),
  }),
  uptime: count.describe('Seconds.'),
});

export const metrics = z.strictObject({
  connections: z.strictObject({
    total_connections: count.describe('Since the start.'),
    active_connections: count,
    connection_duration_avg: number.nullable().describe('Seconds.'),
    connection_duration_max: number.nullable().describe('Seconds.'),
  }),
  messages: z.strictObject({
    total_sent: count,
    total_received: count,
    messages_per_second: number.describe('Both ways, last 60 s.'),
    average_message_size: number.nullable().describe('Bytes.'),
  }),
  errors: z.strictObject({
    total_errors: count,
    error_rate: ratio.nullable(),
    recovery_success_rate: ratio
      .nullable()
      .describe('Of the errors that are older than 60 s: those after which the session or its user went on.'),
  }),
  circuit_breakers: z.strictObject({
    connection: breakerState,
    message: breakerState,
    external: breakerState,
  }),
});
