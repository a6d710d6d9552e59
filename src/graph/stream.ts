import { AppError } from '../errors.ts';
import { intervalMinMs } from '../journal/demand.ts';
import type { Entry } from '../journal/topic.ts';
import type { GraphContext } from './context.ts';
import { numericArgument } from './numeric-argument.ts';

/**
 * What a subscription field reads: its topics, the entries that match, and the interval. `delivery/` takes the
 * declaration from the schema and serves the subscription; the field's resolver only converts one entry to the object
 * that clients receive.
 */
export type Stream = GaugeStream | EventStream;

/** Values of a gauge: the newest first, then at most one round every `everyMs`. Urgent values are sent immediately. */
export interface GaugeStream {
  readonly delivery: 'LATEST';
  /** The feature flag that switches the source off. Subscriptions are then rejected with FEATURE_DISABLED. */
  readonly feature?: string;
  /** Whether the feature switches off only what is read of the host of this server; `keys` are then ids of hosts. */
  readonly featureOfOwnHost?: boolean;
  readonly topic: string;
  /** The keys to read. Null: all. */
  readonly keys: (args: StreamArgs, context: GraphContext) => readonly string[] | null;
  /** 0: every value is sent. `everyMs` is the only argument that it may depend on. */
  readonly everyMs: (args: StreamArgs, context: GraphContext) => number;
  /** Maximum age of the first value, in milliseconds. Default: 2000. */
  readonly freshMs?: number;
  /** Selects entries. A field for which this depends on the viewer must be `viewerDependent`. */
  readonly matches?: (args: StreamArgs, context: GraphContext) => (entry: Entry) => boolean;
}

/** Events in order, each once, after the cursor in the argument `after`, or from now on without a cursor. */
export interface EventStream {
  readonly delivery: 'EVERY';
  /** Null: all topics. */
  readonly topics: readonly string[] | null;
  /** The gauge whose source causes these events. It is sampled at this interval while the field has subscribers. */
  readonly demands?: (
    args: StreamArgs,
    context: GraphContext,
  ) => { readonly topic: string; readonly everyMs: number };
  /** Of a field that returns lists of events: their maximum length. */
  readonly batchMax?: (args: StreamArgs) => number;
  /** The event types that a bounded replay has to read. Null: all. */
  readonly types: (args: StreamArgs) => readonly string[] | null;
  /** Selects entries. A field for which this depends on the viewer must be `viewerDependent`. */
  readonly matches?: (args: StreamArgs, context: GraphContext) => (entry: Entry) => boolean;
}

export type StreamArgs = Readonly<Record<string, unknown>>;

declare module 'graphql' {
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> {
    stream?: Stream;
  }
}

/** Returns the value for a field's `extensions`. */
export function stream(declared: Stream): { stream: Stream } {
  return { stream: declared };
}

/** The `subscribe` of every subscription field. Throws, because `delivery/` serves subscriptions and not graphql-js. */
export function servedByDelivery<Payload>(): AsyncIterable<Entry<Payload>> {
  throw new AppError('INTERNAL_ERROR', 'Subscriptions are served by the delivery, not by graphql-js.');
}

/** The range of the argument `everyMs`. */
export const everyMsMin = intervalMinMs;
export const everyMsMax = 3_600_000;

/** The value of the argument `everyMs`, or its default. @throws AppError BAD_USER_INPUT outside 100 ms to an hour. */
export function everyMsOf(args: StreamArgs, defaultMs: number): number {
  return numericArgument('everyMs', args['everyMs'], {
    min: everyMsMin,
    max: everyMsMax,
    fallback: defaultMs,
  });
}

/** Maximum number of results per second. A stream without an interval counts as one per second. */
export function resultsPerSecond(declared: Stream, args: StreamArgs, context: GraphContext): number {
  const everyMs = declared.delivery === 'LATEST' ? declared.everyMs(args, context) : 0;
  return everyMs > 0 ? Math.max(1, 1_000 / everyMs) : 1;
}
