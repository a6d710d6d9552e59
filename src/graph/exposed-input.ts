import type { InputRef } from '@pothos/core';
import { builder } from './builder.ts';
import type { Bounds } from './bounds.ts';
import type { ExposedField } from './exposed-fields.ts';

/** An input type with the same fields as an object type; see `exposedInput`. */
export interface ExposedInput<Part> {
  readonly type: InputRef<object>;
  /** The value with null for what was not given, and with times as Unix milliseconds. */
  readonly read: (given: object) => Part;
}

type Declared<Part> = {
  readonly [Name in keyof Part]-?: Pick<ExposedField<unknown, boolean>, 'type' | 'nullable' | 'description'>;
};

/**
 * Declares an input type with the fields that `exposedFields` exposes, so that producers report what clients read, by the
 * same names. A field that can be null may be absent.
 *
 *     const CpuInput = exposedInput<Cpu>('CpuInput', 'Processors of a host.', cpuFields, { chars: 100 });
 *
 * @param bounds of each text.
 */
export function exposedInput<Part extends object>(
  name: string,
  description: string,
  fields: Declared<Part>,
  bounds: Bounds,
): ExposedInput<Part> {
  const rows = Object.entries(fields) as [string, Declared<Part>[keyof Part]][];
  const type = builder.inputType(name, {
    description,
    fields: (t) =>
      Object.fromEntries(
        rows.map(([field, one]) => [
          field,
          t.field({
            type: one.type as 'String',
            required: !one.nullable,
            description: one.description,
            ...(one.type === 'String' ? { bounds } : {}),
          }),
        ]),
      ),
  });
  return {
    type,
    read: (given) =>
      Object.fromEntries(
        rows.map(([field]) => {
          const value = (given as Readonly<Record<string, unknown>>)[field] ?? null;
          return [field, value instanceof Date ? value.getTime() : value];
        }),
      ) as Part,
  };
}
