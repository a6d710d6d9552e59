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
import type { Need } from '../graph/rules.ts';
import { exceedsComparisonLimit, findRepeatedField } from '../graph/validation-cost.ts';
import { getOrCreate } from '../lib/get-or-create.ts';
import { MemoryBudget, memoryBudgetDefault, type Share } from '../lib/memory-budget.ts';
import {
  analyse,
  badRequest,
  errorBytes,
  requirementsBeforeValidation,
  RequestError,
  unknownOperation,
  type AnalyseOptions,
  type Operation,
} from './operation.ts';
import { dropTokens } from './drop-tokens.ts';
import { PersistedDocuments } from './persisted-documents.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

/** The document of a request, and the operation to execute. */
export interface DocumentRequest {
  /** The text that a client sent, or a document of the server itself, which has one operation and is always trusted. */
  readonly query: string | DocumentNode;
  /** The id of a trusted document, if there is no text. */
  readonly documentId?: string | null | undefined;
  /** The SHA-256 of the text, in hexadecimal: of a document to store, or without a text, of a stored one. */
  readonly sha256Hash?: string | null | undefined;
  readonly operationName?: string | null | undefined;
}

const documentsMax = 2_000;
/** Measured size in memory of the nodes of a token with their locations. */
const tokenBytes = 400;
/** The part of the memory of documents that the texts of automatic persisted queries take. */
const persistedShare = 1 / 8;

/** A document that was rejected for one viewer before its validation, so the rejection is not cached. */
class Rejected extends RequestError {}

/** An invalid document. Its errors are sent only to viewers that meet its requirements. */
class Invalid extends RequestError {
  readonly #requires: readonly Need[];
  readonly #tokens: number;

  constructor(errors: readonly GraphQLError[], bytes: number, requires: readonly Need[], tokens: number) {
    super(errors, bytes);
    this.#requires = requires;
    this.#tokens = tokens;
  }

  errorFor(guard: DocumentGuard): RequestError {
    const rejection = guard.parsed(this.#requires, this.#tokens);
    return rejection === null ? this : new Rejected([rejection]);
  }
}

/** Decides whether a document that is not cached is parsed and validated for a viewer. */
export interface DocumentGuard {
  /** Called before parsing. @throws RequestError that rejects the document. */
  readonly text: (text: string) => void;
  /** Called before validation. Returns the error that rejects the document, or null. */
  readonly parsed: (requires: readonly Need[], tokens: number) => GraphQLError | null;
}

const noGuard: DocumentGuard = { text: () => {}, parsed: () => null };

function keyOf(text: string, operationName: string | null): string {
  return `${operationName ?? ''}\n${text}`;
}

export interface OperationsOptions {
  readonly introspection: boolean;
  /** The only documents that clients can execute. Null: any document. */
  readonly trusted?: TrustedDocuments | null;
  readonly memory?: Share;
}

/** Parses, validates and analyses documents, once for all clients that send the same text. */
export class Operations {
  readonly #analysis: AnalyseOptions;
  readonly #trusted: TrustedDocuments | null;
  /** Documents of the server itself. */
  readonly #own = new WeakMap<DocumentNode, Operation | RequestError>();
  /** Documents of clients. */
  readonly #cache: LRUCache<string, Operation | RequestError>;
  /** Automatic persisted queries. Null: clients can execute only trusted documents. */
  readonly #persisted: PersistedDocuments | null;

  constructor(
    schema: GraphQLSchema,
    {
      introspection,
      trusted = null,
      memory = new MemoryBudget(memoryBudgetDefault).share('documents'),
    }: OperationsOptions,
  ) {
    const persistedBytesMax = trusted === null ? Math.floor(memory.bytesMax * persistedShare) : 0;
    this.#persisted = trusted === null ? new PersistedDocuments(persistedBytesMax) : null;
    this.#cache = new LRUCache<string, Operation | RequestError>({
      max: documentsMax,
      maxSize: Math.max(1, memory.bytesMax - persistedBytesMax),
      sizeCalculation: (prepared, key) => 2 * key.length + prepared.bytes,
    });
    memory.observe(() => this.#cache.calculatedSize + (this.#persisted?.bytes ?? 0));
    this.#analysis = { schema, introspection };
    this.#trusted = trusted;
  }

  /** @throws RequestError */
  prepare(request: DocumentRequest, guard: DocumentGuard = noGuard): Operation {
    const { query, operationName } = request;
    const prepared =
      typeof query === 'string'
        ? this.#ofClient(this.#textOf(query, request), operationName ?? null, guard)
        : this.#ofServer(query);
    if (prepared instanceof RequestError) throw prepared;
    return prepared;
  }

