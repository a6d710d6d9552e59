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
import type { Need, Requirement } from '../graph/rules.ts';
import { fragmentsOf } from '../graph/fragments.ts';
import { append } from '../lib/append.ts';

/** An operation of a document, parsed, validated and analysed once for all clients that send it. */
export interface Operation {
  readonly kind: OperationTypeNode;
  /** The operation and its fragments. For a subscription without its cursor. */
  readonly document: DocumentNode;
  readonly node: OperationDefinitionNode;
  /** The printed document: equal for documents that differ only in layout, operation name and cursor. */
  readonly text: string;
  /** What the fields require of the viewer: capabilities first, a credential last. */
  readonly requires: readonly Need[];
  readonly viewerDependent: boolean;
  /** The root field of a subscription. Null for queries and mutations. */
  readonly root: { readonly field: GraphQLField<unknown, unknown>; readonly node: FieldNode } | null;
  /** The value of the root field's argument `after`. */
  readonly after: ValueNode | null;
  /** The operation as the client sent it, with the variables of the cursor. */
  readonly declared: OperationDefinitionNode;
  /** A digest of `text`. */
  readonly id: string;
  /** Approximate size in memory. */
  readonly bytes: number;
}

const needsInOrder: readonly Need[] = [...capabilities, 'anyCapability', 'credential'];

/** Approximate size in memory of a rejected request without its document. */
export const errorBytes = 4_096;

/** A request that is rejected before its execution. The client receives the errors. */
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
  const separated = separate(parsed, declared);
  const requirements = requirementsOf({ schema, introspection }, separated);
  const root =
    declared.operation === OperationTypeNode.SUBSCRIPTION ? rootOf(schema, separated, declared) : null;
  const after = root?.node.arguments?.find((argument) => argument.name.value === 'after')?.value ?? null;
  const document = root === null ? separated : withoutCursor(separated, root.node);
  const node = getOperationAST(document);
  if (!node) throw new RequestError([badRequest(unknownOperation(null))]);
  const text = print(document);
  return {
    kind: declared.operation,
    document,
    node,
    text,
    id: createHash('sha256').update(text).digest('base64url'),
    bytes: bytes + 2 * text.length,
    ...requirements,
    root,
    after,
    declared,
  };
}

/** The requirements of the fields that exist. For documents that may be invalid. */
export function requirementsBeforeValidation(
  options: AnalyseOptions,
  parsed: DocumentNode,
  operationName: string | null,
): readonly Need[] {
  const declared = getOperationAST(parsed, operationName);
  if (!declared) return [];
  return requirementsOf(options, separate(parsed, declared)).requires;
}

/** The operation with the fragments that it uses. */
function separate(parsed: DocumentNode, { name }: OperationDefinitionNode): DocumentNode {
  return separateOperations(parsed)[name?.value ?? ''] ?? parsed;
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
          requires.add('read'); // the schema describes what viewers with `read` can read
          return;
        }
        const rules = field.extensions.rules;
        if (rules?.requires !== undefined) requires.add(rules.requires);
        // A root field without a declared requirement was not created with the builder.
        else if (roots.some((root) => root === types.getParentType())) requires.add('manage');
        viewerDependent ||= rules?.viewerDependent ?? false;
      },
    }),
  );
  return { requires: needsInOrder.filter((need) => requires.has(need)), viewerDependent };
}

/** The root field of a subscription, which may be in a fragment. Validation has ensured that there is only one. */
function rootOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): NonNullable<Operation['root']> {
  const fragments = fragmentsOf(document);
  const unvisited = [...operation.selectionSet.selections];
  for (let selection = unvisited.shift(); selection !== undefined; selection = unvisited.shift()) {
    if ((selection.directives?.length ?? 0) > 0)
      throw new RequestError([badRequest('The root field of a subscription cannot be skipped or included.')]);
    if (selection.kind === Kind.FIELD) {
      const field = schema.getSubscriptionType()?.getFields()[selection.name.value];
      if (field?.extensions.stream === undefined)
        throw new RequestError([badRequest(`${selection.name.value} cannot be subscribed to.`)]);
      return { field, node: selection };
    }
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    append(unvisited, inner?.selectionSet.selections ?? []);
  }
  throw new RequestError([badRequest('A subscription must have one root field.')]);
}

/** Removes the name, the argument `after`, and the variables that only `after` uses: equal for all subscribers. */
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
      variableDefinitions: (node.variableDefinitions ?? []).filter(({ variable }) =>
        used.has(variable.name.value),
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
