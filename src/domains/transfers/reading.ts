import { AppError } from '../../errors.ts';

/** Bytes of transfers that one request may read. */
export const requestBytesMax = 4 * 1024 * 1024;
/** What a chunk counts at least, however small it is: each is looked up. */
export const lookupBytes = 16 * 1024;

const read = new WeakMap<object, number>();

/** Counts what a request reads. @throws AppError BAD_USER_INPUT when it is too much. */
export function countReading(request: object, bytes: number): void {
  const sum = (read.get(request) ?? 0) + Math.max(bytes, lookupBytes);
  read.set(request, sum);
  if (sum > requestBytesMax)
    throw new AppError(
      'BAD_USER_INPUT',
      `One request may read ${requestBytesMax} bytes of transfers, each chunk counting at least ${lookupBytes}.`,
      { details: { allowed: `${requestBytesMax} bytes` } },
    );
}
