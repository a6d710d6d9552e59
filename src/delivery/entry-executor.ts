import { execute, getVariableValues, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { GraphContext } from '../graph/context.ts';
import { maskResult, toGraphQLError, type ReportUnknown } from '../graph/errors.ts';
import { fitsResponse, responseTooLarge } from '../graph/response-size.ts';
import type { Entry } from '../journal/topic.ts';
import type { Encoder } from './encoder.ts';
import { EncodedEntry } from './frame-cache.ts';
import type { Operation } from '../engine/operation.ts';
import type { Compiled, Compiler } from '../engine/jit/compiler.ts';
import { ASYNC, TOO_LARGE, type Plan } from '../engine/jit/plan.ts';

export interface EntryExecutorOptions<Frame> {
  readonly schema: GraphQLSchema;
  readonly compiler: Compiler;
  readonly operation: Operation;
  /** As the client sent them. */
  readonly variables: Record<string, unknown>;
  readonly encoder: Encoder<Frame>;
  /** A context for one entry, with the rights that all subscribers of the group share. */
  readonly context: () => GraphContext;
  readonly report: ReportUnknown;
  /** Told of each result. */
  readonly executed: (entry: Entry) => void;
  /** The JSON of a result at most. */
  readonly responseBytesMax: number;
}

/** A plan that has declined so many entries in a row is given up. */
const declinedMax = 8;

/** Turns an entry into a frame: by the compiled plan where it can, by graphql-js where it must. */
export class EntryExecutor<Frame> {
  readonly #options: EntryExecutorOptions<Frame>;
  readonly #context: () => GraphContext;
  readonly #fromText: ((text: string) => Frame) | null;
  readonly #executed: (entry: Entry) => void;
  /** undefined: not yet compiled; null: there is none. */
  #plan: Plan | null | undefined;
  #compiled: Compiled | null = null;
  #declined = 0;

  constructor(options: EntryExecutorOptions<Frame>) {
    this.#options = options;
    this.#context = options.context;
    this.#executed = options.executed;
    this.#fromText = options.encoder.fromText ?? null;
    if (this.#fromText === null) this.#plan = null;
  }

  /** At once if the fields are plain, else when their resolvers have answered. @throws what the encoder throws. */
  frame(entry: Entry): EncodedEntry<Frame> | Promise<EncodedEntry<Frame>> {
    const text = this.#text(entry);
    if (text === TOO_LARGE || (text !== null && this.#isTooLarge(text)))
      return this.#encoded(entry, this.#options.encoder.encode(this.#tooLarge(), entry));
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

  #text(entry: Entry): string | typeof TOO_LARGE | null {
    if (this.#plan === undefined) this.#plan = this.#compile();
    if (this.#plan === null) return null;
    const text = this.#plan(entry, this.#context());
    if (typeof text === 'string') {
      this.#declined = 0;
      return text;
    }
    if (text === TOO_LARGE) return text;
    if (text === ASYNC || ++this.#declined === declinedMax) this.#giveUpPlan();
    return null;
  }

  /** Nobody will ask for a frame any more. */
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

  /** What it would only decline. */
  #giveUpPlan(): void {
    this.#plan = null;
    this.stop();
  }

  #isTooLarge(text: string): boolean {
    const { responseBytesMax } = this.#options;
    return text.length * 3 > responseBytesMax && Buffer.byteLength(text) > responseBytesMax;
  }

  /** Takes the place of the result: readers of events learn of each that they do not get. */
  #tooLarge(): ExecutionResult {
    const { report, responseBytesMax } = this.#options;
    return { errors: [toGraphQLError(responseTooLarge(responseBytesMax), report)], data: null };
  }

  #encoded(entry: Entry, frame: Frame | null): EncodedEntry<Frame> {
    this.#executed(entry);
    return new EncodedEntry(entry, frame);
  }

  #encode(result: ExecutionResult, entry: Entry): Frame | null {
    const { encoder, report, responseBytesMax } = this.#options;
    const fits = fitsResponse(result, responseBytesMax);
    return encoder.encode(fits ? maskResult(result, report) : this.#tooLarge(), entry);
  }
}
