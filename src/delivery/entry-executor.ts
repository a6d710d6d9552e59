import { execute, getVariableValues, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { GraphContext } from '../graph/context.ts';
import { maskResult, toGraphQLError, type ReportUnknown } from '../graph/errors.ts';
import { fitsResponse, responseTooLarge } from '../graph/response-size.ts';
import type { Entry } from '../journal/topic.ts';
import type { Encoder } from './encoder.ts';
import { EncodedEntry } from './frame-cache.ts';
import type { Operation } from '../engine/operation.ts';
import type { Compiled, Compiler } from '../engine/jit/compiler.ts';
import { asyncResolver, tooLarge, type Plan } from '../engine/jit/plan.ts';

export interface EntryExecutorOptions<Frame> {
  readonly schema: GraphQLSchema;
  readonly compiler: Compiler;
  readonly operation: Operation;
  /** The variables as the client sent them. */
  readonly variables: Record<string, unknown>;
  readonly encoder: Encoder<Frame>;
  /** Creates the context for one entry, with the rights that all subscribers of the group have. */
  readonly context: () => GraphContext;
  readonly report: ReportUnknown;
  /** Called after each execution. */
  readonly onExecuted: (entry: Entry) => void;
  /** Maximum size of a result. */
  readonly responseBytesMax: number;
}

/** A plan is dropped after it has declined this number of entries in succession. */
const declinedMax = 8;

/** Executes the document of a group for an entry and encodes the result, with a compiled plan or with graphql-js. */
export class EntryExecutor<Frame> {
  readonly #options: EntryExecutorOptions<Frame>;
  readonly #context: () => GraphContext;
  readonly #fromText: ((text: string) => Frame) | null;
  readonly #onExecuted: (entry: Entry) => void;
  /** Undefined: not compiled yet. Null: graphql-js executes the document. */
  #plan: Plan | null | undefined;
  #compiled: Compiled | null = null;
  #declined = 0;

  constructor(options: EntryExecutorOptions<Frame>) {
    this.#options = options;
    this.#context = options.context;
    this.#onExecuted = options.onExecuted;
    this.#fromText = options.encoder.fromText ?? null;
    if (this.#fromText === null) this.#plan = null;
  }

  /** Returns a promise only if a resolver does. @throws the errors of the encoder. */
  frame(entry: Entry): EncodedEntry<Frame> | Promise<EncodedEntry<Frame>> {
    const text = this.#text(entry);
    if (text === tooLarge || (text !== null && this.#exceedsLimit(text)))
      return this.#encoded(entry, this.#options.encoder.encode(this.#tooLargeResult(), entry));
    if (text !== null && this.#fromText !== null) return this.#encoded(entry, this.#fromText(text));
    const { schema, operation, variables } = this.#options;
    const result = execute({
      schema,
      document: operation.document,
      rootValue: entry,
      contextValue: this.#context(),
      variableValues: variables,
    });
    if (!(result instanceof Promise)) return this.#encoded(entry, this.#encode(result, entry));
    return result.then((settled) => this.#encoded(entry, this.#encode(settled, entry)));
  }

  #text(entry: Entry): string | typeof tooLarge | null {
    if (this.#plan === undefined) this.#plan = this.#compile();
    if (this.#plan === null) return null;
    const text = this.#plan(entry, this.#context());
    if (typeof text === 'string') {
      this.#declined = 0;
      return text;
    }
    if (text === tooLarge) return text;
    if (text === asyncResolver || ++this.#declined === declinedMax) this.#dropPlan();
    return null;
  }

  /** Releases the plan. */
  stop(): void {
    this.#compiled?.[Symbol.dispose]();
    this.#compiled = null;
  }

  #compile(): Plan | null {
    const { compiler, operation, schema, variables } = this.#options;
    const { document, node } = operation;
    const { coerced } = getVariableValues(schema, node.variableDefinitions ?? [], variables);
    this.#compiled = coerced === undefined ? null : compiler.compile(document, node, coerced);
    return this.#compiled?.plan ?? null;
  }

  #dropPlan(): void {
    this.#plan = null;
    this.stop();
  }

  #exceedsLimit(text: string): boolean {
    const { responseBytesMax } = this.#options;
    return text.length * 3 > responseBytesMax && Buffer.byteLength(text) > responseBytesMax;
  }

  /** Sent in place of the result, so that a subscriber to events knows which event it has not received. */
  #tooLargeResult(): ExecutionResult {
    const { report, responseBytesMax } = this.#options;
    return { errors: [toGraphQLError(responseTooLarge(responseBytesMax), report)], data: null };
  }

  #encoded(entry: Entry, frame: Frame | null): EncodedEntry<Frame> {
    this.#onExecuted(entry);
    return new EncodedEntry(entry, frame);
  }

  #encode(result: ExecutionResult, entry: Entry): Frame | null {
    const { encoder, report, responseBytesMax } = this.#options;
    const fits = fitsResponse(result, responseBytesMax);
    return encoder.encode(fits ? maskResult(result, report) : this.#tooLargeResult(), entry);
  }
}
