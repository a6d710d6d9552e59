import { AppError, type ErrorCode } from '../errors.ts';
import { jsonOf } from '../http/body.ts';
import type { BodyRule } from './rest-route.ts';

/** @throws AppError INVALID_BODY, or the rule's own code for an object that does not match the schema. */
export function parseBody(bytes: Buffer, { schema, optional, mismatchCode }: BodyRule): unknown {
  if (bytes.length === 0 && optional) return schema.parse({});
  const result = schema.safeParse(objectOf(bytes));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const at = issue === undefined || issue.path.length === 0 ? 'The body' : issue.path.join('.');
  throw invalid(`${at}: ${issue?.message ?? 'is not valid'}`, issue?.path.join('.'), mismatchCode);
}

function objectOf(bytes: Buffer): object {
  const value = jsonOf(bytes);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid('The body must be a JSON object.');
  return value;
}

function invalid(message: string, param = '', code: ErrorCode = 'INVALID_BODY'): AppError {
  return new AppError(code, message, param === '' ? {} : { details: { param } });
}
