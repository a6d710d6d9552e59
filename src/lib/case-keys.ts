/**
 * Columns are named in snake_case, properties in camelCase. These functions convert the keys of an object whose names
 * differ only in that, in either direction. They do not convert keys of nested objects.
 */

export type SnakeKey<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? First extends Lowercase<First>
    ? `${First}${SnakeKey<Rest>}`
    : `_${Lowercase<First>}${SnakeKey<Rest>}`
  : Name;

export type CamelKey<Name extends string> = Name extends `${infer First}_${infer Rest}`
  ? `${First}${Capitalize<CamelKey<Rest>>}`
  : Name;

export type SnakeKeys<Value> = { [Name in keyof Value as SnakeKey<Name & string>]: Value[Name] };
export type CamelKeys<Row> = { [Name in keyof Row as CamelKey<Name & string>]: Row[Name] };

const snakeNames = new Map<string, string>();
const camelNames = new Map<string, string>();

export function snakeKeys<Value extends object>(value: Value): SnakeKeys<Value> {
  return renamed(value, snakeNames, (name) =>
    name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  ) as SnakeKeys<Value>;
}

export function camelKeys<Row extends object>(row: Row): CamelKeys<Row> {
  return renamed(row, camelNames, (name) =>
    name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
  ) as CamelKeys<Row>;
}

/** Caches names without a limit, because they are the names of properties and columns in the code. */
function renamed(value: object, known: Map<string, string>, rename: (name: string) => string): object {
  const result: Record<string, unknown> = {};
  for (const [name, own] of Object.entries(value)) {
    let other = known.get(name);
    if (other === undefined) known.set(name, (other = rename(name)));
    result[other] = own;
  }
  return result;
}
