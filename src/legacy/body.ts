import type { IncomingMessage } from 'node:http';
import { jsonOf, readBody as readAll } from '../http/body.ts';
import type { BodyRule } from './rest-route.ts';
import { RestFailure } from './rest-failure.ts';

/** @throws RestFailure PAYLOAD_TOO_LARGE */
export async function readBody(request: IncomingMessage, bytesMax: number): Promise<Buffer> {
  const bytes = await readAll(request, bytesMax);
  if (bytes === null)
    throw new RestFailure(413, 'PAYLOAD_TOO_LARGE', `A body may have at most ${bytesMax} bytes.`);
  return bytes;
}

/** @throws RestFailure INVALID_BODY, or the rule's own code for an object that it refuses. */
export function parseBody(bytes: Buffer, { schema, optional, mismatchCode }: BodyRule): unknown {
  if (bytes.length === 0 && optional) return schema.parse({});
  const result = schema.safeParse(parsed(bytes));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const at = issue === undefined || issue.path.length === 0 ? 'The body' : issue.path.join('.');
  throw invalid(`${at}: ${issue?.message ?? 'is not valid'}`, issue?.path.join('.'), mismatchCode);
}

function parsed(bytes: Buffer): object {
  const value = jsonOf(bytes);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid('The body must be a JSON object.');
  return value;
}

function invalid(message: string, param = '', code = 'INVALID_BODY'): RestFailure {
  return new RestFailure(400, code, message, param === '' ? {} : { param });
}