  /**
   * Stores the document of a request with text and hash, so that clients can request it by its hash. The request must
   * have been prepared, which has verified the hash. @param owner the client. Null: unknown.
   */
  persist({ query, sha256Hash }: DocumentRequest, owner: string | null): void {
    if (typeof query === 'string' && query !== '' && sha256Hash)
      this.#persisted?.add(sha256Hash, query, owner);
  }

  isCached({ query, documentId, sha256Hash, operationName }: DocumentRequest): boolean {
    if (typeof query !== 'string') return true;
    const text =
      query || (this.#trusted?.find(documentId ?? '') ?? this.#persisted?.find(sha256Hash ?? '') ?? '');
    return this.#cache.has(keyOf(text, operationName ?? null));
  }

  /** The text of a request, which may have an id or a hash in its place. @throws RequestError */
  #textOf(query: string, { documentId, sha256Hash = null }: DocumentRequest): string {
    if (sha256Hash === null) return query || this.#trustedText(documentId ?? null);
    if (this.#persisted === null) {
      const text = query || (this.#trusted?.find(sha256Hash) ?? null);
      if (text === null) throw new RequestError([notPersistable()]);
      return text;
    }
    if (query === '') {
      const text = this.#persisted.find(sha256Hash);
      if (text === null) throw new RequestError([unknownDocument(sha256Hash)]);
      return text;
    }
    if (query.length <= limits.documentCharsMax && !this.#persisted.matches(sha256Hash, query))
      throw new RequestError([
        badRequest('sha256Hash must be the SHA-256 of query, in lowercase hexadecimal digits.'),
      ]);
    return query;
  }

  #trustedText(id: string | null): string {
    if (id === null) return '';
    const text = this.#trusted?.find(id) ?? null;
    if (text === null)
      throw new RequestError([this.#trusted === null ? noTrustedDocuments() : unknownDocument(id)]);
    return text;
  }

  #ofServer(document: DocumentNode): Operation | RequestError {
    return getOrCreate(this.#own, document, () => this.#analyse(print(document), null, null, noGuard));
  }

  #ofClient(text: string, operationName: string | null, guard: DocumentGuard): Operation | RequestError {
    if (text.length > limits.documentCharsMax)
      return new RequestError([
        badRequest(`The document must have at most ${limits.documentCharsMax} characters.`),
      ]);
    const key = keyOf(text, operationName);
    const known = this.#cache.get(key);
    if (known instanceof Invalid) return known.errorFor(guard);
    if (known !== undefined) return known;
    guard.text(text);
    const prepared = this.#analyse(text, operationName, this.#trusted, guard);
    if (!(prepared instanceof Rejected)) this.#cache.set(key, prepared);
    return prepared;
  }

  #analyse(
    text: string,
    operationName: string | null,
    trusted: TrustedDocuments | null,
    guard: DocumentGuard,
  ): Operation | RequestError {
    try {
      const parsed = parse(text, { maxTokens: limits.tokensMax });
      const tokens = dropTokens(parsed);
      const bytes = errorBytes + 2 * text.length + tokenBytes * tokens;
      const requires = requirementsBeforeValidation(this.#analysis, parsed, operationName);
      const rejection = guard.parsed(requires, tokens);
      if (rejection !== null) return new Rejected([rejection]);
      if (trusted?.includes(parsed) === false) return new RequestError([untrusted()]);
      const repeated = findRepeatedField(parsed);
      if (repeated !== null)
        return new RequestError([
          badRequest(`${repeated.name} is selected more than ${repeated.max} times in one selection set.`),
        ]);
      if (exceedsComparisonLimit(parsed))
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

// Client libraries match the text of the next three messages, and then send the document itself.

function unknownDocument(documentId: string): GraphQLError {
  const extensions = { code: 'PERSISTED_QUERY_NOT_FOUND', documentId: documentId.slice(0, 100) };
  return new GraphQLError('PersistedQueryNotFound', { extensions });
}

function noTrustedDocuments(): GraphQLError {
  const extensions = { code: 'PERSISTED_QUERY_NOT_SUPPORTED', allowed: 'the text of the document in query' };
  return new GraphQLError('PersistedQueryNotSupported', { extensions });
}

/** Stops clients from sending hashes that the server will not store. */
function notPersistable(): GraphQLError {
  const extensions = { code: 'PERSISTED_QUERY_NOT_SUPPORTED', allowed: 'a trusted document' };
  return new GraphQLError('PersistedQueryNotSupported', { extensions });
}

function untrusted(): GraphQLError {
  return badRequest('This server executes only trusted documents, and this document is not one of them.');
}

function asBadRequest(error: GraphQLError): GraphQLError {
  return withCode(error, 'BAD_REQUEST');
}
