import { AppError } from '../errors.ts';
import { intervalMinMs } from '../journal/demand.ts';
import type { Entry } from '../journal/topic.ts';
import type { GraphContext } from './context.ts';
import { within } from './within.ts';

/**
 * What a subscription field reads: which topics, which of their entries, how often. The fan-out takes it from the
 * schema and does the rest; a field's resolver only turns one entry into the object that clients see.
 */
export type Stream = GaugeStream | EventStream;

/** Values of gauges: the newest at once, then at most one round every `everyMs`; urgent values at once. */
export interface GaugeStream {
  readonly delivery: 'LATEST';
  /** The flag that switches its source off; subscribing is then refused with FEATURE_DISABLED. */
  readonly feature?: string;
  readonly topic: string;
  /** The keys to read; null: all. */
  readonly keys: (args: StreamArgs, context: GraphContext) => readonly string[] | null;
  /** 0: with every value. Of the arguments it may depend on `everyMs`. */
  readonly everyMs: (args: StreamArgs, context: GraphContext) => number;
  /** How old the first value may be, milliseconds. Default: 2000. */
  readonly freshMs?: number;
  /** Which entries are shown. A field that asks the viewer here is `viewerDependent`. */
  readonly matches?: (args: StreamArgs, context: GraphContext) => (entry: Entry) => boolean;
}

/** Events in order, each once, after the cursor in the argument `after` or from now on. */
export interface EventStream {
  readonly delivery: 'EVERY';
  /** null: all topics of the log. */
  readonly topics: readonly string[] | null;
  /** A gauge whose source brings these events about: it runs at this pace while somebody reads them. */
  readonly watches?: (
    args: StreamArgs,
    context: GraphContext,
  ) => { readonly topic: string; readonly everyMs: number };
  /** Types that can be told apart before reading, for bounded replays; null: all. */
  readonly types: (args: StreamArgs) => readonly string[] | null;
  /** Which entries are shown. A field that asks the viewer here is `viewerDependent`. */
  readonly matches?: (args: StreamArgs, context: GraphContext) => (entry: Entry) => boolean;
}

export type StreamArgs = Readonly<Record<string, unknown>>;

declare module 'graphql' {
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> {
    stream?: Stream;
  }
}

/** For a field's `extensions`. */
export function stream(declared: Stream): { stream: Stream } {
  return { stream: declared };
}

/** Subscriptions are served through the engine; graphql-js alone would have nothing to iterate. */
export function subscribedByEngine<Payload>(): AsyncIterable<Entry<Payload>> {
  throw new AppError('INTERNAL_ERROR', 'This subscription was not asked for through the engine.');
}

const everyMsMin = intervalMinMs;
const everyMsMax = 3_600_000;

/** The description of an `everyMs` argument whose value `paceOf` reads. */
export function everyMsDescription(options: {
  /** Milliseconds; `configured`: the operator may have configured another default. */
  readonly defaultMs: number;
  readonly configured?: boolean;
  /** What the interval lies between. Default: values. */
  readonly between?: 'values' | 'rounds';
}): string {
  const { defaultMs, configured = false, between = 'values' } = options;
  const ending = configured ? `${defaultMs}, or as configured` : defaultMs;
  return `Milliseconds between ${between}, ${everyMsMin} to ${everyMsMax}. Default: ${ending}.`;
}

/** The value of an `everyMs` argument, or its default. @throws AppError BAD_USER_INPUT outside 100 ms to an hour. */
export function paceOf(args: StreamArgs, defaultMs: number): number {
  return within('everyMs', args['everyMs'], { min: everyMsMin, max: everyMsMax, fallback: defaultMs });
}

/** How often a reader gets a result, at the most; what comes when it happens counts as once. */
export function resultsPerSecond(declared: Stream, args: StreamArgs, context: GraphContext): number {
  const everyMs = declared.delivery === 'LATEST' ? declared.everyMs(args, context) : 0;
  return everyMs > 0 ? Math.max(1, 1_000 / everyMs) : 1;
}
