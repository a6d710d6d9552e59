/**
 * The terms in which dialects declare their messages and response bodies. The reference documents show these schemas,
 * and tests validate messages and responses with them; the server itself does not.
 */
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

export function oneOf(...values: readonly [string | true, ...(string | true)[]]) {
  return z.literal(values);
}

/** A key may name several properties of the same shape, separated by spaces. */
export type Shape = z.ZodType | { readonly [names: string]: Shape };

/** The schema of an object that has exactly these properties. */
export function object(shape: Shape): z.ZodType {
  if (shape instanceof z.ZodType) return shape;
  const properties = Object.entries(shape).flatMap(([names, each]) =>
    names.split(' ').map((name) => [name, object(each)]),
  );
  return z.strictObject(Object.fromEntries(properties));
}

export function list(items: Shape): z.ZodArray {
  return z.array(object(items));
}

export function anyOf(...shapes: readonly Shape[]): z.ZodType {
  return z.union(shapes.map(object));
}

/** An object with any properties, all of this shape. */
export function record(values: Shape): z.ZodType {
  return z.record(z.string(), object(values));
}

interface DeclaredMessage {
  readonly summary: string;
  readonly shape: Readonly<Record<string, Shape>>;
}

/** @param shape the properties besides `type`. */
export function message(summary: string, shape: DeclaredMessage['shape']): DeclaredMessage {
  return { summary, shape };
}

/** The schemas of messages, by type. The description of a schema is the summary of its message. */
export function messages<Type extends string>(
  declared: Readonly<Record<Type, DeclaredMessage>>,
): Readonly<Record<Type, z.ZodType>> {
  const schemas = Object.entries<DeclaredMessage>(declared).map(([type, { summary, shape }]) => [
    type,
    object({ type: z.literal(type), ...shape }).describe(summary),
  ]);
  return Object.fromEntries(schemas) as Record<Type, z.ZodType>;
}
