import { AppError } from '../errors.ts';

/** The value of a numeric argument, or its default. @throws AppError BAD_USER_INPUT outside the bounds. */
export function within(
  argument: string,
  value: unknown,
  { min = 1, max, fallback }: { readonly min?: number; readonly max: number; readonly fallback: number },
): number {
  if (value === undefined || value === null) return fallback;
  if (typeof value === 'number' && value >= min && value <= max) return value;
  throw new AppError('BAD_USER_INPUT', `${argument} must lie between ${min} and ${max}.`, {
    details: { argument, minimum: min, maximum: max },
  });
}
