import type { EnumRef } from '@pothos/core';
import { builder, type GraphTypes } from './builder.ts';

/**
 * Declares an enum of the event types of a topic. The internal value of each is `Entry.type`, so fields and arguments
 * need no conversion:
 *
 *     const AlertEventType = eventEnum('AlertEventType', 'The type of an alert event.', {
 *       RAISED: ['alertRaised', 'The alert was raised.'],
 *       RESOLVED: ['alertResolved', 'The alert was resolved.'],
 *     });
 */
export function eventEnum<Type extends string>(
  name: string,
  description: string,
  types: Readonly<Record<string, readonly [type: Type, description: string]>>,
): EnumRef<GraphTypes, string, Type> {
  const values = Object.entries(types).map(([key, [value, text]]) => [key, { value, description: text }]);
  return enumOf<Type>(name, description, values);
}

/** Declares an enum from its names and their descriptions. */
export function describedEnum<Name extends string>(
  name: string,
  description: string,
  values: Readonly<Record<Name, string>>,
): EnumRef<GraphTypes, Name> {
  return enumOf<Name>(
    name,
    description,
    Object.entries<string>(values).map(([key, text]) => [key, { description: text }]),
  );
}

function enumOf<Value>(name: string, description: string, values: readonly (readonly unknown[])[]) {
  return builder.enumType(name, { description, values: Object.fromEntries(values) }) as EnumRef<
    GraphTypes,
    Value
  >;
}
