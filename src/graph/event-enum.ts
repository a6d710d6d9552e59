import type { EnumRef } from '@pothos/core';
import { builder, type GraphTypes } from './builder.ts';

/**
 * Declares an enum of the types of a topic's entries. Clients see the names; as a value each is the entry's `type`, so
 * that a field resolves to it and an argument is compared with it as they are:
 *
 *     const AlertEventType = eventEnum('AlertEventType', 'What can happen to an alert.', {
 *       RAISED: ['alertRaised', 'It came up.'],
 *       RESOLVED: ['alertResolved', 'It is over.'],
 *     });
 */
export function eventEnum<Type extends string>(
  name: string,
  description: string,
  types: Readonly<Record<string, readonly [type: Type, description: string]>>,
): EnumRef<GraphTypes, string, Type> {
  const values = Object.entries(types).map(
    ([key, [value, text]]) => [key, { value, description: text }] as const,
  );
  return builder.enumType(name, { description, values: Object.fromEntries(values) }) as EnumRef<
    GraphTypes,
    Type
  >;
}

/** Declares an enum whose values are their own names, from what each means. */
export function describedEnum<Name extends string>(
  name: string,
  description: string,
  values: Readonly<Record<Name, string>>,
): EnumRef<GraphTypes, Name> {
  const described = Object.entries<string>(values).map(
    ([key, text]) => [key, { description: text }] as const,
  );
  return builder.enumType(name, { description, values: Object.fromEntries(described) }) as EnumRef<
    GraphTypes,
    Name
  >;
}
