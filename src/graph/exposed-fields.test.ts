import { expect, test } from 'vitest';
import { isObjectType } from 'graphql';
import { schema } from '../schema.ts';
import type { GraphTypes } from './builder.ts';
import { exposedFields, int, nullable, string } from './exposed-fields.ts';

interface Pet {
  readonly name: string;
  readonly weightKg: number | null;
}

const t = {
  field: (options: object) => options,
} as unknown as PothosSchemaTypes.ObjectFieldBuilder<GraphTypes, Pet>;

test('an exposed field has the declared type and description', () => {
  const summary = schema.getType('ProviderSummary');
  const fields = isObjectType(summary) ? summary.getFields() : {};
  expect(fields['providerCount']?.type.toString()).toBe('Int!');
  expect(fields['onlineCount']?.description).toBe('Number of providers with the status ONLINE.');
  expect(fields['avgResponseTimeMs']?.type.toString()).toBe('Float');
});

test('the compiler rejects an exposed field of another type than its property, and a non-null field for a nullable property', () => {
  const declared = [
    exposedFields(t, { name: string('The name.'), weightKg: nullable.float('Kilograms.') }),
    // @ts-expect-error the property is a string
    exposedFields(t, { name: int('The name.') }),
    // @ts-expect-error the property is nullable
    exposedFields(t, { weightKg: int('Kilograms.') }),
    // @ts-expect-error there is no such property
    exposedFields(t, { age: int('Years.') }),
  ];
  expect(declared).toHaveLength(4);
});
