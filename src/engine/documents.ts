import {
  getOperationAST,
  GraphQLError,
  parse,
  print,
  validate,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { withCode } from '../graph/errors.ts';
import { limits, validationRules } from '../graph/limits.ts';
import { comparesTooMuch, repeatedTooOften } from '../graph/repetition.ts';
import { MemoryBudget, memoryBudgetDefault, type Share } from '../lib/memory-budget.ts';
import {
  analyse,
  badRequest,
  errorBytes,
  requirementsBeforeValidation,
  RequestError,
  unknownOperation,
  type AnalyseOptions,
  type Need,
  type Operation,
} from './operation.ts';
import { dropTokens } from './drop-tokens.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

/** The document of a request, and which of its operations to execute. */
export interface Asked {
  /** The text of a client; or a document of the server itself, with one operation, which is always trusted. */
  readonly query: string | DocumentNode;
  /** The name of a trusted document, where there is no text. */
  readonly documentId?: string | null | undefined;
  readonly operationName?: string | null | undefined;
}

const rememberedMax = 2_000;
/** Size of the nodes of a token with their locations; measured. */
const tokenBytes = 400;

/** Rejected for one viewer before it was validated, so it is not cached for others. */
class NotAdmitted extends RequestError {}

/** An invalid document. Its errors are sent only to viewers who could execute it. */
class Invalid extends RequestError {
  readonly #requires: readonly Need[];
  readonly #tokens: number;

  constructor(errors: readonly GraphQLError[], bytes: number, requires: readonly Need[], tokens: number) {
    super(errors, bytes);
    this.#requires = requires;
    this.#tokens = tokens;
  }

  as(admit: DocumentGuard): RequestError {
    const refusal = admit.parsed(this.#requires, this.#tokens);
    return refusal === null ? this : new NotAdmitted([refusal]);
  }
}

/** Decides whether a viewer may have a new document parsed and validated. */
export interface DocumentGuard {
  /** Called before parsing. @throws RequestError */
  readonly text: (text: string) => void;
  /** Called before validation: why this viewer's document is rejected; null: it is not. */
  readonly parsed: (requires: readonly Need[], tokens: number) => GraphQLError | null;
}

const admitAll: DocumentGuard = { text: () => {}, parsed: () => null };

function keyOf(text: string, operationName: string | null): string {
  return `${operationName ?? ''}\n${text}`;
}

export interface OperationsOptions {
  readonly introspection: boolean;
  /** The only documents that clients may have executed; null: any. */
  readonly trusted?: TrustedDocuments | null;
  readonly memory?: Share;
}

/** Parses, validates and analyses documents, and caches them: equal documents of many clients cost it once. */
export class Operations {
  readonly #analysis: AnalyseOptions;
  readonly #trusted: TrustedDocuments | null;
  readonly #ours = new WeakMap<DocumentNode, Operation | RequestError>();
  readonly #seen: LRUCache<string, Operation | RequestError>;

  constructor(
    schema: GraphQLSchema,
    {
      introspection,
      trusted = null,
      memory = new MemoryBudget(memoryBudgetDefault).share('documents'),
    }: OperationsOptions,
  ) {
    this.#seen = new LRUCache<string, Operation | RequestError>({
      max: rememberedMax,
      maxSize: Math.max(1, memory.bytesMax),
      sizeCalculation: (seen, key) => 2 * key.length + seen.bytes,
    });
    memory.observe(() => this.#seen.calculatedSize);
    this.#analysis = { schema, introspection };
    this.#trusted = trusted;
  }

  /** @param admit decides about a document that is not cached. @throws RequestError */
  prepare({ query, documentId, operationName }: Asked, admit: DocumentGuard = admitAll): Operation {
    const seen =
      typeof query === 'string'
        ? this.#theirs(query || this.#named(documentId ?? null), operationName ?? null, admit)
        : this.#own(query);
    if (seen instanceof RequestError) throw seen;
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
    if (text === null) throw new RequestError([this.#trusted === null ? nothingKept() : notKept(id)]);
    return text;
  }

  #own(document: DocumentNode): Operation | RequestError {
    const seen = this.#ours.get(document) ?? this.#look(print(document), null, null, admitAll);
    this.#ours.set(document, seen);
    return seen;
  }

  #theirs(text: string, operationName: string | null, admit: DocumentGuard): Operation | RequestError {
    if (text.length > limits.documentCharsMax)
      return new RequestError([
        badRequest(`The document has more than ${limits.documentCharsMax} characters.`),
      ]);
    const key = keyOf(text, operationName);
    const known = this.#seen.get(key);
    if (known instanceof Invalid) return known.as(admit);
    if (known !== undefined) return known;
    admit.text(text);
    const seen = this.#look(text, operationName, this.#trusted, admit);
    if (!(seen instanceof NotAdmitted)) this.#seen.set(key, seen);
    return seen;
  }

  #look(
    text: string,
    operationName: string | null,
    trusted: TrustedDocuments | null,
    admit: DocumentGuard,
  ): Operation | RequestError {
    try {
      const parsed = parse(text, { maxTokens: limits.tokensMax });
      const tokens = dropTokens(parsed);
      const bytes = errorBytes + 2 * text.length + tokenBytes * tokens;
      const requires = requirementsBeforeValidation(this.#analysis, parsed, operationName);
      const refusal = admit.parsed(requires, tokens);
      if (refusal !== null) return new NotAdmitted([refusal]); // of this viewer; it is not remembered for others
      if (trusted?.includes(parsed) === false) return new RequestError([foreign()]);
      const repeated = repeatedTooOften(parsed);
      if (repeated !== null)
        return new RequestError([
          badRequest(`${repeated.name} is selected more than ${repeated.max} times in one selection set.`),
        ]);
      if (comparesTooMuch(parsed))
        return new RequestError([badRequest('The document selects too many fields more than once.')]);
      const errors = validate(this.#analysis.schema, parsed, validationRules, { maxErrors: 20 });
      if (errors.length > 0) return new Invalid(errors.map(asBadRequest), bytes, requires, tokens);
      const declared = getOperationAST(parsed, operationName);
      if (!declared) return new RequestError([badRequest(unknownOperation(operationName))]);
      return analyse(this.#analysis, parsed, declared, bytes);
    } catch (error) {
      if (error instanceof RequestError) return error;
      if (error instanceof GraphQLError) return new RequestError([asBadRequest(error)]);
      throw error;
    }
  }
}

// Clients recognize the first two messages by their text and send the document instead.

function notKept(documentId: string): GraphQLError {
  const extensions = { code: 'PERSISTED_QUERY_NOT_FOUND', documentId: documentId.slice(0, 100) };
  return new GraphQLError('PersistedQueryNotFound', { extensions });
}

function nothingKept(): GraphQLError {
  const extensions = { code: 'PERSISTED_QUERY_NOT_SUPPORTED', allowed: 'the text of the document in query' };
  return new GraphQLError('PersistedQueryNotSupported', { extensions });
}

function foreign(): GraphQLError {
  return badRequest('This server executes only trusted documents, and this document is not one of them.');
}

function asBadRequest(error: GraphQLError): GraphQLError {
  return withCode(error, 'BAD_REQUEST');
}
