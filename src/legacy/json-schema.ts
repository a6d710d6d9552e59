import { z } from 'zod';

/** An object of a JSON document. */
export type JsonObject = Readonly<Record<string, unknown>>;

export interface JsonSchemaOptions {
  /** OpenAPI 3.1 uses the first, AsyncAPI 3 the second. */
  readonly target: 'draft-2020-12' | 'draft-7';
  /** Input and output differ where a property has a default. */
  readonly io: 'input' | 'output';
}

/** A zod schema as JSON Schema, to be embedded in a document. */
export function jsonSchemaOf(schema: z.ZodType, { target, io }: JsonSchemaOptions): JsonObject {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target,
    io,
    override: ({ jsonSchema }) => {
      // zod sets these bounds on every integer
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  return rest;
}
