import type { DocumentNode } from 'graphql';

/** One JSON object from or to a client of a feed. */
export type Message = Readonly<Record<string, unknown>>;

/** A GraphQL document with the types of its result and variables, as the code generator writes it. */
export interface Document<Data, Variables> extends DocumentNode {
  readonly __apiType?: (variables: Variables) => Data;
}

/** When the mapped event or request happened. Maps do not read the clock. */
export interface Moment {
  /** Unix milliseconds. */
  readonly atMs: number;
}

/** The values of a path's parameters, by name. */
export type PathValues = Readonly<Record<string, string>>;
