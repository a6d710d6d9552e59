/** What the forms of old messages and answers are made of. Objects have exactly the keys that they name. */
import { z } from 'zod';

export const text = z.string();
export const flag = z.boolean();
export const number = z.number();
export const count = z.int().min(0);
export const ratio = z.number().min(0).max(1);
export const percent = z.number().min(0).max(100);
export const isoTime = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  .meta({ format: 'date-time', description: 'ISO 8601, UTC, with milliseconds.' });
export const unixTime = z.int().min(0).describe('Whole Unix seconds.');
export const jsonObject = z.record(z.string(), z.unknown());

/** A message of a feed. The description is its summary. */
export function messageOf(
  type: string,
  description: string,
  shape: Readonly<Record<string, z.ZodType>>,
): z.ZodType {
  return z.strictObject({ type: z.literal(type), ...shape }).describe(description);
}
