import type { ArgBuilder, InputFieldMap, InputShapeFromFields, OutputRef } from '@pothos/core';
import type { Entry, Topic } from '../journal/topic.ts';
import { builder, type GraphTypes } from './builder.ts';
import type { GraphContext, IntervalName } from './context.ts';
import { listSize } from './list-size.ts';
import { everyMsDescription, paceOf, stream, throughTheDoor } from './stream.ts';

/** A subscription field that delivers the values of a gauge; see `gaugeSubscription`. */
export interface GaugeSubscription<Payload, Args extends InputFieldMap> {
  readonly topic: Topic<Payload, 'LATEST'>;
  /** What is delivered, in sentences. How it is delivered is added. */
  readonly description: string;
  /** Arguments besides `everyMs`. */
  readonly args?: (t: ArgBuilder<GraphTypes>) => Args;
  /** The keys that are delivered; null: all. */
  readonly keys: (args: InputShapeFromFields<Args>, context: GraphContext) => readonly string[] | null;
  /** The argument `everyMs`. Absent: the field has none, and each value is delivered at once. */
  readonly everyMs?: EveryMs;
  /** How old the first value may be, milliseconds. Default: 2000. */
  readonly freshMs?: number;
  /** The flag that switches its source off. */
  readonly feature?: string;
  /** Entries of a list to reckon with, for the cost of an operation. */
  readonly usualSize?: number;
}

interface EveryMs {
  readonly defaultMs: number;
  /** The setting that replaces the default. */
  readonly configured?: IntervalName;
  /** What the interval lies between. Default: values. */
  readonly between?: 'values' | 'rounds';
  /** Sentences behind the argument's description. */
  readonly note?: string;
}

/** An object type that shows the payload, or whatever `resolve` makes of an entry. */
type Shown<Payload, Value, Item> =
  | { readonly type: OutputRef<Payload>; readonly resolve?: never }
  | { readonly type: OutputRef<Value>; readonly resolve: (entry: Entry<Payload>) => Value }
  | { readonly type: [OutputRef<Item>]; readonly resolve: (entry: Entry<Payload>) => readonly Item[] };

/**
 * Declares a subscription field that delivers the newest value at once, then each change, at most one every `everyMs`:
 *
 *     gaugeSubscription('databaseMetrics', {
 *       type: DatabaseMetrics,
 *       topic: databaseSampled,
 *       description: 'Samples of the database, the newest at once.',
 *       keys: () => [databaseKey],
 *       everyMs: { defaultMs: 5_000, configured: 'databaseMetricsMs' },
 *       feature: 'FEATURE_DATABASE_MONITORING',
 *     });
 */
export function gaugeSubscription<Payload, Value, Item, Args extends InputFieldMap = InputFieldMap>(
  name: string,
  options: GaugeSubscription<Payload, Args> & Shown<Payload, Value, Item>,
): void {
  const { topic, description, args, keys, everyMs, freshMs, feature, usualSize } = options;
  const type: OutputRef | [OutputRef] = options.type;
  const resolve: (entry: Entry<Payload>) => unknown = options.resolve ?? (({ payload }) => payload);
  builder.subscriptionField(name, (t) =>
    t.field({
      type,
      requires: 'read',
      description: `LATEST, not again while it stays the same. ${description}`,
      args: {
        ...args?.(t.arg),
        ...(everyMs && { everyMs: t.arg.int({ description: argumentDescription(everyMs) }) }),
      },
      extensions: {
        ...(usualSize === undefined ? {} : listSize(usualSize)),
        ...stream({
          delivery: 'LATEST',
          topic: topic.name,
          keys: (given, context) => keys(given as InputShapeFromFields<Args>, context),
          everyMs: (given, context) =>
            everyMs === undefined ? 0 : paceOf(given, defaultOf(everyMs, context)),
          ...(freshMs === undefined ? {} : { freshMs }),
          ...(feature === undefined ? {} : { feature }),
        }),
      },
      subscribe: throughTheDoor<Payload>,
      resolve,
    }),
  );
}

function argumentDescription({ defaultMs, configured, between = 'values', note }: EveryMs): string {
  const text = everyMsDescription({ defaultMs, configured: configured !== undefined, between });
  return note === undefined ? text : `${text} ${note}`;
}

function defaultOf({ defaultMs, configured }: EveryMs, { facts }: GraphContext): number {
  return configured === undefined ? defaultMs : facts.intervals[configured];
}
