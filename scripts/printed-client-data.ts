import { getNamedType, isAbstractType, isObjectType, type GraphQLObjectType } from 'graphql';
import { schema } from '../src/schema.ts';

const notice = '// Generated from the schema by `npm run codegen`.\n';
const pageArguments = new Set(['first', 'after', 'last', 'before']);

/** What the client contains of the schema, by the name of its file in client/. */
export function printedClientData(): Readonly<Record<string, string>> {
  return { 'every-fields.generated.ts': everyFields(), 'cache-data.generated.ts': cacheData() };
}

/** The subscriptions that resume after a cursor. */
function everyFields(): string {
  const fields = Object.values(schema.getSubscriptionType()?.getFields() ?? {});
  const names = fields
    .filter(({ extensions }) => extensions.stream?.delivery === 'EVERY')
    .map(({ name }) => name)
    .sort();
  return `${notice}
/** The subscriptions that send every event, and resume after a cursor. */
export const everyFields: ReadonlySet<string> = new Set(
  '${names.join(' ')}'.split(' '),
);
`;
}

/** What normalized caches need. */
function cacheData(): string {
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]);
  const objects = types.filter(isObjectType);
  const possibleTypes = types
    .filter(isAbstractType)
    .map((type): [string, string] => [type.name, JSON.stringify(namesOf(schema.getPossibleTypes(type)))]);
  const connections = objects
    .map((type): [string, string] => [type.name, connectionsOf(type)])
    .filter(([, fields]) => fields !== '{}');
  const values = objects.filter((type) => !roots.has(type) && !('id' in type.getFields()));
  return `${notice}
/** The object types of each interface and union. */
export const possibleTypes: Record<string, string[]> = ${printed(possibleTypes)};

/** The connections of each object type, and their arguments besides those of the page. */
export const connections: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = ${printed(connections)};

/** Object types without \`id\`: they are parts of other objects, and a cache must not store them apart. */
export const valueTypes: readonly string[] =
  '${namesOf(values).join(' ')}'.split(' ');
`;
}

function connectionsOf(type: GraphQLObjectType): string {
  const fields = Object.values(type.getFields())
    .filter(
      ({ type, args }) => isConnection(getNamedType(type).name) && args.some(({ name }) => name === 'after'),
    )
    .map(({ name, args }): [string, readonly string[]] => [
      name,
      args.map((arg) => arg.name).filter((arg) => !pageArguments.has(arg)),
    ]);
  return JSON.stringify(Object.fromEntries(fields));
}

function isConnection(name: string): boolean {
  const type = schema.getType(name);
  return isObjectType(type) && 'edges' in type.getFields();
}

function namesOf(types: readonly { readonly name: string }[]): string[] {
  return types.map(({ name }) => name).sort();
}

function printed(entries: readonly (readonly [string, string])[]): string {
  return `{\n${entries.map(([name, value]) => `  ${name}: ${value},`).join('\n')}\n}`;
}
