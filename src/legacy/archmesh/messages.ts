/** What ArchMesh says on a socket and hears from it, besides events. Pure but for the ids that it makes up. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Chunk } from '../../lib/chunks.ts';
import type { Message } from '../dialect.ts';

export type ErrorCode =
  | 'CONNECTION_TIMEOUT'
  | 'AUTHENTICATION_FAILED'
  | 'RATE_LIMIT_EXCEEDED'
  | 'MESSAGE_TOO_LARGE'
  | 'INVALID_MESSAGE_FORMAT'
  | 'SYSTEM_ERROR';

export interface Mistake {
  readonly code: ErrorCode;
  readonly message: string;
  /** In a word, for programs. */
  readonly reason: string;
  /** Whole seconds after which it may be tried again. Default: null, nobody knows. */
  readonly retryAfterS?: number;
  /** Of the client's message that it is about. Default: null. */
  readonly messageId?: string | null;
  /** Said where the client should come back, with another token. */
  readonly reconnect?: boolean;
}

/** @param unique default: made up. @param atMs Unix milliseconds. */
export function envelope(type: string, data: object | null, atMs: number, unique?: string): Message {
  return {
    type,
    id: `${type}_${unique ?? randomUUID()}`,
    timestamp: new Date(atMs).toISOString(),
    ...(data === null ? {} : { data }),
  };
}

export function errorOf(mistake: Mistake, sessionId: string, atMs: number): Message {
  const { code, message, reason, retryAfterS, messageId, reconnect } = mistake;
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

/** Under the ping's own id; under a new one where the ping had none. */
export function pongOf(pingId: string | null, atMs: number): Message {
  return envelope('pong', null, atMs, pingId?.replace(/^ping_/, ''));
}

export function chunkOf(dataId: string, { index, total, data, checksum }: Chunk, atMs: number): Message {
  return envelope(
    'large_data',
    { data_id: dataId, chunk_index: index, total_chunks: total, chunk_data: data, checksum },
    atMs,
  );
}

export function receivedOf(dataId: string, totalBytes: number, atMs: number): Message {
  return envelope(
    'large_data_received',
    { data_id: dataId, status: 'received', total_size: totalBytes },
    atMs,
  );
}

/** GraphQL's whole numbers; what lies beyond is no index and no count in any case. */
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

/** Of a message, which the answer repeats, and of a delivery. */
const idCharsMax = 256;

const position = z.object({ data_id: z.string().max(idCharsMax).nullish(), chunk_index: int.nullish() });

/** From where on a client wants to have what is delivered to its user. */
export type ClientPosition = z.infer<typeof position>;

/** What a client wants, or what is wrong with how it says it. */
export type Heard =
  | { readonly kind: 'ping'; readonly id: string | null }
  | { readonly kind: 'large_data'; readonly id: string; readonly chunk: ClientChunk }
  | { readonly kind: 'large_data_request'; readonly id: string; readonly position: ClientPosition }
  | { readonly kind: 'mistake'; readonly mistake: Mistake };

/** @param message a JSON object with a type. */
export function heard(message: Message): Heard {
  const { type, id, timestamp, data } = message;
  if (type === 'ping' && (id ?? null) === null) return { kind: 'ping', id: null };
  if (typeof id !== 'string' || id.length > idCharsMax)
    return wrong(null, 'invalid_id', `id must be a string of at most ${idCharsMax} characters.`);
  if (timestamp !== undefined && !isTime(timestamp))
    return wrong(id, 'invalid_timestamp', 'timestamp must be a time in ISO 8601 or a number.');
  if (data !== undefined && (typeof data !== 'object' || data === null || Array.isArray(data)))
    return wrong(id, 'invalid_data', 'data has to be an object.');
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
  return wrong(id, 'unknown_type', 'Clients may send ping, large_data and large_data_request.');
}

function malformed(messageId: string, { issues: [issue] }: z.ZodError): Heard {
  const field = String(issue?.path[0] ?? '');
  return wrong(messageId, 'invalid_data', `data.${field} is missing, too long or of another type.`);
}

function wrong(messageId: string | null, reason: string, message: string): Heard {
  return { kind: 'mistake', mistake: { code: 'INVALID_MESSAGE_FORMAT', message, reason, messageId } };
}

/** In ISO 8601 with or without a zone, or the number of `Date.now()`, which the front end of ArchMesh sends. */
function isTime(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && !Number.isNaN(Date.parse(value)));
}
