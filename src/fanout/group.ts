import { execute, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { GraphContext } from '../graph/context.ts';
import { maskResult, type ReportUnknown } from '../graph/errors.ts';
import type { Entry } from '../journal/topic.ts';
import { Remembered } from './remembered.ts';

/** How a group's results leave the server: the text of a GraphQL result, an old feed's message, the result itself. */
export interface Encoder<Frame> {
  /** Groups with the same id share frames, so it names the encoding and everything it depends on. */
  readonly id: string;
  /** null: this entry means nothing in this encoding. */
  encode(result: ExecutionResult, entry: Entry): Frame | null;
}

export interface GroupOptions<Frame> {
  readonly key: string;
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly encoder: Encoder<Frame>;
  /** A context for one entry, with the rights that all members of the group share. */
  readonly context: () => GraphContext;
  readonly report: ReportUnknown;
}

/**
 * Readers with the same document, variables and authorization view. Whatever their number, an entry is executed and
 * encoded once, and what came out is remembered while readers are near it.
 */
export class Group<Frame> {
  readonly key: string;
  readonly #options: GroupOptions<Frame>;
  readonly #frames = new Remembered<Frame | null>();

  constructor(options: GroupOptions<Frame>) {
    this.key = options.key;
    this.#options = options;
  }

  /** The frame of an entry: at once if it is known or its fields are plain, else when its resolvers have answered. */
  frame(entry: Entry): Frame | null | Promise<void> {
    const known = this.#frames.get(entry.seq);
    if (known !== undefined) return known.frame;
    const pending = this.#frames.pending(entry.seq);
    if (pending !== undefined) return pending;
    const { schema, document, variables, context } = this.#options;
    const result = execute({
      schema,
      document,
      rootValue: entry,
      contextValue: context(),
      variableValues: variables,
    });
    if (result instanceof Promise)
      return this.#frames.await(
        entry.seq,
        result.then((settled) => this.#encode(settled, entry)),
      );
    const frame = this.#encode(result, entry);
    this.#frames.set(entry.seq, frame);
    return frame;
  }

  #encode(result: ExecutionResult, entry: Entry): Frame | null {
    return this.#options.encoder.encode(maskResult(result, this.#options.report), entry);
  }
}
