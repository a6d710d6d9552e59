import type { IncomingMessage } from 'node:http';
import type { BodyRule } from './dialect.ts';
import { RestFailure } from './rest-failure.ts';

/** A client that sends more than it may is listened to for so many times the limit, that it may hear the answer. */
const drainFactor = 16;

/** @throws RestFailure PAYLOAD_TOO_LARGE */
export async function readBody(request: IncomingMessage, bytesMax: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= bytesMax) chunks.push(chunk);
    else chunks.length = 0;
    if (bytes > bytesMax * drainFactor) break;
  }
  if (bytes > bytesMax) throw new RestFailure(413, 'PAYLOAD_TOO_LARGE', `A body may have ${bytesMax} bytes.`);
  return Buffer.concat(chunks);
}

/** @throws RestFailure INVALID_BODY */
export function parseBody(bytes: Buffer, { schema, optional }: BodyRule): unknown {
  if (bytes.length === 0 && optional) return schema.parse({});
  const result = schema.safeParse(parsed(bytes));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const at = issue === undefined || issue.path.length === 0 ? 'The body' : issue.path.join('.');
  throw invalid(`${at}: ${issue?.message ?? 'is not valid'}`, issue?.path.join('.') ?? '');
}

function parsed(bytes: Buffer): object {
  const value = jsonOf(bytes);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid('The body must be a JSON object.');
  return value;
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

function invalid(message: string, param = ''): RestFailure {
  return new RestFailure(400, 'INVALID_BODY', message, param === '' ? {} : { param });
}
