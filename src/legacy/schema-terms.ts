/** The terms in which dialects declare the schemas of their messages and response bodies. Objects are exact. */
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

type Shape = Readonly<Record<string, z.ZodType>>;

/** Properties with the same schema. */
export function each<Name extends string>(schema: z.ZodType, ...names: readonly Name[]) {
  return Object.fromEntries(names.map((name) => [name, schema])) as Readonly<Record<Name, z.ZodType>>;
}

interface DeclaredMessage {
  readonly summary: string;
  readonly shape: Shape;
}

/** @param shape the properties besides `type`. */
export function message(summary: string, shape: Shape): DeclaredMessage {
  return { summary, shape };
}

/** The schemas of a feed's messages, by type. The description of a schema is the summary of its message. */
export function messages<Type extends string>(
  declared: Readonly<Record<Type, DeclaredMessage>>,
): Readonly<Record<Type, z.ZodType>> {
  const schemas = Object.entries<DeclaredMessage>(declared).map(
    ([type, { summary, shape }]): [string, z.ZodType] => [
      type,
      z.strictObject({ type: z.literal(type), ...shape }).describe(summary),
    ],
  );
  return Object.fromEntries(schemas) as Record<Type, z.ZodType>;
}
