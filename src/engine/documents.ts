import { append } from '../lib/append.ts';
import {
  getOperationAST,
  GraphQLError,
  Kind,
  OperationTypeNode,
  parse,
  print,
  separateOperations,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValueNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { createHash } from 'node:crypto';
import { capabilities } from '../auth/viewer.ts';
import { withCode } from '../graph/errors.ts';
import { limits, validationRules } from '../graph/limits.ts';
import { comparesTooMuch, repeatedTooOften } from '../graph/repetition.ts';
import type { Requirement } from '../graph/rules.ts';
import { MemoryBudget, memoryBudgetDefault, type Share } from '../lib/memory-budget.ts';
import { dropTokens } from './drop-tokens.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

/** Which operation is meant. */
export interface Asked {
  /** A client's text; or a document of the server's own, with one operation, which nobody has to trust. */
  readonly query: string | DocumentNode;
  /** The name of a trusted document, where there is no text. */
  readonly documentId?: string | null | undefined;
  readonly operationName?: string | null | undefined;
}

/** A document that was parsed, found valid and looked through once, whoever sends it how often. */
export interface Operation {
  readonly kind: OperationTypeNode;
  /** The one operation and its fragments; for a subscription without the resume cursor. */
  readonly document: DocumentNode;
  readonly node: OperationDefinitionNode;
  /** Equal for documents that differ only in layout, names and resume cursor. */
  readonly text: string;
  /** What the fields ask of the viewer, in the order of the capabilities, a credential last. */
  readonly requires: readonly Need[];
  readonly viewerDependent: boolean;
  /** A subscription's only root field. */
  readonly root: { readonly field: GraphQLField<unknown, unknown>; readonly node: FieldNode } | null;
  /** What stands in the argument `after` of that field. */
  readonly after: ValueNode | null;
  /** Variables as the client declared them, the cursor's among them. */
  readonly declared: OperationDefinitionNode;
  /** Equal for equal texts, and short. */
  readonly id: string;
  /** About what it takes in memory. */
  readonly bytes: number;
}

/** A requirement that somebody may fail to meet. */
export type Need = Exclude<Requirement, 'nothing'>;

const needsInOrder: readonly Need[] = [...capabilities, 'anyCapability', 'credential'];

/** Errors without a document. */
const refusedBytes = 4_096;

/** A document that is not served. The errors are for the client. */
export class Refused extends Error {
  readonly errors: readonly GraphQLError[];
  /** About what it takes in memory. */
  readonly bytes: number;
  constructor(errors: readonly GraphQLError[], bytes = refusedBytes) {
    super(errors[0]?.message ?? 'refused');
    this.errors = errors;
    this.bytes = bytes;
  }
}

const rememberedMax = 2_000;
/** What the nodes of a token hold, with their places; measured. */
const tokenBytes = 400;

/** Refused to one viewer before it was validated. */
class Unadmitted extends Refused {}

/** Not valid, which is for those to know who may have the answers. */
class Invalid extends Refused {
  readonly #requires: readonly Need[];
  readonly #tokens: number;

  constructor(errors: readonly GraphQLError[], bytes: number, requires: readonly Need[], tokens: number) {
    super(errors, bytes);
    this.#requires = requires;
    this.#tokens = tokens;
  }

  as(admit: Admit): Refused {
    const refusal = admit.parsed(this.#requires, this.#tokens);
    return refusal === null ? this : new Unadmitted([refusal]);
  }
}

/** Whether a viewer's new document is worth the work. */
export interface Admit {
  /** Before it is parsed. @throws Refused */
  readonly text: (text: string) => void;
  /** Before it is validated: why it is not served to this viewer; null: it may be. */
  readonly parsed: (requires: readonly Need[], tokens: number) => GraphQLError | null;
}

const admitAll: Admit = { text: () => {}, parsed: () => null };

function keyOf(text: string, operationName: string | null): string {
  return `${operationName ?? ''}\n${text}`;
}

export interface OperationsOptions {
  readonly introspection: boolean;
  /** The only documents that clients may have executed; null: any. */
  readonly trusted?: TrustedDocuments | null;
  readonly memory?: Share;
}

/** Parses and validates documents, remembering what it has seen: a storm of equal clients costs one of each. */
export class Operations {
  readonly #schema: GraphQLSchema;
  readonly #introspection: boolean;
  readonly #trusted: TrustedDocuments | null;
  readonly #ours = new WeakMap<DocumentNode, Operation | Refused>();
  readonly #seen: LRUCache<string, Operation | Refused>;

  constructor(
    schema: GraphQLSchema,
    {
      introspection,
      trusted = null,
      memory = new MemoryBudget(memoryBudgetDefault).share('documents'),
    }: OperationsOptions,
  ) {
    this.#seen = new LRUCache<string, Operation | Refused>({
      max: rememberedMax,
      maxSize: Math.max(1, memory.bytesMax),
      sizeCalculation: (seen, key) => 2 * key.length + seen.bytes,
    });
    memory.observe(() => this.#seen.calculatedSize);
    this.#schema = schema;
    this.#introspection = introspection;
    this.#trusted = trusted;
  }

  /** @param admit looks at a document that was never seen before. @throws Refused */
  prepare({ query, documentId, operationName }: Asked, admit: Admit = admitAll): Operation {
    const seen =
      typeof query === 'string'
        ? this.#theirs(query || this.#named(documentId ?? null), operationName ?? null, admit)
        : this.#own(query);
    if (seen instanceof Refused) throw seen;
    return seen;
  }

  /** Whether it was prepared before, so that preparing it is no work. */
  knows({ query, documentId, operationName }: Asked): boolean {
    if (typeof query !== 'string') return true;
    const text = query || (this.#trusted?.find(documentId ?? '') ?? '');
    return this.#seen.has(keyOf(text, operationName ?? null));
  }

  #named(id: string | null): string {
    if (id === null) return '';
    const text = this.#trusted?.find(id) ?? null;
    if (text === null) throw new Refused([this.#trusted === null ? nothingKept() : notKept(id)]);
    return text;
  }

  #own(document: DocumentNode): Operation | Refused {
    const seen = this.#ours.get(document) ?? this.#look(print(document), null, null, admitAll);
    this.#ours.set(document, seen);
    return seen;
  }

  #theirs(text: string, operationName: string | null, admit: Admit): Operation | Refused {
    if (text.length > limits.documentCharsMax)
      return new Refused([badRequest(`The document has more than ${limits.documentCharsMax} characters.`)]);
    const key = keyOf(text, operationName);
    const known = this.#seen.get(key);
    if (known instanceof Invalid) return known.as(admit);
    if (known !== undefined) return known;
    admit.text(text);
    const seen = this.#look(text, operationName, this.#trusted, admit);
    if (!(seen instanceof Unadmitted)) this.#seen.set(key, seen);
    return seen;
  }

  #look(
    text: string,
    operationName: string | null,
    trusted: TrustedDocuments | null,
    admit: Admit,
  ): Operation | Refused {
    try {
      const parsed = parse(text, { maxTokens: limits.tokensMax });
      const tokens = dropTokens(parsed);
      const bytes = refusedBytes + 2 * text.length + tokenBytes * tokens;
      const requires = this.#needsBeforeValidation(parsed, operationName);
      const refusal = admit.parsed(requires, tokens);
      if (refusal !== null) return new Unadmitted([refusal]); // of this viewer; it is not remembered for others
      if (trusted?.includes(parsed) === false) return new Refused([foreign()]);
      const repeated = repeatedTooOften(parsed);
      if (repeated !== null)
        return new Refused([
          badRequest(`${repeated.name} stands more than ${repeated.max} times in one selection.`),
        ]);
      if (comparesTooMuch(parsed))
        return new Refused([badRequest('The document selects too many fields more than once.')]);
      const errors = validate(this.#schema, parsed, validationRules, { maxErrors: 20 });
      if (errors.length > 0) return new Invalid(errors.map(asBadRequest), bytes, requires, tokens);
      const declared = getOperationAST(parsed, operationName);
      if (!declared) return new Refused([badRequest(whichOperation(operationName))]);
      return this.#understand(parsed, declared, bytes);
    } catch (error) {
      if (error instanceof Refused) return error;
      if (error instanceof GraphQLError) return new Refused([asBadRequest(error)]);
      throw error;
    }
  }

  #understand(parsed: DocumentNode, declared: OperationDefinitionNode, bytes: number): Operation {
    const alone = separateOperations(parsed)[declared.name?.value ?? ''] ?? parsed;
    const needs = this.#needs(alone);
    const root = declared.operation === OperationTypeNode.SUBSCRIPTION ? this.#root(alone, declared) : null;
    const after = root?.node.arguments?.find((argument) => argument.name.value === 'after')?.value ?? null;
    const document = root === null ? alone : withoutCursor(alone, root.node);
    const node = getOperationAST(document);
    if (!node) throw new Refused([badRequest(whichOperation(null))]);
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

  /** What the fields that exist ask for; a document that is not valid may have others. */
  #needsBeforeValidation(parsed: DocumentNode, operationName: string | null): readonly Need[] {
    const declared = getOperationAST(parsed, operationName);
    if (!declared) return [];
    const alone = separateOperations(parsed)[declared.name?.value ?? ''] ?? parsed;
    return this.#needs(alone).requires;
  }

  #needs(document: DocumentNode) {
    const requires = new Set<Requirement>();
    let viewerDependent = false;
    const types = new TypeInfo(this.#schema);
    const { QUERY, MUTATION, SUBSCRIPTION } = OperationTypeNode;
    const roots = [QUERY, MUTATION, SUBSCRIPTION].map((kind) => this.#schema.getRootType(kind));
    visit(
      document,
      visitWithTypeInfo(types, {
        Field: () => {
          const field = types.getFieldDef();
          if (!field || field.name === '__typename') return;
          if (field.name.startsWith('__')) {
            if (!this.#introspection) throw new Refused([badRequest('Introspection is off.')]);
            requires.add('read'); // who may see nothing does not learn what there is to see
            return;
          }
          const rules = field.extensions.rules;
          if (rules?.requires !== undefined) requires.add(rules.requires);
          // A root field that does not say what it needs was made around the builder.
          else if (roots.some((root) => root === types.getParentType())) requires.add('manage');
          viewerDependent ||= rules?.viewerDependent ?? false;
        },
      }),
    );
    return { requires: needsInOrder.filter((need) => requires.has(need)), viewerDependent };
  }

  /** The root field of a subscription, which may stand in a fragment. Validation has seen that there is but one. */
  #root(document: DocumentNode, operation: OperationDefinitionNode): NonNullable<Operation['root']> {
    const fragments = new Map(
      document.definitions.flatMap((one) =>
        one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [],
      ),
    );
    const open = [...operation.selectionSet.selections];
    for (let selection = open.shift(); selection !== undefined; selection = open.shift()) {
      if ((selection.directives?.length ?? 0) > 0)
        throw new Refused([badRequest('The root field of a subscription cannot be skipped or included.')]);
      if (selection.kind === Kind.FIELD) {
        const field = this.#schema.getSubscriptionType()?.getFields()[selection.name.value];
        if (field?.extensions.stream === undefined)
          throw new Refused([badRequest(`${selection.name.value} cannot be subscribed to.`)]);
        return { field, node: selection };
      }
      const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      append(open, inner?.selectionSet.selections ?? []);
    }
    throw new Refused([badRequest('A subscription has one root field.')]);
  }
}

/** The same operation for every resuming reader: no name, no `after`, no variable that only `after` used. */
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

function whichOperation(name: string | null): string {
  return name === null
    ? 'Say with operationName which operation of the document is meant.'
    : `The document has no operation ${JSON.stringify(name.slice(0, 100))}.`;
}

// The first two messages are the words by which clients know that they have to send something else.

function notKept(documentId: string): GraphQLError {
  const extensions = { code: 'PERSISTED_QUERY_NOT_FOUND', documentId: documentId.slice(0, 100) };
  return new GraphQLError('PersistedQueryNotFound', { extensions });
}

function nothingKept(): GraphQLError {
  const extensions = { code: 'PERSISTED_QUERY_NOT_SUPPORTED', allowed: 'the text of the document in query' };
  return new GraphQLError('PersistedQueryNotSupported', { extensions });
}

function foreign(): GraphQLError {
  return badRequest(
    'This server executes only the documents that it was given, and this one is none of them.',
  );
}

function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
}

function asBadRequest(error: GraphQLError): GraphQLError {
  return withCode(error, 'BAD_REQUEST');
}
