import {
  getOperationAST,
  GraphQLError,
  Kind,
  OperationTypeNode,
  print,
  separateOperations,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValueNode,
} from 'graphql';
import { createHash } from 'node:crypto';
import { capabilities } from '../auth/viewer.ts';
import type { Requirement } from '../graph/rules.ts';
import { append } from '../lib/append.ts';

/** An operation that was parsed, validated and analysed once for all clients that send it. */
export interface Operation {
  readonly kind: OperationTypeNode;
  /** The one operation and its fragments; for a subscription without the resume cursor. */
  readonly document: DocumentNode;
  readonly node: OperationDefinitionNode;
  /** Equal for documents that differ only in layout, names and resume cursor. */
  readonly text: string;
  /** What the fields require of the viewer, in the order of the capabilities, a credential last. */
  readonly requires: readonly Need[];
  readonly viewerDependent: boolean;
  /** A subscription's only root field. */
  readonly root: { readonly field: GraphQLField<unknown, unknown>; readonly node: FieldNode } | null;
  /** The value of that field's argument `after`. */
  readonly after: ValueNode | null;
  /** With all variables that the client declared, the cursor's included. */
  readonly declared: OperationDefinitionNode;
  /** A digest of `text`. */
  readonly id: string;
  /** Approximate size in memory. */
  readonly bytes: number;
}

/** A requirement that a viewer may fail to meet. */
export type Need = Exclude<Requirement, 'nothing'>;

const needsInOrder: readonly Need[] = [...capabilities, 'anyCapability', 'credential'];

/** Approximate size of errors without a document. */
export const errorBytes = 4_096;

/** A request that is rejected before it is executed. The errors are sent to the client. */
export class RequestError extends Error {
  readonly errors: readonly GraphQLError[];
  /** Approximate size in memory. */
  readonly bytes: number;
  constructor(errors: readonly GraphQLError[], bytes = errorBytes) {
    super(errors[0]?.message ?? 'rejected');
    this.errors = errors;
    this.bytes = bytes;
  }
}

export interface AnalyseOptions {
  readonly schema: GraphQLSchema;
  readonly introspection: boolean;
}

/** @param bytes approximate size of the parsed document. @throws RequestError */
export function analyse(
  { schema, introspection }: AnalyseOptions,
  parsed: DocumentNode,
  declared: OperationDefinitionNode,
  bytes: number,
): Operation {
  const alone = separateOperations(parsed)[declared.name?.value ?? ''] ?? parsed;
  const needs = requirementsOf({ schema, introspection }, alone);
  const root = declared.operation === OperationTypeNode.SUBSCRIPTION ? rootOf(schema, alone, declared) : null;
  const after = root?.node.arguments?.find((argument) => argument.name.value === 'after')?.value ?? null;
  const document = root === null ? alone : withoutCursor(alone, root.node);
  const node = getOperationAST(document);
  if (!node) throw new RequestError([badRequest(unknownOperation(null))]);
  const printed = print(document);
  return {
    kind: declared.operation,
    document,
    node,
    text: printed,
    id: createHash('sha256').update(printed).digest('base64url'),
    bytes: bytes + 2 * printed.length,
    ...needs,
    root,
    after,
    declared,
  };
}

/** What the fields that exist require: the document may be invalid. */
export function requirementsBeforeValidation(
  options: AnalyseOptions,
  parsed: DocumentNode,
  operationName: string | null,
): readonly Need[] {
  const declared = getOperationAST(parsed, operationName);
  if (!declared) return [];
  const alone = separateOperations(parsed)[declared.name?.value ?? ''] ?? parsed;
  return requirementsOf(options, alone).requires;
}

function requirementsOf({ schema, introspection }: AnalyseOptions, document: DocumentNode) {
  const requires = new Set<Requirement>();
  let viewerDependent = false;
  const types = new TypeInfo(schema);
  const { QUERY, MUTATION, SUBSCRIPTION } = OperationTypeNode;
  const roots = [QUERY, MUTATION, SUBSCRIPTION].map((kind) => schema.getRootType(kind));
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: () => {
        const field = types.getFieldDef();
        if (!field || field.name === '__typename') return;
        if (field.name.startsWith('__')) {
          if (!introspection) throw new RequestError([badRequest('Introspection is off.')]);
          requires.add('read'); // who may read nothing may not read the schema either
          return;
        }
        const rules = field.extensions.rules;
        if (rules?.requires !== undefined) requires.add(rules.requires);
        // A root field that declares no requirement was not made with the builder.
        else if (roots.some((root) => root === types.getParentType())) requires.add('manage');
        viewerDependent ||= rules?.viewerDependent ?? false;
      },
    }),
  );
  return { requires: needsInOrder.filter((need) => requires.has(need)), viewerDependent };
}

/** The root field of a subscription, which may be in a fragment. Validation has made sure that it is the only one. */
function rootOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): NonNullable<Operation['root']> {
  const fragments = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [],
    ),
  );
  const open = [...operation.selectionSet.selections];
  for (let selection = open.shift(); selection !== undefined; selection = open.shift()) {
    if ((selection.directives?.length ?? 0) > 0)
      throw new RequestError([badRequest('The root field of a subscription cannot be skipped or included.')]);
    if (selection.kind === Kind.FIELD) {
      const field = schema.getSubscriptionType()?.getFields()[selection.name.value];
      if (field?.extensions.stream === undefined)
        throw new RequestError([badRequest(`${selection.name.value} cannot be subscribed to.`)]);
      return { field, node: selection };
    }
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    append(open, inner?.selectionSet.selections ?? []);
  }
  throw new RequestError([badRequest('A subscription has one root field.')]);
}

/** The same operation for all readers that resume: no name, no `after`, no variable that only `after` uses. */
function withoutCursor(document: DocumentNode, root: FieldNode): DocumentNode {
  const bare = visit(document, {
    Field: (node) =>
      node === root
        ? { ...node, arguments: (node.arguments ?? []).filter((argument) => argument.name.value !== 'after') }
        : undefined,
  });
  const used = new Set<string>();
  visit(bare, {
    VariableDefinition: () => false,
    Variable: (node) => {
      used.add(node.name.value);
    },
  });
  return visit(bare, {
    OperationDefinition: ({ name: _name, ...node }) => ({
      ...node,
      variableDefinitions: (node.variableDefinitions ?? []).filter((one) =>
        used.has(one.variable.name.value),
      ),
    }),
  });
}

export function unknownOperation(name: string | null): string {
  return name === null
    ? 'Must provide operationName when the document contains several operations.'
    : `The document has no operation ${JSON.stringify(name.slice(0, 100))}.`;
}

export function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
}
