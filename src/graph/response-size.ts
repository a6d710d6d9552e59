import type { GraphQLError } from 'graphql';
import { AppError } from '../errors.ts';

/** Maximum number of bytes for one character in JSON: `\u0001`. */
const escapedBytesMax = 6;
/** Quotes, comma and colon of a value. */
const punctuationBytes = 4;
/** Maximum size of a number, a date or a boolean in JSON. */
const scalarBytesMax = 26;

/**
 * Whether the JSON text of a result has at most `bytesMax` bytes, without creating the text. For most results the
 * lengths of the strings are sufficient; only for a result near the limit is each string measured as JSON.
 */
export function fitsResponse(result: unknown, bytesMax: number): boolean {
  return (
    fits(result, bytesMax, (text) => text.length * escapedBytesMax) ||
    fits(result, bytesMax, (text) => Buffer.byteLength(JSON.stringify(text)))
  );
}

/** Stops counting at the limit. The depth of results and of reported JSON values is limited elsewhere. */
function fits(result: unknown, bytesMax: number, lengthOf: (text: string) => number): boolean {
  let bytes = 0;
  const count = (value: unknown): boolean => {
    if (typeof value === 'string') bytes += lengthOf(value) + punctuationBytes;
    else if (typeof value !== 'object' || value === null || value instanceof Date) bytes += scalarBytesMax;
    else if (Array.isArray(value)) {
      for (const item of value) if (!count(item)) return false;
    } else {
      for (const key in value) {
        bytes += key.length + punctuationBytes;
        if (!count((value as Record<string, unknown>)[key])) return false;
      }
    }
    return bytes <= bytesMax;
  };
  return count(result);
}

export function responseTooLarge(bytesMax: number): AppError {
  return new AppError(
    'RESPONSE_TOO_LARGE',
    `The response exceeds ${bytesMax} bytes. Request shorter lists or fewer fields.`,
    { details: { bytesMax } },
  );
}

/** Whether a resolver failed because its result would exceed the limit. */
export function isResponseTooLarge({ originalError }: GraphQLError): boolean {
  return originalError instanceof AppError && originalError.code === 'RESPONSE_TOO_LARGE';
}
