import {
  assertObjectType,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
} from 'graphql';
import type { Requirement } from '../../src/graph/rules.ts';
import { schema } from '../../src/schema.ts';

/** What the tables are made of: every root field with a document that asks for it, and who may ask. */

type AnyField = GraphQLField<unknown, unknown>;

export const kinds = ['Query', 'Mutation', 'Subscription'] as const;
export type Kind = (typeof kinds)[number];

export interface Asked {
  /** `Mutation.publish` */
  readonly name: string;
  readonly requires: Requirement;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Every root field of one kind. */
export function rootFields(kind: Kind): readonly Asked[] {
  return Object.values(assertObjectType(schema.getType(kind)).getFields()).map((field) => ({
    name: `${kind}.${field.name}`,
    requires: requirementOf(field),
    ...documentOf(kind, field),
  }));
}

/** Every field below the roots that asks for something on top. */
export function guardedFields(): Readonly<Record<string, Requirement>> {
  const entries = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !(kinds as readonly string[]).includes(type.name)
      ? Object.values(type.getFields()).flatMap((field) => {
          const requires = field.extensions.rules?.requires;
          return requires === undefined || requires === 'read'
            ? []
            : [[`${type.name}.${field.name}`, requires] as const];
        })
      : [],
  );
  return Object.fromEntries(entries);
}

/** Every kind of event, with its required fields only. */
export function eventKinds(): readonly { readonly kind: string; readonly event: object }[] {
  const input = schema.getType('EventInput');
  if (!isInputObjectType(input) || !input.isOneOf) throw new Error('EventInput is no oneOf');
  return Object.values(input.getFields()).map(({ name, type }) => ({
    kind: name,
    event: { [name]: leastOf(type, name) },
  }));
}

/** Everything that the fields of a document ask for. */
export function needsOf(query: string | DocumentNode): ReadonlySet<Requirement> {
  const needs = new Set<Requirement>();
  const types = new TypeInfo(schema);
  visit(
    typeof query === 'string' ? parse(query) : query,
    visitWithTypeInfo(types, {
      Field: () => {
        const requires = types.getFieldDef()?.extensions.rules?.requires;
        if (requires !== undefined) needs.add(requires);
      },
    }),
  );
  return needs;
}

function requirementOf({ name, extensions }: AnyField): Requirement {
  const requires = extensions.rules?.requires;
  if (requires === undefined) throw new Error(`${name} does not say what it needs`);
  return requires;
}

function documentOf(kind: Kind, field: AnyField): Pick<Asked, 'query' | 'variables'> {
  const given = field.args.filter(isRequiredArgument);
  const declared = given.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = given.map(({ name }) => `${name}: $${name}`).join(', ');
  const [head, args] = given.length === 0 ? ['', ''] : [` (${declared})`, `(${passed})`];
  return {
    query: `${kind.toLowerCase()}${head} { ${field.name}${args}${leafsOf(field.type)} }`,
    variables: Object.fromEntries(given.map(({ name, type }) => [name, leastOf(type, name)])),
  };
}

/** The leafs of a type that ask for nothing more. */
function leafsOf(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (isAbstractType(named)) {
    const fails = schema.getPossibleTypes(named).some((one) => one.getInterfaces().some(isFailure));
    return fails ? ' { __typename ... on Failure { code } }' : ' { __typename }';
  }
  const leafs = Object.values(named.getFields()).filter(
    (field) =>
      isLeafType(getNamedType(field.type)) &&
      field.args.length === 0 &&
      field.extensions.rules?.requires === undefined,
  );
  return ` { __typename ${leafs.map(({ name }) => name).join(' ')} }`;
}

function isFailure({ name }: { readonly name: string }): boolean {
  return name === 'Failure';
}

/** One of the configured agents; reports of other agents are rejected. */
export const agentId = 'pricing_agent';

/** Values that are allowed, and that name nothing that there is but for the agent. */
const scalars: Readonly<Record<string, (name: string) => unknown>> = {
  ID: (name) => (name === 'agentId' ? agentId : `fancied-${name.toLowerCase()}`),
  String: (name) => `fancied ${name}`,
  Int: () => 1,
  Float: () => 1,
  SafeInt: () => 1,
  Boolean: () => true,
  DateTime: () => '2026-01-02T03:04:05.000Z',
  JSON: () => ({}),
};

function leastOf(type: GraphQLInputType, name: string): unknown {
  if (isNonNullType(type)) return leastOf(type.ofType, name);
  if (isListType(type)) return [leastOf(type.ofType, name)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const given = type.isOneOf ? fields.slice(0, 1) : fields.filter(isRequiredInputField);
    return Object.fromEntries(given.map((field) => [field.name, leastOf(field.type, field.name)]));
  }
  const made = scalars[type.name];
  if (made === undefined) throw new Error(`say here what a value of the scalar ${type.name} looks like`);
  return made(name);
}
