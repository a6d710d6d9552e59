import { AppError } from '../errors.ts';

/** The value of a numeric argument, or `fallback` if it was not given. @throws AppError BAD_USER_INPUT out of range. */
export function numericArgument<Fallback>(
  argument: string,
  value: unknown,
  { min = 1, max, fallback }: { readonly min?: number; readonly max: number; readonly fallback: Fallback },
): number | Fallback {
  if (value === undefined || value === null) return fallback;
  if (typeof value === 'number' && value >= min && value <= max) return value;
  throw new AppError('BAD_USER_INPUT', `${argument} must be between ${min} and ${max}.`, {
    details: { argument, minimum: min, maximum: max },
  });
}
