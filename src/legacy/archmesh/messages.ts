/** Builds and parses ArchMesh's messages, except events. Pure, apart from generated ids. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Chunk } from '../../lib/chunks.ts';
import { isoTime } from '../labels.ts';
import type { Message } from '../message.ts';

/** The error of a message or a connection, as the client gets it. */
export interface MeshError {
  readonly code:
    | 'CONNECTION_TIMEOUT'
    | 'AUTHENTICATION_FAILED'
    | 'RATE_LIMIT_EXCEEDED'
    | 'MESSAGE_TOO_LARGE'
    | 'INVALID_MESSAGE_FORMAT'
    | 'SYSTEM_ERROR';
  readonly message: string;
  /** More specific than the code; for programs. */
  readonly reason: string;
  /** Whole seconds until the client may try again. Default: null, unknown. */
  readonly retryAfterS?: number;
  /** The id of the client's message. Default: null. */
  readonly messageId?: string | null;
  /** Present where the client should reconnect with another token. */
  readonly reconnect?: boolean;
}

/** @param unique the id without the type; default: generated. @param atMs Unix milliseconds. */
export function envelope(type: string, data: object | null, atMs: number, unique?: string): Message {
  return {
    type,
    id: `${type}_${unique ?? randomUUID()}`,
    timestamp: isoTime(atMs),
    ...(data === null ? {} : { data }),
  };
}

export function errorMessage(error: MeshError, sessionId: string, atMs: number): Message {
  const { code, message, reason, retryAfterS, messageId, reconnect } = error;
  return envelope(
    'error',
    {
      error_code: code,
      error_message: message,
      error_details: {
        session_id: sessionId,
        retry_after: retryAfterS ?? null,
        message_id: messageId ?? null,
        reason,
        ...(reconnect === undefined ? {} : { reconnect }),
      },
    },
    atMs,
  );
}

/** The id is the ping's own, with another prefix; generated where the ping has none. */
export function pongMessage(pingId: string | null, atMs: number): Message {
  return envelope('pong', null, atMs, pingId?.replace(/^ping_/, ''));
}

export function chunkMessage(dataId: string, { index, total, data, checksum }: Chunk, atMs: number): Message {
  return envelope(
    'large_data',
    { data_id: dataId, chunk_index: index, total_chunks: total, chunk_data: data, checksum },
    atMs,
  );
}

export function receivedMessage(dataId: string, totalBytes: number, atMs: number): Message {
  return envelope(
    'large_data_received',
    { data_id: dataId, status: 'received', total_size: totalBytes },
    atMs,
  );
}

/** Clamped to the range of the GraphQL type Int, which contains all valid indexes and counts. */
const int = z.int().transform((value) => Math.max(-1, Math.min(value, 2 ** 31 - 1)));

const chunk = z.object({
  data_id: z.string(),
  chunk_index: int,
  total_chunks: int,
  chunk_data: z.string(),
  checksum: z.string(),
  user_id: z.string().nullish(),
});

export type ClientChunk = z.infer<typeof chunk>;

/** Ids of messages, which responses repeat, and of deliveries. */
const idCharsMax = 256;

const position = z.object({ data_id: z.string().max(idCharsMax).nullish(), chunk_index: int.nullish() });

/** Where a client resumes the transfers that are delivered to its user. */
export type ClientPosition = z.infer<typeof position>;

export type ParsedMessage =
  | { readonly kind: 'ping'; readonly id: string | null }
  | { readonly kind: 'large_data'; readonly id: string; readonly chunk: ClientChunk }
  | { readonly kind: 'large_data_request'; readonly id: string; readonly position: ClientPosition }
  | { readonly kind: 'error'; readonly error: MeshError };

export function parseMessage(message: Message): ParsedMessage {
  const { type, id, timestamp, data } = message;
  if (type === 'ping' && (id ?? null) === null) return { kind: 'ping', id: null };
  if (typeof id !== 'string' || id.length > idCharsMax)
    return invalid(null, 'invalid_id', `id must be a string of at most ${idCharsMax} characters.`);
  if (timestamp !== undefined && !isTime(timestamp))
    return invalid(id, 'invalid_timestamp', 'timestamp must be a time in ISO 8601 or a number.');
  if (data !== undefined && (typeof data !== 'object' || data === null || Array.isArray(data)))
    return invalid(id, 'invalid_data', 'data has to be an object.');
  if (type === 'ping') return { kind: 'ping', id };
  if (type === 'large_data') {
    const parsed = chunk.safeParse(data);
    return parsed.success ? { kind: 'large_data', id, chunk: parsed.data } : malformed(id, parsed.error);
  }
  if (type === 'large_data_request') {
    const parsed = position.safeParse(data ?? {});
    return parsed.success
      ? { kind: 'large_data_request', id, position: parsed.data }
      : malformed(id, parsed.error);
  }
  return invalid(id, 'unknown_type', 'Clients may send ping, large_data and large_data_request.');
}

function malformed(messageId: string, { issues: [issue] }: z.ZodError): ParsedMessage {
  const field = String(issue?.path[0] ?? '');
  return invalid(messageId, 'invalid_data', `data.${field} is missing, too long or of another type.`);
}

function invalid(messageId: string | null, reason: string, message: string): ParsedMessage {
  return { kind: 'error', error: { code: 'INVALID_MESSAGE_FORMAT', message, reason, messageId } };
}

/** ISO 8601 with or without a zone, or a number from `Date.now()`, which the front end of ArchMesh sends. */
function isTime(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && !Number.isNaN(Date.parse(value)));
}
