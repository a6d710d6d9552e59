import type { GraphQLError } from 'graphql';
import { AppError } from '../errors.ts';

/** What JSON makes of a character at most: `\u0001`. */
const escapedBytesMax = 6;
/** Quotes, a comma, a colon and the like, for each value. */
const punctuationBytes = 4;
/** JSON of a number, a date or `false` at most. */
const shortBytes = 26;

/**
 * Whether the JSON text of a result has at most so many bytes, found without making it. The lengths of their strings
 * decide for most results; only one that comes near the bound has each string measured as JSON writes it.
 */
export function fitsResponse(result: unknown, bytesMax: number): boolean {
  return (
    within(result, bytesMax, (text) => text.length * escapedBytesMax) ||
    within(result, bytesMax, (text) => Buffer.byteLength(JSON.stringify(text)))
  );
}

/** Stops counting at the bound. Results are as deep as documents may be, JSON values as they were reported. */
function within(result: unknown, bytesMax: number, lengthOf: (text: string) => number): boolean {
  let bytes = 0;
  const count = (value: unknown): boolean => {
    if (typeof value === 'string') bytes += lengthOf(value) + punctuationBytes;
    else if (typeof value !== 'object' || value === null || value instanceof Date) bytes += shortBytes;
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

/** Whether a field failed because too much would have been read for it. */
export function isTooLarge({ originalError }: GraphQLError): boolean {
  return originalError instanceof AppError && originalError.code === 'RESPONSE_TOO_LARGE';
}
