import {
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
} from 'graphql';
import { schema } from '../../src/schema.ts';

/** Documents over the whole schema, so that the tests follow it. */

export function isEvent(type: GraphQLNamedType): boolean {
  return isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Event');
}

/** All fields without arguments: scalars, and objects down to this depth, except for these fields. */
export function selectionOf(type: GraphQLNamedType, depth: number, except: readonly string[] = []): string {
  if (isAbstractType(type)) {
    const common = isInterfaceType(type) ? Object.keys(type.getFields()) : [];
    const members = schema
      .getPossibleTypes(type)
      .map((member) => `... on ${member.name} ${selectionOf(member, depth, common)}`);
    const own = isInterfaceType(type) ? fieldsOf(type, depth, except) : [];
    return `{ __typename ${[...own, ...members].join(' ')} }`;
  }
  return isObjectType(type) ? `{ __typename ${fieldsOf(type, depth, except).join(' ')} }` : '';
}

function fieldsOf(
  type: GraphQLObjectType | GraphQLInterfaceType,
  depth: number,
  except: readonly string[],
): string[] {
  return Object.values(type.getFields()).flatMap((field) => {
    const named = getNamedType(field.type);
    if (except.includes(field.name) || field.args.length > 0) return [];
    if (field.extensions.rules?.requires !== undefined) return [];
    if (isLeafType(named)) return [field.name];
    if (depth === 0 || named.name.endsWith('Connection')) return [];
    return [`${field.name} ${selectionOf(named, depth - 1)}`];
  });
}

/** The root fields of queries that need no argument and no further right. */
export function rootFields(): readonly GraphQLField<unknown, unknown>[] {
  return Object.values(schema.getQueryType()?.getFields() ?? {}).filter(({ args }) =>
    args.every(({ type }) => !type.toString().endsWith('!')),
  );
}

/** The connections among them. */
export function connections(): readonly GraphQLField<unknown, unknown>[] {
  return rootFields().filter(({ args }) => args.some(({ name }) => name === 'after'));
}

/** The query of a page. @param depth of objects in the nodes. */
export function pageQuery({ name, type }: GraphQLField<unknown, unknown>, depth: number): string {
  const connection = getNamedType(type) as GraphQLObjectType;
  const edges = getNamedType(connection.getFields()['edges']?.type) as GraphQLObjectType;
  const node = getNamedType(edges.getFields()['node']?.type) as GraphQLNamedType;
  return `query Page($first: Int, $after: String) {
    ${name}(first: $first, after: $after) {
      edges { cursor node ${selectionOf(node, depth)} }
      pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
    }
  }`;
}

/** All events after a cursor, with all their fields. */
export function eventsSubscription(): string {
  return `subscription ($after: Cursor) { events(after: $after) ${selectionOf(
    schema.getType('Event') as GraphQLNamedType,
    1,
  )} }`;
}
